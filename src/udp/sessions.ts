// The sessions of a server: found by their id, and by the handshake that made them, so that a repeated OPEN is answered
// as the first one was and never makes a second session.
import { isSameSession, type SessionId, sessionKey } from './session-id.ts';
import type { UdpChannel } from './udp-channel.ts';

export interface Handshaken {
  /** What answered OPEN, for when it comes again; empty once the client was heard in its session, and needs it no more. */
  reply: Uint8Array | undefined;
}

export interface ServerSession extends Handshaken {
  readonly id: SessionId;
  readonly address: string;
  readonly port: number;
  readonly handshakeKey: string;
  readonly channel: UdpChannel;
}

interface Ended extends Handshaken {
  readonly forgetAtNs: number;
}

/** Those over it are forgotten before their time: memory is bounded, whatever comes. */
export const MAX_ENDED = 16_384;

export class Sessions {
  readonly #byId = new Map<number, ServerSession>();
  readonly #byHandshake = new Map<string, ServerSession>();
  /** Handshakes of ended sessions stay until no late copy of their OPEN can be fresh any more; the oldest first. */
  readonly #ended = new Map<string, Ended>();

  add(session: ServerSession): void {
    this.#byId.set(sessionKey(session.id), session);
    this.#byHandshake.set(session.handshakeKey, session);
  }

  remove(session: ServerSession, forgetAtNs: number): void {
    this.#byId.delete(sessionKey(session.id));
    this.#byHandshake.delete(session.handshakeKey);
    this.#ended.set(session.handshakeKey, { reply: session.reply, forgetAtNs });
    if (this.#ended.size <= MAX_ENDED) return;
    const [oldest] = this.#ended.keys();
    this.#ended.delete(oldest!);
  }

  find(id: SessionId): ServerSession | undefined {
    const session = this.#byId.get(sessionKey(id));
    return session !== undefined && isSameSession(session.id, id) ? session : undefined;
  }

  findHandshake(key: string): Handshaken | undefined {
    return this.#byHandshake.get(key) ?? this.#ended.get(key);
  }

  get count(): number {
    return this.#byId.size;
  }

  /** Of sessions that live, and of those that ended a while ago. */
  get rememberedCount(): number {
    return this.#byHandshake.size + this.#ended.size;
  }

  get living(): ReadonlyMap<unknown, ServerSession> {
    return this.#byId;
  }

  has(id: SessionId): boolean {
    return this.#byId.has(sessionKey(id));
  }

  forget(nowNs: number): void {
    for (const [key, { forgetAtNs }] of this.#ended) {
      if (nowNs < forgetAtNs) return;
      this.#ended.delete(key);
    }
  }
}
