// What a metric is: words that define it, and a pure function that says what one repetition contributes.
import type { Observation } from '../record/observation.ts';
import type { Sample } from '../statistics/sample.ts';

export type Unit =
  | 'messages'
  | 'copies'
  | 'share'
  | 'ms'
  | 'bit/s'
  | 'bytes'
  | 'packets'
  | 'round trips'
  | 'µs'
  | 'ratio';

export interface MetricWords {
  /** As a heading of a table: "delay p99". */
  readonly title: string;
  readonly unit: Unit;
  /** What is computed, in symbols that docs/metrics.md explains. */
  readonly formula: string;
  /** RFC and section, or a paper, or "ours". */
  readonly source: string;
  /** One or two sentences for somebody who sees it for the first time. */
  readonly reading: string;
  /** Which way is better; undefined where neither is. */
  readonly better?: 'less' | 'more';
  /** `wilson`: a proportion of messages has Wilson's interval; otherwise the bootstrap over repetitions. */
  readonly interval?: 'wilson';
}

export interface Metric extends MetricWords {
  /**
   * Undefined where the run lacks what `needs` names: then the figure is not available. A repetition that could have said
   * something and has nothing to say, as of the mean length of losses where none was, answers a ratio over 0, or a quantile
   * of no value: it weighs nothing beside others.
   */
  sample(observation: Observation): Sample | undefined;
  /** What a run must have for this figure, as the end of a sentence: "packets that can be seen on their path". */
  readonly needs?: string;
}
