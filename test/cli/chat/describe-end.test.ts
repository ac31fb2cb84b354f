// Why a message was refused and why a connection ended, in each language.
import { describe, expect, test } from 'vitest';
import { tellEnd, tellRefusal } from '../../../cli/chat/describe-end.ts';
import type { EndReason } from '../../../cli/chat/session.ts';
import { REFUSALS_PT_BR } from '../../../cli/chat/texts/refusals-pt-br.ts';
import { MachineError, PeerError } from '../../../src/core/errors.ts';
import { FAREWELLS, REFUSALS } from '../../../src/core/refusal.ts';
import type { CloseCause } from '../../../src/core/transport.ts';

/** That no sentence in Portuguese has. */
const ENGLISH_WORD =
  /\b(?:the|you|your|was|were|is|are|not|nobody|nothing|there|this|server|user|name|taken|message|client|without|chat)\b/i;
const ABOUT = 'Rui7';

/** One of each kind: a kind that is new does not compile without. */
const CAUSES: { readonly [Kind in CloseCause['kind']]: Extract<CloseCause, { kind: Kind }> } = {
  local: { kind: 'local' },
  left: { kind: 'left' },
  lost: { kind: 'lost', why: ABOUT },
  silent: { kind: 'silent', limitMs: 18_000 },
  slow: { kind: 'slow', limitBytes: 4096 },
  'join-deadline': { kind: 'join-deadline', limitMs: 5_000 },
  violation: { kind: 'violation', why: ABOUT },
};

function expectSentences(en: string, ptBr: string): void {
  for (const sentence of [en, ptBr]) {
    expect(sentence).toMatch(/^["\p{Lu}].+\.$/su);
    expect(sentence).not.toContain('undefined');
  }
  expect(ptBr).not.toMatch(ENGLISH_WORD);
  expect(ptBr).not.toBe(en);
  // Both are about the same.
  expect(ptBr.includes(ABOUT), ptBr).toBe(en.includes(ABOUT));
}

describe.each([ABOUT, '*', ''])('about %j', (about) => {
  test.each(REFUSALS)('a refusal has words in both languages: %s', (code) => {
    expectSentences(tellRefusal(code, about, 'en'), tellRefusal(code, about, 'pt-BR'));
  });

  test.each(FAREWELLS)('a farewell has words in both languages: %s', (code) => {
    const why: EndReason = { kind: 'farewell', code, about };
    expectSentences(tellEnd(why, 'en'), tellEnd(why, 'pt-BR'));
  });
});

test.each(Object.values(CAUSES))('an end has words in both languages: $kind', (cause) => {
  const why: EndReason = { kind: 'cause', cause };
  expectSentences(tellEnd(why, 'en'), tellEnd(why, 'pt-BR'));
});

test('words are those of the code, and of nobody else', () => {
  const all = (['en', 'pt-BR'] as const).flatMap((language) => [
    ...REFUSALS.map((code) => tellRefusal(code, ABOUT, language)),
    ...FAREWELLS.map((code) => tellEnd({ kind: 'farewell', code, about: ABOUT }, language)),
  ]);
  expect(new Set(all).size).toBe(2 * (REFUSALS.length + FAREWELLS.length));
});

test.each([
  ['en', 'Nobody else is here.', 'The server is shutting down.', 'The server has not been heard of for 18 s.'],
  ['pt-BR', 'Não há mais ninguém aqui.', 'O servidor está fechando.', 'Nada se ouve do servidor há 18 s.'],
] as const)(
  'what has no name and what is counted is said as people say it (%s)',
  (language, nobody, shutdown, silent) => {
    expect(tellRefusal('unknown-recipient', '*', language)).toBe(nobody);
    expect(tellEnd({ kind: 'farewell', code: 'shutdown', about: '' }, language)).toBe(shutdown);
    expect(tellEnd({ kind: 'cause', cause: CAUSES.silent }, language)).toBe(silent);
  },
);

test('an attempt that failed is told by its code, and where that is not known by its own words', () => {
  const failed = (error: Error) => tellEnd({ kind: 'failed', error }, 'pt-BR');
  expect(failed(new PeerError('name-taken', 'The name "Ana" is taken.', 'Ana'))).toBe(
    REFUSALS_PT_BR['name-taken']('Ana'),
  );
  expect(failed(new PeerError('join-deadline', 'You did not join.', '5000'))).toBe('Você não entrou em 5000 ms.');
  expect(failed(new MachineError('ECONNREFUSED', 'Nobody listens.'))).toBe('Ninguém escuta nesse endereço.');
  expect(failed(new MachineError('EWHATEVER', 'Whatever.'))).toBe('Whatever.');
  expect(tellEnd({ kind: 'failed', error: new Error('Whatever.') }, 'en')).toBe('Whatever.');
});
