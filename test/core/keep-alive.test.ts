import { describe, expect, test } from 'vitest';
import { KeepAlive, type KeepAliveVerdict, sweepIntervalMs } from '../../src/core/keep-alive.ts';
import { DEFAULT_TIMING } from '../../src/core/transport.ts';

const TIMING = { ...DEFAULT_TIMING, keepAliveMs: 100, idleLimitMs: 400, joinDeadlineMs: 1_000 };
const START_NS = 5e12;

/** Sweeps every 20 ms of virtual time; `live` says what happens before each sweep. Answers the verdicts by their time. */
function run(untilMs: number, live: (atMs: number, keepAlive: KeepAlive) => void): [number, KeepAliveVerdict][] {
  const keepAlive = new KeepAlive(START_NS);
  const verdicts: [number, KeepAliveVerdict][] = [];
  for (let atMs = 20; atMs <= untilMs; atMs += 20) {
    live(atMs, keepAlive);
    const verdict = keepAlive.sweep(START_NS + atMs * 1e6, TIMING);
    if (verdict !== 'well') verdicts.push([atMs, verdict]);
    if (verdict === 'speak') keepAlive.spoke = true;
    if (verdict === 'silent') break;
  }
  return verdicts;
}

describe('a channel', () => {
  test('on which nothing happens speaks, and is given up once the idle limit is passed', () => {
    expect(run(1_000, () => {})).toEqual([
      [100, 'speak'],
      [220, 'speak'],
      [340, 'speak'],
      [420, 'silent'],
    ]);
  });

  test('that hears lives for ever', () => {
    const verdicts = run(5_000, (atMs, keepAlive) => {
      if (atMs % 400 === 0) keepAlive.heard = true;
    });
    expect(verdicts.length).toBeGreaterThan(30);
    expect(new Set(verdicts.map(([, verdict]) => verdict))).toEqual(new Set(['speak']));
  });

  test('that speaks by itself need not be made to', () => {
    const verdicts = run(400, (_, keepAlive) => {
      keepAlive.spoke = true;
    });
    expect(verdicts).toEqual([]);
  });

  test('that speaks and hears nothing is given up all the same', () => {
    const verdicts = run(1_000, (_, keepAlive) => {
      keepAlive.spoke = true;
    });
    expect(verdicts).toEqual([[420, 'silent']]);
  });

  test('is not given up by who was stopped himself, or whose clock has stepped, but by who then listens in vain', () => {
    const keepAlive = new KeepAlive(0);
    const sweeps = [100, 5_100, 5_200, 5_300, 5_400, 5_420];
    expect(sweeps.map((atMs) => keepAlive.sweep(atMs * 1e6, TIMING))).toEqual([
      'speak',
      'speak',
      'speak',
      'speak',
      'speak',
      'silent',
    ]);
  });

  test('that heard something while its process was stopped is not given more time for that', () => {
    const keepAlive = new KeepAlive(0);
    keepAlive.heard = true;
    const sweeps = [5_000, 5_100, 5_200, 5_300, 5_400, 5_420];
    expect(sweeps.map((atMs) => keepAlive.sweep(atMs * 1e6, TIMING)).at(-1)).toBe('silent');
  });

  test('that could not speak is told to again', () => {
    const keepAlive = new KeepAlive(0);
    expect([100, 120].map((atMs) => keepAlive.sweep(atMs * 1e6, TIMING))).toEqual(['speak', 'speak']);
  });
});

test.each([
  [{}, 1_250],
  [{ keepAliveMs: 100 }, 25],
  [{ idleLimitMs: 200 }, 50],
  [{ joinDeadlineMs: 400 }, 100],
  [{ keepAliveMs: 1 }, 10],
  [{ keepAliveMs: 0 }, 10],
  [{ keepAliveMs: Number.POSITIVE_INFINITY }, 1_250],
  [
    {
      keepAliveMs: Number.POSITIVE_INFINITY,
      idleLimitMs: Number.POSITIVE_INFINITY,
      joinDeadlineMs: Number.POSITIVE_INFINITY,
    },
    60_000,
  ],
])('with %j, channels are swept every %d ms', (changes, intervalMs) => {
  expect(sweepIntervalMs({ ...DEFAULT_TIMING, ...changes })).toBe(intervalMs);
});
