// The analysis and what is asked of it.
import { measure } from './measure.ts';
import { mib, ms, type Row } from './table.ts';

const MESSAGES = 1_000_000;
const REPETITIONS = 6;
const LIMIT_MS = 3000;

export async function analysisRows(): Promise<Row[]> {
  const found = await measure('analysis', { messages: MESSAGES, repetitions: REPETITIONS });
  const all = `2 × ${REPETITIONS} × a million`;
  return [
    {
      what: 'analysis of a million messages: records to samples of every metric',
      measured: ms(found.trialMs),
      wanted: `under ${LIMIT_MS / 1000} s`,
      isReached: found.trialMs < LIMIT_MS,
    },
    { what: 'a million rows of a table, before compression', measured: ms(found.tableMs) },
    { what: `all figures with intervals, ${REPETITIONS} × a million`, measured: ms(found.figuresMs) },
    { what: `two contestants compared, pairs too, ${all}`, measured: ms(found.comparisonMs) },
    { what: `kept of ${all}`, measured: `${mib(found.keptBytes)}; the process at its peak ${mib(found.peakBytes)}` },
  ];
}
