// Where each message of a trial over UDP ended. The path's record tells it message by message as far as the link goes;
// within the hosts their kernels' counters tell how many, and never more messages than that are put to their account.
//
//   client ──► send buffer ──► link up ──► socket buffer ──► server ──► send buffer ──► link down ──► socket buffer ──► client
//    not taken      │          by cause          │          refused          │           by cause           │          late
import type { HostCounters } from '../../link/tun/host-counters.ts';
import { type Account, type Agreement, accountOf, Budget, less, sumOf } from './account.ts';
import { downLeg, LINK_CAUSES, type LinkView, NO_CAUSE, PIECE, upLeg, WHOLE } from './udp-legs.ts';

export const UDP_CAUSES = [
  'delivered',
  /** Came after T_max. */
  'late',
  /** The transport did not take it. */
  'not taken',
  /** Lost by a host that sends: its kernel had no room. */
  'send buffer at clients',
  'send buffer at server',
  /** On the link; `carrier` is the machine that emulates it, `under way` not there yet when the trial ended. */
  'up: queue',
  'up: loss',
  'up: list',
  'up: outage',
  'up: damaged',
  'up: carrier',
  'up: under way',
  'down: queue',
  'down: loss',
  'down: list',
  'down: outage',
  'down: damaged',
  'down: carrier',
  'down: under way',
  /** Reached the host and not the application: no room in the socket's buffer, no socket, or fragments not put together. */
  'socket buffer at server',
  'socket buffer at clients',
  'no socket at server',
  'no socket at clients',
  'reassembly at server',
  'reassembly at clients',
  'refused by the server',
  'unexplained',
] as const;
export type UdpCause = (typeof UDP_CAUSES)[number];

/** Instants are ns since the trial's origin; one entry a message where nothing else is said. */
export interface UdpTrial extends LinkView {
  /** NaN where the transport did not take it. */
  readonly sentNs: ArrayLike<number>;
  /** Infinite where it did not come within T_max. */
  readonly delayNs: ArrayLike<number>;
  /** Not 0 where a copy came after T_max. */
  readonly late: ArrayLike<number>;
  /**
   * The number that the packets of a message carry, where it is not its own: of a message to everybody, which is one
   * packet up and one for each receiver down, all with the first receiver's number.
   */
  readonly group?: ArrayLike<number>;
  /** The port on host `clients` of the message's receiver; needed where several share a number, otherwise 0. */
  readonly receiverPort?: ArrayLike<number>;
  /** How many messages the server said it refused. */
  readonly refused: number;
  /** Until then the receivers listened. */
  readonly endNs: number;
  /** Between the trial's beginning and its end. */
  readonly hosts: Readonly<Record<'server' | 'clients', HostCounters>>;
  /** Packets that the emulating machine lost. */
  readonly carrier: Readonly<Record<'up' | 'down', number>>;
}

/** Every message has exactly one cause, so that the account closes; `unexplained` is what nothing measured accounts for. */
export function udpAccount(trial: UdpTrial): Account {
  const search = new Search(trial);
  const cause = Uint8Array.from({ length: trial.sentNs.length }, (_, i) => UDP_CAUSES.indexOf(search.causeOf(i)));
  return accountOf(cause, UDP_CAUSES);
}

/** Asks along a message's way where it ended. */
class Search {
  readonly #trial: UdpTrial;
  readonly #legs;
  readonly #budgets;
  /** By the number that packets carry: whether the server sent anything on. */
  readonly #sentOn: Uint8Array;
  /** What ended on its way to the server, or in it, ended there for all its receivers, once. */
  readonly #endedBefore = new Map<number, UdpCause>();

  constructor(trial: UdpTrial) {
    this.#trial = trial;
    this.#legs = { up: upLeg(trial), down: downLeg(trial) };
    this.#budgets = budgetsOf(trial);
    this.#sentOn = new Uint8Array(trial.sentNs.length);
    for (const [i, seen] of this.#legs.down.seen.entries()) if (seen === 1) this.#sentOn[this.#numberOf(i)] = 1;
  }

  causeOf(message: number): UdpCause {
    const { sentNs, delayNs, late } = this.#trial;
    if (Number.isFinite(delayNs[message])) return 'delivered';
    if (late[message] !== 0) return 'late';
    if (Number.isNaN(sentNs[message])) return 'not taken';
    const number = this.#numberOf(message);
    if (this.#sentOn[number] === 0) {
      const cause = this.#endedBefore.get(number) ?? this.#beforeSentOn(number);
      this.#endedBefore.set(number, cause);
      return cause;
    }
    if (this.#legs.down.arrived[message] === 0) return this.#onLink('down', message);
    return this.#atHost('clients', message) ?? 'unexplained';
  }

  #numberOf(message: number): number {
    return this.#trial.group?.[message] ?? message;
  }

  #beforeSentOn(number: number): UdpCause {
    if (this.#legs.up.arrived[number] === 0) return this.#onLink('up', number);
    if (this.#budgets.refused.take()) return 'refused by the server';
    return (
      this.#atHost('server', number) ?? (this.#budgets.sending.server.take() ? 'send buffer at server' : 'unexplained')
    );
  }

  #onLink(direction: 'up' | 'down', slot: number): UdpCause {
    const { seen, cause, pending } = this.#legs[direction];
    const sender = direction === 'up' ? 'clients' : 'server';
    if (seen[slot] === 0) return this.#budgets.sending[sender].take() ? `send buffer at ${sender}` : 'unexplained';
    if (pending[slot] === WHOLE) return `${direction}: under way`;
    if (cause[slot] !== NO_CAUSE) return `${direction}: ${LINK_CAUSES[cause[slot]!]!}`;
    if (pending[slot] === PIECE) return `${direction}: under way`;
    return this.#budgets.carrier[direction].take() ? `${direction}: carrier` : 'unexplained';
  }

  #atHost(host: 'server' | 'clients', slot: number): UdpCause | undefined {
    if (this.#budgets.receiving[host].take()) return `socket buffer at ${host}`;
    if (this.#budgets.noSocket[host].take()) return `no socket at ${host}`;
    const { inPieces } = this.#legs[host === 'server' ? 'up' : 'down'];
    return inPieces[slot] === 1 && this.#budgets.reassembly[host].take() ? `reassembly at ${host}` : undefined;
  }
}

/**
 * Datagrams as the hosts' kernels and the path count them. They agree exactly once all that was sent is there and read:
 * a kernel counts a datagram in when an application takes it, so one that lies in a buffer is not yet among them.
 * Datagrams that a host failed to put together from fragments that all arrived (ReasmFails) are missing there.
 * What came damaged is on neither side: a checksum or a length that isn't right is among InErrors, which are not asked.
 */
export function udpAgreement({
  packets,
  arrivals,
  hosts,
}: Pick<UdpTrial, 'packets' | 'arrivals' | 'hosts'>): Agreement[] {
  const sent = { up: 0, down: 0 };
  const fragments = { up: 0, down: 0 };
  for (let row = 0; row < packets.kind.length; row++) {
    const direction = packets.direction[row] === 'up' ? 'up' : 'down';
    if (packets.kind[row] === 'udp datagram') sent[direction]++;
    if (packets.kind[row] === 'fragment') fragments[direction]++;
  }
  const received = { up: 0, down: 0 };
  for (let row = 0; row < arrivals.protocol.length; row++) {
    if (arrivals.protocol[row] === 'udp') received[arrivals.direction[row] === 'up' ? 'up' : 'down']++;
  }
  return (['clients', 'server'] as const).flatMap((host) => {
    const { udp, ip } = hosts[host];
    const [out, into] = host === 'clients' ? (['up', 'down'] as const) : (['down', 'up'] as const);
    return [
      { what: 'datagrams-sent-whole', by: host, host: less(udp.outDatagrams, ip.fragOks), path: sent[out] },
      { what: 'fragments-sent', by: host, host: ip.fragCreates, path: fragments[out] },
      {
        what: 'datagrams-received',
        by: host,
        host: sumOf(udp.inDatagrams, udp.rcvbufErrors, udp.memErrors, udp.noPorts),
        path: received[into],
      },
    ];
  });
}

function budgetsOf({ hosts, carrier, refused }: UdpTrial) {
  const perHost = (events: (counters: HostCounters) => number) => ({
    server: new Budget(events(hosts.server)),
    clients: new Budget(events(hosts.clients)),
  });
  return {
    receiving: perHost(({ udp }) => (udp.rcvbufErrors ?? 0) + (udp.memErrors ?? 0)),
    reassembly: perHost(({ ip }) => ip.reasmFails ?? 0),
    noSocket: perHost(({ udp }) => udp.noPorts ?? 0),
    sending: perHost(({ udp, ip }) => (udp.sndbufErrors ?? 0) + (ip.outDiscards ?? 0) + (ip.fragFails ?? 0)),
    carrier: { up: new Budget(carrier.up), down: new Budget(carrier.down) },
    refused: new Budget(refused),
  };
}
