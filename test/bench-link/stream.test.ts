import { expect, test } from 'vitest';
import { delaysMs, distinct, overtakers, readStamp, writeStamp } from '../../bench/link/stream.ts';

const arrivals = (number: number[]) => ({ number, sentNs: [], arrivedNs: [] });

test.each([
  [[0, 1, 2, 3], 0],
  [[2, 0, 1, 3], 1], // 2 came before 0 and 1
  [[2, 3, 0, 1], 2],
  [[3, 2, 1, 0], 3],
  [[0, 1, 1, 2], 0], // a copy overtakes nobody
  [[5, 9], 0], // what is lost can't be overtaken
])('in the order %j, %d overtook', (number, count) => {
  expect(overtakers(arrivals(number))).toBe(count);
});

test('a copy is the same datagram', () => expect(distinct(arrivals([0, 1, 1, 3]))).toBe(3));

test('a stamp survives its way, and the delay is the difference', () => {
  const bytes = Buffer.alloc(64);
  writeStamp(bytes, 99_999, 1.5e15);
  expect(readStamp(bytes)).toEqual({ number: 99_999, sentNs: 1.5e15 });
  expect(delaysMs({ number: [0], sentNs: [1e9], arrivedNs: [1.02e9] })).toEqual([20]);
});
