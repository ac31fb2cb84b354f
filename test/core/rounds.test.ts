import { expect, test } from 'vitest';
import { Rounds } from '../../src/core/rounds.ts';

function rounds(members: Set<number>, parts: number) {
  const all = new Rounds(members, parts);
  return () => {
    const had: number[] = [];
    all.next((member) => had.push(member));
    return had;
  };
}

const upTo = (count: number) => new Set(Array.from({ length: count }, (_, at) => at));

test('everybody has one turn in a round, a part at a time', () => {
  const next = rounds(upTo(8), 4);
  expect([1, 2, 3, 4].map(next)).toEqual([
    [0, 1],
    [2, 3],
    [4, 5],
    [6, 7],
  ]);
  expect(next()).toEqual([]);
  expect(next()).toEqual([0, 1]);
});

test('a few are not made to wait for their part', () => {
  const next = rounds(upTo(1), 16);
  expect([next(), next(), next()]).toEqual([[0], [], [0]]);
});

test('who has gone has no turn, and who comes has one', () => {
  const members = upTo(4);
  const next = rounds(members, 2);
  expect(next()).toEqual([0, 1]);
  members.delete(2);
  members.add(9);
  expect(next()).toEqual([3, 9]);
});

test('one who goes in his own turn costs nobody else his', () => {
  const members = upTo(4);
  const all = new Rounds(members, 1);
  const had: number[] = [];
  all.next((member) => {
    had.push(member);
    members.delete(member);
  });
  expect(had).toEqual([0, 1, 2, 3]);
});

test('of nobody nobody has a turn', () => {
  expect(rounds(new Set(), 4)()).toEqual([]);
});
