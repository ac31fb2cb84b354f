// The account of a trial over TCP, and what is compared with the kernels' counters.
import { expect, test } from 'vitest';
import { type TcpCause, type TcpTrial, tcpAccount, tcpAgreement } from '../../../src/bench/path/tcp-account.ts';
import { emptyTraffic } from '../../../src/link/tun/traffic.ts';

const NEVER = Number.POSITIVE_INFINITY;
const IN_VAIN: Omit<TcpTrial, 'refused' | 'waitingNs'> = {
  plannedNs: [100],
  sentNs: [101],
  delayNs: [NEVER],
  late: [0],
  ended: [0],
};

const cases: [string, TcpCause, Partial<TcpTrial>][] = [
  ['came', 'delivered', { delayNs: [5], ended: [1] }],
  ['came after T_max', 'late', { late: [1], ended: [1] }],
  ['was not taken', 'not taken', { sentNs: [Number.NaN], ended: [1] }],
  ['lost its connection', 'connection ended', { ended: [1], refused: 1 }],
  ['was refused', 'refused by the server', { refused: 1 }],
  ['did not come, and nobody saw where it is', 'late', {}],
  ['was never wholly at its host', 'late', { releasedDownNs: [Number.NaN] }],
  ['was at its host after T_max', 'late', { releasedDownNs: [1101] }],
  ['was at its host in time, and nobody read it', 'unexplained', { releasedDownNs: [1100], refused: 1 }],
];
test.each(cases)('a message that %s', (_, cause, particulars) => {
  const { cause: codes, names } = tcpAccount({ ...IN_VAIN, refused: 0, waitingNs: 1000, ...particulars });
  expect([...codes].map((code) => names[code])).toEqual([cause]);
});

test('the account closes, and no more is refused than the server said', () => {
  const account = tcpAccount({
    plannedNs: [0, 1, 2, 3, 4],
    sentNs: [0, 1, 2, 3, Number.NaN],
    delayNs: [7, NEVER, NEVER, NEVER, NEVER],
    late: [0, 0, 0, 0, 0],
    ended: [0, 0, 0, 1, 1],
    waitingNs: 1000,
    refused: 1,
  });
  expect(account.sent).toBe(5);
  expect(account.counts).toEqual([1, 1, 1, 1, 1, 0]);
});

test('segments are compared with the counters that mean the same', () => {
  const traffic = emptyTraffic();
  for (const [i, kind] of (
    ['tcp data', 'tcp retransmission', 'tcp ack', 'tcp syn/fin', 'tcp reset'] as const
  ).entries()) {
    traffic.up[kind].packets = 10 ** i;
    traffic.down[kind].packets = 2 * 10 ** i;
  }
  traffic.up['udp datagram'].packets = 77;
  const packets = {
    direction: ['up', 'up', 'up', 'up', 'down', 'up'],
    kind: ['tcp data', 'tcp ack', 'tcp data', 'tcp data', 'tcp ack', 'udp datagram'],
    fate: ['delivered', 'delivered', 'loss', 'delivered', 'delivered', 'delivered'],
    copies: [1, 2, 0, 1, 1, 1],
    corruptBit: [-1, -1, -1, 9, -1, -1],
  };
  const clients = { udp: {}, ip: {}, tcp: { outSegs: 30, retransSegs: 3, synRetrans: 2, inSegs: 8, inCsumErrors: 1 } };
  const server = { udp: {}, ip: {}, tcp: { outSegs: 50, retransSegs: 5, synRetrans: 2 } };
  expect(tcpAgreement({ traffic, packets, hosts: { clients, server } })).toEqual([
    { what: 'segments-sent-again', by: 'clients', host: 3, path: 10 },
    { what: 'segments-sent', by: 'clients', host: 33, path: 11111 },
    { what: 'segments-received', by: 'clients', host: 7, path: 1 },
    { what: 'segments-sent-again', by: 'server', host: 5, path: 20 },
    { what: 'segments-sent', by: 'server', host: 53, path: 22222 },
    { what: 'segments-received', by: 'server', host: undefined, path: 3 },
  ]);
});
