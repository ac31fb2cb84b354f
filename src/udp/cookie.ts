// A cookie proves that a client receives at the address it sends from: it is made from that address with a key that
// only this server knows, sent there, and checked when it comes back. The server keeps nothing in between
// (the idea of RFC 5389's and RFC 9147's cookies, and of SYN cookies).
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { COOKIE_BYTES } from './datagram.ts';

/** How long a cookie may be on its way to the client and back. */
export const COOKIE_LIFETIME_MS = 30_000;

const INSTANT_BYTES = 4;

/** So many bytes that nobody can guess. */
export type Chance = (sizeBytes: number) => Uint8Array;

export class CookieJar {
  readonly #key: Uint8Array;

  /** @param chance of the key, which nobody else may know */
  constructor(chance: Chance = randomBytes) {
    this.#key = chance(32);
  }

  /** @param address whatever tells one source from another, such as `127.0.0.1:50312` */
  bake(address: string, nonce: Uint8Array, nowNs: number): Uint8Array {
    const instant = Buffer.alloc(INSTANT_BYTES);
    instant.writeUInt32BE(toTenths(nowNs));
    return Buffer.concat([instant, this.#seal(address, nonce, instant)]);
  }

  isFresh(cookie: Uint8Array, address: string, nonce: Uint8Array, nowNs: number): boolean {
    const instant = cookie.subarray(0, INSTANT_BYTES);
    const ageTenths = (toTenths(nowNs) - Buffer.from(instant).readUInt32BE()) >>> 0;
    // Never older than its life, though instants are cut to tenths: a session that ended is forgotten after that.
    if (ageTenths * 100 >= COOKIE_LIFETIME_MS) return false;
    return timingSafeEqual(cookie.subarray(INSTANT_BYTES), this.#seal(address, nonce, instant));
  }

  #seal(address: string, nonce: Uint8Array, instant: Uint8Array): Uint8Array {
    const hmac = createHmac('sha256', this.#key).update(instant).update(nonce).update(address);
    return hmac.digest().subarray(0, COOKIE_BYTES - INSTANT_BYTES);
  }
}

function toTenths(nowNs: number): number {
  return Math.floor(nowNs / 1e8) >>> 0;
}
