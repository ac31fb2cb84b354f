import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueQueue } from '../../src/link/due-queue.ts';

test('the earliest is the first out, and of equals the first in', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (dues) => {
      const queue = dueQueue<{ due: number; serial: number }>();
      for (const [serial, due] of dues.entries()) queue.push(due, { due, serial });
      const out = dues.map(() => queue.pop()!);
      expect(out).toEqual(out.toSorted((a, b) => a.due - b.due || a.serial - b.serial));
      expect(out.map(({ due }) => due).toSorted((a, b) => a - b)).toEqual(dues.toSorted((a, b) => a - b));
      expect(queue.pop()).toBeUndefined();
    }),
  );
});

test('it knows its size and what comes next, also between pushes and pops', () => {
  const queue = dueQueue<string>();
  expect(queue.nextDueNs).toBe(Number.POSITIVE_INFINITY);
  queue.push(5, 'five');
  queue.push(3, 'three');
  expect([queue.size, queue.nextDueNs]).toEqual([2, 3]);
  expect(queue.pop()).toBe('three');
  queue.push(4, 'four');
  expect(queue.pop()).toBe('four');
  queue.clear();
  expect([queue.size, queue.pop()]).toEqual([0, undefined]);
});
