import { expect, test, vi } from 'vitest';
import { seldom } from '../../src/core/seldom.ts';

test('each kind is told at once, and again after a minute with the number of those between', () => {
  let nowNs = 5e9;
  const tell = vi.fn();
  const complain = seldom(tell, () => nowNs);
  for (let count = 0; count < 1000; count++) complain('full', `no room ${count}`);
  complain('gone', 'nobody there');
  expect(tell.mock.calls).toEqual([['no room 0'], ['nobody there']]);
  nowNs += 59.9e9;
  complain('full', 'no room still');
  expect(tell).toHaveBeenCalledTimes(2);
  nowNs += 0.1e9;
  complain('full', 'no room again');
  complain('gone', 'nobody again');
  expect(tell.mock.calls.slice(2)).toEqual([
    ['no room again (and 1000 times since it was last told)'],
    ['nobody again'],
  ]);
});
