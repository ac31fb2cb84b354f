// A sweep on a terminal: a line for each point, the contestants side by side under each figure, and the shape of the figure
// that the sweep is about.
import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import type { Cell, MetricText, Reading } from '../src/bench/result.ts';
import { figureOf, isWorthShowing } from './figure-of.ts';
import { type Group, type GroupedTable, groupedTables } from './grouped-table.ts';
import type { Speech } from './language/speech.ts';
import type { Told } from './language/told.ts';
import { oneLine, padded } from './plain-text.ts';
import { WIDTH } from './screen.ts';
import { sparkline } from './sparkline.ts';

const FEWEST_POINTS_OF_A_SHAPE = 3;

/** What is shown beside what the verdicts are about: all of it, or, where that needs a table more, the rest. */
const USUAL = { all: ['loss', 'delay-p50', 'delay-p99'], rest: ['loss', 'delay-p99'] };
/** Of a closed loop, in which the network decides how much is sent. */
const USUAL_OF_LOOPS = { all: ['loss', 'round-trip-p50', 'delay-p99', 'goodput'], rest: ['round-trip-p50', 'goodput'] };

/** What has a shape worth looking at, if there are no verdicts about figures. */
const TELLING = ['round-trip-p50', 'delay-p99', 'loss', 'delay-p50'];

/** @returns undefined where the contestants have no room side by side */
export function sweepTables(result: Told, paint: ChalkInstance): string | undefined {
  const { scenario } = result;
  const blocks = scenario.links.map((link) => {
    const title = scenario.links.length > 1 ? [paint.bold(oneLine(link))] : [];
    const tables = tablesOf(link, result);
    if (tables === undefined) return undefined;
    return [
      ...title,
      ...tables.flatMap(({ head, lines }, at) => [
        ...(at === 0 ? [] : ['']),
        ...head.map((line) => paint.bold(line)),
        ...lines,
      ]),
      ...shape(link, [...claimedMetrics(result), ...TELLING], result).map((line) => paint.dim(line)),
    ].join('\n');
  });
  return blocks.includes(undefined) ? undefined : blocks.join('\n\n');
}

/** Those of the verdicts first. */
function tablesOf(link: string, result: Told): GroupedTable[] | undefined {
  const { scenario } = result;
  const usual = scenario.points.some(({ workload }) => workload.isClosedLoop) ? USUAL_OF_LOOPS : USUAL;
  const names = scenario.points.map(({ name }) => oneLine(name));
  const tables = (ids: readonly string[]) => {
    const groups = shownOf(ids, result).map((id) => groupOf(link, id, result));
    return groups.length === 0 ? undefined : groupedTables('', names, groups, WIDTH);
  };
  const [all, rest] = [tables(usual.all), tables(usual.rest)];
  return all !== undefined && rest !== undefined && all.length > rest.length ? rest : all;
}

function shownOf(usual: readonly string[], result: Told): string[] {
  const { metrics, cells } = result;
  return [...new Set([...claimedMetrics(result), ...usual])].filter(
    (id) => metrics[id] !== undefined && (id !== 'loss' || isWorthShowing(cells, id)),
  );
}

function groupOf(link: string, id: string, { scenario, cells, metrics, say }: Told): Group {
  const { title, unit } = metrics[id]!;
  return {
    title: headingOf({ title, unit }, say),
    columns: scenario.contestants.map(({ name }) => ({
      name: oneLine(name),
      cells: along(link, name, cells, scenario).map((cell) => say.reading(cell && figureOf(cell, id), unit)),
    })),
  };
}

function claimedMetrics({ verdicts, metrics }: Pick<Told, 'verdicts' | 'metrics'>): string[] {
  const claimed = verdicts.flatMap(({ figures }) => figures.map(({ metric }) => metric));
  return claimed.filter((id) => metrics[id] !== undefined);
}

function headingOf({ title, unit }: Pick<MetricText, 'title' | 'unit'>, say: Speech): string {
  return unit === 'share' || unit === 'bit/s' || unit === 'messages' ? title : `${title}, ${say.unit(unit)}`;
}

/** A contestant's cells over one link, from the first point to the last. */
function along(link: string, name: string, cells: readonly Cell[], { points }: Told['scenario']): (Cell | undefined)[] {
  return points.map((point) =>
    cells.find((cell) => cell.link === link && cell.transport === name && cell.point === point.name),
  );
}

/**
 * The first figure that changes along the way, on one scale for all contestants. Of one thing swept alone: of two there is
 * no line.
 */
function shape(link: string, shown: readonly string[], { scenario, cells, metrics, say }: Told): string[] {
  const isLine = scenario.points.every(({ values }) => Object.keys(values).length === 1);
  if (!isLine || scenario.points.length < FEWEST_POINTS_OF_A_SHAPE) return [];
  for (const id of shown) {
    const series = scenario.contestants.map(({ name }) => ({
      name: oneLine(name),
      values: along(link, name, cells, scenario).map((cell) => cell && figureOf(cell, id)),
    }));
    const values = series.flatMap((each) => each.values);
    const largest = Math.max(0, ...values.map((value) => value ?? 0));
    if (largest === 0 || new Set(values).size === 1) continue;
    const { title, unit } = metrics[id] ?? { title: id, unit: '' };
    const width = Math.max(...series.map(({ name }) => stringWidth(name)));
    return [
      '',
      `${say.terminal.shape(title, say.withUnit(largest, unit))}${legendOf(values, say)}`,
      ...series.map((each) => `${padded(each.name, width)}  ${sparkline(each.values, largest)}`),
    ];
  }
  return [];
}

function legendOf(values: readonly (Reading | undefined)[], { terminal }: Speech): string {
  const notReached = values.includes(null) ? terminal.notReachedSign : '';
  return notReached + (values.includes(undefined) ? terminal.notAvailableSign : '');
}
