// Reports in two languages: the same texts in both, all of them translated, and numbers as each language sets them.
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../reports/language/language.ts';
import { METRICS_PT_BR } from '../../reports/language/metrics-pt-br.ts';
import { type Numbers, numbersIn } from '../../reports/language/numbers.ts';
import { type Speech, speechIn } from '../../reports/language/speech.ts';
import { metricsIn, told } from '../../reports/language/told.ts';
import { causeWords, kindWords } from '../../reports/ledger.ts';
import { METRIC_GROUPS, METRICS } from '../../src/bench/metrics/catalogue.ts';
import { TCP_CAUSES } from '../../src/bench/path/tcp-account.ts';
import { UDP_CAUSES } from '../../src/bench/path/udp-account.ts';
import type { Figure, MetricText, Reading, RunResult, ScenarioWords, SignedReading } from '../../src/bench/result.ts';
import { PATTERNS } from '../../src/bench/scenario/workload.ts';
import { KINDS } from '../../src/link/tun/traffic.ts';
import { cellName, figure, result, verdict } from './results.ts';

const WORDS: ScenarioWords = {
  title: 'Duas frases',
  question: 'É verdade?',
  lookFor: 'O que se perde.',
  teaches: 'Uma lição.',
  claims: ['O TCP entrega tudo.', 'O UDP pode perder.'],
};

/** With two verdicts, in these languages. */
function translated(
  translations: Readonly<Record<string, ScenarioWords>>,
  changes: Partial<RunResult> = {},
): RunResult {
  const base = result();
  const scenario = { ...base.scenario, teaches: 'A lesson.', translations };
  return {
    ...base,
    scenario,
    verdicts: [verdict({ sentence: 'First.' }), verdict({ sentence: 'Second.' })],
    ...changes,
  };
}

describe('a result told in another language', () => {
  test('has its scenario’s texts in it, and the sentences of its verdicts', () => {
    const { scenario, verdicts, say } = told(translated({ 'pt-BR': WORDS }), 'pt-BR');
    const { claims, ...words } = WORDS;
    expect(scenario).toMatchObject(words);
    expect(verdicts.map(({ sentence }) => sentence)).toEqual(claims);
    expect(say.language).toBe('pt-BR');
  });

  test('has everything else as it was', () => {
    const run = translated({ 'pt-BR': WORDS });
    const { say, metrics, scenario, verdicts, ...rest } = told(run, 'pt-BR');
    const { metrics: _, scenario: asked, verdicts: judged, ...plain } = run;
    expect(rest).toEqual(plain);
    for (const name of ['name', 'contestants', 'links', 'points', 'chance', 'repetitions', 'waitingMs'] as const) {
      expect(scenario[name]).toEqual(asked[name]);
    }
    expect(verdicts).toEqual(judged.map((own, at) => ({ ...own, sentence: WORDS.claims[at] })));
  });

  test('leaves the scenario’s texts where there is no translation of them', () => {
    for (const run of [translated({}), translated({ fr: WORDS }), result()]) {
      const { scenario, verdicts } = told(run, 'pt-BR');
      expect([scenario, verdicts]).toEqual([run.scenario, run.verdicts]);
    }
  });

  test('keeps the lesson of its author where the translation has none', () => {
    const { scenario } = told(translated({ 'pt-BR': { ...WORDS, teaches: '' } }), 'pt-BR');
    expect([scenario.title, scenario.teaches]).toEqual(['Duas frases', 'A lesson.']);
  });

  test('keeps a sentence that is not translated', () => {
    const { verdicts } = told(translated({ 'pt-BR': { ...WORDS, claims: ['O TCP entrega tudo.'] } }), 'pt-BR');
    expect(verdicts.map(({ sentence }) => sentence)).toEqual(['O TCP entrega tudo.', 'Second.']);
  });

  test('changes nothing of the result', () => {
    const run = translated({ 'pt-BR': WORDS });
    const before = structuredClone(run);
    told(run, 'pt-BR');
    expect(run).toEqual(before);
  });

  test('is in English as it was, with nothing but its words', () => {
    const run = translated({ 'pt-BR': WORDS });
    const { say, ...rest } = told(run, 'en');
    expect(rest).toEqual(run);
    expect(say.language).toBe('en');
  });
});

describe('metrics told in another language', () => {
  const english: MetricText = {
    title: 'loss',
    unit: 'share',
    formula: 'f',
    source: 's',
    reading: 'r',
    better: 'less',
  };

  test('have its title, formula, source and reading, and keep their unit and which is better', () => {
    const { title, formula, source, reading } = METRICS_PT_BR.loss;
    expect(metricsIn('pt-BR', { loss: english })).toEqual({
      loss: { title, formula, source, reading, unit: 'share', better: 'less' },
    });
    expect(told(result(), 'pt-BR').metrics['delay-p50']!.title).toBe('atraso p50');
  });

  test.each(['of-a-newer-lab', 'constructor', 'toString'])('that the lab does not know keep their words: %s', (id) => {
    expect(metricsIn('pt-BR', { [id]: english })).toEqual({ [id]: english });
  });

  test('are in their order', () => {
    const ids = ['loss', 'of-a-newer-lab', 'delay-p50', 'sent'];
    const texts = Object.fromEntries(ids.map((id) => [id, english]));
    expect(Object.keys(metricsIn('pt-BR', texts))).toEqual(ids);
  });

  test('are in English as they were', () => expect(metricsIn('en', { loss: english })).toEqual({ loss: english }));

  test('are all of them translated, and none that is not there', () => {
    expect(new Set(Object.keys(METRICS_PT_BR))).toEqual(new Set(Object.keys(METRICS)));
  });

  test('say no sentence in English, and need words where the English does', () => {
    for (const [id, metric] of Object.entries<MetricText & { needs?: string }>(METRICS)) {
      const own: Readonly<Record<string, string>> = METRICS_PT_BR[id as keyof typeof METRICS_PT_BR];
      expect([id, own['reading'] === metric.reading, own['needs'] === undefined]).toEqual([
        id,
        false,
        metric.needs === undefined,
      ]);
      expect(Object.values(own).filter((text) => text.trim() === '')).toEqual([]);
    }
  });

  test('have the title of the English only where it is the same word', () => {
    const same = Object.entries<MetricText>(METRICS)
      .filter(([id, { title }]) => METRICS_PT_BR[id as keyof typeof METRICS_PT_BR].title === title)
      .map(([, { title }]) => title);
    expect(same).toEqual(['IPDV p50', 'IPDV p99', 'PDV p99', 'jitter (RTP)', 'goodput']);
  });
});

describe('numbers in Portuguese', () => {
  const say: Numbers = numbersIn('pt-BR');

  test.each<[value: number, text: string]>([
    [0, '0'],
    [999, '999'],
    [1500, '1.500'],
    [1_234_567, '1.234.567'],
  ])('the count %s is %s', (value, text) => expect(say.count(value)).toBe(text));

  test.each<[value: number, text: string]>([
    [9_999_999, '9.999.999'],
    [10_000_000, '10,0 M'],
    [12_345_678, '12,3 M'],
    [1_234_567_890, '1,23 G'],
  ])('%s in short is %s', (value, text) => expect(say.shortCount(value)).toBe(text));

  test.each<[value: Reading | undefined, text: string]>([
    [0, '0'],
    [0.0004, '<0,001'],
    [0.1234, '0,123'],
    [1.234, '1,23'],
    [12.34, '12,3'],
    [123.4, '123'],
    [999.6, '1.000'],
    [12_345.6, '12.346'],
    [null, 'não atingido'],
    [undefined, 'n/d'],
  ])('%s ms are %s', (value, text) => expect(say.milliseconds(value)).toBe(text));

  test.each<[ratio: number | undefined, text: string]>([
    [0, '0 %'],
    [0.094, '9,40 %'],
    [1, '100 %'],
    [0.999_99, '>99,9 %'],
    [0.000_001, '<0,001 %'],
    [undefined, 'n/d'],
  ])('the share %s is %s', (ratio, text) => expect(say.percent(ratio)).toBe(text));

  test.each<[ms: number, text: string]>([
    [1000, '1 s'],
    [200, '0,2 s'],
    [10_000, '10 s'],
    [43_200, '43,2 s'],
    [120_000, '120 s'],
    [1_000_000, '1.000 s'],
    [1_200_000, '1.200 s'],
  ])('%s ms as seconds are %s', (ms, text) => expect(say.seconds(ms)).toBe(text));

  test.each<[value: Reading, unit: string, text: string]>([
    [24.1, 'ms', '24,1 ms'],
    [1, 'messages', '1 mensagem'],
    [1500, 'messages', '1.500 mensagens'],
    [2, 'copies', '2 cópias'],
    [1.5, 'round trips', '1,50 idas e voltas'],
    [0.048, 'share', '4,80 %'],
    [999_600, 'bit/s', '1,00 Mbit/s'],
    [2.2, 'ratio', '2,20'],
    [null, 'ms', 'não atingido'],
  ])('%s of the unit "%s" in a sentence is %s', (value, unit, text) => expect(say.withUnit(value, unit)).toBe(text));

  test.each<[of: Figure | undefined, unit: string, text: string]>([
    [figure(0.048, 0.043, 0.054), 'share', '4,80 % (4,30 a 5,40)'],
    [figure(178, 54.2, null), 'ms', '178 (no mínimo 54,2)'],
    [figure(null, 54.2, null), 'ms', 'não atingido (no mínimo 54,2)'],
    [undefined, 'ms', 'n/d'],
  ])('%j with its interval is "%s"', (of, unit, text) => expect(say.withInterval(of, unit)).toBe(text));

  test.each<[difference: readonly SignedReading[], unit: string, text: string]>([
    [[0.0886, 0.0571, 0.127], 'share', '8,86 pontos percentuais (5,71 a 12,7)'],
    [[-3.2, '-infinite', -1.1], 'ms', '−3,20 ms (no máximo −1,10)'],
    [[5, '-infinite', null], 'ms', '5,00 ms (tudo é possível)'],
    [[-0.0001, -0.0002, 0], 'ms', '>−0,001 ms (>−0,001 a 0)'],
  ])('the difference %j in %s is "%s"', ([value, low, high], unit, text) => {
    expect(say.difference({ value: value!, low: low!, high: high! }, unit)).toBe(text);
  });

  test('a difference in a column has its sign', () => {
    expect([1234.5, -1.5, null, '-infinite' as const].map((value) => say.shortDifference(value, 'ms'))).toEqual([
      '+1.235',
      '−1,50',
      '+∞',
      '−∞',
    ]);
  });

  test('nouns are in the singular for one, and in the plural for any other number', () => {
    const nouns = ['message', 'repetition', 'flow', 'core', 'place', 'pair', 'figure', 'worker'] as const;
    expect(nouns.map((noun) => say.plural(1, noun))).toEqual([
      '1 mensagem',
      '1 repetição',
      '1 fluxo',
      '1 núcleo',
      '1 lugar',
      '1 par',
      '1 medida',
      '1 processo worker',
    ]);
    expect(nouns.map((noun) => say.plural(1500, noun))).toEqual([
      '1.500 mensagens',
      '1.500 repetições',
      '1.500 fluxos',
      '1.500 núcleos',
      '1.500 lugares',
      '1.500 pares',
      '1.500 medidas',
      '1.500 processos worker',
    ]);
    expect(say.plural(0, 'trial')).toBe('0 ensaios');
  });

  test('a list has its last word after "e"', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((words) => say.listed(words))).toEqual([
      '',
      'a',
      'a e b',
      'a, b e c',
    ]);
  });

  test('a unit without a word of its own is the same in both', () => {
    expect(['messages', 'ms', 'µs', 'of a newer lab'].map((unit) => say.unit(unit))).toEqual([
      'mensagens',
      'ms',
      'µs',
      'of a newer lab',
    ]);
  });

  test('everything that numbers say without a number is in Portuguese', () => {
    const english = numbersIn('en');
    const nouns = [
      'message',
      'repetition',
      'user',
      'flow',
      'byte',
      'core',
      'packet',
      'place',
      'trial',
      'pair',
      'figure',
      'worker',
    ] as const;
    const same = nouns.filter((noun) => english.plural(2, noun) === say.plural(2, noun));
    expect(same).toEqual(['byte']);
  });
});

/** The catalogues of a language: what it has besides numbers and names of places. */
function catalogues(speech: Speech): Record<string, unknown> {
  return Object.fromEntries(Object.entries(speech).filter(([, texts]) => typeof texts === 'object'));
}

type Leaf = readonly [path: string, text: unknown];

function leaves(of: unknown, path: readonly string[] = []): Leaf[] {
  if (typeof of !== 'object' || of === null) return [[path.join('.'), of]];
  const entries = Object.entries(of);
  return entries.length === 0 ? [[path.join('.'), of]] : entries.flatMap(([name, own]) => leaves(own, [...path, name]));
}

/** Names of run.json, or of scenarios, that English readers are told as they are. */
const NAMED_IN_ENGLISH = [
  'changes.settings',
  'explain.groups',
  'ledger.causes',
  'ledger.drops',
  'ledger.kinds',
  'method.patterns',
];

/** Stands for any argument of a text: a word, a list of words, or fields that are words. */
const ANYTHING: unknown = new Proxy(
  {},
  {
    get(_target, name) {
      if (name === Symbol.toPrimitive) return () => '…';
      if (name === Symbol.iterator) return () => ['…'][Symbol.iterator]();
      if (name === 'join') return () => '…';
      return '…';
    },
  },
);

function wordsOf(text: unknown): string {
  if (typeof text !== 'function') return String(text);
  return String(text(...new Array(text.length).fill(ANYTHING)));
}

describe('the catalogue of texts', () => {
  const [english, portuguese] = LANGUAGES.map((language) => catalogues(speechIn(language)));
  const isNamed = (path: string) => NAMED_IN_ENGLISH.some((table) => path === table || path.startsWith(`${table}.`));
  const [own, others] = [english, portuguese].map((all) => new Map(leaves(all).filter(([path]) => !isNamed(path))));

  test('has the same texts in both languages, of the same kinds', () => {
    const kindsOf = (texts: Map<string, unknown>) =>
      new Set(
        [...texts].map(([path, text]) => `${path}: ${typeof text}${typeof text === 'function' ? text.length : ''}`),
      );
    expect(own!.size).toBeGreaterThan(250);
    expect(kindsOf(others!)).toEqual(kindsOf(own!));
    expect(new Set([...own!.values()].map((text) => typeof text))).toEqual(new Set(['string', 'function']));
  });

  test('names what run.json names: as it is in English, and in words in Portuguese', () => {
    const at = (texts: unknown, path: string) =>
      path.split('.').reduce((table, name) => (table as Record<string, unknown>)[name], texts);
    const empty = leaves(english).filter(([, text]) => typeof text === 'object');
    expect(new Set(empty.map(([path]) => path))).toEqual(new Set(NAMED_IN_ENGLISH));
    for (const path of NAMED_IN_ENGLISH) {
      const words = Object.values(at(portuguese, path) as Record<string, string>);
      expect([path, words.length > 4, words.filter((word) => typeof word !== 'string' || word === '')]).toEqual([
        path,
        true,
        [],
      ]);
    }
  });

  test('has no text that says nothing', () => {
    for (const texts of [own!, others!]) {
      expect([...texts].filter(([, text]) => wordsOf(text).trim() === '')).toEqual([]);
      expect([...texts].filter(([, text]) => /undefined|\[object|NaN/.test(wordsOf(text)))).toEqual([]);
    }
  });

  const equal = (kind: string) =>
    [...own!].flatMap(([path, text]) => {
      if (typeof text !== kind || wordsOf(text) !== wordsOf(others!.get(path))) return [];
      return [`${path}: ${wordsOf(text)}`];
    });

  test('is the same in both languages only in words that are the same', () => {
    expect(equal('string')).toEqual([
      'comparisons.columns.delay-p50: p50 ms',
      'comparisons.columns.delay-p99: p99 ms',
      'ledger.modelColumns.2: goodput',
      'terminal.columns.delay-p50: p50 ms',
      'terminal.columns.delay-p99: p99 ms',
      'terminal.columns.round-trip-p50: RTT p50 ms',
      'terminal.columns.goodput: goodput',
      'terminal.quotes.0: “',
      'terminal.quotes.1: ”',
    ]);
  });

  test('and in what only sets words beside one another', () => {
    expect(equal('function')).toEqual([
      'figures.range: … – …',
      'method.contestant: …: …, ….',
      'pictures.deadlinesTold: …: ….',
      'pictures.pairField: …: … …, … …',
      'pictures.sweepTold: …: ….',
    ]);
  });
});

describe('in Portuguese there is a word for', () => {
  const say = speechIn('pt-BR');
  /** Those of a path that was watched, and the one where none was. */
  const causes = new Set([...UDP_CAUSES, ...TCP_CAUSES, 'on the way, unseen']);
  const settings = ['scenario', 'seed', 'repetitions', 'lab', 'system', 'processor', 'cores', 'memory'];

  test.each([...causes])('the cause "%s"', (cause) => {
    const words = causeWords(cause, say);
    expect(words).not.toBe(cause);
    expect(words).not.toMatch(/: (queue|loss|list|outage|damaged|carrier|under way)$/);
  });

  test.each(KINDS.filter((kind) => kind !== 'icmp'))('packets of the kind "%s"', (kind) => {
    expect(kindWords(kind, say)).not.toBe(kind);
  });

  test('every group of metrics, pattern of a workload and setting of a run', () => {
    expect(Object.keys(say.explain.groups)).toEqual(METRIC_GROUPS.map(({ title }) => title));
    expect(Object.keys(say.method.patterns)).toEqual([...PATTERNS]);
    expect(Object.keys(say.changes.settings)).toEqual(settings);
  });

  test('every unit of a metric that is not written alike', () => {
    const units = new Set(Object.values<MetricText>(METRICS).map(({ unit }) => unit));
    expect(new Set([...units].filter((unit) => say.unit(unit) === unit))).toEqual(new Set(['bit/s', 'ms', 'µs']));
  });
});

test('places and cells are told in the words of the language', () => {
  const [english, portuguese] = LANGUAGES.map(speechIn);
  const cell = cellName('tcp', 'lossy', 'loss 1%');
  expect([english!.cell(cell), portuguese!.cell(cell)]).toEqual([
    'tcp over lossy at loss 1%',
    'tcp em lossy (loss 1%)',
  ]);
  expect([english!.place(cell), portuguese!.place({ link: 'lossy', point: '' })]).toEqual([
    'lossy at loss 1%',
    'lossy',
  ]);
});
