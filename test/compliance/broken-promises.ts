// The judge of the bad network's tests: what was promised and did not hold, and what was not promised and held all the
// same, which makes a measurement of it worthless.
import type { Promises } from '../../src/core/transport.ts';

/** @param arrived the numbers of the frames in the order of arrival, out of 0 to `sent` - 1 */
export function brokenPromises({ reliable, ordered }: Promises, sent: number, arrived: readonly number[]): string[] {
  const times = new Map<number, number>();
  for (const number of arrived) times.set(number, (times.get(number) ?? 0) + 1);
  const lost = Array.from({ length: sent }, (_, number) => number).filter((number) => !times.has(number));
  const repeated = [...times].filter(([, count]) => count > 1).map(([number]) => number);
  const late = arrived.filter((number, index) => index > 0 && number < arrived[index - 1]!);
  return [
    ...complaint(reliable && lost.length > 0, `it promises to deliver and lost ${lost}`),
    ...complaint(reliable && repeated.length > 0, `it promises to deliver once and repeated ${repeated}`),
    ...complaint(ordered && late.length > 0, `it promises order, and these came after later ones: ${late}`),
    ...complaint(!reliable && lost.length === 0, 'it does not promise to deliver, and lost nothing'),
    ...complaint(!ordered && late.length === 0, 'it does not promise order, and kept it'),
  ];
}

function complaint(isDue: boolean, words: string): string[] {
  return isDue ? [words] : [];
}
