// What the well-known tools print, as they print it.
import { expect, test } from 'vitest';
import { parseIperf, parseIrtt, parsePing } from '../../bench/link/programs.ts';

const PING = `PING 10.77.0.1 (10.77.0.1) 56(84) bytes of data.

--- 10.77.0.1 ping statistics ---
100 packets transmitted, 100 received, 0% packet loss, time 1003ms
rtt min/avg/max/mdev = 40.061/40.222/41.600/0.171 ms, pipe 5
`;

test("ping's mean", () => {
  expect(parsePing(PING)).toBe(40.222);
  expect(() => parsePing('4 packets transmitted, 0 received, 100% packet loss, time 3060ms\n')).toThrow(/no answer/);
});

test("irtt's round trips, without the lost ones", () => {
  const json = JSON.stringify({
    round_trips: [
      { seqno: 0, lost: 'false', delay: { receive: 20_000_000, rtt: 40_123_456, send: 20_123_456 } },
      { seqno: 1, lost: 'true_down', delay: {} },
      { seqno: 2, lost: 'true' },
      { seqno: 3, lost: 'false', delay: { rtt: 41_000_000 } },
    ],
  });
  expect(parseIrtt(json)).toEqual([40.123456, 41]);
});

test('what the receiver of iperf3 got', () => {
  const tcp = { end: { sum: { bits_per_second: 1 }, sum_received: { bits_per_second: 2.5e9 } } };
  expect(parseIperf(JSON.stringify(tcp)).receivedBitsPerSecond).toBe(2.5e9);
  expect(parseIperf(JSON.stringify({ end: { sum: { bits_per_second: 7 } } })).receivedBitsPerSecond).toBe(7);
  expect(() => parseIperf('{"end":{},"error":"unable to connect"}')).toThrow('iperf3: unable to connect');
});
