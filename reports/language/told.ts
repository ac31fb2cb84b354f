// A result in the language of its reader: its scenario's texts and its metrics' are translated where there is a translation,
// and it brings the words for the rest.
import type { MetricText, RunResult } from '../../src/bench/result.ts';
import type { Language } from './language.ts';
import { METRICS_PT_BR } from './metrics-pt-br.ts';
import { type Speech, speechIn } from './speech.ts';

export interface Told extends RunResult {
  readonly say: Speech;
}

export function told(result: RunResult, language: Language): Told {
  const { scenario, verdicts } = result;
  const { claims = [], ...words } = scenario.translations?.[language] ?? { teaches: '' };
  return {
    ...result,
    say: speechIn(language),
    metrics: metricsIn(language, result.metrics),
    scenario: { ...scenario, ...words, teaches: words.teaches || scenario.teaches },
    verdicts: verdicts.map((verdict, at) => ({ ...verdict, sentence: claims[at] ?? verdict.sentence })),
  };
}

type MetricWords = Pick<MetricText, 'title' | 'formula' | 'source' | 'reading'>;

const TRANSLATED: Partial<Record<Language, Readonly<Record<string, MetricWords>>>> = { 'pt-BR': METRICS_PT_BR };

/** One that this lab does not know keeps its words. */
export function metricsIn(language: Language, metrics: RunResult['metrics']): RunResult['metrics'] {
  const words = TRANSLATED[language];
  if (words === undefined) return metrics;
  return Object.fromEntries(
    Object.entries(metrics).map(([id, metric]) => {
      const { title, formula, source, reading } = { ...metric, ...words[id] };
      return [id, { ...metric, title, formula, source, reading }];
    }),
  );
}
