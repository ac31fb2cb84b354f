// `lab explain`: the catalogue of metrics as a list, or some of them in full.
import type { Language } from '../../reports/language/language.ts';
import { speechIn } from '../../reports/language/speech.ts';
import { isMetricId, METRIC_GROUPS, METRICS, type MetricId } from '../../src/bench/metrics/catalogue.ts';
import { CallerError } from '../../src/core/errors.ts';
import { paintFor } from '../paint.ts';
import { metricList } from './metric-list.ts';
import { metricPage } from './metric-page.ts';
import { METRIC_WORDS } from './metric-words.ts';
import { nearest } from './nearest.ts';

/** @throws CallerError for the first name that is no metric's */
export function explain(names: readonly string[], json: boolean, language: Language): void {
  const ids = names.map(metricNamed);
  if (json) {
    console.log(
      JSON.stringify(
        (ids.length === 0 ? allIds() : ids).map((id) => asData(id, language)),
        null,
        2,
      ),
    );
    return;
  }
  const paint = paintFor(process.stdout);
  const say = speechIn(language);
  console.log(ids.length === 0 ? metricList(say, paint) : ids.map((id) => metricPage(id, say, paint)).join('\n\n'));
}

function metricNamed(name: string): MetricId {
  if (isMetricId(name)) return name;
  const near = nearest(name, allIds());
  const hint = near.length === 0 ? '' : `Did you mean ${near.join(' or ')}? `;
  throw new CallerError(`There is no metric "${name}". ${hint}lab explain lists all ${allIds().length}.`);
}

function allIds(): MetricId[] {
  return METRIC_GROUPS.flatMap(({ ids }) => ids);
}

function asData(id: MetricId, language: Language) {
  const { sample: _, ...words } = METRICS[id];
  return {
    id,
    group: METRIC_GROUPS.find(({ ids }) => ids.includes(id))?.title,
    ...words,
    ...METRIC_WORDS[language][id],
  };
}
