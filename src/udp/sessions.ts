// The sessions of a server: found by their id, and by the handshake that made them, so that a repeated OPEN is answered
// as the first one was and never makes a second session.
import type { UdpChannel } from './udp-channel.ts';

export interface ServerSession {
  readonly id: Uint8Array;
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
    this.#byId.set(idKey(session.id), session);
    this.#byHandshake.set(session.handshakeKey, session);
  }

  remove(session: ServerSession, forgetAtNs: number): void {
    this.#byId.delete(idKey(session.id));
    this.#forgetAtNs.set(session, forgetAtNs);
  }

  find(id: Uint8Array): ServerSession | undefined {
    const session = this.#byId.get(idKey(id));
    return session !== undefined && session.id[0] === id[0] ? session : undefined;
  }

  findHandshake(key: string): ServerSession | undefined {
    return this.#byHandshake.get(key);
  }

  all(): ServerSession[] {
    return [...this.#byId.values()];
  }

  has(id: Uint8Array): boolean {
    return this.#byId.has(idKey(id));
  }

  forget(nowNs: number): void {
    for (const [session, forgetAtNs] of this.#forgetAtNs) {
      if (nowNs < forgetAtNs) return;
      this.#forgetAtNs.delete(session);
      this.#byHandshake.delete(session.handshakeKey);
    }
  }
}

/** Seven of the eight bytes, since a number holds 53 bits: `find` compares the rest. */
function idKey(id: Uint8Array): number {
  const high = ((id[1]! & 0x1f) << 16) | (id[2]! << 8) | id[3]!;
  const low = ((id[4]! << 24) | (id[5]! << 16) | (id[6]! << 8) | id[7]!) >>> 0;
  return high * 0x1_0000_0000 + low;
}
