// The result of a run under way and of one that has ended, made of trials that never took place.
import { describe, expect, test } from 'vitest';
import { GrowingResult } from '../../../src/bench/figures/growing-result.ts';
import { damageOf } from '../../../src/bench/folder/result-schema.ts';
import { METRICS } from '../../../src/bench/metrics/catalogue.ts';
import type { FinishedTrial } from '../../../src/bench/run/trial.ts';
import type { Scenario } from '../../../src/bench/scenario/scenario.ts';
import { failedTrial, measuredTrial, OBSTACLE, optionsFor, resultOf, rigThatCarries } from '../made-run.ts';
import { scenarioWith } from '../scenario/library.ts';

const SCENARIO = scenarioWith({
  links: { near: {}, far: { delay: '20ms' } },
  sweep: { 'workload.bodyBytes': [100, 200] },
  compare: [['tcp', 'udp']],
  vanishing: { watch: '1s' },
  claims: [
    { sentence: 'TCP delivers everything.', test: 'delivers-everything', transport: 'tcp' },
    {
      sentence: 'UDP is earlier.',
      test: 'below',
      metric: 'delay-p50',
      of: { transport: 'udp' },
      than: { transport: 'tcp' },
    },
    { sentence: 'UDP has no connection.', test: 'no-connection', transport: 'udp' },
  ],
});
const CELLS = [
  'tcp near 100',
  'udp near 100',
  'tcp near 200',
  'udp near 200',
  'tcp far 100',
  'udp far 100',
  'tcp far 200',
  'udp far 200',
].map((words) => {
  const [transport, link, bytes] = words.split(' ');
  return { transport: transport!, link: link!, point: `bodyBytes ${bytes}` };
});

/** Six repetitions of every cell, UDP earlier by 10 ms. */
function allTrials(): FinishedTrial[] {
  return Array.from({ length: 6 }, (_, r) =>
    CELLS.map((cell) =>
      measuredTrial({
        ...cell,
        repetition: r + 1,
        delaysMs: [(cell.transport === 'udp' ? 10 : 20) + r],
        setUpsMs: [1],
      }),
    ),
  ).flat();
}

describe('of a run that has only begun', () => {
  const growing = new GrowingResult(optionsFor(SCENARIO));
  const status = { kind: 'incomplete', why: [{ kind: 'under-way', ended: 0, planned: 8 }] } as const;
  const result = growing.result(status, 7, false);

  test('there are all cells, link by link and point by point, and nothing in them', () => {
    expect(result.cells).toEqual(CELLS.map((cell) => ({ ...cell, repetitions: [] })));
    expect([result.comparisons, result.verdicts, result.warnings, result.metrics]).toEqual([[], [], [], {}]);
    expect(result.status).toEqual(status);
  });

  test('it is known what was asked and where it runs', () => {
    expect(result.scenario).toMatchObject({ name: 'made', title: 'A title', links: ['near', 'far'] });
    expect(result).toMatchObject({ backend: 'loopback', seed: 5, environment: { tookMs: 7, cores: 2 } });
    expect(result).not.toHaveProperty('backendWhy');
    expect(result.fairness.length).toBeGreaterThan(5);
  });
});

describe('of a run that is under way', () => {
  const growing = new GrowingResult(optionsFor(SCENARIO, { backendWhy: 'no packets here' }));
  growing.add(measuredTrial({ ...CELLS[3]!, delaysMs: [5, undefined] }));
  const result = growing.result({ kind: 'incomplete', why: [{ kind: 'under-way', ended: 1, planned: 8 }] }, 7, false);

  test('a trial is in its own cell and in no other', () => {
    expect(result.cells.map(({ repetitions }) => repetitions.length)).toEqual([0, 0, 0, 1, 0, 0, 0, 0]);
    expect(result.cells[3]!.figures).toMatchObject({ sent: { value: 2 }, lost: { value: 1 } });
    expect(result.backendWhy).toBe('no packets here');
  });

  test('no figure has an interval, nothing is compared or judged', () => {
    for (const figure of Object.values(result.cells[3]!.figures!)) {
      expect(figure).toEqual({ value: figure.value, noInterval: { kind: 'under-way' } });
    }
    expect([result.comparisons, result.verdicts]).toEqual([[], []]);
  });

  test('of metrics, those are explained that have a figure somewhere, in the order of the catalogue', () => {
    const ids = Object.keys(result.metrics);
    expect(ids).toEqual(Object.keys(METRICS).filter((id) => result.cells[3]!.figures![id] !== undefined));
    expect(result.metrics['loss']).toMatchObject({ title: 'loss', unit: 'share', better: 'less' });
    expect(ids).not.toContain('round-trip-p50');
  });
});

describe('of a run that has ended', () => {
  const growing = new GrowingResult(optionsFor(SCENARIO));
  for (const trial of allTrials()) growing.add(trial);
  growing.addVanishing({ transport: 'udp', watchedMs: 1000, noticedAfterMs: null });
  const result = growing.result({ kind: 'complete' }, 9, true);

  test('every cell has intervals', () => {
    for (const { figures } of result.cells) expect(figures!['delay-p50']).toMatchObject({ low: expect.any(Number) });
  });

  test('the pairs that were asked for are compared at every link and point', () => {
    expect(
      result.comparisons.map(({ link, point, baseline, other }) => `${other}-${baseline} ${link} ${point}`),
    ).toEqual([
      'udp-tcp near bodyBytes 100',
      'udp-tcp far bodyBytes 100',
      'udp-tcp near bodyBytes 200',
      'udp-tcp far bodyBytes 200',
    ]);
    expect(result.comparisons[0]!.figures['delay-p50']!.conclusion).toBe('less');
    expect(result.comparisons[0]!.pairs!.figures['other-earlier']!.value).toBe(1);
  });

  test('claims are judged in their order, of either kind', () => {
    expect(result.verdicts.map(({ test, outcome }) => [test, outcome])).toEqual([
      ['delivers-everything', 'held'],
      ['below', 'held'],
      ['no-connection', 'held'],
    ]);
    expect(result.verdicts[1]!.figures).toHaveLength(4);
    expect(result.vanishing).toHaveLength(1);
  });

  test('it is a legal result, and the same for the same trials and seed', () => {
    expect(damageOf(JSON.parse(JSON.stringify(result)))).toBeUndefined();
    expect(resultOf(SCENARIO, allTrials())).toEqual(resultOf(SCENARIO, allTrials()));
  });
});

describe('where something is missing', () => {
  test('a cell that the rig can not measure says why, and is compared with nobody', () => {
    const rig = rigThatCarries((_profile, { transport }) =>
      transport === 'tcp' ? { available: false, obstacle: OBSTACLE } : { available: true },
    );
    const result = resultOf(SCENARIO, [measuredTrial(CELLS[1]!)], { rig });
    expect(result.cells.map(({ notAvailable }) => notAvailable)).toEqual(
      CELLS.map(({ transport }) => (transport === 'tcp' ? OBSTACLE : undefined)),
    );
    expect(result.comparisons).toEqual([]);
    expect(result.verdicts.map(({ outcome }) => outcome)).toEqual(['not-tested', 'not-tested', 'not-tested']);
    expect(damageOf(JSON.parse(JSON.stringify(result)))).toBeUndefined();
  });

  test('a trial that failed is told in its cell', () => {
    const { cells } = resultOf(SCENARIO, [failedTrial('no answer', CELLS[0])]);
    expect(cells[0]!.repetitions).toMatchObject([{ outcome: { kind: 'failed', why: 'no answer' } }]);
    expect(cells[0]).not.toHaveProperty('figures');
  });

  test('of a closed loop there are no pairs', () => {
    const workload = { users: 2, arrivals: 'ping-pong', duration: '1s', bodyBytes: 100 };
    const scenario: Scenario = scenarioWith({ workload });
    const trials = ['tcp', 'udp'].map((transport) => measuredTrial({ transport }));
    const { comparisons } = resultOf(scenario, trials);
    expect(comparisons).toHaveLength(1);
    expect(comparisons[0]).not.toHaveProperty('pairs');
  });
});

test('a run is as precise as is wanted when every cell is', () => {
  const precision = { metric: 'delay-p50', relativeWidth: 0.5, mostMs: 1e6 } as const;
  const growing = new GrowingResult(optionsFor(scenarioWith()));
  const add = (transport: string) => {
    for (let r = 1; r <= 6; r++) growing.add(measuredTrial({ transport, repetition: r, delaysMs: [10] }));
  };
  expect(growing.isAsPreciseAs(precision)).toBe(false);
  add('tcp');
  expect(growing.isAsPreciseAs(precision)).toBe(false);
  add('udp');
  expect(growing.isAsPreciseAs(precision)).toBe(true);
});
