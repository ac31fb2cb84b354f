// What differs between the contestants besides the transport, as a table.
import type { FairnessValue } from '../src/bench/result.ts';
import type { FigureTable } from './figure-tables.ts';
import type { Speech } from './language/speech.ts';
import type { Told } from './language/told.ts';

/** Undefined where nothing is known. */
export function fairnessTable({ fairness, scenario, say }: Told): Omit<FigureTable, 'title' | 'note'> | undefined {
  if (fairness.length === 0) return undefined;
  const names = scenario.contestants.map(({ name }) => name);
  const rows = fairness.map(({ what, values }) => [
    say.fairness.topics[what],
    ...names.map((name) => valueWords(values[name], say)),
  ]);
  return { head: ['', ...names], rows, words: 1 + names.length };
}

function valueWords(value: FairnessValue | undefined, say: Speech): string {
  if (value === undefined) return '';
  switch (value.kind) {
    case 'name':
      return value.name;
    case 'number':
      return say.count(value.value);
    case 'bytes-asked':
      return say.fairness.bytesAsked(say.plural(value.bytes, 'byte'));
    case 'span': {
      const [least, most] = [say.milliseconds(value.least), say.milliseconds(value.most)];
      return least === most ? least : say.figures.range(least, most);
    }
    default:
      return say.fairness.words[value.kind];
  }
}
