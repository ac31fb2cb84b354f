// A duel as a value: the same messages over two transports, and what became of each. Pure: events and instants in, the next
// value out. Instants are ns on the machine's clock.
import type { LostDatagram } from '../../../src/link/news.ts';
import type { Transport } from '../../across/live-link.ts';
import type { LinkState } from '../../chat/model/chat-model.ts';
import { LATE_MS } from '../../chat/model/own-messages.ts';

export interface DuelModel {
  /** How often it has begun anew; each round has its own numbers, from 1. */
  readonly round: number;
  readonly messages: readonly DuelMessage[];
  readonly changes: readonly LinkChange[];
  readonly sides: Readonly<Record<Transport, Side>>;
  readonly link: LinkState;
}

/** The link has become another one. */
export interface LinkChange {
  /** The first message that was sent after it. */
  readonly before: number;
  readonly words: string;
}

export interface DuelMessage {
  readonly number: number;
  readonly body: string;
  readonly sentNs: number;
}

export interface Side {
  readonly connection: SideConnection;
  /** One for each message, in their order. */
  readonly legs: readonly Leg[];
  /** In the order in which it came, or became known. */
  readonly log: readonly LogEntry[];
  /** The highest number that has arrived. */
  readonly highest: number;
}

export type SideConnection =
  | { readonly kind: 'up' }
  | { readonly kind: 'down'; readonly why: string }
  /** The link can't carry this transport here. */
  | { readonly kind: 'unavailable' };

/** One message over one transport. */
export interface Leg {
  readonly fate: Fate;
  readonly receipt: Receipt;
  /** Lay at the receiving host and waited for what was sent before it; known sometimes before it has arrived. */
  readonly heldBack?: HeldBack;
}

export type Fate =
  /** `about`: in whose words, where there are some. */
  | { readonly kind: 'not-sent'; readonly why: NotSent; readonly about?: string }
  /** `isCut`: the connection that it went into has ended. */
  | { readonly kind: 'in-flight'; readonly isCut: boolean }
  | Arrived
  | { readonly kind: 'lost'; readonly cause: LostDatagram['cause'] }
  /** Not there within T_max, and nobody can tell why. */
  | { readonly kind: 'missing' };

export interface Arrived {
  readonly kind: 'arrived';
  readonly afterMs: number;
  /** A message with a higher number was there before it (RFC 4737). */
  readonly isOutOfOrder: boolean;
  readonly copies: number;
}

export interface HeldBack {
  readonly ms: number;
  /** The message that it waited for; undefined where that was none. */
  readonly behind: number | undefined;
}

export type NotSent = 'unavailable' | 'no-connection' | 'queue-full' | 'refused';

export type Receipt =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'came'; readonly afterMs: number }
  /** Dropped by the link: so the message had come. */
  | { readonly kind: 'lost' };

export type LogEntry =
  | { readonly kind: 'arrived' | 'copy' | 'lost' | 'missing' | 'not-sent'; readonly number: number }
  /** The link changed before the message of this number was sent. */
  | { readonly kind: 'link'; readonly number: number; readonly words: string };

export const SIDES: readonly Transport[] = ['tcp', 'udp'];

export function duelModel(link: LinkState, available: readonly Transport[]): DuelModel {
  const side = (transport: Transport): Side => ({
    connection: { kind: available.includes(transport) ? 'up' : 'unavailable' },
    legs: [],
    log: [],
    highest: 0,
  });
  return { round: 1, messages: [], changes: [], sides: { tcp: side('tcp'), udp: side('udp') }, link };
}

/** Begins anew: of the round before nothing is told any more. */
export function cleared(model: DuelModel): DuelModel {
  const blank = (side: Side): Side => ({ ...side, legs: [], log: [], highest: 0 });
  const { tcp, udp } = model.sides;
  return {
    ...model,
    round: model.round + 1,
    messages: [],
    changes: [],
    sides: { tcp: blank(tcp), udp: blank(udp) },
  };
}

export function nextNumber({ messages }: DuelModel): number {
  return messages.length + 1;
}

/** @param notSent over which transports it did not leave, and why */
export function sent(
  model: DuelModel,
  body: string,
  sentNs: number,
  notSent: Partial<Record<Transport, NotSent>>,
): DuelModel {
  const number = nextNumber(model);
  const sides = eachSide(model, (side, transport) => {
    const why = notSent[transport];
    if (why === undefined) return { ...side, legs: [...side.legs, IN_FLIGHT] };
    const leg: Leg = { fate: { kind: 'not-sent', why }, receipt: { kind: 'waiting' } };
    // Where there is no transport at all, that is said once and not message by message.
    const entries: LogEntry[] = why === 'unavailable' ? [] : [{ kind: 'not-sent', number }];
    return { ...side, legs: [...side.legs, leg], log: [...side.log, ...entries] };
  });
  return { ...model, messages: [...model.messages, { number, body, sentNs }], sides };
}

const IN_FLIGHT: Leg = { fate: { kind: 'in-flight', isCut: false }, receipt: { kind: 'waiting' } };

export function linkChanged(model: DuelModel, words: string): DuelModel {
  const before = nextNumber(model);
  const sides = eachSide(model, (side) => ({
    ...side,
    log: [...side.log, { kind: 'link', number: before, words } as const],
  }));
  return { ...model, sides, changes: [...model.changes, { before, words }] };
}

export function arrived(model: DuelModel, transport: Transport, number: number, arrivedNs: number): DuelModel {
  return withLeg(model, transport, number, (leg, side, { sentNs }) => {
    if (leg.fate.kind === 'arrived') {
      const fate = { ...leg.fate, copies: leg.fate.copies + 1 };
      return { leg: { ...leg, fate }, entry: { kind: 'copy', number } };
    }
    const afterMs = (arrivedNs - sentNs) / 1e6;
    const fate: Fate = { kind: 'arrived', afterMs, isOutOfOrder: number < side.highest, copies: 1 };
    return { leg: { ...leg, fate }, entry: { kind: 'arrived', number } };
  });
}

export function lost(model: DuelModel, transport: Transport, number: number, cause: LostDatagram['cause']): DuelModel {
  return withLeg(model, transport, number, (leg) => {
    // A copy of it has come, or the news has come twice.
    if (leg.fate.kind === 'arrived' || leg.fate.kind === 'lost') return { leg };
    const next: Leg = { ...leg, fate: { kind: 'lost', cause } };
    return leg.fate.kind === 'missing' ? { leg: next } : { leg: next, entry: { kind: 'lost', number } };
  });
}

/** @param about what the server said */
export function refused(model: DuelModel, transport: Transport, number: number, about: string): DuelModel {
  return withLeg(model, transport, number, (leg) => {
    const next: Leg = { ...leg, fate: { kind: 'not-sent', why: 'refused', about } };
    if (leg.fate.kind === 'missing') return { leg: next };
    return leg.fate.kind === 'in-flight' ? { leg: next, entry: { kind: 'not-sent', number } } : { leg };
  });
}

export function heldBack(model: DuelModel, transport: Transport, number: number, held: HeldBack): DuelModel {
  return withLeg(model, transport, number, (leg) => ({ leg: { ...leg, heldBack: held } }));
}

export function receiptCame(model: DuelModel, transport: Transport, number: number, atNs: number): DuelModel {
  return withLeg(model, transport, number, (leg, _side, { sentNs }) => {
    const receipt: Receipt = { kind: 'came', afterMs: (atNs - sentNs) / 1e6 };
    // One of its copies may have been lost before.
    return { leg: leg.receipt.kind === 'came' ? leg : { ...leg, receipt } };
  });
}

export function receiptLost(model: DuelModel, transport: Transport, number: number): DuelModel {
  return withLeg(model, transport, number, (leg) => ({
    leg: leg.receipt.kind === 'waiting' ? { ...leg, receipt: { kind: 'lost' } } : leg,
  }));
}

export function connectionChanged(model: DuelModel, transport: Transport, connection: SideConnection): DuelModel {
  const side = model.sides[transport];
  const cut = (leg: Leg): Leg =>
    leg.fate.kind === 'in-flight' ? { ...leg, fate: { kind: 'in-flight', isCut: true } } : leg;
  const legs = connection.kind === 'down' ? side.legs.map(cut) : side.legs;
  return { ...model, sides: { ...model.sides, [transport]: { ...side, connection, legs } } };
}

/** What no transport is bringing any more is missing after T_max: a datagram, or what went into a connection that ended. */
export function timePassed(model: DuelModel, nowNs: number): DuelModel {
  const sides = eachSide(model, (side, transport) => {
    const isMissing = ({ fate }: Leg, at: number) =>
      fate.kind === 'in-flight' &&
      (transport === 'udp' || fate.isCut) &&
      nowNs - model.messages[at]!.sentNs > LATE_MS * 1e6;
    if (!side.legs.some(isMissing)) return side;
    const entries = side.legs.flatMap((leg, at): LogEntry[] =>
      isMissing(leg, at) ? [{ kind: 'missing', number: at + 1 }] : [],
    );
    const legs = side.legs.map((leg, at): Leg => (isMissing(leg, at) ? { ...leg, fate: { kind: 'missing' } } : leg));
    return { ...side, legs, log: [...side.log, ...entries] };
  });
  return sides.tcp === model.sides.tcp && sides.udp === model.sides.udp ? model : { ...model, sides };
}

/** Whether nothing more is to be expected: every message has a fate, and every receipt that can come has come. */
export function isSettled({ sides }: DuelModel): boolean {
  const isOpen = ({ fate, receipt }: Leg) =>
    fate.kind === 'in-flight' || (fate.kind === 'arrived' && receipt.kind === 'waiting');
  return !SIDES.some((transport) => sides[transport].legs.some(isOpen));
}

interface Change {
  readonly leg: Leg;
  readonly entry?: LogEntry;
}

/** Of a message that was cleared away nothing is told any more. */
function withLeg(
  model: DuelModel,
  transport: Transport,
  number: number,
  change: (leg: Leg, side: Side, message: DuelMessage) => Change,
): DuelModel {
  const at = number - 1;
  const side = model.sides[transport];
  const [before, message] = [side.legs[at], model.messages[at]];
  if (before === undefined || message === undefined) return model;
  const { leg, entry } = change(before, side, message);
  if (leg === before) return model;
  const next: Side = {
    ...side,
    legs: side.legs.with(at, leg),
    log: entry === undefined ? side.log : [...side.log, entry],
    highest: entry?.kind === 'arrived' ? Math.max(side.highest, number) : side.highest,
  };
  return { ...model, sides: { ...model.sides, [transport]: next } };
}

function eachSide({ sides }: DuelModel, change: (side: Side, transport: Transport) => Side): Record<Transport, Side> {
  return { tcp: change(sides.tcp, 'tcp'), udp: change(sides.udp, 'udp') };
}
