// Round trips of joining, from the packets that the path saw.
import { expect, test } from 'vitest';
import { type SetUpPackets, setUpRoundTrips } from '../../../src/bench/path/set-up-turns.ts';

type Seen = readonly [direction: 'up' | 'down', port: number, kind: string, fate?: string];

function packets(seen: readonly Seen[]): SetUpPackets {
  return {
    direction: seen.map(([direction]) => direction),
    clientPort: seen.map(([, port]) => port),
    kind: seen.map(([, , kind]) => kind),
    fate: seen.map(([, , , fate = 'delivered']) => fate),
  };
}

test('TCP: the handshake and JOIN with its WELCOME are two; bare acknowledgements are none', () => {
  const seen: Seen[] = [
    ['up', 5000, 'tcp syn/fin'],
    ['down', 5000, 'tcp syn/fin'],
    ['up', 5000, 'tcp ack'],
    ['up', 5000, 'tcp data'],
    ['down', 5000, 'tcp ack'],
    ['up', 5000, 'tcp ack'],
    ['down', 5000, 'tcp data'],
    ['up', 5000, 'tcp ack'],
  ];
  expect(setUpRoundTrips(packets(seen), [5000])).toEqual([2]);
});

test('two users at once are counted each by himself, a repeated packet is no turn, and who saw nothing has none', () => {
  const udp = 'udp datagram';
  const seen: Seen[] = [
    ['up', 1, udp],
    ['up', 2, udp],
    ['up', 1, udp],
    ['down', 2, udp],
    ['down', 1, udp],
    ['down', 1, udp],
    ['up', 1, udp],
    ['down', 1, udp, 'loss'],
    ['up', 1, udp],
    ['down', 1, udp],
  ];
  expect(setUpRoundTrips(packets(seen), [1, 2, 3])).toEqual([2, 1, 0]);
});
