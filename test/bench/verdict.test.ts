// What a verdict carries besides its outcome: the counts, the links that were not seen, and nothing of other transports.
import { expect, test } from 'vitest';
import { figuresOf } from '../../src/bench/figures.ts';
import type { Cell } from '../../src/bench/result.ts';
import type { Claim } from '../../src/bench/scenario.ts';
import { judge } from '../../src/bench/verdict.ts';
import { recordOf } from './records.ts';

const SETTINGS = { waitingMs: 1000, bodyBytes: 100 };

function cell(transport: string, link: string, order: readonly number[], damaged = 0): Cell {
  const record = {
    ...recordOf({ plannedNs: [0, 1, 2], arrivals: order.map((message, at) => [message, 10 + at]) }),
    damaged,
  };
  return { transport, link, repetitions: [], figures: figuresOf([{ record, setUpsMs: [] }], SETTINGS) };
}

const claimOf = (test: Claim['test'], transport = 'udp'): Claim => ({ sentence: 'A sentence.', test, transport });
const unavailable: Cell = { transport: 'udp', link: 'far', notAvailable: 'no packets', repetitions: [] };
const unmeasured: Cell = { transport: 'udp', link: 'dead', repetitions: [] };

test('carries the claim, and the counts of its own transport alone', () => {
  const verdict = judge(claimOf('delivers-everything'), [cell('tcp', 'a', []), cell('udp', 'a', [0, 2, 1, 1])], []);
  expect(verdict).toEqual({
    ...claimOf('delivers-everything'),
    outcome: 'refuted',
    evidence: [{ link: 'a', sent: 3, lost: 0, duplicates: 1, reordered: 1, damaged: 0 }],
    vanishing: [],
    untested: [],
  });
});

test.each<[string, readonly number[], number]>([
  ['a copy too many', [0, 1, 2, 2], 0],
  ['damage', [0, 1, 2], 1],
])('%s alone refutes that everything is delivered', (_what, order, damaged) => {
  expect(judge(claimOf('delivers-everything'), [cell('udp', 'a', order, damaged)], []).outcome).toBe('refuted');
});

test('says of each link that was not seen whether it could not be, or came to nothing', () => {
  const { untested, outcome } = judge(
    claimOf('delivers-everything'),
    [cell('udp', 'a', [0, 1, 2]), unavailable, unmeasured],
    [],
  );
  expect(outcome).toBe('partly');
  expect(untested).toEqual([
    { link: 'far', kind: 'not-available', why: 'no packets' },
    { link: 'dead', kind: 'not-measured', why: 'no repetition was completed' },
  ]);
});

test('a link that was not seen takes nothing from a fault that was', () => {
  expect(judge(claimOf('delivers-everything'), [cell('udp', 'a', [0]), unavailable], []).outcome).toBe('refuted');
});

test('the end of the server is seen over no link of the scenario, so none of them is missed', () => {
  const seen = [{ transport: 'udp', watchedMs: 1000, noticedAfterMs: null }];
  expect(judge(claimOf('no-connection'), [unavailable, unmeasured], seen)).toMatchObject({
    outcome: 'held',
    untested: [],
  });
});

test('the end of the server under another transport says nothing of this one', () => {
  const seen = [{ transport: 'tcp', watchedMs: 1000, noticedAfterMs: null }];
  expect(judge(claimOf('no-connection'), [], seen).outcome).toBe('not-tested');
});
