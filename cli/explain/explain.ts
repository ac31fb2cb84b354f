// `lab explain`: the catalogue of metrics as a list, or some of them in full.
import { isMetricId, METRIC_GROUPS, METRICS, type MetricId } from '../../src/bench/metrics/catalogue.ts';
import { CallerError } from '../../src/core/errors.ts';
import { paintFor } from '../paint.ts';
import { metricList } from './metric-list.ts';
import { metricPage } from './metric-page.ts';
import { nearest } from './nearest.ts';

/** @throws CallerError for the first name that is no metric's */
export function explain(names: readonly string[], json: boolean): void {
  const ids = names.map(metricNamed);
  if (json) {
    console.log(JSON.stringify((ids.length === 0 ? allIds() : ids).map(asData), null, 2));
    return;
  }
  const paint = paintFor(process.stdout);
  console.log(ids.length === 0 ? metricList(paint) : ids.map((id) => metricPage(id, paint)).join('\n\n'));
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

function asData(id: MetricId) {
  const { sample: _, ...words } = METRICS[id];
  return { id, group: METRIC_GROUPS.find(({ ids }) => ids.includes(id))?.title, ...words };
}
