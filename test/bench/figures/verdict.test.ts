// A sentence about what a transport promises, and what was counted: its outcome, and what a verdict carries besides.
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/bench/figures/verdict.ts';
import type { Cell } from '../../../src/bench/result.ts';
import type { PromiseClaim } from '../../../src/bench/scenario/scenario.ts';
import { cellOf, OBSTACLE } from '../made-run.ts';
import { recordOf } from '../record/records.ts';

/** A cell in which three messages were sent, and these came in this order. */
function cell(link: string, order: readonly number[], { transport = 'udp', damaged = 0, point = '' } = {}): Cell {
  const record = {
    ...recordOf({ plannedNs: [0, 1, 2], arrivals: order.map((message, at) => [message, 10 + at]) }),
    damaged,
  };
  return cellOf([{ transport, link, point, record }]).cell(undefined);
}

const claimOf = (test: PromiseClaim['test']): PromiseClaim => ({ sentence: 'A sentence.', test, transport: 'udp' });
const delivers = claimOf('delivers-everything');
const mayLose = claimOf('may-lose-or-reorder');
const noConnection = claimOf('no-connection');

const perfect = cell('a', [0, 1, 2]);
const reordered = cell('b', [1, 0, 2]);
const lossy = cell('c', [0]);
const unavailable: Cell = { transport: 'udp', link: 'far', point: '', notAvailable: OBSTACLE, repetitions: [] };
const unmeasured: Cell = { transport: 'udp', link: 'dead', point: 'loss 1%', repetitions: [] };

describe('the outcome', () => {
  test.each<[string, PromiseClaim, Cell[], string]>([
    ['everything came', delivers, [perfect], 'held'],
    ['something overtook', delivers, [perfect, reordered], 'refuted'],
    ['something was lost', delivers, [lossy], 'refuted'],
    ['a copy came too many', delivers, [cell('d', [0, 1, 2, 2])], 'refuted'],
    ['something was damaged', delivers, [cell('d', [0, 1, 2], { damaged: 1 })], 'refuted'],
    ['it could not be tried everywhere', delivers, [perfect, unavailable], 'partly'],
    ['it was refuted, and could not be tried everywhere', delivers, [lossy, unavailable], 'refuted'],
    ['it could be tried nowhere', delivers, [unavailable], 'not-tested'],
    ['only another transport was tried', delivers, [cell('a', [0, 1, 2], { transport: 'tcp' })], 'not-tested'],
    ['it lost and was overtaken', mayLose, [lossy, reordered], 'held'],
    ['it lost and was overtaken, and could not be tried everywhere', mayLose, [lossy, reordered, unavailable], 'held'],
    ['it only lost', mayLose, [lossy, perfect], 'partly'],
    ['it was only overtaken', mayLose, [perfect, reordered], 'partly'],
    ['it did neither', mayLose, [perfect], 'not-tested'],
    ['nobody looked', noConnection, [perfect], 'not-tested'],
  ])('where %s', (_what, claim, cells, outcome) => {
    expect(judge(claim, cells, []).outcome).toBe(outcome);
  });

  test.each([
    ['udp', null, 'held'],
    ['udp', 3, 'refuted'],
    ['tcp', null, 'not-tested'],
  ])('of a server that vanished under %s, noticed after %s ms', (transport, noticedAfterMs, outcome) => {
    expect(judge(noConnection, [], [{ transport, watchedMs: 1000, noticedAfterMs }]).outcome).toBe(outcome);
  });
});

describe('a verdict', () => {
  test('carries the claim, and the counts of its own transport alone', () => {
    const cells = [cell('a', [], { transport: 'tcp' }), cell('a', [0, 2, 1, 1], { damaged: 4 })];
    expect(judge(delivers, cells, [])).toEqual({
      ...delivers,
      outcome: 'refuted',
      evidence: [{ link: 'a', point: '', sent: 3, lost: 0, duplicates: 1, reordered: 1, damaged: 4 }],
      vanishing: [],
      figures: [],
      untested: [],
    });
  });

  test('names the point of a sweep beside the link', () => {
    const { evidence } = judge(delivers, [cell('a', [0, 1, 2], { point: 'loss 1%' })], []);
    expect(evidence).toMatchObject([{ link: 'a', point: 'loss 1%' }]);
  });

  test('says of each link that was not seen whether it could not be, or came to nothing', () => {
    expect(judge(delivers, [perfect, unavailable, unmeasured], []).untested).toEqual([
      { link: 'far', point: '', kind: 'not-available' },
      { link: 'dead', point: 'loss 1%', kind: 'not-measured' },
    ]);
  });

  test('of a vanished server misses no link of the scenario: it was seen over one of its own', () => {
    const seen = [{ transport: 'udp', watchedMs: 1000, noticedAfterMs: null }];
    expect(judge(noConnection, [unavailable, unmeasured], seen)).toMatchObject({ outcome: 'held', untested: [] });
  });
});
