// A secret that a server shares with its users. Whoever joins proves that he knows it, and so does the server, each by an HMAC over
// chance that the other has chosen; the secret itself is never sent. It keeps
// strangers out; it hides nothing from who sees the path.
import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { CallerError } from './core/errors.ts';
import { CHALLENGE_BYTES, type Gate, type JoinClaim, type JoinProof, NONCE_BYTES } from './core/gate.ts';
import { ageOfTenthsMs, TENTHS_BYTES, toTenths } from './core/tenths.ts';
import type { Chance } from './core/transport.ts';

/** How long an answer to a challenge may take. */
export const CHALLENGE_LIFETIME_MS = 30_000;
export const SHORTEST_SECRET_BYTES = 16;

const CHANCE_BYTES = 8;
const SEAL_BYTES = CHALLENGE_BYTES - TENTHS_BYTES - CHANCE_BYTES;
const KEY_BYTES = 32;

export class SharedSecret {
  readonly #key: Uint8Array;

  /**
   * Takes some 50 ms, on purpose: whoever saw a challenge and its answer would have to spend as much on every guess (RFC 7914).
   * @throws CallerError where it is so short that it can be guessed
   */
  constructor(secret: string) {
    const sizeBytes = Buffer.byteLength(secret);
    if (sizeBytes < SHORTEST_SECRET_BYTES) {
      throw new CallerError(
        `The secret has ${sizeBytes} bytes, and one of fewer than ${SHORTEST_SECRET_BYTES} can be guessed. Make one with: openssl rand -base64 24`,
      );
    }
    this.#key = scryptSync(secret, 'transport-lab', KEY_BYTES);
  }

  /** What a client adds to its join when it is challenged. */
  answer(challenge: Uint8Array, claim: JoinClaim, chance: Chance = randomBytes): JoinProof {
    const nonce = chance(NONCE_BYTES);
    return { challenge, nonce, proof: this.#clientProof(challenge, nonce, claim) };
  }

  /** Whether the welcome comes from a server that knows the secret. */
  isServers(proof: Uint8Array | undefined, name: string, { challenge, nonce }: JoinProof): boolean {
    return proof !== undefined && isSame(proof, this.#serverProof(challenge, nonce, name));
  }

  /** A server's side. */
  gate(chance: Chance = randomBytes): Gate {
    const sealKey = chance(KEY_BYTES);
    /** Until when a challenge that was answered would be fresh. */
    const answered = new Map<string, number>();
    const seal = (head: Uint8Array) => createHmac('sha256', sealKey).update(head).digest().subarray(0, SEAL_BYTES);
    return {
      challenge: (nowNs) => {
        const head = Buffer.alloc(TENTHS_BYTES + CHANCE_BYTES);
        head.writeUInt32BE(toTenths(nowNs));
        head.set(chance(CHANCE_BYTES), TENTHS_BYTES);
        return Buffer.concat([head, seal(head)]);
      },
      admits: (claim, { challenge, nonce, proof }, nowNs) => {
        const head = Buffer.from(challenge.subarray(0, TENTHS_BYTES + CHANCE_BYTES));
        const ageMs = ageOfTenthsMs(head.readUInt32BE(), nowNs);
        if (ageMs >= CHALLENGE_LIFETIME_MS || !isSame(challenge.subarray(head.length), seal(head))) return false;
        if (!isSame(proof, this.#clientProof(challenge, nonce, claim))) return false;
        forgetBefore(answered, nowNs);
        const key = head.toString('latin1');
        if (answered.has(key)) return false;
        answered.set(key, nowNs + CHALLENGE_LIFETIME_MS * 1e6);
        return true;
      },
      welcome: (name, { challenge, nonce }) => this.#serverProof(challenge, nonce, name),
    };
  }

  #clientProof(challenge: Uint8Array, nonce: Uint8Array, { name, wantsPresence }: JoinClaim): Uint8Array {
    return this.#prove('join', challenge, nonce, `${wantsPresence ? 1 : 0}${name}`);
  }

  #serverProof(challenge: Uint8Array, nonce: Uint8Array, name: string): Uint8Array {
    return this.#prove('welcome', challenge, nonce, name);
  }

  /** Fields of fixed length come first, so that no two claims have the same bytes. */
  #prove(what: 'join' | 'welcome', challenge: Uint8Array, nonce: Uint8Array, claim: string): Uint8Array {
    const hmac = createHmac('sha256', this.#key);
    return hmac.update(`${what} `).update(challenge).update(nonce).update(claim).digest();
  }
}

/** Those that were answered first are first in the map. */
function forgetBefore(answered: Map<string, number>, nowNs: number): void {
  for (const [key, untilNs] of answered) {
    if (untilNs > nowNs) return;
    answered.delete(key);
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
