// The secret that a server shares with its users: computed as docs/protocol.md says, and worth nothing in any other hands.
import { createHmac, scryptSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { JoinProof } from '../src/core/gate.ts';
import { CHALLENGE_LIFETIME_MS, SharedSecret } from '../src/shared-secret.ts';
import { hex } from './support/hex.ts';
import { seededBytes } from './support/seeded.ts';

const TEXT = 'correct horse battery staple';
const SECRET = new SharedSecret(TEXT);
const OTHER = new SharedSecret('incorrect horse battery staple');
const ANA = { name: 'Ana', wantsPresence: true };
const SECOND_NS = 1e9;

/** Another challenge at every call, the same ones in every run. */
function openGate(secret = SECRET) {
  let seed = 0;
  return secret.gate((sizeBytes) => seededBytes(++seed, sizeBytes));
}

function flipped(proof: JoinProof, part: keyof JoinProof, at: number): JoinProof {
  const bytes = Uint8Array.from(proof[part]);
  bytes[at]! ^= 1;
  return { ...proof, [part]: bytes };
}

describe('a proof', () => {
  test('is what docs/protocol.md says', () => {
    const challenge = seededBytes(1, 24);
    const answer = SECRET.answer(challenge, ANA, (sizeBytes) => seededBytes(2, sizeBytes));
    const key = scryptSync(TEXT, 'transport-lab', 32, { N: 16_384, r: 8, p: 1 });
    const nonce = seededBytes(2, 16);
    const hmac = (text: Buffer[]) => hex(createHmac('sha256', key).update(Buffer.concat(text)).digest());
    expect(answer).toMatchObject({ challenge, nonce });
    const claim = [Buffer.from('join '), Buffer.from(challenge), Buffer.from(nonce), Buffer.from('1Ana')];
    expect(hex(answer.proof)).toBe(hmac(claim));
    const welcome = [Buffer.from('welcome '), Buffer.from(challenge), Buffer.from(nonce), Buffer.from('Ana')];
    expect(hex(openGate().welcome('Ana', answer))).toBe(hmac(welcome));
  });

  test('does not hold the secret, nor does the challenge', () => {
    const challenge = openGate().challenge(0);
    const { nonce, proof } = SECRET.answer(challenge, ANA);
    const sent = Buffer.concat([challenge, nonce, proof]);
    expect(sent.includes(TEXT)).toBe(false);
    expect(sent.includes(scryptSync(TEXT, 'transport-lab', 32))).toBe(false);
  });

  test('lets in, once', () => {
    const gate = openGate();
    const proof = SECRET.answer(gate.challenge(0), ANA);
    expect(gate.admits(ANA, proof, SECOND_NS)).toBe(true);
    expect(gate.admits(ANA, proof, SECOND_NS)).toBe(false);
    expect(gate.admits(ANA, SECRET.answer(proof.challenge, ANA), SECOND_NS), 'the same challenge anew').toBe(false);
  });

  test.each([
    ['under another name', { ...ANA, name: 'Rui' }],
    ['with another wish', { ...ANA, wantsPresence: false }],
  ])('is worth nothing %s', (_what, claim) => {
    const gate = openGate();
    expect(gate.admits(claim, SECRET.answer(gate.challenge(0), ANA), 0)).toBe(false);
  });

  test('by another secret is worth nothing', () => {
    const gate = openGate();
    expect(gate.admits(ANA, OTHER.answer(gate.challenge(0), ANA), 0)).toBe(false);
  });

  test('to another server, or to this one before its restart, is worth nothing', () => {
    const [before, after] = [SECRET.gate(), SECRET.gate()];
    expect(after.admits(ANA, SECRET.answer(before.challenge(0), ANA), 0)).toBe(false);
  });

  test('with any of its bits changed is worth nothing', () => {
    const gate = openGate();
    const proof = SECRET.answer(gate.challenge(0), ANA);
    for (const part of ['challenge', 'nonce', 'proof'] as const) {
      for (let at = 0; at < proof[part].length; at++) {
        expect(gate.admits(ANA, flipped(proof, part, at), 0), `${part} ${at}`).toBe(false);
      }
    }
    expect(gate.admits(ANA, proof, 0)).toBe(true);
  });

  test('comes too late after 30 s, and a clock that began anew does not bring it back', () => {
    const lifeNs = CHALLENGE_LIFETIME_MS * 1e6;
    const gate = openGate();
    expect(gate.admits(ANA, SECRET.answer(gate.challenge(0), ANA), lifeNs - 1)).toBe(true);
    expect(gate.admits(ANA, SECRET.answer(gate.challenge(0), ANA), lifeNs)).toBe(false);
    expect(gate.admits(ANA, SECRET.answer(gate.challenge(2 * lifeNs), ANA), lifeNs)).toBe(false);
  });

  test('that was used long ago, and is forgotten, is too old to be used again', () => {
    const gate = openGate();
    const old = SECRET.answer(gate.challenge(0), ANA);
    expect(gate.admits(ANA, old, SECOND_NS)).toBe(true);
    const later = 100 * SECOND_NS;
    expect(gate.admits(ANA, SECRET.answer(gate.challenge(later), ANA), later)).toBe(true);
    expect(gate.admits(ANA, old, later)).toBe(false);
  });
});

describe("a server's own proof", () => {
  const proof = SECRET.answer(seededBytes(1, 24), ANA);

  test('tells who knows the secret', () => {
    expect(SECRET.isServers(openGate().welcome('Ana', proof), 'Ana', proof)).toBe(true);
  });

  test('is worth nothing by another secret, for another name, another attempt, or where there is none', () => {
    const welcome = openGate().welcome('Ana', proof);
    const again = SECRET.answer(proof.challenge, ANA);
    expect(SECRET.isServers(openGate(OTHER).welcome('Ana', proof), 'Ana', proof)).toBe(false);
    expect(SECRET.isServers(welcome, 'Rui', proof)).toBe(false);
    expect(SECRET.isServers(welcome, 'Ana', again)).toBe(false);
    expect(SECRET.isServers(undefined, 'Ana', proof)).toBe(false);
    expect(SECRET.isServers(welcome.subarray(1), 'Ana', proof)).toBe(false);
  });

  test("can't be a client's proof sent back", () => {
    expect(SECRET.isServers(proof.proof, 'Ana', proof)).toBe(false);
  });
});

test('a secret that can be guessed is refused, with how to make one', () => {
  expect(() => new SharedSecret('x'.repeat(15))).toThrow(/has 15 bytes.*fewer than 16.*openssl rand/);
  expect(() => new SharedSecret('x'.repeat(16))).not.toThrow();
});
