// Planned instants in controlled time: never early, never skipped, and everything that was missed at once.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pace } from '../../../src/bench/worker/pacer.ts';

const MS = 1e6;
let stallNs = 0;
/** Follows the faked timers, and jumps where the test says that the machine stalled. */
const clock = () => performance.now() * MS + stallNs;

beforeEach(() => {
  stallNs = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'] });
});
afterEach(() => void vi.useRealTimers());

function schedule(dueMs: readonly number[], act: (index: number) => void = () => {}) {
  const fromNs = clock();
  const acted: [index: number, atMs: number][] = [];
  const controller = new AbortController();
  let next = 0;
  const plan = {
    nextNs: () => (next < dueMs.length ? fromNs + dueMs[next]! * MS : undefined),
    act: () => {
      const index = next++;
      acted.push([index, Math.round((clock() - fromNs) / MS)]);
      act(index);
    },
  };
  const ended = pace(plan, { clock, signal: controller.signal });
  return { acted, ended, controller };
}

describe('acts', () => {
  test('at every instant, and not before it', async () => {
    const { acted, ended } = schedule([0, 5, 5, 40]);
    expect(acted).toEqual([[0, 0]]);
    await vi.advanceTimersByTimeAsync(4);
    expect(acted).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(100);
    await ended;
    expect(acted).toEqual([
      [0, 0],
      [1, 5],
      [2, 5],
      [3, 40],
    ]);
  });

  test('at once on all that a stall of the machine made late, in order', async () => {
    const { acted, ended } = schedule([10, 20, 30, 1000]);
    stallNs = 500 * MS;
    await vi.advanceTimersByTimeAsync(20);
    expect(acted.map(([index]) => index)).toEqual([0, 1, 2]);
    await vi.advanceTimersByTimeAsync(500);
    await ended;
    expect(acted.at(-1)).toEqual([3, 1000]);
  });

  test('never, where nothing is planned', async () => {
    const { acted, ended } = schedule([]);
    await ended;
    expect(acted).toEqual([]);
  });
});

describe('ends', () => {
  test('at once when it is told to, and does nothing after that', async () => {
    const { acted, ended, controller } = schedule([0, 60_000]);
    controller.abort();
    await ended;
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(acted).toHaveLength(1);
  });

  test('before it began, where it was told so before', async () => {
    const act = vi.fn();
    await pace({ nextNs: () => clock() - 1, act }, { clock, signal: AbortSignal.abort() });
    expect(act).not.toHaveBeenCalled();
  });

  test('with what its act throws', async () => {
    const { ended, acted } = schedule([0, 1, 2], (index) => {
      if (index === 1) throw new Error('no more');
    });
    const failure = expect(ended).rejects.toThrow('no more');
    await vi.advanceTimersByTimeAsync(10);
    await failure;
    expect(acted).toHaveLength(2);
  });
});
