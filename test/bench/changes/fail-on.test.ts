// Limits on what may change: how they are written, and which figures break them.
import { describe, expect, test } from 'vitest';
import { type Breach, breachesOf, type Limit, parseLimit } from '../../../src/bench/changes/fail-on.ts';
import { isMetricId, METRICS } from '../../../src/bench/metrics/catalogue.ts';
import type { ChangedFigure, Figure, Figures, RunChanges } from '../../../src/bench/result.ts';
import { cell, figure, figures, result } from '../../reports/results.ts';
import { CLEAN_TCP, CLEAN_UDP, changes } from './runs.ts';

const unitOf = (name: string) => (isMetricId(name) ? METRICS[name].unit : undefined);
const limit = (text: string): Limit => parseLimit(text, unitOf)!;

describe('a limit', () => {
  test.each<[text: string, metric: string, direction: string, kind: string, by: number]>([
    ['p99 > 10%', 'delay-p99', 'more', 'relative', 0.1],
    ['delay-p99 > 10%', 'delay-p99', 'more', 'relative', 0.1],
    ['p99.9 > 10 %', 'delay-p99.9', 'more', 'relative', 0.1],
    ['p50>5ms', 'delay-p50', 'more', 'absolute', 5],
    ['max > 2.5 ms', 'delay-max', 'more', 'absolute', 2.5],
    ['loss > 2 points', 'loss', 'more', 'absolute', 0.02],
    ['loss > 1 point', 'loss', 'more', 'absolute', 0.01],
    ['loss > 0.5point', 'loss', 'more', 'absolute', 0.005],
    ['loss > 0 points', 'loss', 'more', 'absolute', 0],
    ['loss-period-longest > 3', 'loss-period-longest', 'more', 'absolute', 3],
    ['in-time-100ms < 1 point', 'in-time-100ms', 'less', 'absolute', 0.01],
    ['goodput < 5%', 'goodput', 'less', 'relative', 0.05],
    ['wire-bytes-per-byte > .5', 'wire-bytes-per-byte', 'more', 'absolute', 0.5],
    ['set-up-p50 > 100%', 'set-up-p50', 'more', 'relative', 1],
  ])('%s', (text, metric, direction, kind, by) => {
    expect(limit(text)).toEqual({ text, metric, direction, kind, by: expect.closeTo(by, 12) });
  });

  test('may have spaces anywhere around its parts, and is called as it was written', () => {
    const plain = { metric: 'delay-p99', direction: 'more', kind: 'relative', by: 0.1 };
    for (const text of ['p99>10%', '  p99 > 10%  ', 'p99\t>\t10\t%', 'p99   >10  %']) {
      expect(limit(text)).toEqual({ ...plain, text: text.trim() });
    }
  });

  test('a metric of that very name goes before a delay of it', () => {
    const known = ['p50', 'delay-p50', 'delay-p99'];
    const metricOf = (text: string) => parseLimit(text, (name) => (known.includes(name) ? '' : undefined))?.metric;
    expect([metricOf('p50 > 1'), metricOf('delay-p50 > 1'), metricOf('p99 > 1')]).toEqual([
      'p50',
      'delay-p50',
      'delay-p99',
    ]);
  });

  test.each([
    '',
    ' ',
    'p99',
    'p99 >',
    'p99 > %',
    'p99 > x%',
    'p99 10%',
    '> 10%',
    'p99 = 10%',
    'p99 >= 10%',
    'p99 > 10% or more',
    'p99 > -10%',
    'p99 > +10%',
    'p99 > 1e3',
    'p99 > 1.2.3%',
    'p99 > .',
    'p99 > NaN',
    'p99 > Infinity',
    'p99 > 1,5 ms',
    'p99 > 5 s',
    'p99 > 5 MS',
    'p99 > 10%%',
    'p99 > 10% p50 > 10%',
    'p98 > 10%',
    'delay > 10%',
    'delay-delay-p99 > 10%',
    'latency > 10%',
    'LOSS > 1%',
    'toString > 5',
    'constructor > 5',
    'undefined > 5',
    'two words > 5',
    'p99 > 2 points',
    'loss > 5ms',
    'loss > 5',
    'goodput < 5ms',
  ])('is not "%s"', (text) => expect(parseLimit(text, unitOf)).toBeUndefined());

  test('is none where there is nothing, whatever may be a metric', () => {
    for (const text of ['', 'p99 >', 'p99 > x%', '> 5']) expect(parseLimit(text, () => '')).toBeUndefined();
  });
});

/** What a figure of tcp over the clean link makes of limits. */
function breaches(before: Figure, after: Figure, ...limits: readonly string[]): Breach[] {
  const metrics = [...new Set(limits.map((text) => limit(text).metric))];
  const [one, other] = [before, after].map((own) =>
    result({ cells: [cell('clean', 'tcp', Object.fromEntries(metrics.map((id) => [id, own])))] }),
  );
  return breachesOf(limits.map(limit), changes(one!, other!));
}

const kinds = (...args: Parameters<typeof breaches>) => breaches(...args).map(({ kind }) => kind);

/** With an interval so wide on either side. */
const about = (value: number, by: number): Figure => ({ value, low: value - by, high: value + by });
const NEVER = figure(null, null, null);

describe('what went up beyond a limit', () => {
  test('breaks it where it is sure', () => {
    const [before, after] = [about(100, 2), about(120, 2)];
    expect(breaches(before, after, 'p99 > 10%')).toEqual([
      {
        limit: limit('p99 > 10%'),
        cell: CLEAN_TCP,
        figure: expect.objectContaining({ before, after, conclusion: 'more', relative: 0.2 }),
        kind: 'broken',
      },
    ]);
  });

  test('keeps it where it may as well not have changed', () => {
    expect(kinds(about(100, 30), about(120, 30), 'p99 > 10%', 'p99 > 1ms')).toEqual([]);
  });

  test('is not known to keep it without an interval', () => {
    expect(kinds(figure(100), figure(120), 'p99 > 10%', 'p99 > 1ms')).toEqual(['not-known', 'not-known']);
    expect(kinds(about(100, 1), figure(120), 'p99 > 10%')).toEqual(['not-known']);
    expect(kinds(figure(100), about(120, 1), 'p99 > 10%')).toEqual(['not-known']);
  });

  test.each([
    ['p99 > 25%', 'less than a share'],
    ['p99 > 20%', 'exactly a share'],
    ['p99 > 20ms', 'exactly so much'],
    ['p99 > 20.1 ms', 'less than so much'],
  ])('keeps %s by %s', (text) => {
    expect(kinds(about(100, 2), about(120, 2), text)).toEqual([]);
    expect(kinds(figure(100), figure(120), text)).toEqual([]);
  });

  test.each(['p99 > 19.9%', 'p99 > 19 ms', 'p99 > 0', 'p99 > 0%'])('breaks %s', (text) => {
    expect(kinds(about(100, 2), about(120, 2), text)).toEqual(['broken']);
  });

  test('of a share is counted in points, or as a share of the share', () => {
    const [before, after] = [about(0.1, 0.001), about(0.13, 0.001)];
    expect(kinds(before, after, 'loss > 2 points', 'loss > 29%')).toEqual(['broken', 'broken']);
    expect(kinds(before, after, 'loss > 4 points', 'loss > 31%')).toEqual([]);
  });
});

describe('a limit in one direction', () => {
  const [low, high] = [about(100, 2), about(200, 2)];

  test('is kept by whatever went the other way, however far', () => {
    for (const text of ['p99 > 10%', 'p99 > 1ms', 'p99 > 0']) {
      expect(kinds(high, low, text)).toEqual([]);
      expect(kinds(figure(200), figure(100), text)).toEqual([]);
      expect(kinds(NEVER, low, text)).toEqual([]);
    }
    for (const text of ['goodput < 10%', 'goodput < 1', 'goodput < 0']) {
      expect(kinds(low, high, text)).toEqual([]);
      expect(kinds(figure(100), figure(200), text)).toEqual([]);
      expect(kinds(low, NEVER, text)).toEqual([]);
    }
  });

  test('downwards is broken by what went down', () => {
    expect(kinds(high, low, 'goodput < 49%', 'goodput < 99')).toEqual(['broken', 'broken']);
    expect(kinds(high, low, 'goodput < 50%', 'goodput < 51%', 'goodput < 100')).toEqual([]);
    expect(kinds(figure(200), figure(100), 'goodput < 10%')).toEqual(['not-known']);
    expect(kinds(about(200, 90), about(100, 90), 'goodput < 10%')).toEqual([]);
    expect(kinds(high, about(0, 0), 'goodput < 99%')).toEqual(['broken']);
  });

  test('is broken by nothing that is as it was', () => {
    for (const text of ['p99 > 0', 'p99 > 0%', 'p99 < 0', 'p99 < 0%']) {
      for (const same of [low, figure(100), figure(0), about(0, 0), NEVER, figure(null)]) {
        expect(kinds(same, same, text)).toEqual([]);
      }
    }
  });
});

describe('what is no longer reached', () => {
  const reached = about(100, 2);
  const limits = ['p99 > 10%', 'p99 > 5ms', 'p99 > 99999999%', 'p99 > 1000000 ms'];

  test('breaks every limit upwards', () => {
    expect(kinds(reached, NEVER, ...limits)).toEqual(limits.map(() => 'broken'));
    expect(kinds(reached, figure(null, 200, null), ...limits)).toEqual(limits.map(() => 'broken'));
  });

  test('or is not known to keep it', () => {
    expect(kinds(figure(100), figure(null), ...limits)).toEqual(limits.map(() => 'not-known'));
    // Where the interval reaches to what was before, it may as well not have changed.
    expect(kinds(reached, figure(null, 99, null), ...limits)).toEqual([]);
  });

  test('and comes back breaks every limit downwards', () => {
    expect(kinds(NEVER, reached, 'p99 < 10%', 'p99 < 5ms', 'p99 < 1000000 ms')).toEqual(['broken', 'broken', 'broken']);
  });
});

describe('of nothing, anything is infinitely more', () => {
  test('as a share', () => {
    expect(kinds(about(0, 0), about(0.01, 0.001), 'loss > 10%', 'loss > 1000000%')).toEqual(['broken', 'broken']);
    expect(kinds(about(0, 0), figure(0.01), 'loss > 10%')).toEqual(['not-known']);
    expect(kinds({ value: 0, low: 0, high: 0.02 }, { value: 0.01, low: 0.001, high: 0.03 }, 'loss > 10%')).toEqual([]);
  });

  test('and in points it is what it is', () => {
    expect(kinds(about(0, 0), about(0.03, 0.001), 'loss > 2 points')).toEqual(['broken']);
    expect(kinds(about(0, 0), about(0.03, 0.001), 'loss > 4 points')).toEqual([]);
  });

  test('nothing is no more than nothing', () => {
    expect(kinds(about(0, 0), about(0, 0), 'loss > 0%', 'loss > 0 points')).toEqual([]);
    expect(kinds(figure(0), figure(0), 'loss > 0%', 'loss < 0%')).toEqual([]);
  });

  test('not reached is more than nothing, too', () => {
    expect(kinds(about(0, 0), NEVER, 'p99 > 10%', 'p99 > 10ms')).toEqual(['broken', 'broken']);
  });
});

describe('several', () => {
  const before = { 'delay-p50': about(20, 1), 'delay-p99': about(100, 2) };
  const run = (...own: readonly Figures[]) =>
    result({ cells: ['tcp', 'udp'].map((transport, place) => cell('clean', transport, figures(own[place]))) });
  const compared = (...after: readonly Figures[]): RunChanges => changes(run(before, before), run(...after));

  test('cells may break a limit, each for itself', () => {
    const slow = { ...before, 'delay-p99': about(150, 2) };
    const broken = (found: RunChanges) => breachesOf([limit('p99 > 10%')], found).map(({ cell: own }) => own);
    expect(broken(compared(slow, before))).toEqual([CLEAN_TCP]);
    expect(broken(compared(before, slow))).toEqual([CLEAN_UDP]);
    expect(broken(compared(slow, slow))).toEqual([CLEAN_TCP, CLEAN_UDP]);
  });

  test('limits are told one after the other, each of its own figure', () => {
    const slow = { 'delay-p50': about(30, 1), 'delay-p99': about(150, 2) };
    const found = breachesOf(['p99 > 10%', 'loss > 1%', 'p50 > 60%', 'p50 > 5ms'].map(limit), compared(slow, before));
    expect(
      found.map((breach) => [breach.limit.text, breach.kind === 'broken' ? breach.figure.after.value : undefined]),
    ).toEqual([
      ['p99 > 10%', 150],
      ['p50 > 5ms', 30],
    ]);
  });

  test('no limits, or no cells, are not broken', () => {
    const slow = { ...before, 'delay-p99': about(150, 2) };
    expect(breachesOf([], compared(slow, slow))).toEqual([]);
    expect(breachesOf([limit('p99 > 10%')], { ...compared(slow), cells: [], incomparable: [] })).toEqual([]);
  });

  test('a run against itself breaks nothing', () => {
    const limits = Object.keys(figures()).flatMap((id) => [
      ...[`${id} > 0%`, `${id} < 0%`],
      ...(unitOf(id) === 'share' ? [`${id} > 0 points`, `${id} < 0 points`] : [`${id} > 0`, `${id} < 0`]),
    ]);
    expect(breachesOf(limits.map(limit), changes(result(), result()))).toEqual([]);
  });
});

test('a figure is broken by what its own interval says, and not by how far it went', () => {
  const far: ChangedFigure = {
    before: figure(100),
    after: figure(1000),
    difference: { value: 900, low: -1, high: 2000 },
    relative: 9,
    conclusion: 'no-difference',
  };
  const { cells: _, ...rest } = changes(result(), result());
  const of = (conclusion: ChangedFigure['conclusion']): RunChanges => ({
    ...rest,
    cells: [{ ...CLEAN_TCP, missing: [], figures: { 'delay-p99': { ...far, conclusion } } }],
  });
  const found = (conclusion: ChangedFigure['conclusion']) =>
    breachesOf([limit('p99 > 10%')], of(conclusion)).map(({ kind }) => kind);
  expect([found('no-difference'), found('more'), found('not-supported')]).toEqual([[], ['broken'], ['not-known']]);
});

describe('what nobody can see is not kept', () => {
  const run = (...cells: Parameters<typeof cell>[]) => result({ cells: cells.map((own) => cell(...own)) });
  const unknown = (before: RunChanges) =>
    breachesOf([limit('p99 > 10%')], before).map(({ cell: own, ...breach }) => [
      own,
      breach.kind === 'not-known' ? breach.why.kind : breach.kind,
    ]);

  test('a cell that is gone, or was not measured again', () => {
    const both = run(['clean', 'tcp', figures()], ['clean', 'udp', figures()]);
    expect(unknown(changes(both, run(['clean', 'tcp', figures()])))).toEqual([[CLEAN_UDP, 'incomparable']]);
    const { cells } = both;
    const { figures: _, ...unmeasured } = cells[1]!;
    expect(unknown(changes(both, { ...both, cells: [cells[0]!, unmeasured] }))).toEqual([[CLEAN_UDP, 'incomparable']]);
  });

  test('but one that is new, or was never measured, has lost nothing', () => {
    const both = run(['clean', 'tcp', figures()], ['clean', 'udp', figures()]);
    expect(unknown(changes(run(['clean', 'tcp', figures()]), both))).toEqual([]);
    const { figures: _, ...unmeasured } = both.cells[1]!;
    expect(unknown(changes({ ...both, cells: [both.cells[0]!, unmeasured] }, both))).toEqual([]);
  });

  test('a figure that is gone', () => {
    const { 'delay-p99': _, ...without } = figures();
    const found = changes(run(['clean', 'tcp', figures()]), run(['clean', 'tcp', without]));
    expect(unknown(found)).toEqual([[CLEAN_TCP, 'no-figure']]);
    expect(breachesOf([limit('p50 > 10%')], found)).toEqual([]);
  });

  test('a share of two points more than allowed, and not one that is two points to the last digit', () => {
    const share = (value: number) => ({ loss: about(value, 0.001) });
    const found = changes(run(['clean', 'tcp', share(0.05)]), run(['clean', 'tcp', share(0.07)]));
    expect(breachesOf([limit('loss > 2 points')], found)).toEqual([]);
    expect(breachesOf([limit('loss > 1.9 points')], found)).toHaveLength(1);
  });
});
