// What became of each message that was sent from here, as far as anybody can know it. Pure: events and instants in, a value
// out.
//
//   in flight ──► confirmed by one, or by several of those it went to
//       │   └───► refused: the server says why
//       ├───────► unconfirmed: no receipt within T_max. It may be lost, or only its receipt: from here nobody can tell
//       └───────► lost, or only its receipt: where the link between is the lab's own, it knows what it dropped
import type { LostDatagram } from '../../../src/link/news.ts';

export interface OwnMessage {
  /** Among those of this session, from 1; undefined where it was never sent. */
  readonly sequence: number | undefined;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly sentAtMs: number;
  readonly delivery: Delivery;
}

export type Delivery =
  | { readonly kind: 'in-flight' }
  | { readonly kind: 'confirmed'; readonly receipts: readonly Receipt[] }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unconfirmed' }
  | { readonly kind: 'lost'; readonly cause: LostDatagram['cause'] }
  | { readonly kind: 'receipt-lost'; readonly from: string }
  /** The connection ended before anything was heard of it. */
  | { readonly kind: 'cut-off' }
  | { readonly kind: 'not-sent'; readonly why: string };

export interface Receipt {
  readonly from: string;
  /** Since it was sent. */
  readonly afterMs: number;
}

/** T_max of a receipt: the longest that a chat waits before it says that it does not know. */
export const LATE_MS = 5_000;

export type OwnMessages = readonly OwnMessage[];

/** @param lateMs T_max: a receipt that has not come by then is not waited for */
export function expired(messages: OwnMessages, nowMs: number, lateMs: number): OwnMessages {
  return changed(messages, isWaiting, (message) =>
    nowMs - message.sentAtMs < lateMs ? message : { ...message, delivery: { kind: 'unconfirmed' } },
  );
}

/** A receipt counts whenever it comes: late ones, too, put an end to not knowing. */
export function confirmed(messages: OwnMessages, from: string, sequence: number, nowMs: number): OwnMessages {
  return changed(
    messages,
    (message) => message.sequence === sequence,
    (message) => {
      const known = message.delivery.kind === 'confirmed' ? message.delivery.receipts : [];
      // A receipt may come twice, as any datagram may.
      if (known.some((receipt) => receipt.from === from)) return message;
      const receipts = [...known, { from, afterMs: nowMs - message.sentAtMs }];
      return { ...message, delivery: { kind: 'confirmed', receipts } };
    },
  );
}

/** The link has dropped it. */
export function lostOnLink(messages: OwnMessages, sequence: number, cause: LostDatagram['cause']): OwnMessages {
  return changed(
    messages,
    (message) => message.sequence === sequence && isUnknown(message),
    (message) => ({ ...message, delivery: { kind: 'lost', cause } }),
  );
}

/** The link has dropped the receipt: so the message had come. */
export function receiptLostOnLink(messages: OwnMessages, from: string, sequence: number): OwnMessages {
  return changed(
    messages,
    (message) => message.sequence === sequence && isUnknown(message),
    (message) => ({ ...message, delivery: { kind: 'receipt-lost', from } }),
  );
}

export function refused(messages: OwnMessages, sequence: number, why: string): OwnMessages {
  return changed(
    messages,
    (message) => message.sequence === sequence,
    (message) => ({ ...message, delivery: { kind: 'refused', why } }),
  );
}

/** The session has ended: its sequence numbers mean nothing any more, and what was in flight stays unknown. */
export function cutOff(messages: OwnMessages): OwnMessages {
  return messages.map(({ sequence: _, ...message }) => ({
    ...message,
    sequence: undefined,
    ...(message.delivery.kind === 'in-flight' && { delivery: { kind: 'cut-off' } as const }),
  }));
}

export interface OwnCounts {
  readonly sent: number;
  readonly confirmed: number;
  readonly inFlight: number;
  readonly unconfirmed: number;
  readonly lost: number;
  /** They are there, and only that was lost which would have told. */
  readonly receiptsLost: number;
  readonly refused: number;
  /** Confirmed, but not before T_max. */
  readonly late: number;
}

/** @param lateMs T_max */
export function countsOf(messages: OwnMessages, lateMs = LATE_MS): OwnCounts {
  const count = (...kinds: Delivery['kind'][]) =>
    messages.filter(({ delivery }) => kinds.includes(delivery.kind)).length;
  return {
    sent: messages.length - count('not-sent'),
    confirmed: count('confirmed'),
    inFlight: count('in-flight'),
    unconfirmed: count('unconfirmed', 'cut-off'),
    lost: count('lost'),
    receiptsLost: count('receipt-lost'),
    refused: count('refused'),
    late: messages.filter((message) => isLate(message, lateMs)).length,
  };
}

function isLate({ delivery }: OwnMessage, lateMs: number): boolean {
  return delivery.kind === 'confirmed' && delivery.receipts.every(({ afterMs }) => afterMs > lateMs);
}

function isUnknown({ delivery }: OwnMessage): boolean {
  return delivery.kind === 'in-flight' || delivery.kind === 'unconfirmed';
}

function isWaiting({ delivery }: OwnMessage): boolean {
  return delivery.kind === 'in-flight';
}

/** The same list where nothing changed, so that a screen need not be drawn again. */
function changed(
  messages: OwnMessages,
  isMeant: (message: OwnMessage) => boolean,
  change: (message: OwnMessage) => OwnMessage,
): OwnMessages {
  const own = messages.map((message) => (isMeant(message) ? change(message) : message));
  return own.some((message, at) => message !== messages[at]) ? own : messages;
}
