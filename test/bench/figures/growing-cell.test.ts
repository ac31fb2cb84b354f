// One cell of a run that is under way, and of one that has ended.
import { describe, expect, test } from 'vitest';
import { GrowingCell } from '../../../src/bench/figures/growing-cell.ts';
import type { HostsCount } from '../../../src/bench/result.ts';
import { cellOf, failedTrial, measuredTrial, OBSTACLE } from '../made-run.ts';

const NAME = { transport: 'udp', link: 'clean', point: 'loss 1%' };
const SEED = 1;

/** Six repetitions of three messages, each a little later than the one before. */
const six = Array.from({ length: 6 }, (_, r) => ({ delaysMs: [10 + r, 20 + r, 30 + r] }));

describe('a cell', () => {
  test('of nothing yet has no figures, and none are made up', () => {
    expect(new GrowingCell(NAME).cell(undefined)).toEqual({ ...NAME, repetitions: [] });
  });

  test('that is not available says why', () => {
    expect(new GrowingCell(NAME, { notAvailable: OBSTACLE }).cell(SEED)).toEqual({
      ...NAME,
      notAvailable: OBSTACLE,
      repetitions: [],
    });
  });

  test('grows with every repetition', () => {
    const cell = new GrowingCell(NAME);
    for (const [at, trial] of six.entries()) {
      cell.add(measuredTrial({ ...trial, ...NAME, repetition: at + 1 }));
      const { figures, account, repetitions } = cell.cell(undefined);
      expect(figures!['sent']!.value).toBe(3 * (at + 1));
      expect(account).toEqual({ sent: 3 * (at + 1), delivered: 3 * (at + 1), lost: { link: 0 }, unexplained: 0 });
      expect(repetitions.map(({ number }) => number)).toEqual(Array.from({ length: at + 1 }, (_, i) => i + 1));
    }
  });

  test('has no interval while the run is under way, and has them at its end around the same values', () => {
    const cell = cellOf(six);
    const underWay = cell.cell(undefined).figures!;
    const atItsEnd = cell.cell(SEED).figures!;
    expect(underWay['delay-p50']).toEqual({ value: 22, noInterval: { kind: 'under-way' } });
    expect(atItsEnd['delay-p50']).toEqual({ value: 22, low: expect.any(Number), high: expect.any(Number) });
    expect(Object.keys(atItsEnd)).toEqual(Object.keys(underWay));
  });

  test('of too few repetitions says how many an interval takes', () => {
    expect(cellOf(six.slice(1)).cell(SEED).figures!['delay-p50']!.noInterval).toMatchObject({
      kind: 'too-few-repetitions',
      repetitions: 5,
      least: 6,
    });
  });

  test('keeps a repetition that failed, and counts nothing of it', () => {
    const cell = new GrowingCell(NAME);
    cell.add(measuredTrial({ ...six[0]!, repetition: 1 }));
    cell.add(failedTrial('the server process ended', { repetition: 2, channelSeed: 77 }));
    const { figures, repetitions } = cell.cell(SEED);
    expect(figures!['sent']!.value).toBe(3);
    expect(repetitions[1]).toEqual({
      number: 2,
      channelSeed: 77,
      outcome: { kind: 'failed', why: 'the server process ended' },
    });
    expect(cell.kept.map(({ number }) => number)).toEqual([1]);
  });

  test('that failed throughout has no figures', () => {
    const cell = new GrowingCell(NAME);
    cell.add(failedTrial('no answer'));
    expect(cell.cell(SEED)).not.toHaveProperty('figures');
  });

  test('shows what theory says of it, once something was measured', () => {
    const prediction = { model: 'square-root', goodputBitsPerSecond: 1e6 } as const;
    const cell = new GrowingCell(NAME, { prediction });
    expect(cell.cell(SEED)).not.toHaveProperty('prediction');
    cell.add(measuredTrial({}));
    expect(cell.cell(SEED).prediction).toEqual(prediction);
  });
});

test('the staircase is that of the repetition with the lowest number, whatever the order in which they came', () => {
  const cell = new GrowingCell(NAME, {
    momentsOf: (seed) => ({ up: [{ fromMs: 5, toMs: 6, cause: 'loss' }], down: seed === 7 ? [] : undefined }),
  });
  for (const repetition of [3, 1, 2]) {
    const { plan, ...rest } = measuredTrial({ repetition, delaysMs: [repetition, undefined] });
    cell.add({ plan: { ...plan, channelSeed: repetition === 1 ? 7 : 8 }, ...rest });
  }
  expect(cell.cell(undefined).staircase).toEqual({
    repetition: 1,
    flow: 0,
    first: 0,
    plannedMs: [0, 10],
    atServerMs: [null, null],
    releasedAtServerMs: [null, null],
    atHostMs: [null, null],
    givenMs: [1, null],
    badMoments: [{ direction: 'up', cause: 'loss', fromMs: 5, toMs: 6 }],
  });
});

describe('a repetition', () => {
  const outcomeOf = (trial: Parameters<typeof measuredTrial>[0]) => {
    const [only] = cellOf([trial]).cell(undefined).repetitions;
    return only!.outcome;
  };

  test('has its own readings, null where one was not reached', () => {
    expect(outcomeOf({ delaysMs: [5, undefined], setUpsMs: [3, 4] })).toMatchObject({
      kind: 'measured',
      figures: { sent: 2, lost: 1, 'delay-p50': 5, 'delay-max': null },
      account: { sent: 2, delivered: 1, lost: { link: 1 }, unexplained: 0 },
      link: undefined,
      setUpsMs: [3, 4],
    });
  });

  test('has what the carrier and the hosts counted, where they do', () => {
    const count = {
      offeredPackets: 7,
      droppedPackets: { loss: 1 },
      duplicatedPackets: 0,
      corruptedPackets: 0,
      reorderedPackets: 0,
      latenessP99Ms: 0.1,
      lateness: { count: 7, maxMs: 0.1, belowPowerOf2Us: [7] },
    };
    const hosts: HostsCount = {
      server: { a: 1 },
      clients: { a: 2 },
      agreement: [{ what: 'segments-sent', by: 'server', hosts: 3, path: 3 }],
    };
    expect(outcomeOf({ changes: { link: { count }, hosts } })).toMatchObject({ link: count, hosts });
  });

  test('has the rate of a transfer beside the chat', () => {
    const bulk = { deliveredBytes: 125_000, seconds: 2 };
    expect(outcomeOf({ changes: { bulk } })).toMatchObject({ bulkBitsPerSecond: 500_000 });
    expect(outcomeOf({})).not.toHaveProperty('bulkBitsPerSecond');
  });

  test('has the standstills of the lab’s own processes', () => {
    const stoodStillMs = { worker: 700 };
    expect(outcomeOf({ changes: { stoodStillMs } })).toMatchObject({ stoodStillMs });
    expect(outcomeOf({})).not.toHaveProperty('stoodStillMs');
  });
});

describe('as precise as is wanted', () => {
  test.each([
    ['of one that every repetition agrees on', Array(6).fill({ delaysMs: [10] }), 0.001, true],
    ['of one that varies less', six, 0.5, true],
    ['of one that varies more', six, 0.001, false],
    ['of too few repetitions', six.slice(1), 0.5, false],
    ['of none', [], 0.5, false],
  ])('%s', (_what, trials, width, isPrecise) => {
    expect(cellOf(trials).isAsPreciseAs('delay-p50', width, SEED)).toBe(isPrecise);
  });

  test('nobody waits for a cell that can not be measured', () => {
    expect(cellOf([], OBSTACLE).isAsPreciseAs('delay-p50', 0.01, SEED)).toBe(true);
  });
});
