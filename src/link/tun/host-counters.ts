// What the kernel of a host has counted of its own TCP, UDP and IP since the host was made: the tables of /proc/net. A
// counter that this kernel doesn't have is absent, and never 0. IPv4 and IPv6 are added up.
import { readFile } from 'node:fs/promises';
import { LinkMachineError, systemCode } from '../machine-error.ts';

/** Of each counter the names in the kernel's tables; what several tables have is the sum. */
const UDP = {
  /** Taken by an application, and not: handed to a socket. */
  inDatagrams: ['Udp.InDatagrams', 'Udp6InDatagrams'],
  outDatagrams: ['Udp.OutDatagrams', 'Udp6OutDatagrams'],
  /** Came for a port that nobody listened on. */
  noPorts: ['Udp.NoPorts', 'Udp6NoPorts'],
  /** All that came and was thrown away, whatever the reason; the three below are in it. */
  inErrors: ['Udp.InErrors', 'Udp6InErrors'],
  /** The receiver's socket buffer was full. */
  rcvbufErrors: ['Udp.RcvbufErrors', 'Udp6RcvbufErrors'],
  inCsumErrors: ['Udp.InCsumErrors', 'Udp6InCsumErrors'],
  memErrors: ['Udp.MemErrors', 'Udp6MemErrors'],
  sndbufErrors: ['Udp.SndbufErrors', 'Udp6SndbufErrors'],
} as const;

const TCP = {
  activeOpens: ['Tcp.ActiveOpens'],
  passiveOpens: ['Tcp.PassiveOpens'],
  /** Every segment that came, the damaged ones too. */
  inSegs: ['Tcp.InSegs'],
  /** Every segment sent but retransmissions. SYN/ACKs are counted each time, retransmissions of them too. */
  outSegs: ['Tcp.OutSegs'],
  retransSegs: ['Tcp.RetransSegs'],
  inErrs: ['Tcp.InErrs'],
  inCsumErrors: ['Tcp.InCsumErrors'],
  outRsts: ['Tcp.OutRsts'],
  /** Retransmission time-outs. */
  timeouts: ['TcpExt.TCPTimeouts'],
  fastRetrans: ['TcpExt.TCPFastRetrans'],
  slowStartRetrans: ['TcpExt.TCPSlowStartRetrans'],
  lostRetransmit: ['TcpExt.TCPLostRetransmit'],
  /** SYNs and SYN/ACKs sent again. */
  synRetrans: ['TcpExt.TCPSynRetrans'],
  /** Counted in `retransSegs`, and the kernel failed to send them. */
  retransFail: ['TcpExt.TCPRetransFail'],
  /** Not sent again because the first copy was still in the host's own queue. */
  spuriousRtxHostQueues: ['TcpExt.TCPSpuriousRtxHostQueues'],
  spuriousRtos: ['TcpExt.TCPSpuriousRTOs'],
  tlps: ['TcpExt.TCPLossProbes'],
  tlpRecoveries: ['TcpExt.TCPLossProbeRecovery'],
  dsackReceived: ['TcpExt.TCPDSACKRecv'],
  dsackOldSent: ['TcpExt.TCPDSACKOldSent'],
  dsackOutOfOrderSent: ['TcpExt.TCPDSACKOfoSent'],
  delayedAcks: ['TcpExt.DelayedACKs'],
  outOfOrderQueued: ['TcpExt.TCPOFOQueue'],
  outOfOrderDropped: ['TcpExt.TCPOFODrop'],
  receiveQueueDrop: ['TcpExt.TCPRcvQDrop'],
  backlogDrop: ['TcpExt.TCPBacklogDrop'],
  listenDrops: ['TcpExt.ListenDrops'],
  windowProbes: ['TcpExt.TCPWinProbe'],
  keepAlives: ['TcpExt.TCPKeepAlive'],
  abortOnTimeout: ['TcpExt.TCPAbortOnTimeout'],
} as const;

const IP = {
  inReceives: ['Ip.InReceives', 'Ip6InReceives'],
  /** A damaged IPv4 header is among these. */
  inHdrErrors: ['Ip.InHdrErrors', 'Ip6InHdrErrors'],
  inDiscards: ['Ip.InDiscards', 'Ip6InDiscards'],
  outDiscards: ['Ip.OutDiscards', 'Ip6OutDiscards'],
  reasmReqds: ['Ip.ReasmReqds', 'Ip6ReasmReqds'],
  reasmOks: ['Ip.ReasmOKs', 'Ip6ReasmOKs'],
  /**
   * Datagrams given up because a fragment was missing, 30 s (IPv6: 60 s) after the first came; and fragments that the
   * kernel could not keep, at once.
   */
  reasmFails: ['Ip.ReasmFails', 'Ip6ReasmFails'],
  /** Datagrams that were cut into fragments, and how many fragments that made. */
  fragOks: ['Ip.FragOKs', 'Ip6FragOKs'],
  fragCreates: ['Ip.FragCreates', 'Ip6FragCreates'],
  fragFails: ['Ip.FragFails', 'Ip6FragFails'],
} as const;

type Counters<T> = { readonly [Name in keyof T]?: number };

/** Plain data. A counter that the kernel doesn't have is absent. */
export interface HostCounters {
  readonly udp: Counters<typeof UDP>;
  readonly tcp: Counters<typeof TCP>;
  readonly ip: Counters<typeof IP>;
}

/** Of the host that a process is on. @throws LinkMachineError where the kernel doesn't show them */
export async function readHostCounters(pid: number): Promise<HostCounters> {
  const folder = `/proc/${pid}/net`;
  try {
    const snmp = await readFile(`${folder}/snmp`, 'utf8');
    const netstat = await readFile(`${folder}/netstat`, 'utf8');
    return parseHostCounters({ snmp, netstat, snmp6: await readSnmp6(folder) });
  } catch (error) {
    throw new LinkMachineError(
      systemCode(error),
      `The kernel's counters can't be read: ${(error as Error).message}. Is process ${pid} still there?`,
    );
  }
}

/** A kernel without IPv6 has no such file. */
async function readSnmp6(folder: string): Promise<string> {
  try {
    return await readFile(`${folder}/snmp6`, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  }
}

/** The three files' texts. */
export interface CounterTexts {
  readonly snmp: string;
  readonly netstat: string;
  readonly snmp6: string;
}

export function parseHostCounters({ snmp, netstat, snmp6 }: CounterTexts): HostCounters {
  const values = new Map([...pairsOfLines(snmp), ...pairsOfLines(netstat), ...namedValues(snmp6)]);
  return { udp: pick(UDP, values), tcp: pick(TCP, values), ip: pick(IP, values) };
}

/** What was counted between two readings. */
export function countersBetween(earlier: HostCounters, later: HostCounters): HostCounters {
  return {
    udp: difference(earlier.udp, later.udp),
    tcp: difference(earlier.tcp, later.tcp),
    ip: difference(earlier.ip, later.ip),
  };
}

/** A line of names and a line of values, both begun by the table's name: `Udp: InDatagrams NoPorts …`, `Udp: 4193 0 …`. */
function* pairsOfLines(text: string): Iterable<[string, number]> {
  const lines = text.split('\n');
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const [table, ...names] = lines[i]!.trim().split(/\s+/);
    const values = lines[i + 1]!.trim().split(/\s+/);
    for (const [n, name] of names.entries()) yield [`${table!.replace(':', '.')}${name}`, Number(values[n + 1])];
  }
}

/** A name and a value on each line. */
function* namedValues(text: string): Iterable<[string, number]> {
  for (const line of text.split('\n')) {
    const [name, value] = line.trim().split(/\s+/);
    if (name && value !== undefined) yield [name, Number(value)];
  }
}

function pick<T extends Readonly<Record<string, readonly string[]>>>(
  wanted: T,
  values: ReadonlyMap<string, number>,
): Counters<T> {
  const counters: { [name: string]: number } = {};
  for (const [name, sources] of Object.entries(wanted)) {
    const found = sources.map((source) => values.get(source)).filter((value) => Number.isFinite(value));
    if (found.length > 0) counters[name] = found.reduce<number>((sum, value) => sum + value!, 0);
  }
  return counters as Counters<T>;
}

function difference<T extends Readonly<Record<string, number>>>(earlier: T, later: T): T {
  const counters: { [name: string]: number } = {};
  for (const [name, value] of Object.entries(later)) {
    if (earlier[name] !== undefined) counters[name] = value - earlier[name];
  }
  return counters as T;
}
