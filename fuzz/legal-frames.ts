// Every kind of frame and of datagram as its own encoder makes it, from three numbers.
import fc from 'fast-check';
import { Arena } from '../src/core/arena.ts';
import { encodeConfirm, encodeJoin, encodePing, encodeWho, sendEnvelope } from '../src/core/client-frame.ts';
import { CHALLENGE_BYTES, NONCE_BYTES as GATE_NONCE_BYTES, PROOF_BYTES } from '../src/core/gate.ts';
import { encodeLetter } from '../src/core/letter.ts';
import { MAX_BODY_BYTES } from '../src/core/limits.ts';
import { DEPARTURES, FAREWELLS, REFUSALS } from '../src/core/refusal.ts';
import {
  deliverEnvelope,
  encodeBye,
  encodeChallenge,
  encodeConfirmed,
  encodeJoined,
  encodeLeft,
  encodePong,
  encodeRefused,
  encodeRoster,
  encodeWelcome,
} from '../src/core/server-frame.ts';
import {
  COOKIE_BYTES,
  concat,
  encodeCookie,
  encodeDenied,
  encodeHello,
  encodeOpen,
  encodeOpened,
  encodeUnknown,
  NONCE_BYTES,
  sessionPrefix,
} from '../src/udp/datagram.ts';
import { type Marked, type Mutation, mutated, mutations } from './byte-mutation.ts';
import { Dice } from './dice.ts';

/** One frame or datagram: which, how long its texts are, what is in it, and what is changed then. */
export interface FrameRecipe {
  readonly kind: number;
  readonly size: number;
  readonly salt: number;
  readonly mutations: readonly Mutation[];
}

const TEXT_BYTES = 255;

export function recipes(kinds: number): fc.Arbitrary<FrameRecipe> {
  return fc.record(
    { kind: fc.nat(kinds - 1), size: fc.nat(TEXT_BYTES), salt: fc.nat(0xffff_ffff), mutations },
    { noNullPrototype: true },
  );
}

type Make = (size: number, dice: Dice) => Uint8Array | Marked;

/** A frame with short texts, each behind its length, the first of them at `at`. */
function withTexts(bytes: Uint8Array, at: number, count: number): Marked {
  const lengths: Marked['lengths'][number][] = [];
  const texts: number[] = [];
  for (let next = at; lengths.length < count && next < bytes.length; next += 1 + bytes[next]!) {
    lengths.push({ at: next, sizeBytes: 1 });
    texts.push(next + 1);
  }
  return { bytes, lengths, texts };
}

const arena = new Arena();
/** All of it at once: it is only ever cut. */
const LONG_BODY = Buffer.alloc(MAX_BODY_BYTES, 'uma mensagem longa, ');

function letter(size: number, dice: Dice): Uint8Array {
  const isLong = dice.below(100) === 0;
  return encodeLetter(
    {
      sequence: dice.u32(),
      wantsReceipt: dice.below(2) === 1,
      subject: dice.text(size >> 2),
      body: isLong ? LONG_BODY.subarray(0, MAX_BODY_BYTES - dice.below(2)) : dice.text(size),
    },
    arena,
  );
}

function message(envelope: Uint8Array, size: number, dice: Dice): Marked {
  const bytes = concat(envelope, letter(size, dice));
  const subject = envelope.length + 5;
  const { lengths, texts } = withTexts(bytes, 2, 1);
  return {
    bytes,
    lengths: [...lengths, { at: subject, sizeBytes: 1 }],
    texts: [...texts, subject + 1, subject + 1 + bytes[subject]!],
  };
}

const name = (size: number, dice: Dice) => (dice.below(4) === 0 ? dice.pick(['', '*', 'Ana', 'Bia']) : dice.text(size));
const person = (size: number, dice: Dice) => ({ name: name(size, dice), transport: dice.pick(['tcp', 'udp', '']) });

const joinProof = (dice: Dice) => ({
  challenge: dice.bytes(CHALLENGE_BYTES),
  nonce: dice.bytes(GATE_NONCE_BYTES),
  proof: dice.bytes(PROOF_BYTES),
});

export const CLIENT_FRAMES: readonly Make[] = [
  (size, dice) => withTexts(encodeJoin(name(size, dice), dice.below(2) === 1), 3, 1),
  (size, dice) => withTexts(encodeJoin(name(size, dice), dice.below(2) === 1, joinProof(dice)), 3, 1),
  (size, dice) => message(sendEnvelope(name(size, dice)), size, dice),
  (_, dice) => encodeWho(dice.u32()),
  (size, dice) => withTexts(encodeConfirm(name(size, dice), dice.u32()), 2, 1),
  (_, dice) => encodePing(dice.u32()),
];

const SERVER_FRAMES: readonly Make[] = [
  (size, dice) => withTexts(encodeWelcome(name(size, dice)), 2, 1),
  (size, dice) => withTexts(encodeWelcome(name(size, dice), dice.bytes(PROOF_BYTES)), 2, 1),
  (_, dice) => encodeChallenge(dice.bytes(CHALLENGE_BYTES)),
  (size, dice) => message(deliverEnvelope(name(size, dice), dice.below(2) === 1), size, dice),
  (size, dice) => withTexts(encodeConfirmed(name(size, dice), dice.u32()), 2, 1),
  (size, dice) => {
    const people = Array.from({ length: dice.below(4) }, () => person(size >> 2, dice));
    const [first] = encodeRoster(dice.below(3), people, dice.pick([10, 32_000]));
    return withTexts(first!, 10, 2 * people.length);
  },
  (size, dice) => withTexts(encodeJoined(person(size, dice)), 2, 2),
  (size, dice) => withTexts(encodeLeft(name(size, dice), dice.pick(DEPARTURES)), 2, 1),
  (size, dice) => withTexts(encodeRefused(dice.u32(), dice.pick(REFUSALS), dice.text(size)), 7, 1),
  (_, dice) => encodePong(dice.below(3)),
  (size, dice) => withTexts(encodeBye(dice.pick(FAREWELLS), dice.text(size)), 3, 1),
];

const nonce = (dice: Dice) => dice.bytes(NONCE_BYTES);
const session = (dice: Dice) => ({ high: dice.u32(), low: dice.u32() });
const anyFrame = (size: number, dice: Dice) => bytesOf(dice.pick(FRAMES)(size, dice));

const DATAGRAMS: readonly Make[] = [
  (_, dice) => encodeHello(nonce(dice)),
  (_, dice) => encodeCookie(nonce(dice), dice.bytes(COOKIE_BYTES)),
  (size, dice) => encodeOpen(nonce(dice), dice.bytes(COOKIE_BYTES), anyFrame(size, dice)),
  (size, dice) => encodeOpened(nonce(dice), session(dice), anyFrame(size, dice), NOTHING),
  (size, dice) => encodeDenied(nonce(dice), anyFrame(size, dice), NOTHING),
  (size, dice) => concat(sessionPrefix(session(dice)).data, anyFrame(size, dice)),
  (size, dice) => concat(sessionPrefix(session(dice)).close, anyFrame(size, dice)),
  (_, dice) => encodeUnknown(session(dice)),
];

const NOTHING = new Uint8Array(0);
const NOISE: Make = (size, dice) => dice.bytes(size);

export const FRAMES: readonly Make[] = [...CLIENT_FRAMES, ...SERVER_FRAMES];
export const EVERYTHING: readonly Make[] = [...FRAMES, ...DATAGRAMS, NOISE];

export function legalBytes(makers: readonly Make[], { kind, size, salt }: Omit<FrameRecipe, 'mutations'>): Uint8Array {
  return bytesOf(makers[kind % makers.length]!(size, new Dice(salt)));
}

export function madeBytes(makers: readonly Make[], { kind, size, salt, mutations }: FrameRecipe): Uint8Array {
  const made = makers[kind % makers.length]!(size, new Dice(salt));
  const marked = made instanceof Uint8Array ? { bytes: made, lengths: [], texts: [] } : made;
  return mutated(marked, mutations, (seed) => legalBytes(makers, { kind: seed, size: seed % 60, salt: seed }));
}

function bytesOf(made: Uint8Array | Marked): Uint8Array {
  return made instanceof Uint8Array ? made : made.bytes;
}
