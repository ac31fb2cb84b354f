// tinybench over the cases, and a table of what it found.
import Table from 'cli-table3';
import { Bench } from 'tinybench';
import { CallerError } from '../../src/core/errors.ts';
import { microCases } from './cases.ts';

interface MicroFigure {
  readonly name: string;
  readonly nsPerItem: number;
  readonly itemsPerSecond: number;
  /** Half the width of the 95 % interval of the mean, in percent of it. */
  readonly marginPercent: number;
}

export async function runMicro({ time, json }: { time: number; json: boolean }): Promise<void> {
  if (!(time >= 1 && time <= 60_000))
    throw new CallerError(`--time ${time} is not allowed. Give 1 to 60000 milliseconds.`);
  const cases = microCases();
  const bench = new Bench({ time, warmupTime: Math.min(100, time) });
  for (const { name, call } of cases) bench.add(name, () => void call());
  await bench.run();
  const figures = cases.flatMap(({ name, perCall }): MicroFigure[] => {
    const result = bench.getTask(name)?.result;
    if (result === undefined || !('latency' in result)) return [];
    const nsPerItem = (result.latency.p50 * 1e6) / perCall;
    return [{ name, nsPerItem, itemsPerSecond: 1e9 / nsPerItem, marginPercent: result.latency.rme }];
  });
  console.log(json ? JSON.stringify(figures, null, 2) : tableOf(figures));
}

function tableOf(figures: readonly MicroFigure[]): string {
  const table = new Table({
    head: ['operation', 'ns each (median)', 'per second', '± % of mean'],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const { name, nsPerItem, itemsPerSecond, marginPercent } of figures) {
    table.push([
      name,
      nsPerItem.toFixed(1),
      Math.round(itemsPerSecond).toLocaleString('en-US'),
      marginPercent.toFixed(1),
    ]);
  }
  return table.toString();
}
