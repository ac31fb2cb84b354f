// What changed, in the language of its reader.
import type { RunChanges, RunLabel } from '../../src/bench/result.ts';
import type { Language } from '../language/language.ts';
import { type Speech, speechIn } from '../language/speech.ts';
import { metricsIn } from '../language/told.ts';

export interface ToldChanges extends RunChanges {
  readonly say: Speech;
}

export function toldChanges(changes: RunChanges, language: Language): ToldChanges {
  const { before, after, metrics } = changes;
  return {
    ...changes,
    say: speechIn(language),
    metrics: metricsIn(language, metrics),
    before: labelIn(language, before),
    after: labelIn(language, after),
  };
}

function labelIn(language: Language, label: RunLabel): RunLabel {
  return { ...label, title: label.translations?.[language]?.title ?? label.title };
}
