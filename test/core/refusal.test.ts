import { describe, expect, test } from 'vitest';
import {
  DEPARTURES,
  departureFor,
  describeFarewell,
  describeRefusal,
  FAREWELLS,
  farewellFor,
  REFUSALS,
} from '../../src/core/refusal.ts';
import type { CloseCause } from '../../src/core/transport.ts';

const SENTENCE = /^["A-Z].*\.$/s;

/** Codes whose sentence needs nothing filled in. */
const ALONE = ['not-joined', 'body-too-long', 'invalid-text', 'refused', 'secret-wrong'];

describe('every code has a sentence of its own, which names what it is about', () => {
  test.each(REFUSALS)('refusal: %s', (code) => {
    const sentence = describeRefusal(code, 'XYZ');
    expect(sentence).toMatch(SENTENCE);
    expect(sentence.includes('XYZ')).toBe(!ALONE.includes(code));
  });

  test.each(FAREWELLS)('farewell: %s', (code) => {
    const sentence = describeFarewell(code, 'XYZ');
    expect(sentence).toMatch(SENTENCE);
    expect(sentence.includes('XYZ')).toBe(!ALONE.includes(code));
  });

  test('no two are the same', () => {
    const sentences = [
      ...REFUSALS.map((code) => describeRefusal(code, 'x')),
      ...FAREWELLS.map((code) => describeFarewell(code, 'x')),
    ];
    expect(new Set(sentences).size).toBe(REFUSALS.length + FAREWELLS.length);
  });
});

test('a message to everybody, where nobody else is, is told as that', () => {
  expect(describeRefusal('unknown-recipient', '*')).toBe('Nobody else is here.');
  expect(describeRefusal('unknown-recipient', 'Ana')).toBe('There is no user "Ana" here now.');
});

test('a shutdown may have a reason or none', () => {
  expect(describeFarewell('shutdown', '')).toBe('The server is shutting down.');
  expect(describeFarewell('shutdown', 'noite')).toBe('The server is shutting down: noite.');
});

const causes: [CloseCause, string, string, string][] = [
  [{ kind: 'local' }, 'shutdown', '', 'left'],
  [{ kind: 'left' }, 'shutdown', '', 'left'],
  [{ kind: 'lost', why: 'reset' }, 'shutdown', '', 'lost'],
  [{ kind: 'silent', limitMs: 20 }, 'silent', '20', 'silent'],
  [{ kind: 'slow', limitBytes: 30 }, 'too-slow', '30', 'too-slow'],
  [{ kind: 'join-deadline', limitMs: 40 }, 'join-deadline', '40', 'violation'],
  [{ kind: 'violation', why: 'noise' }, 'violation', 'noise', 'violation'],
];

test.each(causes)('a channel that ended with %j: farewell %s "%s", departure %s', (cause, code, about, departure) => {
  expect(farewellFor(cause)).toEqual({ code, about });
  expect(departureFor(cause)).toBe(departure);
});

test('every departure is one of some cause, but for the one that the router alone decides', () => {
  expect(new Set([...causes.map(([cause]) => departureFor(cause)), 'too-fast'])).toEqual(new Set(DEPARTURES));
});
