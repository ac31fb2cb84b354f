// Every metric there is, by its id, in the order in which a report shows them.
import { BURST_LOSS } from './burst-loss.ts';
import { DEADLINES } from './deadline.ts';
import { DELAY } from './delay.ts';
import { DELAY_VARIATION } from './delay-variation.ts';
import { DAMAGE, DELIVERY } from './delivery.ts';
import { DUPLICATION } from './duplication.ts';
import { THROUGHPUT } from './goodput.ts';
import { LAB } from './lab.ts';
import { LOSS_PATTERN } from './loss-pattern.ts';
import type { Metric } from './metric.ts';
import { REORDER_DENSITY } from './reorder-density.ts';
import { REORDERING } from './reordering.ts';
import { ROUND_TRIP } from './round-trip.ts';
import { SET_UP } from './set-up.ts';
import { STREAM } from './stream.ts';
import { WIRE } from './wire.ts';

const GROUPS = {
  delivery: { ...DELIVERY, ...LOSS_PATTERN, ...BURST_LOSS, ...DUPLICATION, ...DAMAGE },
  order: { ...REORDERING, ...REORDER_DENSITY },
  delay: { ...DELAY, ...DEADLINES, ...DELAY_VARIATION, ...ROUND_TRIP },
  throughput: THROUGHPUT,
  stream: STREAM,
  'set-up': SET_UP,
  wire: WIRE,
  lab: LAB,
} as const satisfies Record<string, Readonly<Record<string, Metric>>>;

type Groups = typeof GROUPS;
type IdsOf<Group> = Group extends unknown ? keyof Group : never;
export type MetricId = IdsOf<Groups[keyof Groups]>;

export const METRICS: Readonly<Record<MetricId, Metric>> = {
  ...GROUPS.delivery,
  ...GROUPS.order,
  ...GROUPS.delay,
  ...GROUPS.throughput,
  ...GROUPS.stream,
  ...GROUPS['set-up'],
  ...GROUPS.wire,
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
