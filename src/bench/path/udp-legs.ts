// What each direction of the link did with each message of a trial over UDP, by the path's record of packets and arrivals.

/** Who takes a packet on the link. */
export const LINK_CAUSES = ['queue', 'loss', 'list', 'outage', 'damaged'] as const;

/** The columns of the path's packets that are read here. */
export interface PacketColumns {
  readonly direction: ArrayLike<string>;
  readonly kind: ArrayLike<string>;
  readonly fate: ArrayLike<string>;
  readonly dueNs: ArrayLike<number>;
  readonly corruptBit: ArrayLike<number>;
  readonly message: ArrayLike<number>;
  readonly clientPort: ArrayLike<number>;
}

/** The columns of the path's arrivals that are read here. */
export interface DatagramArrivals {
  readonly direction: ArrayLike<string>;
  readonly protocol: ArrayLike<string>;
  readonly destinationPort: ArrayLike<number>;
  readonly arrivedNs: ArrayLike<number>;
  readonly message: ArrayLike<number>;
}

/** Of a trial over UDP what the link has to do with; see `UdpTrial`. */
export interface LinkView {
  readonly sentNs: ArrayLike<number>;
  readonly group?: ArrayLike<number>;
  readonly receiverPort?: ArrayLike<number>;
  readonly endNs: number;
  readonly packets: PacketColumns;
  readonly arrivals: DatagramArrivals;
}

export const NO_CAUSE = 255;
/** In `pending`: what is still under way is a datagram, or a fragment, whose datagram may be lost for another's sake. */
export const PIECE = 1;
export const WHOLE = 2;

/** What one direction of the link did with each message; of several copies, any that arrives is enough. */
export interface Leg {
  readonly seen: Uint8Array;
  /** Wholly at the receiving host, undamaged, before the trial's end. */
  readonly arrived: Uint8Array;
  /** Of the first packet that was lost: the place in LINK_CAUSES. */
  readonly cause: Uint8Array;
  readonly pending: Uint8Array;
  /** Whether it travelled in fragments. */
  readonly inPieces: Uint8Array;
}

export function upLeg(trial: LinkView): Leg {
  return legOf('up', trial, (message) => message);
}

/** A packet down belongs to the message that its receiver was to have; where nobody shares a number, to that number. */
export function downLeg(trial: LinkView): Leg {
  const { sentNs, group, receiverPort } = trial;
  const ofReceiver = new Map<number, number>();
  for (let i = 0; i < sentNs.length; i++) {
    const port = receiverPort?.[i] ?? 0;
    if (port !== 0) ofReceiver.set((group?.[i] ?? i) * PORTS + port, i);
  }
  return legOf('down', trial, (message, port) => {
    const hasReceivers = (receiverPort?.[message] ?? 0) !== 0;
    return hasReceivers ? (ofReceiver.get(message * PORTS + port) ?? -1) : message;
  });
}

const PORTS = 2 ** 16;

function legOf(direction: 'up' | 'down', trial: LinkView, slotOf: (message: number, port: number) => number): Leg {
  const { packets, arrivals, endNs } = trial;
  const count = trial.sentNs.length;
  const [seen, arrived, pending] = [new Uint8Array(count), new Uint8Array(count), new Uint8Array(count)];
  const cause = new Uint8Array(count).fill(NO_CAUSE);
  const inPieces = new Uint8Array(count);
  for (let row = 0; row < packets.message.length; row++) {
    if (packets.direction[row] !== direction || packets.message[row]! < 0) continue;
    const slot = slotOf(packets.message[row]!, packets.clientPort[row]!);
    if (slot < 0 || slot >= count) continue;
    seen[slot] = 1;
    if (packets.kind[row] === 'fragment') inPieces[slot] = 1;
    const lostBy = linkCause(packets, row);
    if (lostBy !== NO_CAUSE && cause[slot] === NO_CAUSE) cause[slot] = lostBy;
    if (lostBy !== NO_CAUSE || !(packets.dueNs[row]! > endNs)) continue;
    pending[slot] = Math.max(pending[slot]!, packets.kind[row] === 'fragment' ? PIECE : WHOLE);
  }
  for (let row = 0; row < arrivals.message.length; row++) {
    if (arrivals.direction[row] !== direction || arrivals.message[row]! < 0) continue;
    const slot = slotOf(arrivals.message[row]!, arrivals.destinationPort[row]!);
    if (slot < 0 || slot >= count) continue;
    if (arrivals.arrivedNs[row]! <= endNs) arrived[slot] = 1;
    else pending[slot] = WHOLE;
  }
  return { seen, arrived, cause, pending, inPieces };
}

/** What lost a packet. One that only this machine lost is delivered, by the table, and will be missed among the arrivals. */
function linkCause({ fate, corruptBit }: PacketColumns, row: number): number {
  if (fate[row] === 'delivered') return corruptBit[row]! >= 0 ? DAMAGED : NO_CAUSE;
  return CODES.get(fate[row]!) ?? NO_CAUSE;
}

const CODES: ReadonlyMap<string, number> = new Map(LINK_CAUSES.map((cause, code) => [cause, code]));
const DAMAGED = LINK_CAUSES.indexOf('damaged');
