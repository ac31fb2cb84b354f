// Who writes to whom.
import { describe, expect, test } from 'vitest';
import { flowsOf } from '../../../src/bench/load/flows.ts';
import { flowCount, PATTERNS } from '../../../src/bench/scenario/workload.ts';

const wordsOf = (pattern: (typeof PATTERNS)[number], users: number) =>
  flowsOf({ pattern, users })
    .map(({ from, to }) => `${from}>${to}`)
    .join(' ');

test.each([
  ['pairs', 6, '0>3 1>4 2>5'],
  ['ring', 4, '0>1 1>2 2>3 3>0'],
  ['fan-in', 4, '1>0 2>0 3>0'],
  ['fan-out', 4, '0>1 0>2 0>3'],
  ['all-to-all', 3, '0>1 1>2 2>0 0>2 1>0 2>1'],
  ['ring', 2, '0>1 1>0'],
  ['fan-in', 2, '1>0'],
] as const)('%s among %i users', (pattern, users, words) => {
  expect(wordsOf(pattern, users)).toBe(words);
});

describe.each(PATTERNS)('%s', (pattern) => {
  test.each([2, 4, 10, 50])(
    'among %i users has as many flows as are counted, none twice, and nobody writes to himself',
    (users) => {
      const flows = flowsOf({ pattern, users });
      expect(flows).toHaveLength(flowCount({ pattern, users }));
      expect(new Set(flows.map(({ from, to }) => from * users + to)).size).toBe(flows.length);
      for (const { from, to } of flows) {
        expect(from).not.toBe(to);
        expect([from, to].every((user) => user >= 0 && user < users)).toBe(true);
      }
    },
  );
});

test('all to all goes turn by turn: in one turn each writes to one other, and no two to the same', () => {
  const users = 7;
  const flows = flowsOf({ pattern: 'all-to-all', users });
  for (let turn = 0; turn < users - 1; turn++) {
    const now = flows.slice(turn * users, (turn + 1) * users);
    expect(now.map(({ from }) => from)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(new Set(now.map(({ to }) => to)).size).toBe(users);
  }
});
