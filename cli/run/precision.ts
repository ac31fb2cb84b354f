// How precise a run is to be, from the command line's words.
import { isMetricId } from '../../src/bench/metrics/catalogue.ts';
import type { WantedPrecision } from '../../src/bench/run/run.ts';
import { CallerError } from '../../src/core/errors.ts';
import { LinkProfileError } from '../../src/link/profile-error.ts';
import { readPercent, readTimeMs } from '../../src/link/units.ts';

/** @throws CallerError for a width or a time that is none */
export function wantedPrecision({
  until,
  untilMetric,
  maxTime,
}: {
  readonly until: string | undefined;
  readonly untilMetric: string;
  readonly maxTime: string;
}): WantedPrecision | undefined {
  if (until === undefined || !isMetricId(untilMetric)) return undefined;
  const relativeWidth = read('--until', () => readPercent(until, []));
  if (relativeWidth === 0) throw new CallerError('--until 0% is never reached. Give a width such as 5%.');
  return { metric: untilMetric, relativeWidth, mostMs: read('--max-time', () => readTimeMs(maxTime, [])) };
}

function read(option: string, quantity: () => number): number {
  try {
    return quantity();
  } catch (error) {
    if (error instanceof LinkProfileError) throw new CallerError(`${option}: ${error.message}.`);
    throw error;
  }
}
