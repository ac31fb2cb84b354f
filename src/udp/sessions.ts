// The sessions of a server: found by their id, and by the handshake that made them, so that a repeated OPEN is answered
// as the first one was and never makes a second session.
import { isSameSession, type SessionId, sessionKey } from './session-id.ts';
import type { UdpChannel } from './udp-channel.ts';

export interface ServerSession {
  readonly id: SessionId;
  readonly address: string;
  readonly port: number;
  readonly handshakeKey: string;
  readonly channel: UdpChannel;
  /** What answered OPEN, for when it comes again; of no use once the client was heard in its session. */
  reply: Uint8Array | undefined;
  wasHeard: boolean;
}

export class Sessions {
  readonly #byId = new Map<number, ServerSession>();
  /** Ended sessions stay here until no late copy of their OPEN can be fresh any more. */
  readonly #byHandshake = new Map<string, ServerSession>();
  readonly #forgetAtNs = new Map<ServerSession, number>();

  add(session: ServerSession): void {
    this.#byId.set(sessionKey(session.id), session);
    this.#byHandshake.set(session.handshakeKey, session);
  }

  remove(session: ServerSession, forgetAtNs: number): void {
    this.#byId.delete(sessionKey(session.id));
    this.#forgetAtNs.set(session, forgetAtNs);
  }

  find(id: SessionId): ServerSession | undefined {
    const session = this.#byId.get(sessionKey(id));
    return session !== undefined && isSameSession(session.id, id) ? session : undefined;
  }

  findHandshake(key: string): ServerSession | undefined {
    return this.#byHandshake.get(key);
  }

  get count(): number {
    return this.#byId.size;
  }

  /** Of sessions that live, and of those that ended a while ago. */
  get rememberedCount(): number {
    return this.#byHandshake.size;
  }

  all(): ServerSession[] {
    return [...this.#byId.values()];
  }

  has(id: SessionId): boolean {
    return this.#byId.has(sessionKey(id));
  }

  forget(nowNs: number): void {
    for (const [session, forgetAtNs] of this.#forgetAtNs) {
      if (nowNs < forgetAtNs) return;
      this.#forgetAtNs.delete(session);
      this.#byHandshake.delete(session.handshakeKey);
    }
  }
}
