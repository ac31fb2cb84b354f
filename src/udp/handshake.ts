// The client's side of joining: ask for a cookie, return it with the first frame, be given a session. Both steps are
// repeated with exponential back-off until they are answered. Pure: instants come in, datagrams go out.
//
//   state     sends    until               then
//   greeting  HELLO    COOKIE              opening
//   opening   OPEN     OPENED | DENIED     open | denied     (after 3 unanswered OPENs: greeting, the cookie may be stale)
//   any                the limit is over   expired
import { sameBytes } from '../core/text.ts';
import { type Datagram, encodeHello, encodeOpen } from './datagram.ts';
import type { SessionId } from './session-id.ts';

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 2_000;
const OPENS_PER_COOKIE = 3;

export type HandshakeOutcome =
  | { readonly kind: 'pending' }
  | { readonly kind: 'open'; readonly session: SessionId; readonly frame: Uint8Array }
  | { readonly kind: 'denied'; readonly frame: Uint8Array }
  | { readonly kind: 'expired' };

/** How a handshake ends where the server answers. */
export type Joined = Extract<HandshakeOutcome, { kind: 'open' | 'denied' }>;

const PENDING: HandshakeOutcome = { kind: 'pending' };

export class Handshake {
  readonly #nonce: Uint8Array;
  readonly #opening: Uint8Array;
  readonly #limitNs: number;
  #cookie: Uint8Array | undefined;
  #outcome: HandshakeOutcome = PENDING;
  #retryMs = FIRST_RETRY_MS;
  #dueNs: number;
  #opensSent = 0;

  constructor(nonce: Uint8Array, opening: Uint8Array, nowNs: number, limitMs: number) {
    this.#nonce = nonce;
    this.#opening = opening;
    this.#dueNs = nowNs;
    this.#limitNs = nowNs + limitMs * 1e6;
  }

  get outcome(): HandshakeOutcome {
    return this.#outcome;
  }

  /** The instant at which to call `expire` and `poll` again. */
  deadline(): number {
    return Math.min(this.#dueNs, this.#limitNs);
  }

  receive(datagram: Datagram, nowNs: number): void {
    if (this.#outcome.kind !== 'pending' || !('nonce' in datagram) || !sameBytes(datagram.nonce, this.#nonce)) return;
    if (datagram.kind === 'cookie' && this.#cookie === undefined) this.#open(datagram.cookie, nowNs);
    else if (datagram.kind === 'opened')
      this.#outcome = { kind: 'open', session: datagram.session, frame: datagram.frame };
    else if (datagram.kind === 'denied') this.#outcome = { kind: 'denied', frame: datagram.frame };
  }

  expire(nowNs: number): void {
    if (this.#outcome.kind === 'pending' && nowNs >= this.#limitNs) this.#outcome = { kind: 'expired' };
  }

  /** The datagram that is due now, if one is. */
  poll(nowNs: number): Uint8Array | undefined {
    if (this.#outcome.kind !== 'pending' || nowNs < this.#dueNs) return undefined;
    if (this.#opensSent === OPENS_PER_COOKIE) this.#cookie = undefined;
    this.#dueNs = nowNs + this.#retryMs * 1e6;
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
    if (this.#cookie === undefined) return encodeHello(this.#nonce);
    this.#opensSent++;
    return encodeOpen(this.#nonce, this.#cookie, this.#opening);
  }

  #open(cookie: Uint8Array, nowNs: number): void {
    this.#cookie = cookie.slice();
    this.#opensSent = 0;
    this.#retryMs = FIRST_RETRY_MS;
    this.#dueNs = nowNs;
  }
}
