// The texts of a scenario in other languages than that of its author: all of them, or the language is not there.
import { z } from 'zod';
import type { ScenarioWords } from '../result.ts';
import { ScenarioError } from './scenario.ts';
import { fields, text } from './schema-parts.ts';

const words = fields({
  title: text,
  question: text,
  lookFor: text,
  teaches: text.default(''),
  claims: z.array(text).default([]).describe('the sentences of the claims, in their order'),
});

export const translationsSchema = fields({ 'pt-BR': words.optional() }).default({});

type TranslationsData = z.infer<typeof translationsSchema>;

/** @throws ScenarioError where a language lacks a claim's sentence, or has one too many */
export function makeTranslations(data: TranslationsData, claims: number): Readonly<Record<string, ScenarioWords>> {
  const translations: Record<string, ScenarioWords> = {};
  for (const [language, own] of Object.entries(data)) {
    if (own === undefined) continue;
    if (own.claims.length !== claims) {
      const path = ['translations', language, 'claims'];
      throw new ScenarioError(path, `has ${own.claims.length} of ${claims} sentences; write one for each claim`);
    }
    translations[language] = own;
  }
  return translations;
}
