// The words of every metric in every language: one that is not translated does not compile.
import type { InEach } from '../../reports/language/language.ts';
import { METRICS_PT_BR } from '../../reports/language/metrics-pt-br.ts';
import { METRICS, type MetricId } from '../../src/bench/metrics/catalogue.ts';
import type { Metric } from '../../src/bench/metrics/metric.ts';

type Words = Pick<Metric, 'title' | 'formula' | 'source' | 'reading' | 'needs'>;

export const METRIC_WORDS: InEach<Readonly<Record<MetricId, Words>>> = { en: METRICS, 'pt-BR': METRICS_PT_BR };
