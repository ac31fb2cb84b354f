// What a soak came to, as rows of a table.
import { mib, type Row } from '../harness/table.ts';
import { COLUMNS, type Column, type Look, seriesOf } from './series.ts';
import { judge, trendOf } from './trend.ts';

export interface Soak {
  readonly minutes: number;
  readonly users: number;
  /** While users lived their lives. */
  readonly looks: readonly Look[];
  /** Before the first came. */
  readonly empty: Look;
  /** After the last had gone and was forgotten. */
  readonly rest: Look;
}

/** So much of the time is not looked at: code is compiled, buffers find their size. */
export const WARM_UP = 1 / 3;
const LIMIT_PERCENT = 1;

/** UDP remembers joins for 30 s after a session has ended, so there are more of them than of channels. */
const COUNTS = ['users', 'channels', 'remembered', 'sockets', 'timers', 'otherHandles'] as const;

export function soakRows({ minutes, users, looks, empty, rest }: Soak): Row[] {
  const warm = looks.filter(({ atSeconds }) => atSeconds > WARM_UP * minutes * 60);
  const name = `${users} users for ${minutes} minutes`;
  return [
    memoryRow(`${name}: heap without compiled code`, warm, 'dataBytes', LIMIT_PERCENT),
    memoryRow(`${name}: heap`, warm, 'heapBytes', LIMIT_PERCENT),
    memoryRow(`${name}: compiled code`, warm, 'codeBytes'),
    memoryRow(`${name}: resident`, warm, 'residentBytes', LIMIT_PERCENT),
    memoryRow(`${name}: external`, warm, 'externalBytes'),
    ...COUNTS.map((column) => countRow(column, warm)),
    restRow(empty, rest),
    {
      what: 'memory before the first came, and when all had gone',
      measured: `heap ${mib(empty.heapBytes)} and ${mib(rest.heapBytes)}; resident ${mib(empty.rssBytes)} and ${mib(rest.rssBytes)}`,
    },
  ];
}

/** Each user has memory, and there are more of them at times: whether those grow in number is a row of its own. */
function memoryRow(what: string, warm: readonly Look[], column: Column, limitPercent?: number): Row {
  const users = warm.map((look) => look.users);
  const trend = trendOf(seriesOf(warm, column), users);
  if (trend === undefined) return { what, measured: 'too few looks for a line' };
  const percent = (value: number) => ((100 * value) / trend.mean).toFixed(2);
  const measured = `${mib(trend.mean)} on average, slope ${percent(trend.slopePerHour)} ± ${percent(trend.standardErrorPerHour)} % per hour\nat the same number of users`;
  if (limitPercent === undefined) return { what, measured };
  const verdict = judge(trend, limitPercent);
  return {
    what,
    measured: verdict === 'not known' ? `${measured}\ntoo short a run to tell: run longer` : measured,
    wanted: `under ${limitPercent} % per hour, with two standard errors`,
    isReached: verdict === 'steady',
  };
}

function countRow(column: Column, warm: readonly Look[]): Row {
  const trend = trendOf(seriesOf(warm, column));
  if (trend === undefined) return { what: column, measured: 'too few looks for a line' };
  const { mean, slopePerHour, standardErrorPerHour } = trend;
  return {
    what: column,
    measured: `${mean.toFixed(1)} on average, slope ${slopePerHour.toFixed(1)} ± ${standardErrorPerHour.toFixed(1)} per hour`,
    wanted: 'no growth: nothing beyond two standard errors',
    isReached: slopePerHour <= 2 * standardErrorPerHour,
  };
}

/** What an empty server has as well (what it listens on, its sweepers) is no user's. */
function restRow(empty: Look, rest: Look): Row {
  const left = COUNTS.map((column) => ({
    column,
    count: COLUMNS[column](rest) - COLUMNS[column](empty),
  }));
  return {
    what: 'when all had gone: more than before the first came',
    measured: left.map(({ column, count }) => `${count} ${column}`).join(', '),
    wanted: 'none',
    isReached: left.every(({ count }) => count <= 0),
  };
}
