// Sentences about figures, from hand-made cells: what holds, what is refuted, and what was not shown.
import { describe, expect, test } from 'vitest';
import { judgeFigures } from '../../../src/bench/figures/figure-verdict.ts';
import type { GrowingCell } from '../../../src/bench/figures/growing-cell.ts';
import type { CellReference, FigureClaim } from '../../../src/bench/scenario/scenario.ts';
import { cellOf, OBSTACLE } from '../made-run.ts';

type Where = Partial<CellReference>;
const ALL: CellReference = { transport: undefined, link: undefined, point: undefined };

function cell(where: Where, delayMs: number | undefined, repetitions = 6): GrowingCell {
  const { transport = 'tcp', link = 'clean', point = '' } = where;
  const one = (r: number) => ({ transport, link, point, delaysMs: [delayMs === undefined ? undefined : delayMs + r] });
  return cellOf(Array.from({ length: repetitions }, (_, r) => one(r)));
}

function claim(test: FigureClaim['test'], of: Where, than: Where | number, metric = 'delay-p50'): FigureClaim {
  const other = typeof than === 'number' ? than : { ...ALL, ...than };
  return { sentence: 'A sentence.', test, metric, of: { ...ALL, ...of }, than: other };
}

const TCP = cell({}, 20);
const UDP = cell({ transport: 'udp' }, 10);
const TWIN = cell({ transport: 'twin' }, 20);
const DEAD: GrowingCell = cellOf([], OBSTACLE);

const judged = (made: FigureClaim, ...cells: GrowingCell[]) => judgeFigures(made, cells, 1);

describe('cell against cell', () => {
  test.each([
    ['above', { transport: 'tcp' }, { transport: 'udp' }, 'held'],
    ['below', { transport: 'tcp' }, { transport: 'udp' }, 'refuted'],
    ['below', { transport: 'udp' }, { transport: 'tcp' }, 'held'],
    ['above', { transport: 'udp' }, { transport: 'tcp' }, 'refuted'],
    ['alike', { transport: 'udp' }, { transport: 'tcp' }, 'refuted'],
    ['alike', { transport: 'twin' }, { transport: 'tcp' }, 'held'],
    ['above', { transport: 'twin' }, { transport: 'tcp' }, 'not-tested'],
  ] as const)('%s: %j than %j is %s', (test, of, than, outcome) => {
    expect(judged(claim(test, of, than), TCP, UDP, TWIN).outcome).toBe(outcome);
  });

  test('carries the claim and the figures, each with its cell', () => {
    expect(judged(claim('above', { transport: 'tcp' }, { transport: 'udp' }), TCP, UDP)).toEqual({
      sentence: 'A sentence.',
      test: 'above',
      transport: '',
      outcome: 'held',
      evidence: [],
      vanishing: [],
      figures: [
        {
          metric: 'delay-p50',
          of: { transport: 'tcp', link: 'clean', point: '' },
          value: 22,
          than: { transport: 'udp', link: 'clean', point: '' },
          thanValue: 12,
          difference: { value: 10, low: 10, high: 10 },
          conclusion: 'more',
        },
      ],
      untested: [],
    });
  });

  test('what is not said of the other is as it is of the first', () => {
    const cells = [
      cell({ link: 'a', point: 'loss 1%' }, 20),
      cell({ link: 'a', point: 'loss 1%', transport: 'udp' }, 10),
      cell({ link: 'b', point: 'loss 1%' }, 50),
      cell({ link: 'b', point: 'loss 1%', transport: 'udp' }, 10),
    ];
    const { figures, outcome } = judged(claim('above', { transport: 'tcp' }, { transport: 'udp' }), ...cells);
    expect(outcome).toBe('held');
    const both = (link: string) => ['tcp', 'udp'].map((transport) => ({ transport, link, point: 'loss 1%' }));
    expect(figures.map(({ of, than }) => [of, than])).toEqual([both('a'), both('b')]);
  });

  test('over two links each had a channel of its own, and repetitions are no pairs', () => {
    // Repetition r of both is later by r: as pairs they would differ by exactly 2 every time.
    const cells = [cell({ link: 'a' }, 10), cell({ link: 'b' }, 12)];
    const { figures } = judged(claim('below', { link: 'a' }, { link: 'b' }), ...cells);
    expect(figures[0]!.difference!.low).not.toBe(figures[0]!.difference!.high);
    const samePair = [cell({ point: 'a' }, 10), cell({ point: 'b' }, 12)];
    const paired = judged(claim('below', { point: 'a' }, { point: 'b' }), ...samePair);
    expect(paired.figures[0]!.difference).toEqual({ value: -2, low: -2, high: -2 });
  });

  test('a cell that the others are set against is not set against itself', () => {
    const { figures, outcome } = judged(claim('above', {}, { transport: 'udp' }), TCP, UDP, TWIN);
    expect([outcome, figures.map(({ of }) => of)]).toEqual(['held', [TCP.name, TWIN.name]]);
  });

  test('what was never reached is above everything', () => {
    const lost = cell({ transport: 'udp' }, undefined);
    expect(judged(claim('above', { transport: 'udp' }, { transport: 'tcp' }), TCP, lost)).toMatchObject({
      outcome: 'held',
      figures: [{ value: null, difference: { value: null } }],
    });
  });
});

describe('several cells', () => {
  const cells = [
    cell({ link: 'a' }, 20),
    cell({ link: 'a', transport: 'udp' }, 10),
    cell({ link: 'b' }, 20),
    cell({ link: 'b', transport: 'udp' }, 20),
  ];
  const above = claim('above', { transport: 'tcp' }, { transport: 'udp' });

  test('hold partly where some show it and none speaks against it', () => {
    expect(judged(above, ...cells).outcome).toBe('partly');
  });

  test('are refuted where one of them is', () => {
    expect(judged(above, ...cells.slice(0, 3), cell({ link: 'b', transport: 'udp' }, 30)).outcome).toBe('refuted');
  });

  test('hold partly where one could not be measured, and it is named', () => {
    const { outcome, untested } = judged(above, ...cells.slice(0, 2), cellOf([{ link: 'b' }].slice(1), OBSTACLE));
    expect(outcome).toBe('held');
    expect(untested).toEqual([]);
    const unavailable = judged(claim('above', {}, 1), TCP, DEAD);
    expect(unavailable.outcome).toBe('partly');
    expect(unavailable.untested).toEqual([{ link: 'clean', point: '', kind: 'not-available' }]);
  });

  test('hold partly where one has nobody to be set against', () => {
    expect(judged(above, ...cells.slice(0, 3)).outcome).toBe('partly');
  });
});

describe('cell against number', () => {
  test.each([
    ['above', 15, 'held'],
    ['above', 30, 'refuted'],
    ['below', 30, 'held'],
    ['below', 15, 'refuted'],
    ['above', 22, 'not-tested'],
    ['alike', 22, 'held'],
    ['alike', 15, 'refuted'],
  ] as const)('%s %i ms is %s', (test, than, outcome) => {
    const verdict = judged(claim(test, {}, than), TCP);
    expect(verdict.outcome).toBe(outcome);
    expect(verdict.figures).toMatchObject([{ of: TCP.name, value: 22, thanValue: than }]);
    expect(verdict.figures[0]).not.toHaveProperty('than');
    expect(verdict.figures[0]).not.toHaveProperty('difference');
  });

  test('what was never reached is above any', () => {
    expect(judged(claim('above', {}, 1e9), cell({}, undefined)).outcome).toBe('held');
  });
});

describe('not tested', () => {
  test('of too few repetitions to conclude anything', () => {
    const few = [cell({}, 20, 3), cell({ transport: 'udp' }, 10, 3)];
    expect(judged(claim('above', { transport: 'tcp' }, { transport: 'udp' }), ...few)).toMatchObject({
      outcome: 'not-tested',
      figures: [{ conclusion: 'not-supported' }],
    });
    expect(judged(claim('above', {}, 1), few[0]!).outcome).toBe('not-tested');
  });

  test('of a figure that nobody has', () => {
    const verdict = judged(claim('above', {}, 1, 'round-trip-p50'), TCP);
    expect([verdict.outcome, verdict.figures]).toEqual(['not-tested', []]);
  });

  test('of cells that measured nothing', () => {
    expect(judged(claim('above', {}, 1), DEAD)).toMatchObject({ outcome: 'not-tested', figures: [] });
  });
});
