// What every screen of the lab says.
import type { Language } from '../../reports/language/language.ts';
import { numbersIn } from '../../reports/language/numbers.ts';
import { MAX_BODY_BYTES } from '../../src/core/limits.ts';
import { MOST_TYPED } from './keys.ts';

const say = (language: Language) => numbersIn(language).count;

/** Of what was typed or pasted. */
export const NO_ROOM: Readonly<Record<Language, string>> = {
  en: `That is too long, and was not taken: a field holds ${say('en')(MOST_TYPED)} characters, a message ${say('en')(MAX_BODY_BYTES)} bytes.`,
  'pt-BR': `Isso é longo demais e não foi aceito: um campo tem até ${say('pt-BR')(MOST_TYPED)} caracteres, uma mensagem até ${say('pt-BR')(MAX_BODY_BYTES)} bytes.`,
};
