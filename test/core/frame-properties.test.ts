import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Arena } from '../../src/core/arena.ts';
import {
  encodeConfirm,
  encodeJoin,
  encodePing,
  encodeWho,
  parseClientFrame,
  sendEnvelope,
} from '../../src/core/client-frame.ts';
import { nameOn } from '../../src/core/envelope.ts';
import { encodeLetter, Letter, NO_SUBJECT } from '../../src/core/letter.ts';
import { MAX_FRAME_BYTES } from '../../src/core/limits.ts';
import { DEPARTURES, FAREWELLS, REFUSALS } from '../../src/core/refusal.ts';
import {
  deliverEnvelope,
  encodeBye,
  encodeConfirmed,
  encodeJoined,
  encodeLeft,
  encodePong,
  encodeRefused,
  encodeRoster,
  encodeWelcome,
  parseServerFrame,
} from '../../src/core/server-frame.ts';
import { joined } from '../support/hex.ts';

const u32 = fc.nat(0xffff_ffff);
/** Any text whose UTF-8 has at most 4 × 60 bytes. */
const shortText = fc.string({ unit: 'binary', maxLength: 60 });
const person = fc.record({ name: shortText, transport: shortText });

/** Bytes that look like a frame for a while, so that the parsers are entered deeply. */
const almostFrame = fc
  .tuple(
    fc.constantFrom(1, 1, 1, 0, 2),
    fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0x81, max: 0x8a }), fc.nat(255)),
    fc.uint8Array({ maxLength: 300 }),
  )
  .map(([version, kind, rest]) => joined(Uint8Array.of(version, kind), rest));

test('no bytes make a parser throw, and what it calls a message can be read', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), almostFrame), (bytes) => {
      for (const frame of [parseClientFrame(bytes), parseServerFrame(bytes)]) {
        if (!('letter' in frame)) continue;
        const { subject, body, sequence } = new Letter(frame.letter);
        expect([typeof subject, typeof body, typeof sequence]).toEqual(['string', 'string', 'number']);
        expect(['string', 'undefined']).toContain(typeof nameOn(frame.envelope));
      }
    }),
    { numRuns: 500 },
  );
});

test('what a client says is what is read', () => {
  fc.assert(
    fc.property(shortText, fc.boolean(), u32, (name, wantsPresence, number) => {
      expect(parseClientFrame(encodeJoin(name, wantsPresence))).toEqual({ kind: 'join', name, wantsPresence });
      expect(parseClientFrame(encodeWho(number))).toEqual({ kind: 'who', request: number });
      expect(parseClientFrame(encodePing(number))).toEqual({ kind: 'ping', token: number });
      expect(parseClientFrame(encodeConfirm(name, number))).toEqual({ kind: 'confirm', to: name, sequence: number });
    }),
  );
});

test('what a server says is what is read', () => {
  fc.assert(
    fc.property(person, u32, shortText, fc.nat(), ({ name, transport }, number, about, pick) => {
      const departure = DEPARTURES[pick % DEPARTURES.length]!;
      const refusal = REFUSALS[pick % REFUSALS.length]!;
      const farewell = FAREWELLS[pick % FAREWELLS.length]!;
      const read = (bytes: Uint8Array) => parseServerFrame(bytes);
      expect(read(encodeWelcome(name))).toEqual({ kind: 'welcome', name });
      expect(read(encodeConfirmed(name, number))).toEqual({ kind: 'confirmed', from: name, sequence: number });
      expect(read(encodeJoined({ name, transport }))).toEqual({ kind: 'joined', name, transport });
      expect(read(encodeLeft(name, departure))).toEqual({ kind: 'left', name, departure });
      expect(read(encodePong(number))).toEqual({ kind: 'pong', token: number });
      expect(read(encodeBye(farewell, about))).toEqual({ kind: 'bye', code: farewell, about });
      expect(read(encodeRefused(number, refusal, about))).toEqual({
        kind: 'refused',
        sequence: number,
        code: refusal,
        about,
      });
    }),
  );
});

const content = fc.record({
  sequence: u32,
  wantsReceipt: fc.boolean(),
  subject: shortText,
  body: fc.string({ unit: 'binary', maxLength: 2_000 }),
});

test('a message is read as it was written, to the server and from it', () => {
  const arena = new Arena();
  fc.assert(
    fc.property(shortText, content, (name, written) => {
      const bytes = encodeLetter(written, arena);
      for (const frame of [
        parseClientFrame(joined(sendEnvelope(name), bytes)),
        parseServerFrame(joined(deliverEnvelope(name, true), bytes)),
      ]) {
        if (!('letter' in frame)) throw new Error(`read as ${frame.kind}`);
        const { sequence, wantsReceipt, subject, body } = new Letter(frame.letter);
        expect(nameOn(frame.envelope)).toBe(name);
        expect({ sequence, wantsReceipt, body }).toEqual({ ...written, subject: undefined });
        expect(subject).toBe(written.subject === '' ? NO_SUBJECT : written.subject);
      }
    }),
  );
});

test('a roster is read as it was written, in parts that fit a frame', () => {
  fc.assert(
    fc.property(u32, fc.array(person, { maxLength: 30 }), fc.nat(500), (request, people, partBytes) => {
      const frames = [...encodeRoster(request, people, partBytes)];
      const parts = frames.map(parseServerFrame);
      expect(parts).toEqual(
        parts.map((part, index) => ({ ...part, kind: 'roster', request, part: index, parts: frames.length })),
      );
      expect(parts.flatMap((part) => (part.kind === 'roster' ? part.people : []))).toEqual(people);
    }),
  );
});

test('10,000 people with the longest names need no frame over the limit', () => {
  const people = Array.from({ length: 10_000 }, (_, i) => ({
    name: String(i).padEnd(64, '好').slice(0, 64),
    transport: 'tcp',
  }));
  const frames = [...encodeRoster(1, people)];
  expect(Math.max(...frames.map((frame) => frame.length))).toBeLessThan(MAX_FRAME_BYTES);
  const parts = frames.map(parseServerFrame);
  expect(parts.flatMap((part) => (part.kind === 'roster' ? part.people : []))).toEqual(people);
});

test('a roster of nobody is one part', () => {
  expect([...encodeRoster(3, [])].map(parseServerFrame)).toEqual([
    { kind: 'roster', request: 3, part: 0, parts: 1, people: [] },
  ]);
});
