// A run on a terminal of 80 columns, with and without colour, and when little or nothing could be measured.
import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { terminalReport } from '../../reports/terminal.ts';
import type { Comparison, RunResult } from '../../src/bench/result.ts';
import {
  BLOCKED,
  cell,
  comparison,
  differing,
  evidence,
  failed,
  figure,
  figureEvidence,
  figures,
  HUGE,
  LOAD,
  LOSSY,
  measured,
  NOTHING_DELIVERED,
  notAvailable,
  ONE_MESSAGE,
  result,
  sweep,
  underWay,
  unfinished,
  verdict,
} from './results.ts';

const plain = new Chalk({ level: 0 });
const coloured = new Chalk({ level: 3 });
const report = (changes: Partial<RunResult> = {}) => terminalReport(result(changes), plain);
/** A paragraph, however its lines are broken. */
const unwrapped = (text: string) => text.replace(/\s+/g, ' ');
const widest = (text: string) => Math.max(...text.split('\n').map((line) => stringWidth(line)));
/** The line that begins so. */
const lineOf = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(start));

test('a whole run', () => expect(report()).toMatchSnapshot());

test('with colour only escape codes differ, and none runs over the end of a line', () => {
  for (const run of [result(), sweep()]) {
    const text = terminalReport(run, coloured);
    expect(text).not.toBe(terminalReport(run, plain));
    expect(stripVTControlCharacters(text)).toBe(terminalReport(run, plain));
    for (const line of text.split('\n')) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is counted
      const codes = [...line.matchAll(/\x1b\[(\d+)m/g)].map(([, code]) => Number(code));
      const opening = codes.filter((code) => [1, 2, 31, 32, 33].includes(code)).length;
      expect(codes.length).toBe(2 * opening);
    }
  }
});

describe('never wider than the terminal', () => {
  const longName = `${'w'.repeat(20)} ${'x'.repeat(19)}`;

  test('with the longest names, the largest figures and words without a space', () => {
    const endless = 'a-word-'.repeat(20);
    const base = result();
    const text = report({
      status: { kind: 'incomplete', why: endless },
      scenario: { ...base.scenario, title: endless, question: endless },
      backendWhy: endless,
      cells: [
        cell('y'.repeat(40), 'transport-of-a-long-name', HUGE),
        cell('short', 'udp', figures()),
        notAvailable(longName, 'udp', endless),
        unfinished(longName, 'tcp', [failed(1, endless)]),
      ],
      comparisons: [comparison({ link: longName, baseline: 'z'.repeat(40), other: longName })],
      warnings: [endless],
      verdicts: Array.from({ length: 10 }, () =>
        verdict({
          sentence: endless,
          evidence: [evidence(longName, { sent: 1e10, lost: 123_456_790, damaged: 5 })],
          figures: [figureEvidence({ of: endless, than: endless })],
          untested: [{ link: longName, kind: 'not-measured', why: endless }],
        }),
      ),
    });
    expect(widest(text)).toBeLessThanOrEqual(80);
    // Broken into several lines, the name is still there to its last letter.
    expect([...text.matchAll(/^y+/gm)].join('')).toBe('y'.repeat(40));
  });

  test.each([
    ['of East Asia', '測試網路連線品質的情境'],
    ['of emoji', '👩‍👩‍👧‍👦🇵🇹✈️👍🏽'],
    ['with accents of their own', 'e\u0301'.repeat(40)],
  ])('with names %s: two columns a character, or none', (_what, name) => {
    const base = result();
    const text = report({
      scenario: { ...base.scenario, title: name.repeat(9), question: `${name} `.repeat(20) },
      cells: [cell(name, 'tcp', figures()), cell('clean', name, LOSSY)],
      comparisons: [comparison({ link: name, other: name })],
      verdicts: [verdict({ sentence: name.repeat(12), evidence: [evidence(name)] })],
    });
    expect(widest(text)).toBeLessThanOrEqual(80);
    const swept = terminalReport(sweep({ contestants: ['tcp', name], links: [name, 'b'] }), plain);
    expect(widest(swept)).toBeLessThanOrEqual(80);
  });

  test.each(['測試', '👍🏽', 'e\u0301e\u0301'])('under a name such as %s columns stay where they are', (name) => {
    const text = report({ cells: [cell(name, 'tcp', figures()), cell('clean', name, LOSSY)], comparisons: [] });
    const lines = text.split('\n');
    const start = lines.findIndex((line) => line.startsWith('link'));
    const widths = lines.slice(start, start + 3).map((line) => stringWidth(line));
    expect(new Set(widths).size).toBe(1);
  });

  test.each([
    ['letter and accent', 'e\u0301'],
    ['flag', '🇵🇹'],
    ['family', '👩‍👩‍👧‍👦'],
    ['syllable', '\u1112\u1161\u11ab'],
  ])('a %s is whole at the end of a line', (_what, character) => {
    const { scenario } = result();
    for (const start of ['', 'x', 'xx']) {
      const text = report({ scenario: { ...scenario, title: start + character.repeat(200) } });
      const title = text.slice(0, text.indexOf('\nAn introduction')).split('\n');
      expect(title.length).toBeGreaterThan(1);
      for (const line of title) expect(line.replaceAll(character, '')).toMatch(/^x*$/);
    }
  });

  test('whatever the figures and names', () => {
    const ratio = fc.double({ min: 0, max: 1, noNaN: true });
    const ms = fc.option(fc.double({ min: 0, max: 3.6e6, noNaN: true }));
    const name = fc.oneof(
      fc.stringMatching(/^[a-z0-9][a-z0-9 .%_-]{0,39}$/),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    );
    const row = fc.record({ name, sent: fc.integer({ min: 1, max: 1e10 }), ratio, p50: ms, p99: ms });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const cells = rows.map(({ name: link, sent, ratio: share, p50, p99 }) => {
          const own = {
            sent: figure(sent),
            loss: figure(share, 0, 1),
            reordered: figure(share),
            blocked: figure(share),
          };
          return cell(link, 'tcp', figures({ ...own, 'delay-p50': figure(p50), 'delay-p99': figure(p99) }));
        });
        const comparisons = rows.map(({ name: link, p50, ratio: share }) =>
          comparison({ link, figures: { loss: differing('more', share), 'delay-p50': differing('less', p50) } }),
        );
        expect(widest(report({ cells, comparisons, verdicts: [] }))).toBeLessThanOrEqual(80);
      }),
      { numRuns: 50 },
    );
  });

  test('with ten contestants, over a link or along a sweep', () => {
    const contestants = Array.from({ length: 10 }, (_, at) => `tcp, variant number ${at}`);
    const cells = contestants.map((name) => cell('clean', name, figures(BLOCKED)));
    const comparisons = contestants.slice(1).map((other) => comparison({ baseline: contestants[0]!, other }));
    const text = report({ cells, comparisons });
    const along = terminalReport(sweep({ contestants }), plain);
    for (const each of [text, along]) expect(widest(each)).toBeLessThanOrEqual(80);
    // Side by side there is no room: a line for each cell, then.
    expect(along.split('\n').filter((line) => line.startsWith('loss 10%'))).toHaveLength(10);
  });
});

describe('says', () => {
  test('that a run is incomplete, at the top', () => {
    const text = report({ status: { kind: 'incomplete', why: 'stopped after 3 of 24 trials' } });
    expect(text.split('\n').indexOf('INCOMPLETE: stopped after 3 of 24 trials.')).toBeLessThan(6);
  });

  test('why it was not the backend that one would expect', () => {
    expect(unwrapped(report({ backendWhy: 'There is no /dev/net/tun here.' }))).toContain(
      'Why the relay backend: There is no /dev/net/tun here.',
    );
  });

  test('one message, one repetition', () => {
    const { scenario } = result();
    const text = report({ cells: [cell('clean', 'tcp', ONE_MESSAGE)], scenario: { ...scenario, repetitions: 1 } });
    expect(text).toContain('1 message over the relay backend in 28.4 s, 1 repetition\n');
  });

  test('how many messages each cell sent: once where it is the same, else line by line', () => {
    const same = [cell('a', 'tcp', figures()), cell('a', 'udp', figures())];
    expect(report({ cells: same })).toMatch(/^3,000 messages \(1,500 a cell\) over/m);
    expect(report({ cells: same })).not.toMatch(/^link.* sent /m);
    const others = [cell('a', 'tcp', figures()), cell('a', 'udp', figures({ sent: figure(20) }))];
    expect(report({ cells: others })).toMatch(/^1,520 messages over/m);
    expect(lineOf(report({ cells: others }), 'a     udp')).toMatch(/^a +udp +20 /);
  });

  test('the reason of many failures once, and which they were', () => {
    const broken = 'the server process ended (SIGKILL)';
    const repetitions = [failed(1, broken), measured(2, figures()), failed(3, broken), failed(4, 'no answer')];
    const text = unwrapped(report({ cells: [unfinished('clean', 'udp', repetitions)] }));
    expect(text).toContain(`2 repetitions (first: 1) of clean over udp failed: ${broken}`);
    expect(text).toContain('Repetition 4 of clean over udp failed: no answer');
  });

  test('a reason that several cells share once', () => {
    const cells = ['a', 'b'].map((link) => notAvailable(link, 'tcp', 'no packets there'));
    expect(unwrapped(report({ cells }))).toContain('Not available (a over tcp, b over tcp): no packets there.');
  });

  test('how late the lab itself was, of the worst cell', () => {
    const late = figures({ 'timer-error-p99': figure(12.34) });
    const text = unwrapped(report({ cells: [cell('a', 'tcp', figures()), cell('a', 'udp', late)] }));
    expect(text).toContain('The lab itself sent late by at most 12.3 ms');
  });

  test('the first of many reasons and warnings, and how many there are more', () => {
    const all = Array.from({ length: 12 }, (_, at) => evidence(`link ${at}`, { lost: 3 }));
    const warnings = Array.from({ length: 20 }, (_, at) => `warning ${at}`);
    const text = report({ verdicts: [verdict({ evidence: all })], warnings });
    expect(text).toContain('link 6: of');
    expect(text).not.toContain('link 7: of');
    expect(text).toContain('And 5 more: they are in report.md.');
    expect(text).toContain('And 13 more: they are in report.md.');
  });

  test('nothing that drives a terminal or turns its text around', () => {
    const { scenario } = result();
    const text = report({
      scenario: { ...scenario, title: 'a\x1b[2Jb\u202ec', question: 'x\r\ny\u0007' },
      cells: [cell('evil\x1b]0;title\x07', 'tcp\x9b', figures())],
      verdicts: [verdict({ sentence: 'one\ntwo\u2066' })],
    });
    expect(text).not.toMatch(/[^\P{C}\n]/u);
  });
});

describe('a figure is a column where a cell has something there', () => {
  const head = (changes: Partial<RunResult>) => lineOf(report(changes), 'link ')!.split(/ {2,}/);

  test('what is nowhere is left out', () => {
    expect(head({ cells: [cell('a', 'tcp', figures())] })).toEqual([
      'link',
      'over',
      'sent',
      'lost',
      'p50 ms',
      'p99 ms',
    ]);
  });

  test('what is somewhere is there, and n/a where it can not be', () => {
    const cells = [
      cell('a', 'tcp', figures({ ...BLOCKED })),
      cell('a', 'udp', figures({ replicated: figure(0.1), reordered: figure(0.2) })),
    ];
    expect(head({ cells })).toEqual(['link', 'over', 'lost', 'twice', 'reordered', 'blocked', 'p50 ms', 'p99 ms']);
    expect(report({ cells })).toMatch(/^a +udp +0 % +10\.0 % +20\.0 % +n\/a +20\.3 +25\.0$/m);
  });

  test('goodput is one where the network decides how much is sent', () => {
    const { scenario } = result();
    const closed = { ...LOAD, isClosedLoop: true };
    const points = [{ ...scenario.points[0]!, workload: closed }];
    const cells = [cell('a', 'tcp', figures({ 'round-trip-p50': figure(41) }))];
    expect(head({ cells, scenario: { ...scenario, points } })).toEqual(
      expect.arrayContaining(['RTT p50 ms', 'goodput']),
    );
    expect(head({ cells })).not.toContain('goodput');
  });
});

describe('two contestants side by side', () => {
  const row = (figuresOf: Comparison['figures'], rest: Partial<Comparison> = {}) =>
    lineOf(report({ comparisons: [comparison({ link: 'here', figures: figuresOf, ...rest })] }), 'here');

  test.each<[string, Comparison['figures'], RegExp]>([
    [
      'more and less, with a sign',
      { loss: differing('more', 0.0886), 'delay-p99': differing('less', -20.2) },
      /\+8\.86 +−20\.2$/,
    ],
    ['no difference', { loss: differing('no-difference', 0.01) }, / =$/],
    ['too little to say', { loss: { conclusion: 'not-supported', why: 'too few repetitions' } }, / \?$/],
    [
      'reached by one alone',
      { loss: differing('more', null), 'delay-p99': differing('less', '-infinite') },
      /\+∞ +−∞$/,
    ],
    [
      'reached by neither',
      { loss: differing('more', 0.1), 'delay-p99': { conclusion: 'not-supported', why: 'neither side is reached' } },
      /\+10\.0 +–$/,
    ],
  ])('%s', (_what, figuresOf, words) => expect(row(figuresOf)).toMatch(words));

  test('without pairs of messages', () => {
    const { pairs: _, ...unpaired } = comparison({ link: 'here' });
    expect(lineOf(report({ comparisons: [unpaired] }), 'here')).toMatch(/^here +udp +– +– /);
  });

  test('the legend has the signs that were used, and why there is too little to say', () => {
    const legend = (figuresOf: Comparison['figures']) =>
      unwrapped(report({ comparisons: [comparison({ figures: figuresOf })] }));
    const equal = '=: no difference (its 95 % interval contains 0)';
    const open = differing('not-supported');
    expect(legend({ loss: differing('no-difference', 0) })).toContain(`differ; ${equal}. `);
    expect(legend({ loss: differing('more', null) })).toContain('differ; ∞: one of them did not reach it. ');
    expect(legend({ loss: { ...open, why: 'three repetitions are too few' } })).toContain(
      'differ; ?: not enough to say (three repetitions are too few). ',
    );
  });
});

describe('a sweep', () => {
  const text = (...args: Parameters<typeof sweep>) => terminalReport(sweep(...args), plain);

  test('is a line for each point, and the shape of it', () => expect(text()).toMatchSnapshot());

  test('shows the figure of its verdicts first, and its shape', () => {
    const about = (metric: string) => [verdict({ test: 'above', evidence: [], figures: [figureEvidence({ metric })] })];
    const head = text({}, { verdicts: about('delay-max') })
      .split('\n')
      .find((line) => line.includes('delay p50'));
    expect(head).toMatch(/^ +delay max, ms +loss +delay p50, ms +delay p99, ms$/);
    expect(text({}, { verdicts: about('loss') })).toMatch(/^loss, from 0 to 8\.00 %\ntcp {2}▁{5}\nudp {2}▁▃▅▇█$/mu);
  });

  test('does without the median where it would need a table of its own', () => {
    const wide = text({ of: () => ({ ...NOTHING_DELIVERED, sent: figure(1) }), contestants: ['a', 'b', 'c'] });
    expect(wide).toContain('delay p99, ms');
    expect(wide).not.toContain('delay p50, ms');
  });

  test('of a closed loop shows what the network let through', () => {
    const run = sweep({ of: (_transport, at) => figures({ 'round-trip-p50': figure(40 + at) }) });
    const points = run.scenario.points.map((each) => ({ ...each, workload: { ...LOAD, isClosedLoop: true } }));
    const closed = terminalReport({ ...run, scenario: { ...run.scenario, points } }, plain);
    expect(closed).toMatch(/^ +round trip p50, ms +delay p99, ms +goodput$/m);
  });

  test('in which nothing was measured has a line for each cell, and why', () => {
    const nothing = text({ of: () => undefined }, { metrics: {} });
    expect(nothing.match(/not available$/gm)).toHaveLength(10);
  });

  test('has a block for each link', () => {
    const lines = text({ links: ['home', 'mobile'] }).split('\n');
    expect(lines.filter((line) => line.startsWith('loss 2%'))).toHaveLength(2);
    expect(lines).toEqual(expect.arrayContaining(['home', 'mobile']));
  });

  test.each([
    ['two points', [{ loss: '0%' }, { loss: '1%' }]],
    ['two things swept', [1, 2, 3].map((ms) => ({ loss: '1%', delay: `${ms}ms` }))],
  ])('of %s has no shape', (_what, values) => expect(text({ values })).not.toMatch(/[▁-█]/u));

  test('says where a figure is not available', () => {
    const swept = text({ of: (transport, at) => (transport === 'udp' && at === 1 ? undefined : LOSSY) });
    expect(swept).toMatch(/^loss 1% .* n\/a$/m);
    expect(swept).toMatch(/^udp {2}.·...$/mu);
  });
});

describe('has no number where there is none', () => {
  const NO_NUMBER = /NaN|Infinity|undefined|null/;

  test('nothing was delivered', () => {
    const text = report({ cells: [cell('dead', 'udp', NOTHING_DELIVERED)], verdicts: [], comparisons: [] });
    expect(text).toMatch(/dead +udp +1,500 +100 % +not reached +not reached/);
    expect(text).not.toMatch(NO_NUMBER);
    expect(text).not.toContain('sent late');
  });

  test('nothing was delivered anywhere along a sweep', () => {
    const text = terminalReport(sweep({ of: () => NOTHING_DELIVERED }), plain);
    expect(text).not.toMatch(NO_NUMBER);
    expect(text).not.toMatch(/[▁-█]/u);
  });

  test('no cell is available, and nothing is claimed', () => {
    const cells = ['tcp', 'udp'].map((transport) => notAvailable('lossy', transport, 'nothing is between'));
    const text = report({ cells, verdicts: [], comparisons: [], metrics: {} });
    expect(text).toMatch(/^lossy +tcp +not available$/m);
    expect(text).toContain('\n0 messages over');
    expect(text).not.toMatch(/NaN|Infinity|undefined|null|sent late|\n\n\n/);
  });

  test('every repetition failed', () => {
    const cells = [unfinished('clean', 'tcp', [failed(1, 'no answer')])];
    const text = report({ cells, comparisons: [], verdicts: [] });
    expect(text).toMatch(/^clean +tcp +nothing measured$/m);
    expect(text).not.toMatch(NO_NUMBER);
  });

  test('the run is under way, and no figure has an interval', () => {
    const cells = [cell('clean', 'tcp', underWay(figures())), cell('clean', 'udp', underWay(LOSSY))];
    const text = report({ cells, verdicts: [], comparisons: [], status: { kind: 'incomplete', why: 'it goes on' } });
    expect(text).toMatch(/^clean +udp +9\.73 % +0\.222 % +20\.3 +not reached$/m);
    expect(text).not.toMatch(NO_NUMBER);
  });
});
