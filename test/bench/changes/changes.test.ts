// Two runs side by side: what is the same cell of both is compared, and of the rest it is said why it can't be.
import { describe, expect, test } from 'vitest';
import type { Cell, Figure, Reading, RunResult } from '../../../src/bench/result.ts';
import {
  cell,
  failed,
  figure,
  figures,
  LOAD,
  LOSSY,
  notAvailable,
  point,
  result,
  unfinished,
} from '../../reports/results.ts';
import { sweep } from '../../reports/swept.ts';
import { measuredTrial, resultOf } from '../made-run.ts';
import { scenarioWith } from '../scenario/library.ts';
import { at, CLEAN_TCP, CLEAN_UDP, changeOf, changes, inScenario, LOSSY_TCP, LOSSY_UDP, nameOf } from './runs.ts';

const LINKS = point().links;

describe('a cell of both runs', () => {
  const after = result({
    cells: [
      cell('lossy', 'udp', LOSSY),
      cell('clean', 'tcp', figures({ 'delay-p50': figure(30, 29, 31), 'delay-max': figure(40) })),
      cell('clean', 'udp', figures()),
    ],
  });
  const found = changes(result(), after);

  test('is compared, in the order of the first', () => {
    expect(found.cells.map(nameOf)).toEqual([CLEAN_TCP, CLEAN_UDP, LOSSY_UDP]);
  });

  test('has every figure that both have, before and after, and what follows from the two', () => {
    const { figures: own } = changeOf(found, CLEAN_TCP)!;
    expect(Object.keys(own)).toEqual(Object.keys(figures()));
    expect(own['delay-p50']).toEqual({
      before: figure(20.31, 20.2, 20.44),
      after: figure(30, 29, 31),
      difference: {
        value: 30 - 20.31,
        low: 30 - 20.31 - Math.hypot(1, 20.44 - 20.31),
        high: 30 - 20.31 + Math.hypot(1, 20.31 - 20.2),
      },
      relative: (30 - 20.31) / 20.31,
      conclusion: 'more',
    });
    expect(own['loss']).toMatchObject({ difference: { value: 0 }, conclusion: 'no-difference' });
    expect(own['delay-max']).toMatchObject({ conclusion: 'not-supported', why: figure(1).noInterval });
  });

  test('shows no figure that one of them lacks', () => {
    const [more, less] = [figures({ blocked: figure(0.2, 0.1, 0.3) }), figures()];
    const [one, other] = [more, less].map((own) => result({ cells: [cell('clean', 'tcp', own)] }));
    expect(changeOf(changes(one!, other!), CLEAN_TCP)!.figures).not.toHaveProperty('blocked');
    expect(changeOf(changes(other!, one!), CLEAN_TCP)!.figures).not.toHaveProperty('blocked');
  });

  test('is that at the same point of a sweep', () => {
    const swept = sweep();
    const slower = sweep({ of: (_transport, place) => figures({ 'delay-p50': figure(50 + place), sent: figure(9) }) });
    const compared = changes(swept, slower);
    expect(compared.incomparable).toEqual([]);
    expect(compared.cells.map(nameOf)).toEqual(swept.cells.map(nameOf));
    expect(compared.cells.map(({ figures: own }) => own['delay-p50']?.after.value)).toEqual(
      [0, 1, 2, 3, 4].flatMap((place) => [50 + place, 50 + place]),
    );
  });
});

test('says which runs they are, and what each figure of either is', () => {
  const translations = { 'pt-BR': { title: 'Um título', question: '?', lookFor: '', teaches: '', claims: [] } };
  const { metrics } = result();
  const [before, after] = [
    result({ metrics: { loss: metrics['loss']! } }),
    { ...inScenario({ name: 'other', translations }), metrics: { goodput: metrics['goodput']! } },
  ];
  expect(changes(before, after)).toMatchObject({
    before: { folder: 'runs/monday', scenario: 'intro', title: 'Two sentences about TCP and UDP' },
    after: { folder: 'runs/tuesday', scenario: 'other', translations, startedAt: '2026-01-31T12:00:00.000Z' },
    metrics: { loss: metrics['loss'], goodput: metrics['goodput'] },
  });
  expect(changes(before, after).before).not.toHaveProperty('translations');
});

describe('by how much, as a share of what was before', () => {
  const relative = (before: Figure, after: Figure) => {
    const [one, other] = [before, after].map((own) => result({ cells: [cell('clean', 'tcp', { loss: own })] }));
    return changeOf(changes(one!, other!), CLEAN_TCP)!.figures['loss']!;
  };

  test.each<[before: Reading, after: Reading, share: Reading]>([
    [100, 110, 0.1],
    [100, 50, -0.5],
    [100, 100, 0],
    [100, 0, -1],
    [100, null, null],
    [-2, -1, 0.5],
  ])('from %s to %s: %s', (before, after, share) => {
    expect(relative(figure(before), figure(after)).relative).toBe(share);
  });

  test.each<[before: Reading, after: Reading]>([
    [0, 5],
    [0, 0],
    [0, null],
    [null, 5],
    [null, null],
  ])('from %s to %s: there is none', (before, after) => {
    expect(relative(figure(before), figure(after))).not.toHaveProperty('relative');
  });

  test('no longer reached is more, and reached again is less', () => {
    const [reached, never] = [figure(20, 18, 22), figure(null, null, null)];
    expect(relative(reached, never)).toEqual({
      before: reached,
      after: never,
      difference: { value: null, low: null, high: null },
      relative: null,
      conclusion: 'more',
    });
    expect(relative(never, reached)).toMatchObject({ difference: { value: '-infinite' }, conclusion: 'less' });
  });
});

describe('can’t be compared:', () => {
  const without = (run: RunResult, ...names: readonly { transport: string; link: string }[]) =>
    run.cells.filter((own) => !names.some(({ transport, link }) => own.transport === transport && own.link === link));

  test('what is in one run alone', () => {
    const [before, after] = [
      result({ cells: without(result(), CLEAN_UDP, LOSSY_TCP) }),
      result({ cells: without(result(), CLEAN_TCP, LOSSY_TCP) }),
    ];
    const found = changes(before, after);
    expect(found.cells.map(nameOf)).toEqual([LOSSY_UDP]);
    expect(found.incomparable).toEqual([
      { ...CLEAN_TCP, kind: 'only-in', side: 'before' },
      { ...CLEAN_UDP, kind: 'only-in', side: 'after' },
    ]);
  });

  test('what another point of a sweep is in', () => {
    const [before, after] = [
      [{ loss: '1%' }, { loss: '2%' }],
      [{ loss: '2%' }, { loss: '5%' }],
    ].map((values) => sweep({ values, contestants: ['udp'] }));
    const found = changes(before!, after!);
    expect(found.cells.map(({ point: name }) => name)).toEqual(['loss 2%']);
    expect(found.incomparable).toEqual([
      { transport: 'udp', link: 'home', point: 'loss 1%', kind: 'only-in', side: 'before' },
      { transport: 'udp', link: 'home', point: 'loss 5%', kind: 'only-in', side: 'after' },
    ]);
  });

  test.each<[what: string, unmeasured: Cell]>([
    ['is not available', notAvailable('clean', 'tcp')],
    ['did not come to its end', unfinished('clean', 'tcp', [failed(1, 'no answer')])],
    ['has not begun', unfinished('clean', 'tcp', [])],
  ])('what %s in one of them', (_what, unmeasured) => {
    const [whole, not] = [result({ cells: [cell('clean', 'tcp', figures())] }), result({ cells: [unmeasured] })];
    const kind = 'not-measured';
    expect(changes(not, whole)).toMatchObject({ cells: [], incomparable: [{ ...CLEAN_TCP, kind, side: 'before' }] });
    expect(changes(whole, not)).toMatchObject({ cells: [], incomparable: [{ ...CLEAN_TCP, kind, side: 'after' }] });
    expect(changes(not, not)).toMatchObject({ cells: [], incomparable: [{ ...CLEAN_TCP, kind, side: 'before' }] });
  });

  test.each<[kind: string, own: RunResult, before: string, after: string]>([
    ['waiting-time', inScenario({ waitingMs: 5000 }), '3000 ms', '5000 ms'],
    ['chance', inScenario({ chance: { mode: 'packet', slotMs: 1 } }), 'time, 1 ms', 'packet, 1 ms'],
    ['chance', inScenario({ chance: { mode: 'time', slotMs: 2 } }), 'time, 1 ms', 'time, 2 ms'],
    ['mtu', inScenario({ mtuBytes: 900 }), '', '900'],
    [
      'workload',
      at({ workload: { ...LOAD, ratePerSecond: 501 } }),
      JSON.stringify(LOAD),
      JSON.stringify({ ...LOAD, ratePerSecond: 501 }),
    ],
  ])('anything where the %s differs, told in both words', (kind, own, before, after) => {
    const measured = [CLEAN_TCP, CLEAN_UDP, LOSSY_UDP];
    const found = changes(result(), own);
    expect(found.cells).toEqual([]);
    expect(found.incomparable.filter((one) => one.kind !== 'not-measured')).toEqual(
      measured.map((name) => ({ ...name, kind, before, after })),
    );
    const turned = changes(own, result()).incomparable;
    expect(turned.filter((one) => one.kind !== 'not-measured')).toEqual(
      measured.map((name) => ({ ...name, kind, before: after, after: before })),
    );
  });

  test('what a link that differs is in, and nothing else', () => {
    const found = changes(result(), at({ links: { ...LINKS, lossy: 'delay 10ms loss 6%' } }));
    expect(found.cells.map(nameOf)).toEqual([CLEAN_TCP, CLEAN_UDP]);
    expect(found.incomparable).toEqual([
      { ...LOSSY_TCP, kind: 'not-measured', side: 'before' },
      { ...LOSSY_UDP, kind: 'link', before: 'delay 10ms loss 5%', after: 'delay 10ms loss 6%' },
    ]);
  });

  test('what the workload of one point differs in, and nothing else', () => {
    const swept = sweep({ contestants: ['udp'] });
    const points = swept.scenario.points.map((own, place) =>
      place === 2 ? { ...own, workload: { ...LOAD, users: 10 } } : own,
    );
    const found = changes(swept, { ...swept, scenario: { ...swept.scenario, points } });
    expect(found.incomparable).toMatchObject([{ point: 'loss 2%', kind: 'workload' }]);
    expect(found.cells).toHaveLength(4);
  });

  test('with one reason each, the first', () => {
    const other = at({ links: { ...LINKS, clean: 'delay 1ms' }, workload: { ...LOAD, users: 10 } });
    const found = changes(result(), { ...other, scenario: { ...other.scenario, waitingMs: 1 } });
    expect(found.incomparable.map(({ kind }) => kind)).toEqual(['link', 'link', 'not-measured', 'workload']);
  });

  test('a size of the same kind is another workload', () => {
    const sizes = { kind: 'fixed', bytes: 201 } as const;
    expect(changes(result(), at({ workload: { ...LOAD, sizes } })).cells).toEqual([]);
    expect(changes(result(), at({ workload: { ...LOAD } })).cells).toHaveLength(3);
  });
});

test('another scenario, contestant, backend or seed keeps nothing from being compared', () => {
  const { scenario } = result();
  const contestants = scenario.contestants.map((own) => ({ ...own, knobs: { nagle: true } }));
  const other = inScenario({ name: 'other', title: 'Another', repetitions: 9, contestants });
  const found = changes(result(), { ...other, backend: 'loopback', seed: 1 });
  expect(found.cells).toHaveLength(3);
  expect(found.differences.length).toBeGreaterThan(3);
});

describe('a run against itself', () => {
  const made = resultOf(
    scenarioWith({ repetitions: 6, links: { clean: {}, lossy: { loss: '5%' } } }),
    ['tcp', 'udp'].flatMap((transport) =>
      ['clean', 'lossy'].flatMap((link) =>
        Array.from({ length: 6 }, (_, r) =>
          measuredTrial({ transport, link, repetition: r + 1, delaysMs: [10 + r, 20, r % 2 === 0 ? undefined : 30] }),
        ),
      ),
    ),
  );

  test.each<[string, RunResult, cells: number]>([
    ['made by hand', result(), 3],
    ['of a sweep', sweep(), 10],
    ['made of trials', made, 4],
  ])('%s differs in nothing', (_what, run, cells) => {
    const { cells: compared, incomparable, differences } = changes(run, structuredClone(run));
    expect(compared).toHaveLength(cells);
    expect(incomparable.filter(({ kind }) => kind !== 'not-measured')).toEqual([]);
    expect(differences).toEqual([]);
    for (const { figures: own } of compared) {
      expect(Object.keys(own).length).toBeGreaterThan(5);
      for (const [id, { before, after, difference, relative, conclusion, why }] of Object.entries(own)) {
        expect([id, after]).toEqual([id, before]);
        expect([id, conclusion]).toEqual([id, expect.stringMatching(/^(no-difference|not-supported)$/)]);
        expect([id, difference?.value ?? 0, relative ?? 0]).toEqual([id, 0, 0]);
        expect([id, conclusion === 'not-supported']).toEqual([id, why !== undefined]);
      }
    }
  });

  test('is sure of that where there are repetitions enough', () => {
    const { figures: own } = changeOf(changes(made, made), CLEAN_TCP)!;
    expect(own['delay-p50']).toMatchObject({ difference: { value: 0 }, conclusion: 'no-difference' });
    expect(own['delay-p99']).toMatchObject({ why: { kind: 'neither-reached' } });
    expect(own['sent']).toMatchObject({ why: { kind: 'total' } });
  });
});
