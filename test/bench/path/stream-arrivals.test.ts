// Arrivals of a stream's pieces against its messages: vectors computed by hand, and a byte-by-byte witness.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blocking } from '../../../src/bench/path/observe-path.ts';
import {
  type ByteRanges,
  firstArrivals,
  type Pieces,
  piecesOfStreams,
  streamMessages,
} from '../../../src/bench/path/stream-arrivals.ts';

const NEVER = Number.NaN;

describe('by hand', () => {
  // Messages of 10 bytes; [start, end, instant] of the pieces as they came.
  const cases: {
    name: string;
    messages: [number, number][];
    pieces: [number, number, number][];
    arrived: number[];
    blocked: number[];
    releases: number[];
  }[] = [
    {
      name: 'in order: nothing waits',
      messages: [
        [0, 10],
        [10, 20],
        [20, 30],
      ],
      pieces: [
        [0, 10, 1],
        [10, 20, 2],
        [20, 30, 3],
      ],
      arrived: [1, 2, 3],
      blocked: [0, 0, 0],
      releases: [],
    },
    {
      name: 'the first is lost and comes last: it releases all three at once',
      messages: [
        [0, 10],
        [10, 20],
        [20, 30],
      ],
      pieces: [
        [10, 20, 2],
        [20, 30, 3],
        [0, 10, 9],
      ],
      arrived: [9, 2, 3],
      blocked: [0, 7, 6],
      releases: [3],
    },
    {
      name: 'two gaps, closed one after the other',
      messages: [
        [0, 10],
        [10, 20],
        [20, 30],
        [30, 40],
        [40, 50],
      ],
      pieces: [
        [10, 20, 2],
        [30, 40, 4],
        [40, 50, 5],
        [0, 10, 6],
        [20, 30, 8],
      ],
      arrived: [6, 2, 8, 4, 5],
      blocked: [0, 4, 0, 4, 3],
      releases: [2, 3],
    },
    {
      name: 'bytes of no message hold up a message too, and then it alone is released',
      messages: [
        [0, 10],
        [15, 25],
      ],
      pieces: [
        [0, 10, 1],
        [15, 25, 2],
        [10, 15, 7],
      ],
      arrived: [1, 2],
      blocked: [0, 5],
      releases: [1],
    },
    {
      name: 'a retransmission over what is there already, and a copy: the first arrival counts',
      messages: [
        [0, 10],
        [10, 20],
      ],
      pieces: [
        [0, 8, 1],
        [0, 8, 2],
        [12, 20, 3],
        [4, 20, 5],
        [0, 20, 6],
      ],
      arrived: [5, 5],
      blocked: [0, 0],
      releases: [],
    },
    {
      name: 'what was never seen holds up all behind it for ever',
      messages: [
        [0, 10],
        [10, 20],
        [20, 30],
      ],
      pieces: [
        [0, 10, 1],
        [10, 15, 2],
        [20, 30, 3],
      ],
      arrived: [1, NEVER, 3],
      blocked: [0, NEVER, NEVER],
      releases: [],
    },
    {
      name: 'the first message was never seen, the record begins behind it',
      messages: [
        [100, 110],
        [110, 120],
      ],
      pieces: [[110, 120, 3]],
      arrived: [NEVER, 3],
      blocked: [NEVER, NEVER],
      releases: [],
    },
    {
      name: 'what the stream carried before the record began was there',
      messages: [
        [100, 110],
        [110, 120],
      ],
      pieces: [[100, 120, 3]],
      arrived: [3, 3],
      blocked: [0, 0],
      releases: [],
    },
    {
      name: 'a piece before the first message is part of the prefix',
      messages: [[100, 110]],
      pieces: [
        [100, 110, 3],
        [90, 100, 4],
      ],
      arrived: [3],
      blocked: [1],
      releases: [1],
    },
    {
      name: 'a late copy of older bytes makes no gap of those behind it, which came before the record began',
      messages: [[100, 110]],
      pieces: [
        [100, 110, 3],
        [80, 90, 4],
      ],
      arrived: [3],
      blocked: [1],
      releases: [1],
    },
    {
      name: 'beyond 4 GiB',
      messages: [
        [2 ** 33, 2 ** 33 + 10],
        [2 ** 33 + 10, 2 ** 33 + 20],
      ],
      pieces: [
        [2 ** 33 + 10, 2 ** 33 + 20, 1],
        [2 ** 33, 2 ** 33 + 10, 2],
      ],
      arrived: [2, 1],
      blocked: [0, 1],
      releases: [2],
    },
    { name: 'nothing came', messages: [[0, 10]], pieces: [], arrived: [NEVER], blocked: [NEVER], releases: [] },
    { name: 'no message', messages: [], pieces: [[0, 10, 1]], arrived: [], blocked: [], releases: [] },
  ];

  test.each(cases)('$name', ({ messages, pieces, arrived, blocked, releases }) => {
    const seen = seenOf(pieces, messages);
    expect([...seen.arrivedNs]).toEqual(arrived);
    expect([...seen.blockedNs]).toEqual(blocked);
    expect([...seen.releases]).toEqual(releases);
  });

  test('one piece with several messages in it releases none of them: they came together', () => {
    const seen = seenOf(
      [[0, 30, 4]],
      [
        [0, 10],
        [10, 30],
      ],
    );
    expect([...seen.releasedNs]).toEqual([4, 4]);
    expect([...seen.releases]).toEqual([]);
  });
});

test('the table of arrivals, stream by stream', () => {
  const streams = piecesOfStreams({
    direction: ['up', 'down', 'up', 'up', 'up'],
    protocol: ['tcp', 'tcp', 'udp', 'tcp', 'tcp'],
    sourcePort: [50, 7, 50, 51, 50],
    destinationPort: [7, 50, 7, 7, 7],
    offset: [0, 0, 0, 5, 10],
    sizeBytes: [10, 20, 30, 40, 50],
    arrivedNs: [1, 2, 3, 4, 5],
  });
  expect([...streams.up]).toEqual([
    [50, { start: [0, 10], end: [10, 60], arrivedNs: [1, 5] }],
    [51, { start: [5], end: [45], arrivedNs: [4] }],
  ]);
  expect([...streams.down]).toEqual([[50, { start: [0], end: [20], arrivedNs: [2] }]]);
});

test('whatever was cut, lost, repeated and mixed up, each byte tells the same', () => {
  const SIZE = 60;
  const piece = fc
    .tuple(fc.integer({ min: 0, max: SIZE - 1 }), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 30 }))
    .map(([start, size, at]): [number, number, number] => [start, Math.min(SIZE, start + size), at]);
  const made = fc.record({
    pieces: fc.array(piece, { maxLength: 40 }),
    order: fc.constantFrom('by instant', 'by place', 'as drawn'),
    bounds: fc.uniqueArray(fc.integer({ min: 0, max: SIZE }), { minLength: 2, maxLength: 16 }),
    skipped: fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(made, ({ pieces, order, bounds, skipped }) => {
      if (order === 'by instant') pieces.sort((a, b) => a[2] - b[2]);
      if (order === 'by place') pieces.sort((a, b) => a[0] - b[0]);
      bounds.sort((a, b) => a - b);
      const messages = bounds
        .slice(1)
        .map((end, i): [number, number] => [bounds[i]!, end])
        .filter((_, i) => !skipped.includes(i));
      expect(seenOf(pieces, messages)).toEqual(byteByByte(pieces, messages, SIZE));
    }),
    { numRuns: 2000, seed: 11 },
  );
});

function seenOf(pieces: [number, number, number][], messages: [number, number][]) {
  const seen = streamMessages(firstArrivals(piecesFrom(pieces)), rangesFrom(messages));
  return { ...seen, ...blocking(seen) };
}

/** The same by looking at every byte. */
function byteByByte(pieces: [number, number, number][], messages: [number, number][], sizeBytes: number) {
  const firstNs = Array<number>(sizeBytes).fill(Number.POSITIVE_INFINITY);
  for (const [start, end, at] of pieces) {
    for (let byte = start; byte < end; byte++) firstNs[byte] = Math.min(firstNs[byte]!, at);
  }
  // Before the first message, what was never seen was there.
  for (let byte = 0; byte < (messages[0]?.[0] ?? 0); byte++) {
    if (firstNs[byte] === Number.POSITIVE_INFINITY) firstNs[byte] = Number.NEGATIVE_INFINITY;
  }
  const latest = (from: number, to: number) => {
    const at = Math.max(...firstNs.slice(from, to));
    return at === Number.POSITIVE_INFINITY ? Number.NaN : at;
  };
  const arrivedNs = Float64Array.from(messages, ([start, end]) => latest(start, end));
  const releasedNs = Float64Array.from(messages, ([, end]) => latest(0, end));
  const blockedNs = arrivedNs.map((arrived, i) => releasedNs[i]! - arrived);
  const instants = [...new Set(releasedNs.filter((_, i) => blockedNs[i]! > 0))];
  const releases = Uint32Array.from(instants, (at) => releasedNs.filter((released) => released === at).length);
  return { arrivedNs, releasedNs, blockedNs, releases };
}

function piecesFrom(pieces: readonly [number, number, number][]): Pieces {
  return {
    start: pieces.map(([start]) => start),
    end: pieces.map(([, end]) => end),
    arrivedNs: pieces.map(([, , at]) => at),
  };
}

function rangesFrom(messages: readonly [number, number][]): ByteRanges {
  return { start: messages.map(([start]) => start), end: messages.map(([, end]) => end) };
}
