import { describe, expect, test } from 'vitest';
import { COOKIE_LIFETIME_MS, CookieJar } from '../../src/udp/cookie.ts';
import { COOKIE_BYTES } from '../../src/udp/datagram.ts';
import { unhex } from '../support/hex.ts';

const ADDRESS = '127.0.0.1:50312';
const NONCE = unhex('01 02 03 04 05 06 07 08');
const NOW_NS = 7_777e9;
const msLater = (ms: number) => NOW_NS + ms * 1e6;

describe('a cookie', () => {
  const jar = new CookieJar();
  const cookie = jar.bake(ADDRESS, NONCE, NOW_NS);

  test('has its size', () => {
    expect(cookie).toHaveLength(COOKIE_BYTES);
  });

  test.each([
    ['at once', 0, true],
    ['near the end of its life', COOKIE_LIFETIME_MS - 100, true],
    ['past its life', COOKIE_LIFETIME_MS + 200, false],
    ['a day later', 86_400_000, false],
    ['before it was baked', -1_000, false],
  ])('is fresh %s (%d ms): %s', (_, ms, isFresh) => {
    expect(jar.isFresh(cookie, ADDRESS, NONCE, msLater(ms))).toBe(isFresh);
  });

  test.each([
    ['from another port', '127.0.0.1:50313', NONCE],
    ['from another host', '127.0.0.2:50312', NONCE],
    ['from an address that only begins so', '127.0.0.1:5031', NONCE],
    ['with another nonce', ADDRESS, unhex('01 02 03 04 05 06 07 09')],
  ])('is worth nothing %s', (_, address, nonce) => {
    expect(jar.isFresh(cookie, address, nonce, NOW_NS)).toBe(false);
  });

  test('is worth nothing to another server', () => {
    expect(new CookieJar().isFresh(cookie, ADDRESS, NONCE, NOW_NS)).toBe(false);
  });

  test('with any of its bits changed is worth nothing', () => {
    for (let bit = 0; bit < COOKIE_BYTES * 8; bit++) {
      const changed = Uint8Array.from(cookie);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(jar.isFresh(changed, ADDRESS, NONCE, NOW_NS), `bit ${bit}`).toBe(false);
    }
  });

  test('made young again by its own clock is worth nothing', () => {
    const old = Uint8Array.from(cookie);
    const late = msLater(COOKIE_LIFETIME_MS * 2);
    old.set(jar.bake(ADDRESS, NONCE, late).subarray(0, 4));
    expect(jar.isFresh(old, ADDRESS, NONCE, late)).toBe(false);
  });

  test('is the same for the same client at the same instant: the server keeps nothing', () => {
    expect(jar.bake(ADDRESS, NONCE, NOW_NS)).toEqual(cookie);
  });
});

test('a cookie outlives the moment at which its 32 bits of time begin anew', () => {
  const jar = new CookieJar();
  const wrapNs = 2 ** 32 * 1e8;
  const cookie = jar.bake(ADDRESS, NONCE, wrapNs - 1e9);
  expect(jar.isFresh(cookie, ADDRESS, NONCE, wrapNs + 1e9)).toBe(true);
  expect(jar.isFresh(cookie, ADDRESS, NONCE, wrapNs + 60e9)).toBe(false);
});
