// The kernel's counters: of stored texts, of this machine, and of a host that has just received.
import { describe, expect, test } from 'vitest';
import { countersBetween, parseHostCounters, readHostCounters } from '../../../src/link/tun/host-counters.ts';
import { needs } from '../../support/ability.ts';
import { across, network, program, udpReceiver, udpSender } from './network.ts';

const SNMP = `Ip: Forwarding DefaultTTL InReceives InHdrErrors ReasmFails FragFails FragCreates
Ip: 2 64 28495 3 5 6 7
Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors
Tcp: 1 200 120000 -1 195 24301 19056 17 2 222 1
Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors
Udp: 4193 1 9 4194 6 2 3 0 0
UdpLite: InDatagrams NoPorts
UdpLite: 70 71
`;
const NETSTAT = `TcpExt: SyncookiesSent DelayedACKs TCPFastRetrans TCPTimeouts TCPLossProbes TCPSynRetrans
TcpExt: 0 172 13 4 238 2
IpExt: InNoRoutes InOctets
IpExt: 0 692076837
`;
const SNMP6 = `Ip6InReceives                   \t1
Ip6ReasmFails                   \t2
Udp6InDatagrams                 \t10
Udp6RcvbufErrors                \t4
`;

describe('stored texts', () => {
  const counters = parseHostCounters({ snmp: SNMP, netstat: NETSTAT, snmp6: SNMP6 });

  test('are read by name, IPv4 and IPv6 added up, and what is absent stays absent', () => {
    expect(counters).toEqual({
      udp: {
        inDatagrams: 4203,
        outDatagrams: 4194,
        noPorts: 1,
        inErrors: 9,
        rcvbufErrors: 10,
        sndbufErrors: 2,
        inCsumErrors: 3,
        memErrors: 0,
      },
      tcp: {
        activeOpens: 195,
        inSegs: 24301,
        outSegs: 19056,
        retransSegs: 17,
        inErrs: 2,
        inCsumErrors: 1,
        outRsts: 222,
        timeouts: 4,
        fastRetrans: 13,
        synRetrans: 2,
        tlps: 238,
        delayedAcks: 172,
      },
      ip: { inReceives: 28496, inHdrErrors: 3, reasmFails: 7, fragCreates: 7, fragFails: 6 },
    });
  });

  test('a difference has the counters that both readings have', () => {
    const later = { udp: { inDatagrams: 4210, sndbufErrors: 2 }, tcp: { timeouts: 5, keepAlives: 1 }, ip: {} };
    expect(countersBetween(counters, later)).toEqual({
      udp: { inDatagrams: 7, sndbufErrors: 0 },
      tcp: { timeouts: 1 },
      ip: {},
    });
  });

  test('without any text there is no counter', () => {
    expect(parseHostCounters({ snmp: '', netstat: '', snmp6: '' })).toEqual({ udp: {}, tcp: {}, ip: {} });
  });
});

test('this machine has all that the account needs', async (context) => {
  needs(context, process.platform === 'linux', 'it needs the counters of Linux');
  const { udp, tcp, ip } = await readHostCounters(process.pid);
  for (const needed of [udp.inDatagrams, udp.rcvbufErrors, udp.sndbufErrors, udp.inCsumErrors, udp.noPorts]) {
    expect(needed).toBeGreaterThanOrEqual(0);
  }
  for (const needed of [tcp.outSegs, tcp.retransSegs, tcp.synRetrans, tcp.timeouts, tcp.outRsts]) {
    expect(needed).toBeGreaterThanOrEqual(0);
  }
  for (const needed of [ip.reasmFails, ip.inHdrErrors]) expect(needed).toBeGreaterThanOrEqual(0);
});

test('a process that is gone is told', async () => {
  await expect(readHostCounters(2 ** 22 + 1)).rejects.toThrow('Is process 4194305 still there?');
});

test('a host counts what its own applications sent and received, and nobody else', async (context) => {
  const net = await network(context);
  const read = async () => [await readHostCounters(net.pids.clients), await readHostCounters(net.pids.server)] as const;
  const receiver = program(net, 'server', udpReceiver());
  await receiver.ready;
  const before = await read();
  const up = { loss: { kind: 'list', packets: [3] }, corrupt: '10%' };
  const report = await across(net, { up }, { mode: 'packet', seed: 5 }, async () => {
    await program(net, 'clients', udpSender(40, 100, 1)).answer;
    await receiver.answer;
  });
  const after = await read();
  const [clients, server] = before.map((earlier, i) => countersBetween(earlier, after[i]!));
  const damaged = report.packets.corruptBit.filter((bit) => bit >= 0).length;
  expect(damaged).toBeGreaterThan(0);
  expect(clients!.udp).toMatchObject({ outDatagrams: 40, inDatagrams: 0 });
  expect(server!.udp).toMatchObject({ inDatagrams: 39 - damaged, rcvbufErrors: 0, noPorts: 0 });
  // A flipped bit is seen by the header's checksum or by the datagram's.
  expect(server!.udp.inCsumErrors! + server!.ip.inHdrErrors!).toBe(damaged);
  expect(report.arrivals.arrivedNs.length).toBe(39 - damaged);
}, 30_000);
