// Every metric there is, by its id, in the order in which a report shows them.
import { DELAY } from './delay.ts';
import { DAMAGE, DELIVERY } from './delivery.ts';
import { THROUGHPUT } from './goodput.ts';
import { LAB } from './lab.ts';
import type { Metric } from './metric.ts';
import { SET_UP } from './set-up.ts';

const GROUPS = {
  delivery: { ...DELIVERY, ...DAMAGE },
  delay: DELAY,
  throughput: THROUGHPUT,
  'set-up': SET_UP,
  lab: LAB,
} as const satisfies Record<string, Readonly<Record<string, Metric>>>;

type Groups = typeof GROUPS;
type IdsOf<Group> = Group extends unknown ? keyof Group : never;
export type MetricId = IdsOf<Groups[keyof Groups]>;

export const METRICS: Readonly<Record<MetricId, Metric>> = {
  ...GROUPS.delivery,
  ...GROUPS.delay,
  ...GROUPS.throughput,
  ...GROUPS['set-up'],
  ...GROUPS.lab,
};

export interface MetricGroup {
  readonly title: string;
  readonly ids: readonly MetricId[];
}

export const METRIC_GROUPS: readonly MetricGroup[] = Object.entries(GROUPS).map(([title, metrics]) => ({
  title,
  ids: Object.keys(metrics) as MetricId[],
}));

export function isMetricId(id: string): id is MetricId {
  return Object.hasOwn(METRICS, id);
}
