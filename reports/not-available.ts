// What has no figures, and why: cells that the backend can't measure, and repetitions that did not come to their end.
import type { Told } from './language/told.ts';
import { obstacleWords } from './reason-words.ts';

export function notAvailableLines({ cells, say }: Told): string[] {
  return cells.flatMap((cell) => {
    const name = say.cell(cell);
    return [
      ...(cell.notAvailable === undefined ? [] : [`${name}: ${obstacleWords(cell.notAvailable, say)}`]),
      ...cell.repetitions.flatMap(({ number, outcome }) =>
        outcome.kind === 'failed' ? [`${name}, ${say.reasons.repetitionFailed(String(number), outcome.why)}`] : [],
      ),
    ];
  });
}
