// The texts of a scenario in another language: all of them, or the language is refused.
import { describe, expect, test } from 'vitest';
import { complaintAbout, GOOD } from './complaint.ts';
import { read } from './library.ts';

const PORTUGUESE = [
  '    title: Um título', //                                     23
  '    question: Uma pergunta?',
  '    lookFor: Algo para ver.', //                              25
  '    teaches: Uma lição.',
  '    claims:',
  '      - O UDP não tem conexão.',
];

/** A good scenario, in the language from line 22. */
function translated(lines: readonly string[], language = 'pt-BR'): string {
  return [GOOD, 'translations:', `  ${language}:`, ...lines].join('\n');
}

/** Without the field that begins so, and what stands under it. */
function without(field: string): string[] {
  const isClaim = (line: string) => line.startsWith('      ');
  return PORTUGUESE.filter((line) => !line.includes(`${field}:`) && !(field === 'claims' && isClaim(line)));
}

describe('a translation', () => {
  test('is read', () => {
    expect(read(translated(PORTUGUESE)).translations).toEqual({
      'pt-BR': {
        title: 'Um título',
        question: 'Uma pergunta?',
        lookFor: 'Algo para ver.',
        teaches: 'Uma lição.',
        claims: ['O UDP não tem conexão.'],
      },
    });
  });

  test('needs a lesson no more than the scenario does', () => {
    expect(read(translated(without('teaches'))).translations['pt-BR']).toMatchObject({ teaches: '' });
  });

  test('changes nothing of the scenario', () => {
    const { translations, ...rest } = read(translated(PORTUGUESE));
    const { translations: none, ...plain } = read(GOOD);
    expect(rest).toEqual(plain);
    expect([Object.keys(translations), none]).toEqual([['pt-BR'], {}]);
  });

  test('may be there in no language', () => {
    expect(read(`${GOOD}\ntranslations: {}`).translations).toEqual({});
  });
});

describe('told with its place:', () => {
  test.each<[what: string, text: string, complaint: string]>([
    [
      'too few sentences',
      translated([...without('claims'), '    claims: []']),
      '27:13: translations.pt-BR.claims: has 0 of 1 sentences; write one for each claim',
    ],
    [
      'no sentences',
      translated(without('claims')),
      '23:5: translations.pt-BR.claims: has 0 of 1 sentences; write one for each claim',
    ],
    [
      'a sentence too many',
      translated([...PORTUGUESE, '      - Mais uma.']),
      '28:7: translations.pt-BR.claims: has 2 of 1 sentences; write one for each claim',
    ],
    ['an unknown language', translated(PORTUGUESE, 'fr'), '22:3: translations.fr: unknown; known here: pt-BR'],
    [
      'an unknown field',
      translated([...PORTUGUESE, '    titulo: Um título']),
      '29:5: translations.pt-BR.titulo: unknown; known here: title, question, lookFor, teaches, claims',
    ],
    ...['title', 'question', 'lookFor'].map((field): [string, string, string] => [
      `no ${field}`,
      translated(without(field)),
      `23:5: translations.pt-BR.${field}: is missing; write text`,
    ]),
    [
      'an empty title',
      translated(['    title: ""', ...without('title')]),
      '23:12: translations.pt-BR.title: is empty; write some text',
    ],
    [
      'an empty sentence',
      translated([...without('claims'), '    claims: [" "]']),
      '27:14: translations.pt-BR.claims.0: is empty; write some text',
    ],
    ['a text', `${GOOD}\ntranslations: pt-BR`, '21:15: translations: "pt-BR" is not a set of fields'],
  ])('%s', (_what, text, complaint) => expect(complaintAbout(text)).toBe(complaint));
});
