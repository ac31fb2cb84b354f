// What a sequence number tells of a message that came.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrived, departed, type Mark, type Senders } from '../../../cli/chat/model/arrivals.ts';

type Arrival = readonly [from: string, sequence: number];

function all(arrivals: readonly Arrival[]): { senders: Senders; marks: (Mark | undefined)[] } {
  let senders: Senders = new Map();
  const marks = arrivals.map(([from, sequence]) => {
    const next = arrived(senders, from, sequence);
    senders = next.senders;
    return next.mark;
  });
  return { senders, marks };
}

const ofRui = (...sequences: number[]) => all(sequences.map((sequence) => ['Rui', sequence])).marks;

describe('of one sender', () => {
  test.each([
    ['the first, whatever its number', [7], [undefined]],
    ['one after another', [1, 2, 3], [undefined, undefined, undefined]],
    ['a gap, which proves nothing', [1, 5, 9], [undefined, undefined, undefined]],
    ['what comes below the highest', [1, 3, 2, 4], [undefined, undefined, 'out-of-order', undefined]],
    ['the highest again', [1, 1], [undefined, 'duplicate']],
    ['what was out of order, again', [3, 2, 2], [undefined, 'out-of-order', 'duplicate']],
    [
      'what was in order, again and later',
      [1, 2, 3, 1, 1],
      [undefined, undefined, undefined, 'duplicate', 'duplicate'],
    ],
    ['far below the highest', [50_000, 1], [undefined, 'out-of-order']],
  ] as const)('%s', (_what, sequences, marks) => expect(ofRui(...sequences)).toEqual(marks));

  test('remembers its last thousand numbers, and not all that there ever were', () => {
    const seen = new Set(Array.from({ length: 1_000 }, (_, at) => at + 1));
    const { senders, mark } = arrived(new Map([['Rui', { highest: 1_000, seen }]]), 'Rui', 1_050);
    expect(mark).toBeUndefined();
    expect(senders.get('Rui')!.seen.size).toBeLessThanOrEqual(1_000);
    expect(arrived(senders, 'Rui', 51).mark).toBe('duplicate');
    expect(arrived(senders, 'Rui', 1_049).mark).toBe('out-of-order');
  });
});

test('each sender counts for itself', () => {
  const { marks } = all([
    ['Rui', 5],
    ['Zoe', 1],
    ['Rui', 5],
    ['Zoe', 2],
  ]);
  expect(marks).toEqual([undefined, undefined, 'duplicate', undefined]);
});

test('a sender who left begins anew, and nobody else does', () => {
  const { senders } = all([
    ['Rui', 5],
    ['Zoe', 5],
  ]);
  const without = departed(senders, 'Rui');
  expect(arrived(without, 'Rui', 1).mark).toBeUndefined();
  expect(arrived(without, 'Zoe', 1).mark).toBe('out-of-order');
  expect(departed(without, 'Rui')).toBe(without);
});

test('what was known before stays as it was', () => {
  const { senders } = all([['Rui', 2]]);
  arrived(senders, 'Rui', 1);
  arrived(senders, 'Zoe', 1);
  expect([...senders.keys()]).toEqual(['Rui']);
  expect([...senders.get('Rui')!.seen]).toEqual([2]);
});

test('every number of every sender is new exactly once, and out of order where a higher one came before it', () => {
  const arrivals = fc.array(fc.tuple(fc.constantFrom('Rui', 'Zoe', '__proto__'), fc.integer({ min: 1, max: 30 })));
  fc.assert(
    fc.property(arrivals, (list) => {
      const expected = list.map(([from, sequence], at): Mark | undefined => {
        const before = list.slice(0, at).flatMap(([name, number]) => (name === from ? [number] : []));
        if (before.includes(sequence)) return 'duplicate';
        return before.some((number) => number > sequence) ? 'out-of-order' : undefined;
      });
      expect(all(list).marks).toEqual(expected);
    }),
  );
});
