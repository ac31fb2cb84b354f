// Lines of /proc as the kernel writes them.
import { expect, test } from 'vitest';
import { parseCpuUs, parseParent, parseReceivedPackets, parseUdpCounter } from '../../bench/link/counters.ts';

const STAT = '4711 (a (b) c) S 42 4711 4711 0 -1 4194560 100 0 0 0 150 25 9 9 20 0 7 0 12345 0 0';

test("a process's parent and time, whatever its name", () => {
  expect(parseParent(STAT)).toBe(42);
  expect(parseCpuUs(STAT)).toBe(1_750_000);
});

test('the packets that a device was given', () => {
  const dev = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
  lab0: 1115473602  743669    0    0    0     0          0         0 13038358  250731    0    0    0     0       0          0
`;
  expect(parseReceivedPackets(dev, 'lab0')).toBe(743_669);
});

test('a counter of UDP, by its name', () => {
  const snmp = `Tcp: RtoAlgorithm RtoMin
Tcp: 1 200
Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors
Udp: 98000 0 57 100000 57 0
UdpLite: InDatagrams NoPorts
UdpLite: 0 0
`;
  expect(parseUdpCounter(snmp, 'RcvbufErrors')).toBe(57);
});
