// Goodput beside what theory says of it, point by point, with a bar each so that the curve is seen.
import { figureOf, placeOf } from './figure-of.ts';
import type { Told } from './language/told.ts';
import { table } from './markdown-table.ts';

export function model({ cells, say }: Told): string {
  const known = cells.flatMap((cell) => {
    const { prediction } = cell;
    const measured = figureOf(cell, 'goodput');
    return prediction === undefined || typeof measured !== 'number' ? [] : [{ cell, prediction, measured }];
  });
  if (known.length === 0) return '';
  const largest = Math.max(...known.flatMap(({ measured, prediction }) => [measured, prediction.goodputBitsPerSecond]));
  const rows = known.map(({ cell, prediction: { goodputBitsPerSecond: predicted }, measured }) => [
    placeOf(cell, true),
    cell.transport,
    say.reading(measured, 'bit/s'),
    say.reading(predicted, 'bit/s'),
    say.reading(measured / predicted, 'ratio'),
    bar(measured, largest),
    bar(predicted, largest),
  ]);
  const { model: title, modelNote, modelColumns } = say.ledger;
  return [`## ${title}`, modelNote, table(modelColumns, rows)].join('\n\n');
}

const BAR_LENGTH = 20;

function bar(value: number, largest: number): string {
  return '█'.repeat(Math.max(1, Math.round((value / largest) * BAR_LENGTH)));
}
