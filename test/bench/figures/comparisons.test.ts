// Two contestants over one channel, by hand: figures, and message against message.
import { describe, expect, test } from 'vitest';
import { compareCells, inBoth } from '../../../src/bench/figures/comparisons.ts';
import { GrowingCell } from '../../../src/bench/figures/growing-cell.ts';
import { cellOf, measuredTrial } from '../made-run.ts';

const SEED = 1;

/** Six repetitions of these delays, repetition r later by r ms. */
function cell(transport: string, delaysMs: readonly (number | undefined)[], repetitions = 6): GrowingCell {
  return cellOf(
    Array.from({ length: repetitions }, (_, r) => ({
      transport,
      delaysMs: delaysMs.map((ms) => (ms === undefined ? undefined : ms + r)),
    })),
  );
}

const compared = (a: GrowingCell, b: GrowingCell, isClosedLoop = false) => compareCells(a, b, isClosedLoop, SEED)!;

describe('figures', () => {
  test('are the other minus the baseline, and the other over it', () => {
    const { baseline, other, link, point, figures } = compared(cell('tcp', [20, 20]), cell('udp', [10, 10]));
    expect([baseline, other, link, point]).toEqual(['tcp', 'udp', 'clean', '']);
    expect(figures['delay-p50']).toMatchObject({ difference: { value: -10, low: -10, high: -10 }, conclusion: 'less' });
    expect(figures['delay-p50']!.ratio!.value).toBeCloseTo(12 / 22);
  });

  test.each([
    ['more', [10, 10], [20, 20], 'more'],
    ['no different from itself', [10, 10], [10, 10], 'no-difference'],
    ['more where it was not reached', [10, 10], [undefined, undefined], 'more'],
  ])('conclude that one is %s', (_what, a, b, conclusion) => {
    expect(compared(cell('tcp', a), cell('udp', b)).figures['delay-p50']!.conclusion).toBe(conclusion);
  });

  test('conclude nothing from too few repetitions, and say so', () => {
    const { conclusion, why } = compared(cell('tcp', [10], 3), cell('udp', [20], 3)).figures['delay-p50']!;
    expect([conclusion, why]).toEqual([
      'not-supported',
      { kind: 'too-few-repetitions', repetitions: 3, least: 6, confidence: 0.95 },
    ]);
  });

  test('that one side does not have are not there', () => {
    const { figures } = compared(cell('tcp', [10, 10]), cell('udp', [undefined, undefined]));
    expect(figures).toHaveProperty('loss');
    expect(figures).not.toHaveProperty('goodput');
    expect(figures).not.toHaveProperty('round-trip-p50');
  });
});

describe('repetitions', () => {
  const numbered = (transport: string, ...numbers: number[]) => {
    const made = new GrowingCell({ transport, link: 'clean', point: '' });
    for (const repetition of numbers) made.add(measuredTrial({ transport, repetition, delaysMs: [repetition] }));
    return made;
  };

  test('are set side by side by their numbers, and one that only one side has is left out', () => {
    const both = inBoth(numbered('tcp', 3, 1, 2).kept, numbered('udp', 2, 4, 3).kept);
    expect(both.map(([own, other]) => [own.number, other.number])).toEqual([
      [3, 3],
      [2, 2],
    ]);
  });

  test('of which both have none make no comparison', () => {
    expect(compareCells(numbered('tcp', 1), numbered('udp', 2), false, SEED)).toBeUndefined();
    expect(compareCells(numbered('tcp'), numbered('udp', 2), false, SEED)).toBeUndefined();
  });
});

describe('message against message', () => {
  test('who was earlier, by how much, and who alone delivered', () => {
    // The other is earlier twice, later once, alone once; one is lost by both, and one alike.
    const { pairs } = compared(
      cell('tcp', [20, 20, 10, undefined, undefined, 5]),
      cell('udp', [10, 15, 40, 7, undefined, 5]),
    );
    const figureOf = (name: string) => pairs!.figures[name]?.value;
    expect([figureOf('other-earlier'), figureOf('baseline-earlier'), figureOf('tied')]).toEqual([3 / 5, 1 / 5, 1 / 5]);
    expect([figureOf('only-other'), figureOf('only-baseline')]).toEqual([1 / 6, 0]);
    expect(figureOf('baseline-ahead-p50')).toBe(30);
    expect(figureOf('only-other-delay-p50')).toBe(9);
    expect(figureOf('only-baseline-delay-p50')).toBeUndefined();
    expect(pairs!.differenceMs['0.5']).toBe(5);
    expect(pairs!.differenceMs['0.99']).toBeNull();
  });

  test('has no sense where a closed loop decides when messages are sent', () => {
    expect(compared(cell('tcp', [1]), cell('udp', [2]), true)).not.toHaveProperty('pairs');
  });

  test('nor where the two did not send the same messages', () => {
    expect(compared(cell('tcp', [1]), cell('udp', [2, 3]))).not.toHaveProperty('pairs');
  });
});
