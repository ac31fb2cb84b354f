// What has no figures, and why: cells that the backend can't measure, and repetitions that did not come to their end.
import type { Cell } from '../src/bench/result.ts';
import { placeOf } from './figure-of.ts';

export function notAvailableLines(cells: readonly Cell[]): string[] {
  return cells.flatMap((cell) => {
    const name = `${placeOf(cell, true)} over ${cell.transport}`;
    return [
      ...(cell.notAvailable === undefined ? [] : [`${name}: ${cell.notAvailable}`]),
      ...cell.repetitions.flatMap(({ number, outcome }) =>
        outcome.kind === 'failed' ? [`${name}, repetition ${number}, failed: ${outcome.why}`] : [],
      ),
    ];
  });
}
