// Goodput beside what theory says of it, point by point, with a bar each so that the curve is seen.
import type { RunResult } from '../src/bench/result.ts';
import { figureOf, placeOf } from './figure-of.ts';
import { table } from './markdown-table.ts';
import { reading } from './numbers.ts';

export function model({ cells }: RunResult): string {
  const known = cells.flatMap((cell) => {
    const { prediction } = cell;
    const measured = figureOf(cell, 'goodput');
    return prediction === undefined || typeof measured !== 'number' ? [] : [{ cell, prediction, measured }];
  });
  const [first] = known;
  if (first === undefined) return '';
  const largest = Math.max(...known.flatMap(({ measured, prediction }) => [measured, prediction.goodputBitsPerSecond]));
  const rows = known.map(({ cell, prediction: { goodputBitsPerSecond: predicted }, measured }) => [
    placeOf(cell, true),
    cell.transport,
    reading(measured, 'bit/s'),
    reading(predicted, 'bit/s'),
    (measured / predicted).toFixed(2),
    bar(measured, largest),
    bar(predicted, largest),
  ]);
  const head = ['link', 'transport', 'goodput', 'model', 'ratio', 'measured', 'predicted'];
  const note = `${first.prediction.name} (${first.prediction.source}): MSS / RTT · √(3/2) / √p.`;
  return ['## Beside the model', note, table(head, rows)].join('\n\n');
}

const BAR_LENGTH = 20;

function bar(value: number, largest: number): string {
  return '█'.repeat(Math.max(1, Math.round((value / largest) * BAR_LENGTH)));
}
