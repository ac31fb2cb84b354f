// Where each message of a trial over TCP ended, and whether the hosts' kernels and the path saw the same segments. A
// stream loses nothing: a message that isn't there is late, unless its connection ended.
import type { HostCounters } from '../../link/tun/host-counters.ts';
import type { Traffic } from '../../link/tun/traffic.ts';
import { type Account, type Agreement, accountOf, Budget, less, sumOf } from './account.ts';

export const TCP_CAUSES = [
  'delivered',
  /** Not there within T_max: still in a queue, on the link, or held back by what was missing before it. */
  'late',
  /** The transport did not take it: its queue was full, or its connection had ended. */
  'not taken',
  /** The sender's or the receiver's connection ended before the message had come. */
  'connection ended',
  'refused by the server',
  'unexplained',
] as const;
export type TcpCause = (typeof TCP_CAUSES)[number];

/** Instants are ns since the trial's origin; one entry a message where nothing else is said. */
export interface TcpTrial {
  readonly plannedNs: ArrayLike<number>;
  /** NaN where the transport did not take it. */
  readonly sentNs: ArrayLike<number>;
  /** Infinite where it did not come within T_max. */
  readonly delayNs: ArrayLike<number>;
  /** Not 0 where a copy came after T_max. */
  readonly late: ArrayLike<number>;
  /** T_max. */
  readonly waitingNs: number;
  /** Not 0 where one of the message's two connections ended before the trial did. */
  readonly ended: ArrayLike<number>;
  /** How many messages the server said it refused. */
  readonly refused: number;
  /**
   * When the receiver's host had the message and all before it (`releasedNs` of the stream down); NaN where it never had.
   * Without the path's view nothing is known of that, and what did not come counts as late.
   */
  readonly releasedDownNs?: ArrayLike<number>;
}

/** Every message has exactly one cause, so that the account closes. `unexplained` was in time at its host, and nobody read it. */
export function tcpAccount(trial: TcpTrial): Account {
  const { plannedNs, sentNs, delayNs, late, waitingNs, ended, releasedDownNs } = trial;
  const refused = new Budget(trial.refused);
  const causeOf = (message: number): TcpCause => {
    if (Number.isFinite(delayNs[message])) return 'delivered';
    if (late[message] !== 0) return 'late';
    if (Number.isNaN(sentNs[message])) return 'not taken';
    const wasThere = (releasedDownNs?.[message] ?? Number.NaN) <= plannedNs[message]! + waitingNs;
    if (ended[message] !== 0) return 'connection ended';
    if (!wasThere && refused.take()) return 'refused by the server';
    return wasThere ? 'unexplained' : 'late';
  };
  return accountOf(
    Uint8Array.from({ length: sentNs.length }, (_, message) => TCP_CAUSES.indexOf(causeOf(message))),
    TCP_CAUSES,
  );
}

/** The columns of the path's packets that are read here. */
export interface SegmentColumns {
  readonly direction: ArrayLike<string>;
  readonly kind: ArrayLike<string>;
  readonly fate: ArrayLike<string>;
  readonly copies: ArrayLike<number>;
  readonly corruptBit: ArrayLike<number>;
}

export interface SegmentCounts {
  readonly traffic: Traffic;
  readonly packets: SegmentColumns;
  /** Over the same time as the path's record. The clients' host connects and the server's accepts, never the other way. */
  readonly hosts: Readonly<Record<'server' | 'clients', HostCounters>>;
}

/**
 * Segments as the hosts' kernels and the path count them. On Linux (6.18) these agree exactly, to the segment, as test/link/tun shows:
 * - RetransSegs are the segments with data, a SYN or a FIN that the stream had sent before. Loss probes (TLP) are among
 *   them where they repeat, and new data where they don't; large segments (GSO) count as the packets they become.
 * - OutSegs are all other segments: new data, pure ACKs, window probes and keep-alives (which are ACKs to the path),
 *   resets. SYN/ACKs are in it each time, and in RetransSegs again when repeated: what a host that accepts connections
 *   has repeated of SYNs is counted twice.
 * - InSegs less those with a wrong checksum are the undamaged copies that the link delivered and the machine handed
 *   over. What is still on its way at the reading, or was lost by the machine, is missing at the host. On a link that
 *   damages packets the host's number may be too large by a few: a flipped length of the TCP header is no checksum
 *   error to Linux, and a segment in.
 * Time-outs have no sign of their own on the path; the host's counter alone tells them.
 */
export function tcpAgreement({ traffic, packets, hosts }: SegmentCounts): Agreement[] {
  const delivered = deliveredSegments(packets);
  return (['clients', 'server'] as const).flatMap((host) => {
    const { tcp } = hosts[host];
    const [out, into] = host === 'clients' ? (['up', 'down'] as const) : (['down', 'up'] as const);
    const countedTwice = host === 'server' ? tcp.synRetrans : 0;
    return [
      {
        what: 'segments-sent-again',
        by: host,
        host: tcp.retransSegs,
        path: traffic[out]['tcp retransmission'].packets,
      },
      {
        what: 'segments-sent',
        by: host,
        host: less(sumOf(tcp.outSegs, tcp.retransSegs), countedTwice),
        path: SEGMENT_KINDS.reduce((sum, kind) => sum + traffic[out][kind].packets, 0),
      },
      { what: 'segments-received', by: host, host: less(tcp.inSegs, tcp.inCsumErrors), path: delivered[into] },
    ];
  });
}

const SEGMENT_KINDS = ['tcp data', 'tcp retransmission', 'tcp ack', 'tcp syn/fin', 'tcp reset'] as const;

function deliveredSegments({
  direction,
  kind,
  fate,
  copies,
  corruptBit,
}: SegmentColumns): Record<'up' | 'down', number> {
  const delivered = { up: 0, down: 0 };
  for (let row = 0; row < kind.length; row++) {
    if (!kind[row]!.startsWith('tcp ') || fate[row] !== 'delivered' || corruptBit[row]! >= 0) continue;
    delivered[direction[row] === 'up' ? 'up' : 'down'] += copies[row]!;
  }
  return delivered;
}
