// Which language the lab speaks: what is asked for, or else what the environment says, as POSIX has it.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LANG_OPTION, languageOf } from '../../cli/language.ts';

type Environment = Readonly<Record<string, string | undefined>>;

describe('what is asked for', () => {
  test.each(['en', 'pt-BR'] as const)('wins over any environment: %s', (asked) => {
    for (const locale of ['pt_BR.UTF-8', 'en_US.UTF-8', 'C', '']) {
      expect(languageOf(asked, { LC_ALL: locale, LC_MESSAGES: locale, LANG: locale })).toBe(asked);
    }
    expect(languageOf(asked, {})).toBe(asked);
  });

  test('may be any language that reports are written in', () => {
    expect(LANG_OPTION.choices).toEqual(['en', 'pt-BR']);
  });
});

test.each<[locale: string, language: string]>([
  ['pt_BR.UTF-8', 'pt-BR'],
  ['pt_BR', 'pt-BR'],
  ['pt', 'pt-BR'],
  ['pt-BR', 'pt-BR'],
  ['pt-PT', 'pt-BR'],
  ['pt_PT.ISO-8859-1@euro', 'pt-BR'],
  ['pt.UTF-8', 'pt-BR'],
  ['pt@euro', 'pt-BR'],
  ['PT_BR', 'pt-BR'],
  ['C', 'en'],
  ['C.UTF-8', 'en'],
  ['POSIX', 'en'],
  ['en_US', 'en'],
  ['en_US.UTF-8', 'en'],
  ['en_PT', 'en'],
  ['de_DE.UTF-8', 'en'],
  ['ptx', 'en'],
  ['xpt_BR', 'en'],
  ['es_pt', 'en'],
  ['', 'en'],
  [' ', 'en'],
])('the locale "%s" is told in %s', (locale, language) => {
  for (const name of ['LC_ALL', 'LC_MESSAGES', 'LANG'])
    expect(languageOf(undefined, { [name]: locale })).toBe(language);
});

describe('the first that is set decides:', () => {
  const PT = 'pt_BR.UTF-8';
  const EN = 'en_US.UTF-8';

  test.each<[Environment, string]>([
    [{}, 'en'],
    [{ LANG: PT }, 'pt-BR'],
    [{ LC_MESSAGES: PT, LANG: EN }, 'pt-BR'],
    [{ LC_MESSAGES: EN, LANG: PT }, 'en'],
    [{ LC_ALL: PT, LC_MESSAGES: EN, LANG: EN }, 'pt-BR'],
    [{ LC_ALL: EN, LC_MESSAGES: PT, LANG: PT }, 'en'],
    [{ LC_ALL: 'C', LANG: PT }, 'en'],
    [{ LC_ALL: PT, LANG: 'C' }, 'pt-BR'],
    [{ LC_ALL: '', LC_MESSAGES: PT, LANG: EN }, 'pt-BR'],
    [{ LC_ALL: '', LANG: PT }, 'pt-BR'],
    [{ LC_ALL: '', LC_MESSAGES: '', LANG: PT }, 'pt-BR'],
    [{ LC_ALL: '', LC_MESSAGES: '', LANG: '' }, 'en'],
    [{ LC_ALL: undefined, LC_MESSAGES: undefined, LANG: PT }, 'pt-BR'],
    [{ LC_MESSAGES: '', LANG: PT }, 'pt-BR'],
    // None of these is what texts are written in.
    [{ LC_CTYPE: PT, LC_NUMERIC: PT, LC_TIME: PT }, 'en'],
  ])('%j', (environment, language) => expect(languageOf(undefined, environment)).toBe(language));
});

describe('unless another is given it is the environment of this process', () => {
  beforeEach(() => {
    for (const name of ['LC_ALL', 'LC_MESSAGES', 'LANG']) vi.stubEnv(name, '');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('that decides', () => {
    expect(languageOf(undefined)).toBe('en');
    vi.stubEnv('LANG', 'pt_BR.UTF-8');
    expect(languageOf(undefined)).toBe('pt-BR');
    vi.stubEnv('LC_ALL', 'C');
    expect(languageOf(undefined)).toBe('en');
    expect(languageOf('pt-BR')).toBe('pt-BR');
  });
});
