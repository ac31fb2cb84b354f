// From records to figures to verdicts, by hand.
import { describe, expect, test } from 'vitest';
import { figuresOf } from '../../src/bench/figures.ts';
import { planTrials } from '../../src/bench/plan.ts';
import { readProbe, SMALLEST_PROBE_BYTES, writeProbe } from '../../src/bench/probe.ts';
import { ArrivalLog, mergeRecords } from '../../src/bench/record.ts';
import type { Cell } from '../../src/bench/result.ts';
import type { Claim } from '../../src/bench/scenario.ts';
import { scheduleFor } from '../../src/bench/schedule.ts';
import { judge } from '../../src/bench/verdict.ts';
import { recordOf } from './records.ts';
import { introScenario } from './scenarios.ts';

const SETTINGS = { waitingMs: 1000, bodyBytes: 100 };
const MS = 1e6;

describe('figures', () => {
  test('of two repetitions together: lost, again, out of order, late', () => {
    const first = recordOf({
      plannedNs: [0, 10 * MS, 20 * MS],
      arrivals: [
        [0, 5 * MS],
        [2, 26 * MS],
        [1, 27 * MS],
        [0, 30 * MS],
      ],
    });
    const second = recordOf({
      plannedNs: [0, 10 * MS],
      arrivals: [
        [1, 14 * MS],
        [0, 1001 * MS],
      ],
    });
    const figures = figuresOf(
      [
        { record: first, setUpsMs: [1, 3] },
        { record: second, setUpsMs: [2] },
      ],
      SETTINGS,
    );
    expect(figures).toMatchObject({
      sent: 5,
      delivered: 4,
      lost: 1,
      loss: { ratio: 0.2 },
      duplicates: 1,
      duplication: 0.25,
      reordered: 1,
      reordering: 0.25,
      longestReorderingExtent: 1,
      delayMs: { min: 4, p50: 6, p90: null, p99: null, max: null },
      setUpMs: 2,
    });
  });

  test('each flow has an order of its own', () => {
    const record = recordOf({
      plannedNs: [0, 0, 0, 0],
      flow: [0, 1, 0, 1],
      arrivals: [
        [1, 1],
        [0, 2],
        [3, 3],
        [2, 4],
      ],
    });
    expect(figuresOf([{ record, setUpsMs: [] }], SETTINGS)).toMatchObject({ reordered: 0, lost: 0 });
  });

  test('of nothing delivered have no ratio of what was', () => {
    const record = recordOf({ plannedNs: [0, 1], arrivals: [] });
    const figures = figuresOf([{ record, setUpsMs: [] }], SETTINGS);
    expect(figures).toMatchObject({ delivered: 0, loss: { ratio: 1, high: 1 }, delayMs: { min: null, p50: null } });
    expect([figures.duplication, figures.reordering, figures.setUpMs, figures.goodputBitsPerSecond]).toEqual(
      Array(4).fill(undefined),
    );
  });

  test('a message that was never sent makes no timer error', () => {
    const record = {
      ...recordOf({ plannedNs: [0, 1], arrivals: [] }),
      sentNs: Float64Array.of(Number.NaN, Number.NaN),
    };
    expect(figuresOf([{ record, setUpsMs: [] }], SETTINGS).timerErrorMs).toBeUndefined();
  });
});

describe('records', () => {
  test('of several workers become one, in the order of arrival', () => {
    const one = {
      ...recordOf({ plannedNs: [0, 1], arrivals: [[0, 9]] }),
      sentNs: Float64Array.of(1, Number.NaN),
      damaged: 1,
    };
    const other = {
      ...recordOf({ plannedNs: [0, 1], arrivals: [[1, 4]] }),
      sentNs: Float64Array.of(Number.NaN, 2),
      refused: 2,
    };
    const merged = mergeRecords([one, other]);
    expect([...merged.arrivedMessage, ...merged.arrivedNs, ...merged.sentNs]).toEqual([1, 0, 4, 9, 1, 2]);
    expect(merged).toMatchObject({ damaged: 1, refused: 2 });
  });

  test('grow as they must', () => {
    const log = new ArrivalLog();
    for (let i = 0; i < 5000; i++) log.add(i, i * 2);
    const { arrivedMessage, arrivedNs } = log.finish();
    expect([arrivedMessage.length, arrivedMessage[4999], arrivedNs[4999]]).toEqual([5000, 4999, 9998]);
  });
});

describe('a probe', () => {
  test.each([SMALLEST_PROBE_BYTES, 25, 200, 60_000])('of %i bytes is read as it was written', (sizeBytes) => {
    expect(readProbe(writeProbe(7, 123_456, sizeBytes), 7, sizeBytes)).toEqual({ kind: 'whole', message: 123_456 });
  });

  test('is ASCII', () => expect(Math.max(...writeProbe(1, 2, 500))).toBeLessThan(0x7f));

  test('of another trial is not taken for this one', () => {
    expect(readProbe(writeProbe(7, 1, 100), 8, 100).kind).toBe('other');
  });

  test('shows damage wherever a bit is flipped', () => {
    for (let index = 0; index < 100; index++) {
      const body = writeProbe(7, 1, 100);
      body[index]! ^= 0x01;
      expect(readProbe(body, 7, 100).kind).toBe('damaged');
    }
  });

  test('that is cut is damaged', () =>
    expect(readProbe(writeProbe(7, 1, 100).subarray(0, 99), 7, 100).kind).toBe('damaged'));
});

describe('the plan', () => {
  const scenario = introScenario();
  const trials = planTrials(scenario, 1, () => true);

  test('has every cell once in every repetition, and both transports on one channel', () => {
    expect(trials).toHaveLength(scenario.repetitions * scenario.links.size * 2);
    const cells = new Map(trials.map((trial) => [`${trial.repetition} ${trial.link} ${trial.transport}`, trial]));
    expect(cells.size).toBe(trials.length);
    for (const { repetition, link, channelSeed } of trials) {
      expect(cells.get(`${repetition} ${link} tcp`)!.channelSeed).toBe(channelSeed);
    }
  });

  test('is the same for one seed, another for another, and leaves out what is not available', () => {
    expect(planTrials(scenario, 1, () => true)).toEqual(trials);
    expect(planTrials(scenario, 2, () => true)).not.toEqual(trials);
    const udpAlone = planTrials(scenario, 1, (transport) => transport === 'udp');
    expect(new Set(udpAlone.map(({ transport }) => transport))).toEqual(new Set(['udp']));
  });

  test('the schedule is even, its flows take turns', () => {
    const workload = { ...scenario.workload, pairs: 2, ratePerSecond: 100, durationMs: 40 };
    const { flow, plannedNs } = scheduleFor(workload);
    expect([...flow]).toEqual([0, 1, 0, 1]);
    expect([...plannedNs]).toEqual([0, 10 * MS, 20 * MS, 30 * MS]);
  });
});

describe('a verdict', () => {
  const delivers: Claim = { sentence: 's', test: 'delivers-everything', transport: 'tcp' };
  const mayLose: Claim = { sentence: 's', test: 'may-lose-or-reorder', transport: 'tcp' };
  const noConnection: Claim = { sentence: 's', test: 'no-connection', transport: 'tcp' };
  const cell = (link: string, arrivals: [number, number][]): Cell => {
    const record = recordOf({ plannedNs: [0, 1, 2], arrivals });
    return { transport: 'tcp', link, repetitions: [], figures: figuresOf([{ record, setUpsMs: [] }], SETTINGS) };
  };
  const perfect = cell('a', [
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  const reordered = cell('b', [
    [1, 1],
    [0, 2],
    [2, 3],
  ]);
  const lossy = cell('c', [[0, 1]]);
  const unavailable: Cell = { transport: 'tcp', link: 'd', notAvailable: 'because', repetitions: [] };

  test.each<[string, Claim, Cell[], string]>([
    ['everything came', delivers, [perfect], 'held'],
    ['something overtook', delivers, [perfect, reordered], 'refuted'],
    ['something was lost', delivers, [lossy], 'refuted'],
    ['it could not be tried everywhere', delivers, [perfect, unavailable], 'partly'],
    ['it could be tried nowhere', delivers, [unavailable], 'not-tested'],
    ['lost and overtaken', mayLose, [lossy, reordered], 'held'],
    ['only lost', mayLose, [lossy, perfect], 'partly'],
    ['neither', mayLose, [perfect], 'not-tested'],
    ['nobody looked', noConnection, [perfect], 'not-tested'],
  ])('where %s', (_what, claim, cells, outcome) => {
    expect(judge(claim, cells, []).outcome).toBe(outcome);
  });

  test.each([
    [null, 'held'],
    [3, 'refuted'],
  ])('of a vanished server, noticed after %s ms', (noticedAfterMs, outcome) => {
    const seen = [{ transport: 'tcp', watchedMs: 1000, noticedAfterMs }];
    expect(judge(noConnection, [], seen).outcome).toBe(outcome);
  });
});
