// Which language the lab speaks: the one that is asked for, or else that of the environment.
import { LANGUAGES, type Language } from '../reports/language/language.ts';

export const LANG_OPTION = {
  choices: LANGUAGES,
  describe: 'of reports and verdicts; default: from LC_ALL, LC_MESSAGES, LANG',
} as const;

export function languageOf(asked: Language | undefined, environment: NodeJS.ProcessEnv = process.env): Language {
  if (asked !== undefined) return asked;
  // The first that is set decides, as POSIX has it.
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '') ?? '';
  return /^pt([_.@-]|$)/i.test(locale) ? 'pt-BR' : 'en';
}
