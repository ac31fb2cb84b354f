// Why a message was refused and why a connection ended, in each language.
import type { Language } from '../../reports/language/language.ts';
import { PeerError } from '../../src/core/errors.ts';
import { codeOf } from '../../src/core/machine-fault.ts';
import { describeFarewell, describeRefusal, type FarewellCode, type RefusalCode } from '../../src/core/refusal.ts';
import type { CloseCause } from '../../src/core/transport.ts';
import type { EndReason } from './session.ts';
import { FAILURES_PT_BR, FAREWELLS_PT_BR, FAULTS_PT_BR, REFUSALS_PT_BR } from './texts/refusals-pt-br.ts';

export function tellRefusal(code: RefusalCode, about: string, language: Language): string {
  return language === 'en' ? describeRefusal(code, about) : REFUSALS_PT_BR[code](about);
}

export function tellEnd(why: EndReason, language: Language): string {
  switch (why.kind) {
    case 'farewell':
      return tellFarewell(why.code, why.about, language);
    case 'cause':
      return tellCause(why.cause, language);
    case 'failed':
      return tellFailure(why.error, language);
  }
}

/** Of an attempt to join. */
export function tellFailure(error: Error, language: Language): string {
  if (language === 'en') return error.message;
  const about = error instanceof PeerError ? error.about : '';
  const code = codeOf(error);
  const words = FAILURES_PT_BR[code] ?? REFUSALS_PT_BR[code as RefusalCode] ?? FAREWELLS_PT_BR[code as FarewellCode];
  return words?.(about) ?? error.message;
}

function tellFarewell(code: FarewellCode, about: string, language: Language): string {
  return language === 'en' ? describeFarewell(code, about) : FAREWELLS_PT_BR[code](about);
}

function tellCause(cause: CloseCause, language: Language): string {
  const texts = language === 'en' ? FAULTS_EN : FAULTS_PT_BR;
  switch (cause.kind) {
    case 'silent':
      return texts.silent(String(cause.limitMs / 1000));
    case 'lost':
      return texts.lost(cause.why);
    case 'violation':
      return texts.violation(cause.why);
    default:
      return texts.wordless;
  }
}

export interface FaultTexts {
  silent(seconds: string): string;
  lost(why: string): string;
  violation(why: string): string;
  readonly wordless: string;
}

const FAULTS_EN: FaultTexts = {
  silent: (seconds) => `The server has not been heard of for ${seconds} s.`,
  lost: (why) => `The server is gone: ${why}.`,
  violation: (why) => `The server broke the protocol: ${why}.`,
  wordless: 'The server ended the chat without a word.',
};
