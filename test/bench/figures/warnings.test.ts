// Warnings: each where it must be, and none where all is well.
import { describe, expect, test } from 'vitest';
import { compareCells } from '../../../src/bench/figures/comparisons.ts';
import { warningsOf } from '../../../src/bench/figures/warnings.ts';
import type { LinkCount, Warning } from '../../../src/bench/result.ts';
import type { MeasuredOutcome } from '../../../src/bench/run/trial.ts';
import { cellOf, delayed, failedTrial, OBSTACLE } from '../made-run.ts';

const COUNT: LinkCount = {
  offeredPackets: 100,
  droppedPackets: { loss: 5 },
  duplicatedPackets: 0,
  corruptedPackets: 0,
  reorderedPackets: 0,
  latenessP99Ms: 0.9,
  lateness: { count: 7, maxMs: 0.1, belowPowerOf2Us: [7] },
};

const link = (changes: Partial<LinkCount>) => ({ link: { count: { ...COUNT, ...changes } } });
const account = (unexplained: number) => ({ account: { sent: 3, delivered: 3 - unexplained, lost: {}, unexplained } });
const agreement = (hosts: number, path: number, by: 'server' | 'clients' = 'clients'): Partial<MeasuredOutcome> => ({
  hosts: { server: {}, clients: {}, agreement: [{ what: 'datagrams-received', by, hosts, path }] },
});
const CELL = { transport: 'udp', link: 'clean', point: 'loss 1%' };

function warnings(...repetitions: Partial<MeasuredOutcome>[]): Warning[] {
  const trials = repetitions.map((changes) => ({ point: 'loss 1%', changes }));
  return warningsOf([cellOf(trials).cell(1)], []);
}

test('none, where all is well', () => {
  expect(warnings({}, { ...link({}), ...account(0), ...agreement(7, 7) })).toEqual([]);
  expect(warningsOf([cellOf([], OBSTACLE).cell(1)], [])).toEqual([]);
});

test('none of a trial that failed: that is told elsewhere', () => {
  const cell = cellOf([{}]);
  cell.add(failedTrial('no answer'));
  expect(warningsOf([cell.cell(1)], [])).toEqual([]);
});

test('messages that are lost without an explanation, over all repetitions', () => {
  expect(warnings(account(1), account(0), account(2))).toEqual([{ kind: 'unexplained', cell: CELL, messages: 3 }]);
});

test('packets that the machine lost', () => {
  expect(warnings(link({ droppedPackets: { carrier: 2 } }), link({ droppedPackets: { loss: 1, carrier: 3 } }))).toEqual(
    [{ kind: 'lost-by-the-machine', cell: CELL, packets: 5 }],
  );
});

test('hosts and path that do not agree, by how much', () => {
  expect(warnings(agreement(7, 9), agreement(9, 8), agreement(5, 5))).toEqual([
    { kind: 'counts-disagree', cell: CELL, what: 'datagrams-received', by: 'clients', off: 3 },
  ]);
});

test('hosts that do not agree with the path, each by itself', () => {
  expect(warnings(agreement(7, 9), agreement(7, 8, 'server'))).toMatchObject([
    { by: 'clients', off: 2 },
    { by: 'server', off: 1 },
  ]);
});

test('processes of the lab that stood still, each with the longest of all repetitions', () => {
  expect(warnings({ stoodStillMs: { server: 700 } }, { stoodStillMs: { server: 5_000, link: 600 } }, {})).toEqual([
    { kind: 'stood-still', cell: CELL, process: 'server', ms: 5_000 },
    { kind: 'stood-still', cell: CELL, process: 'link', ms: 600 },
  ]);
});

test('a late link, the latest of all repetitions', () => {
  expect(warnings(link({ latenessP99Ms: 1 }))).toEqual([]);
  expect(warnings(link({ latenessP99Ms: 1.234 }), link({ latenessP99Ms: 3.456 }), link({}))).toEqual([
    { kind: 'late-link', latenessMs: 3.456 },
  ]);
  expect(warnings(link({ latenessP99Ms: undefined }))).toEqual([]);
});

describe('a difference', () => {
  /** Six repetitions, in which everything is sent so late. */
  function cell(transport: string, delayMs: number, lateMs: number) {
    const record = delayed([delayMs, delayMs]);
    const late = { ...record, sentNs: record.plannedNs.map((ns) => ns + lateMs * 1e6) };
    return cellOf(Array.from({ length: 6 }, () => ({ transport, record: late })));
  }

  function warned(delaysMs: [number, number], lateMs: [number, number]): Warning[] {
    const [a, b] = [cell('tcp', delaysMs[0], lateMs[0]), cell('udp', delaysMs[1], lateMs[1])];
    return warningsOf([a.cell(1), b.cell(1)], [compareCells(a, b, false, 1)!]);
  }

  test("that is smaller than the lab's own lateness may be of its making", () => {
    expect(warned([10, 11], [0.1, 2])).toEqual([
      {
        kind: 'within-timer-error',
        place: { link: 'clean', point: '' },
        baseline: 'tcp',
        other: 'udp',
        metrics: ['delay-p50', 'delay-p90', 'delay-p95', 'delay-p99'],
        timerErrorMs: 2,
      },
    ]);
  });

  test('that is larger is not', () => expect(warned([10, 20], [0.1, 2])).toEqual([]));
  test('that is none is not claimed', () => expect(warned([10, 10], [2, 2])).toEqual([]));
});
