// From the path's arrivals to each message's way: two senders and a receiver, by hand, over streams and as datagrams.
import { describe, expect, test } from 'vitest';
import { messagePath } from '../../../src/bench/path/message-path.ts';
import { observePath } from '../../../src/bench/path/observe-path.ts';
import type { MessagePath, Places, TrialRecord } from '../../../src/bench/record/record.ts';
import { ArrivalRecorder, type ArrivalTable } from '../../../src/link/tun/arrivals.ts';
import { recordOf } from '../record/records.ts';

const NEVER = Number.NaN;
const SERVER_PORT = 9000;
/** Users 0 and 1 write to user 2. */
const FLOWS = [
  { from: 0, to: 2 },
  { from: 1, to: 2 },
];
const PORTS = [5000, 5001, 5002];

type Way = 'up' | 'down';
type Piece = [way: Way, port: number, start: number, end: number, atNs: number];

function streams(pieces: readonly Piece[]): ArrivalTable {
  const table = new ArrivalRecorder().table;
  for (const [way, port, start, end, atNs] of pieces) {
    const ports = way === 'up' ? [port, SERVER_PORT] : [SERVER_PORT, port];
    add(table, { way, protocol: 'tcp', ports, offset: start, sizeBytes: end - start, atNs, message: -1 });
  }
  return table;
}

function datagrams(rows: readonly [way: Way, message: number, atNs: number][]): ArrivalTable {
  const table = new ArrivalRecorder().table;
  for (const [way, message, atNs] of rows) {
    add(table, { way, protocol: 'udp', ports: [0, 0], offset: 0, sizeBytes: 100, atNs, message });
  }
  return table;
}

interface Row {
  readonly way: Way;
  readonly protocol: 'tcp' | 'udp';
  readonly ports: readonly number[];
  readonly offset: number;
  readonly sizeBytes: number;
  readonly atNs: number;
  readonly message: number;
}

function add(table: ArrivalTable, { way, protocol, ports, offset, sizeBytes, atNs, message }: Row): void {
  table.direction.push(way);
  table.protocol.push(protocol);
  table.sourcePort.push(ports[0]!);
  table.destinationPort.push(ports[1]!);
  table.offset.push(offset);
  table.sizeBytes.push(sizeBytes);
  table.arrivedNs.push(atNs);
  table.message.push(message);
}

function places(ends: readonly number[], bytes: number): Places['up'] {
  return { end: Float64Array.from(ends), bytes: new Uint32Array(ends.length).fill(bytes) };
}

const plain = (path: MessagePath) => ({
  up: [[...path.atServerNs], [...path.releasedAtServerNs]],
  down: [[...path.atClientsNs], [...path.releasedAtClientsNs]],
});

describe('over streams', () => {
  /** Messages 0 and 2 of user 0, 1 and 3 of user 1, each 10 bytes behind 50 of joining; they arrive as 1 0 2 3. */
  const record: TrialRecord = recordOf({
    plannedNs: [0, 1, 2, 3],
    flow: [0, 1, 0, 1],
    arrivals: [
      [1, 40],
      [0, 50],
      [2, 51],
      [3, 60],
    ],
  });
  const lie: Places = { up: places([60, 60, 70, 70], 10), down: places([110, 120, 130, 140], 10) };
  const pathOf = (pieces: readonly Piece[], changes: Partial<TrialRecord> = {}, where = lie) =>
    messagePath(
      { record: { ...record, ...changes }, places: where },
      { flows: FLOWS, ports: PORTS, arrivals: streams(pieces) },
    );

  const DOWN: Piece[] = [['down', 5002, 100, 140, 30]];

  test('in order, each message is at the server when its last byte is, and nothing waits', () => {
    const path = pathOf([
      ['up', 5000, 50, 60, 10],
      ['up', 5001, 50, 60, 11],
      ['up', 5000, 60, 65, 12],
      ['up', 5000, 65, 70, 13],
      ['up', 5001, 60, 70, 14],
      ...DOWN,
    ]);
    expect(plain(path).up).toEqual([
      [10, 11, 13, 14],
      [10, 11, 13, 14],
    ]);
    expect(plain(path).down).toEqual([Array(4).fill(30), Array(4).fill(30)]);
    expect(observePath(path)).toEqual({
      blockedUpNs: new Float64Array(4),
      blockedDownNs: new Float64Array(4),
      releases: new Uint32Array(0),
    });
  });

  test('a gap holds back what is behind it in its own stream, and no other', () => {
    const path = pathOf([
      ['up', 5000, 60, 70, 12],
      ['up', 5001, 50, 60, 13],
      ['up', 5001, 60, 70, 14],
      ['up', 5000, 50, 60, 99], // again, after a time-out
      ...DOWN,
    ]);
    expect(plain(path).up).toEqual([
      [99, 13, 12, 14],
      [99, 13, 99, 14],
    ]);
    const { blockedUpNs, releases } = observePath(path)!;
    expect([...blockedUpNs]).toEqual([0, 0, 87, 0]);
    expect([...releases]).toEqual([2]);
  });

  test('a piece that comes twice was there when it came first', () => {
    const path = pathOf([
      ['up', 5000, 50, 70, 10],
      ['up', 5000, 50, 70, 90],
      ['up', 5001, 50, 70, 11],
      ['down', 5002, 100, 140, 30],
      ['down', 5002, 120, 140, 95],
    ]);
    expect(plain(path).up[0]).toEqual([10, 11, 10, 11]);
    expect(plain(path).down[0]).toEqual(Array(4).fill(30));
  });

  test('on the way down the receiver has one stream, in which messages lie as they were handed up', () => {
    const path = pathOf([
      ['up', 5000, 50, 70, 10],
      ['up', 5001, 50, 70, 10],
      ['down', 5002, 100, 110, 20], // message 1
      ['down', 5002, 120, 130, 21], // 2
      ['down', 5002, 130, 140, 22], // 3
      ['down', 5002, 110, 120, 40], // 0, late
    ]);
    expect(plain(path).down).toEqual([
      [40, 20, 21, 22],
      [40, 20, 40, 40],
    ]);
    const { blockedDownNs, releases } = observePath(path)!;
    expect([...blockedDownNs]).toEqual([0, 0, 19, 18]);
    expect([...releases]).toEqual([3]);
  });

  test('what never came on the path was never there, nor released, and what is behind it neither', () => {
    const path = pathOf([['up', 5000, 60, 70, 12], ['up', 5001, 50, 70, 13], ...DOWN]);
    expect(plain(path).up).toEqual([
      [NEVER, 13, 12, 13],
      [NEVER, 13, NEVER, 13],
    ]);
  });

  test('a message that was not sent, or did not arrive, has no way', () => {
    const path = pathOf(
      [['up', 5000, 50, 70, 10], ['up', 5001, 50, 70, 11], ...DOWN],
      {
        sentNs: Float64Array.of(0, Number.NaN, 2, 3),
        arrivedMessage: Uint32Array.of(0, 2, 3),
        arrivedNs: Float64Array.of(50, 51, 60),
      },
      { ...lie, down: places([110, 120, 130], 10) },
    );
    expect(plain(path).up[0]).toEqual([10, NEVER, 10, 11]);
    expect(plain(path).down[0]).toEqual([30, NEVER, 30, 30]);
  });

  test('a stream of which the path saw nothing leaves its messages unseen', () => {
    const path = pathOf([['up', 5000, 50, 70, 10]]);
    expect(plain(path)).toEqual({
      up: [
        [10, NEVER, 10, NEVER],
        [10, NEVER, 10, NEVER],
      ],
      down: [Array(4).fill(NEVER), Array(4).fill(NEVER)],
    });
  });

  test('a message to everybody lies in its sender stream once: the first copy has the way up, each a way down', () => {
    const toAll = recordOf({
      plannedNs: [0, 0],
      flow: [0, 1],
      arrivals: [
        [0, 50],
        [1, 51],
      ],
    });
    const path = messagePath(
      { record: toAll, places: { up: places([60, 60], 10), down: places([110, 110], 10) } },
      {
        flows: [
          { from: 0, to: 1 },
          { from: 0, to: 2 },
        ],
        ports: PORTS,
        arrivals: streams([
          ['up', 5000, 50, 60, 10],
          ['down', 5001, 100, 110, 20],
          ['down', 5002, 100, 110, 21],
        ]),
      },
    );
    expect(plain(path)).toEqual({
      up: [
        [10, NEVER],
        [10, NEVER],
      ],
      down: [
        [20, 21],
        [20, 21],
      ],
    });
  });
});

describe('as datagrams', () => {
  const record = recordOf({ plannedNs: [0, 1, 2], arrivals: [] });
  const pathOf = (table: ArrivalTable) => messagePath({ record }, { flows: FLOWS, ports: [], arrivals: table });

  test('each is where it is by its number, the first copy counts, and nothing is held back', () => {
    const path = pathOf(
      datagrams([
        ['up', 1, 10],
        ['up', 0, 11],
        ['down', 1, 20],
        ['up', 1, 30],
        ['down', 1, 40],
      ]),
    );
    expect(plain(path)).toEqual({
      up: [[11, 10, NEVER], Array(3).fill(NEVER)],
      down: [[NEVER, 20, NEVER], Array(3).fill(NEVER)],
    });
    expect(observePath(path)).toBeUndefined();
  });

  test('those without a number, or with one that is no message, are of nobody', () => {
    const path = pathOf(
      datagrams([
        ['up', -1, 10],
        ['up', 3, 11],
      ]),
    );
    expect(plain(path).up[0]).toEqual(Array(3).fill(NEVER));
  });
});

describe('releases', () => {
  const path = (at: number[], released: number[]): MessagePath => ({
    atServerNs: Float64Array.from(at),
    releasedAtServerNs: Float64Array.from(released),
    atClientsNs: new Float64Array(at.length).fill(NEVER),
    releasedAtClientsNs: new Float64Array(at.length).fill(NEVER),
  });

  test.each([
    ['none where nobody waited', [1, 2, 3], [1, 2, 3], []],
    ['none of those that came together in one packet', [5, 5, 5], [5, 5, 5], []],
    ['one with all that it let go, the one that closed the gap too', [9, 3, 4], [9, 9, 9], [3]],
    ['one for each gap', [9, 3, 12, 10], [9, 9, 12, 12], [2, 2]],
    ['none of what was never released', [NEVER, 3], [NEVER, NEVER], undefined],
  ])('there is %s', (_what, at, released, releases) => {
    const seen = observePath(path(at, released));
    expect(seen && [...seen.releases]).toEqual(releases);
  });

  test('are of both ways', () => {
    const both = {
      ...path([9, 3], [9, 9]),
      atClientsNs: Float64Array.of(20, 15),
      releasedAtClientsNs: Float64Array.of(20, 20),
    };
    expect([...observePath(both)!.releases]).toEqual([2, 2]);
  });
});
