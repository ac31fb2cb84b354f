// Round trips of joining, from the packets that the path saw.
import { expect, test } from 'vitest';
import { type SetUpPackets, setUpRoundTrips } from '../../../src/bench/path/set-up-turns.ts';

type Seen = readonly [offered: number, direction: 'up' | 'down', port: number, kind: string, fate?: string];

/** Every packet takes `delay` to the other side. */
function packets(seen: readonly Seen[], delay: number): SetUpPackets {
  return {
    offeredNs: seen.map(([offered]) => offered),
    dueNs: seen.map(([offered, , , , fate]) => (fate === undefined ? offered + delay : Number.NaN)),
    direction: seen.map(([, direction]) => direction),
    clientPort: seen.map(([, , port]) => port),
    kind: seen.map(([, , , kind]) => kind),
    fate: seen.map(([, , , , fate = 'delivered']) => fate),
  };
}

const UDP = 'udp datagram';

test('TCP: the handshake and JOIN with its WELCOME are two; bare acknowledgements are none', () => {
  const seen: Seen[] = [
    [0, 'up', 5000, 'tcp syn/fin'],
    [10, 'down', 5000, 'tcp syn/fin'],
    [20, 'up', 5000, 'tcp ack'],
    [21, 'up', 5000, 'tcp data'],
    [31, 'down', 5000, 'tcp ack'],
    [32, 'up', 5000, 'tcp ack'],
    [33, 'down', 5000, 'tcp data'],
    [43, 'up', 5000, 'tcp ack'],
  ];
  expect(setUpRoundTrips(packets(seen, 10), [5000])).toEqual([2]);
});

test('on a link without delay a packet that was sent has come', () => {
  const seen: Seen[] = [
    [1, 'up', 1, UDP],
    [2, 'down', 1, UDP],
    [2, 'up', 1, UDP],
    [3, 'down', 1, UDP],
  ];
  expect(setUpRoundTrips(packets(seen, 0), [1])).toEqual([2]);
});

test('two users at once are counted each by himself, and who saw nothing has none', () => {
  const seen: Seen[] = [
    [0, 'up', 1, UDP],
    [0, 'up', 2, UDP],
    [10, 'down', 2, UDP],
    [10, 'down', 1, UDP],
    [20, 'up', 1, UDP],
    [30, 'down', 1, UDP],
  ];
  expect(setUpRoundTrips(packets(seen, 10), [1, 2, 3])).toEqual([2, 1, 0]);
});

test('an answer that was lost is no round trip, and the next one is', () => {
  const seen: Seen[] = [
    [0, 'up', 1, UDP],
    [10, 'down', 1, UDP, 'loss'],
    [200, 'up', 1, UDP],
    [210, 'down', 1, UDP],
  ];
  expect(setUpRoundTrips(packets(seen, 10), [1])).toEqual([1]);
});

test('a path longer than the first time-out: what was repeated is answered, and makes no round trip more', () => {
  const seen: Seen[] = [
    [0, 'up', 1, UDP],
    [150, 'down', 1, UDP],
    [200, 'up', 1, UDP], // again, with the answer on its way
    [300, 'up', 1, UDP], // the answer has come
    [350, 'down', 1, UDP],
    [450, 'down', 1, UDP],
    [500, 'up', 1, UDP], // again
    [650, 'down', 1, UDP],
  ];
  expect(setUpRoundTrips(packets(seen, 150), [1])).toEqual([2]);
});
