// What several workers saw of their own users becomes one record, in the plan's order or in that of sending.
import { describe, expect, test } from 'vitest';
import { mergeRecords } from '../../../src/bench/record/record.ts';
import type { ArrivedColumns, SentColumns, StreamPlaces } from '../../../src/bench/worker/logs.ts';
import type { WorkerRecord } from '../../../src/bench/worker/worker.ts';
import { workloadOf } from '../worker/tasks.ts';

type Row<Rest extends readonly (number | undefined)[]> = [message: number, ...Rest];

interface MadePart {
  /** Message, when it was sent and, of a closed loop, when it was planned and its size. */
  readonly sent?: readonly Row<[sentNs: number, plannedNs?: number, sizeBytes?: number]>[];
  readonly arrived?: readonly Row<[ns: number]>[];
  /** Where each of those lies: end and bytes. */
  readonly sentAt?: readonly (readonly [end: number, bytes: number])[];
  readonly arrivedAt?: readonly (readonly [end: number, bytes: number])[];
  readonly damaged?: number;
  readonly refused?: number;
}

function places(rows: readonly (readonly [number, number])[] | undefined): { places?: StreamPlaces } {
  if (rows === undefined) return {};
  return {
    places: { end: Float64Array.from(rows, ([end]) => end), bytes: Uint32Array.from(rows, ([, bytes]) => bytes) },
  };
}

function part(
  { sent = [], arrived = [], sentAt, arrivedAt, damaged = 0, refused = 0 }: MadePart,
  isClosed = false,
): WorkerRecord {
  const unplanned = {
    plannedNs: Float64Array.from(sent, ([, , planned]) => planned!),
    sizeBytes: Uint32Array.from(sent, ([, , , size]) => size!),
  };
  const columns: SentColumns = {
    message: Uint32Array.from(sent, ([message]) => message),
    sentNs: Float64Array.from(sent, ([, ns]) => ns),
    ...(isClosed && { unplanned }),
    ...places(sentAt),
  };
  const came: ArrivedColumns = {
    message: Uint32Array.from(arrived, ([message]) => message),
    arrivedNs: Float64Array.from(arrived, ([, ns]) => ns),
    ...places(arrivedAt),
  };
  return { sent: columns, arrived: came, damaged, refused, ended: [], cpuMs: 0 };
}

/** Four messages, 10 ms apart, of two flows in turns. */
const PLANNED = workloadOf({ users: 4, duration: '40ms' });
const merge = (...parts: MadePart[]) =>
  mergeRecords(
    parts.map((each) => part(each)),
    PLANNED,
    1,
  );

describe('of a plan', () => {
  test('messages keep their numbers, and one that no worker sent was not sent', () => {
    const { record } = merge(
      { sent: [[1, 11]] },
      {
        sent: [
          [0, 1],
          [2, 21],
        ],
      },
    );
    expect([...record.sentNs]).toEqual([1, 11, 21, Number.NaN]);
    expect([...record.plannedNs]).toEqual([0, 10e6, 20e6, 30e6]);
    expect([...record.flow]).toEqual([0, 1, 0, 1]);
    expect([...record.sizeBytes]).toEqual([100, 100, 100, 100]);
    expect(record).not.toHaveProperty('answers');
  });

  test('arrivals of several workers are in the order of their instants, with their places', () => {
    const { record, places } = merge(
      {
        sent: [[0, 1]],
        sentAt: [[50, 50]],
        arrived: [
          [1, 5],
          [3, 9],
        ],
        arrivedAt: [
          [60, 60],
          [130, 70],
        ],
      },
      {
        sent: [[1, 2]],
        sentAt: [[40, 40]],
        arrived: [
          [0, 4],
          [2, 7],
        ],
        arrivedAt: [
          [51, 51],
          [102, 51],
        ],
      },
    );
    expect([...record.arrivedMessage]).toEqual([0, 1, 2, 3]);
    expect([...record.arrivedNs]).toEqual([4, 5, 7, 9]);
    expect([...places!.down.end]).toEqual([51, 60, 102, 130]);
    expect([...places!.down.bytes]).toEqual([51, 60, 51, 70]);
    expect([...places!.up.end]).toEqual([50, 40, 0, 0]);
    expect([...places!.up.bytes]).toEqual([50, 40, 0, 0]);
  });

  test('one worker alone is taken as it is, also where its clock saw two at once out of turn', () => {
    const { record } = merge({
      arrived: [
        [1, 5],
        [0, 5],
        [2, 4],
      ],
    });
    expect([...record.arrivedMessage]).toEqual([2, 1, 0]);
  });

  test('what is counted beside adds up', () => {
    expect(merge({ damaged: 1, refused: 2 }, { damaged: 3 }).record).toMatchObject({ damaged: 4, refused: 2 });
  });

  test('a worker without users takes nothing from the others', () => {
    const own: MadePart = { sent: [[0, 1]], sentAt: [[50, 50]], arrived: [[0, 5]], arrivedAt: [[60, 60]] };
    expect(merge({}, own, {})).toEqual(merge(own));
    expect(merge(own).places).toBeDefined();
  });

  test('of nobody who sent there is a record all the same', () => {
    const { record, places } = merge({}, {});
    expect([...record.sentNs]).toEqual(Array(4).fill(Number.NaN));
    expect([record.arrivedMessage.length, places]).toEqual([0, undefined]);
  });

  test('a message to everybody was sent to each, and lies in its stream once', () => {
    const toAll = workloadOf({ users: 3, pattern: 'fan-out', duration: '20ms' });
    const { record, places } = mergeRecords(
      [
        part({
          sent: [
            [0, 1],
            [2, 11],
          ],
          sentAt: [
            [50, 50],
            [100, 50],
          ],
          arrivedAt: [],
        }),
      ],
      toAll,
      1,
    );
    expect([...record.sentNs]).toEqual([1, 1, 11, 11]);
    expect([...record.flow]).toEqual([0, 1, 0, 1]);
    expect([...places!.up.end]).toEqual([50, 50, 100, 100]);
  });
});

describe('of a closed loop', () => {
  const pingPong = workloadOf({ users: 4, arrivals: 'ping-pong', ratePerSecond: undefined });
  const closed = (...parts: MadePart[]) =>
    mergeRecords(
      parts.map((each) => part(each, true)),
      pingPong,
      1,
    );

  // Two flows, so numbers go by four: requests 0 and 1, answers 2 and 3, then 4 and 5, 6 and 7.
  const one: MadePart = {
    sent: [
      [0, 0, 0, 50],
      [2, 11, 10, 60],
      [4, 21, 20, 70],
    ],
    sentAt: [
      [50, 50],
      [60, 60],
      [120, 70],
    ],
    arrived: [
      [0, 10],
      [2, 20],
    ],
    arrivedAt: [
      [50, 50],
      [60, 60],
    ],
  };
  const other: MadePart = {
    sent: [
      [1, 1, 0, 51],
      [3, 16, 15, 61],
    ],
    sentAt: [
      [51, 51],
      [61, 61],
    ],
    arrived: [
      [1, 15],
      [3, 30],
      [3, 31],
    ],
    arrivedAt: [
      [51, 51],
      [61, 61],
      [122, 61],
    ],
  };

  test('messages are numbered anew in the order of sending, and answers know their requests', () => {
    const { record, places, numberOf } = closed(one, other);
    expect([-1, 0, 1, 2, 3, 4, 5].map(numberOf!)).toEqual([-1, 0, 1, 2, 3, 4, -1]);
    expect([...record.plannedNs]).toEqual([0, 0, 10, 15, 20]);
    expect([...record.flow]).toEqual([0, 1, 2, 3, 0]);
    expect([...record.answers!]).toEqual([-1, -1, 0, 1, -1]);
    expect([...record.sizeBytes]).toEqual([50, 51, 60, 61, 70]);
    expect([...record.sentNs]).toEqual([0, 1, 11, 16, 21]);
    expect([...record.arrivedMessage]).toEqual([0, 1, 2, 3, 3]);
    expect([...record.arrivedNs]).toEqual([10, 15, 20, 30, 31]);
    expect([...places!.up.end]).toEqual([50, 51, 60, 61, 120]);
    expect([...places!.down.end]).toEqual([50, 51, 60, 61, 122]);
  });

  test('what came of a message whose sender is not known is left out', () => {
    const { record, places, numberOf } = closed({ ...one, sent: one.sent!.slice(1), sentAt: one.sentAt!.slice(1) });
    expect([0, 2, 4].map(numberOf!)).toEqual([-1, 0, 1]);
    expect([...record.plannedNs]).toEqual([10, 20]);
    expect([...record.answers!]).toEqual([-1, -1]);
    expect([...record.arrivedMessage]).toEqual([0]);
    expect([...places!.down.end]).toEqual([60]);
  });

  test('of a window has no answers', () => {
    const window = workloadOf({ users: 4, arrivals: { window: 2 }, ratePerSecond: undefined });
    const { record } = mergeRecords(
      [
        part(
          {
            sent: [
              [1, 3, 2, 50],
              [0, 1, 1, 50],
              [2, 6, 5, 50],
            ],
          },
          true,
        ),
      ],
      window,
      1,
    );
    expect([...record.flow]).toEqual([0, 1, 0]);
    expect(record).not.toHaveProperty('answers');
  });
});
