// A cookie proves that a client receives at the address it sends from: it is made from that address with a key that
// only this server knows, sent there, and checked when it comes back. The server keeps nothing in between
// (the idea of RFC 5389's and RFC 9147's cookies, and of SYN cookies).
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { ageOfTenthsMs, TENTHS_BYTES, toTenths } from '../core/tenths.ts';
import type { Chance } from '../core/transport.ts';
import { COOKIE_BYTES } from './datagram.ts';

/** How long a cookie may be on its way to the client and back. */
export const COOKIE_LIFETIME_MS = 30_000;

export class CookieJar {
  readonly #key: Uint8Array;

  /** @param chance of the key, which nobody else may know */
  constructor(chance: Chance = randomBytes) {
    this.#key = chance(32);
  }

  /** @param address whatever tells one source from another, such as `127.0.0.1:50312` */
  bake(address: string, nonce: Uint8Array, nowNs: number): Uint8Array {
    const instant = Buffer.alloc(TENTHS_BYTES);
    instant.writeUInt32BE(toTenths(nowNs));
    return Buffer.concat([instant, this.#seal(address, nonce, instant)]);
  }

  isFresh(cookie: Uint8Array, address: string, nonce: Uint8Array, nowNs: number): boolean {
    const instant = cookie.subarray(0, TENTHS_BYTES);
    // Never older than its life, though instants are cut to tenths: a session that ended is forgotten after that.
    if (ageOfTenthsMs(Buffer.from(instant).readUInt32BE(), nowNs) >= COOKIE_LIFETIME_MS) return false;
    return timingSafeEqual(cookie.subarray(TENTHS_BYTES), this.#seal(address, nonce, instant));
  }

  #seal(address: string, nonce: Uint8Array, instant: Uint8Array): Uint8Array {
    const hmac = createHmac('sha256', this.#key).update(instant).update(nonce).update(address);
    return hmac.digest().subarray(0, COOKIE_BYTES - TENTHS_BYTES);
  }
}
