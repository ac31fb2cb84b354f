// When messages came, on a terminal: a line for each cell, all on one axis.
import { Chalk } from 'chalk';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Language } from '../../reports/language/language.ts';
import { told } from '../../reports/language/told.ts';
import { arrivals } from '../../reports/terminal-arrivals.ts';
import { DEADLINES_MS, deadlineCurve } from '../../src/bench/metrics/deadline.ts';
import type { Cell, Figures } from '../../src/bench/result.ts';
import { cell, figure, figures, notAvailable, result } from './results.ts';

const plain = new Chalk({ level: 0 });
const LOST = Number.POSITIVE_INFINITY;
/** The column behind the bars: "✕ <0.001 %" has room there, and one more. */
const BARS_END = 80 - 11;

/** A cell of messages that came after these delays, in ms. */
function drawn(
  delaysMs: readonly number[],
  { link = 'clean', transport = 'tcp', point = '' } = {},
  own: Figures = {},
): Cell {
  const came = delaysMs.filter((ms) => ms < LOST);
  const y = deadlineCurve({
    plannedNs: new Float64Array(delaysMs.length),
    sortedDelaysMs: Float64Array.from(came).sort(),
  });
  const counts = {
    sent: figure(delaysMs.length),
    delivered: figure(came.length),
    loss: figure(1 - came.length / delaysMs.length),
  };
  return {
    ...cell(link, transport, figures({ ...counts, ...own }), point),
    curves: { deadlines: { title: 'in time', x: [...DEADLINES_MS], y: [...y] } },
  };
}

const report = (cells: readonly Cell[], language: Language = 'en') =>
  arrivals(told(result({ cells }), language), plain);
/** Without the heading, which is one line where it has room. */
const lines = (...cells: readonly Cell[]) => report(cells).split('\n').slice(1);
const around = (ms: number, count = 100) => Array.from({ length: count }, (_, k) => ms * (1 + k / 500));
const some = (count: number) =>
  Array.from({ length: count }, (_, at) => drawn(around(20 + at), { transport: `tcp ${at}` }));

/** The bars of a line, the spaces at its end included. */
function barsOf(line: string, name: string): string {
  return [...line].slice(name.length + 2, BARS_END).join('');
}

describe('a line', () => {
  test('is there for each cell, in their order, under a heading', () => {
    const text = report([
      drawn(around(20)),
      drawn(around(40), { transport: 'udp' }),
      drawn(around(40), { transport: 'udp', link: 'lossy', point: 'loss 1%' }),
    ]);
    const [head, ...rest] = text.split('\n');
    expect(head).toMatch(/^When messages came, from 1\d\.\d to 4\d\.\d ms \(log axis\); ✕ what never did$/);
    expect(rest.map((line) => line.replace(/ {2}.*/, ''))).toEqual([
      'tcp over clean',
      'udp over clean',
      'udp over lossy at loss 1%',
    ]);
  });

  test('has its bars where its messages came, the earlier to the left', () => {
    const [early, late, both] = lines(
      drawn(around(20), { transport: 'a' }),
      drawn(around(2000), { transport: 'b' }),
      drawn([...around(20), ...around(2000)], { transport: 'c' }),
    ).map((line) => barsOf(line.padEnd(80), 'a over clean'));
    expect(early).toMatch(/^[▁-█]+ +$/u);
    expect(late).toMatch(/^ +[▁-█]+ *$/u);
    expect(both).toMatch(/^[▁-█]+ {20,}[▁-█]+ *$/u);
    expect(Math.abs(late!.search(/[▁-█]/u) - both!.lastIndexOf(' ', both!.search(/[▁-█] *$/u)))).toBeLessThan(4);
  });

  test('is as high as the most of its own', () => {
    const [one, other] = lines(drawn(around(20)), drawn([...around(20, 10), ...new Array(90).fill(LOST)]));
    for (const line of [one!, other!]) expect(line).toContain('█');
  });

  test('is of one height where they came evenly on the axis', () => {
    const evenly = Array.from({ length: 20_000 }, (_, k) => 10 * 100 ** (k / 20_000));
    const [line] = lines(drawn(evenly, { transport: 'a' }));
    expect(barsOf(line!.padEnd(80), 'a over clean').trim()).toMatch(/^[▁-█]?[▇█]{50,}[▁-█]?$/u);
  });
});

describe('what was lost', () => {
  const half = [...around(20, 50), ...new Array(50).fill(LOST)];

  test('is told behind the bars, and nothing where nothing was', () => {
    const [none, lost] = lines(drawn(around(20)), drawn(half));
    expect(none).not.toContain('✕');
    expect(lost).toMatch(/✕ 50\.0 %$/);
  });

  test('stands in one column', () => {
    const [one, other] = lines(
      drawn(half, { transport: 'a' }),
      drawn([...around(20, 99), LOST], { transport: 'a longer one' }),
    );
    expect(one!.indexOf('✕')).toBe(other!.indexOf('✕'));
    expect(other).toMatch(/✕ 1\.00 %$/);
  });

  test('is told in the language of the reader', () => {
    const [head, line] = report([drawn(half)], 'pt-BR').split('\n');
    expect(head).toMatch(/^Quando chegaram, de \d+,\d a \d+,\d ms \(eixo logarítmico\); ✕ o que nunca chegou$/);
    expect(line).toMatch(/^tcp em clean {2}.*✕ 50,0 %$/u);
  });

  test.each([0.000_001, 0.000_004, 0.000_01, 0.001, 0.0999, 0.5, 0.999, 0.9999])('has room: %f', (loss) => {
    for (const language of ['en', 'pt-BR'] as const) {
      const text = report([drawn(around(20), {}, { loss: figure(loss) })], language);
      expect(text).toContain('✕');
      for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80);
    }
  });
});

describe('nothing is drawn', () => {
  const { curves: _, ...withoutCurves } = drawn(around(20));

  test.each<[what: string, cells: readonly Cell[]]>([
    ['no cells', []],
    ['cells without curves', [withoutCurves]],
    ['cells with other curves alone', [{ ...withoutCurves, curves: { blocking: { title: '', x: [1], y: [1] } } }]],
    ['cells that are not available', [notAvailable('clean', 'tcp')]],
    ['cells of which nothing came', [drawn([LOST, LOST])]],
    ['more than 24 cells', some(25)],
    ['messages that all came in the same moment, as far as can be told', [drawn([0, 0])]],
    ['a name that leaves no room', [drawn(around(20), { link: 'y'.repeat(60) })]],
  ])('of %s', (_what, cells) => expect(report(cells)).toBe(''));

  test('but of 24 cells, however many more have nothing to draw', () => {
    const nothing = some(30).map(({ curves: none, ...rest }) => rest);
    expect(lines(...some(24))).toHaveLength(24);
    expect(lines(...some(24), ...nothing, drawn([LOST]))).toHaveLength(24);
  });

  test('of the cells that have nothing, among others', () => {
    const [one, ...rest] = lines(withoutCurves, drawn([LOST], { link: 'gone' }), drawn(around(20), { link: 'here' }));
    expect(one).toMatch(/^tcp over here /);
    expect(rest).toEqual([]);
  });
});

describe('no line is wider than the terminal', () => {
  const widest = (text: string) => Math.max(...text.split('\n').map((line) => stringWidth(line)));

  test.each(['測試網路連線', '👩‍👩‍👧‍👦🇵🇹', 'e\u0301e\u0301e\u0301', 'plain'])(
    'under a name such as %s, and columns stay',
    (name) => {
      const half = [...around(20, 50), ...new Array(50).fill(LOST)];
      const found = lines(drawn(half, { link: name }), drawn(half, { link: 'w' }), drawn(half, { transport: name }));
      // What stands before the sign is as wide in all of them.
      const widths = found.map((line) => stringWidth(line.slice(0, line.indexOf('✕'))));
      expect(widths).toEqual(Array(3).fill(BARS_END + 1));
      const bars = found.map((line) => stringWidth(line.slice(0, line.search(/[▁-█]/u))));
      expect(new Set(bars).size).toBe(1);
      expect(widest(found.join('\n'))).toBeLessThanOrEqual(80);
    },
  );

  test('with a name that drives a terminal', () => {
    const [line] = lines(drawn(around(20), { link: 'a\n\u001b[31mb\u202ec' }));
    expect(line).toMatch(/^tcp over a \[31mbc {2}/);
  });

  test('whatever came when, and every line has all of its columns', () => {
    const anyDelay = fc.oneof(
      { weight: 5, arbitrary: fc.double({ min: -2, max: 4.5, noNaN: true }).map((power) => 10 ** power) },
      { weight: 1, arbitrary: fc.constantFrom(LOST, 1, 10, 100) },
    );
    const anyCell = fc
      .tuple(fc.array(anyDelay, { minLength: 1, maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 20 }))
      // One is lost in each, so that every line has a sign behind its bars.
      .map(([delaysMs, link]) => drawn([...delaysMs, LOST], { link }));
    fc.assert(
      fc.property(fc.array(anyCell, { minLength: 1, maxLength: 4 }), (cells) => {
        const text = report(cells);
        if (text === '') return;
        expect(widest(text)).toBeLessThanOrEqual(80);
        const own = text.split('\n').filter((line) => line.includes('✕ ') && !line.startsWith('When'));
        for (const line of own) expect(stringWidth(line.slice(0, line.lastIndexOf('✕')))).toBe(BARS_END + 1);
      }),
      { numRuns: 300 },
    );
  });
});

describe('where an edge of the line is one of the curve but for its last digit', () => {
  test('bars stay in their columns', () => {
    // So many messages in steps of the curve; the line has 44 steps, and something came in the last one.
    const counts = { 94: 4, 138: 15, 148: 11, 168: 36, 186: 10, 190: 18, 192: 47 };
    const delaysMs = Object.entries(counts).flatMap(([at, count]) => new Array(count).fill(DEADLINES_MS[Number(at)]));
    const [line] = lines(drawn([...delaysMs, ...new Array(13).fill(LOST)], { transport: 'twelve wide.' }));
    expect(barsOf(line!, 'twelve wide. over clean')).toMatch(/^▁.{42}█$/u);
  });

  test('there is no bar where nothing came', () => {
    // 55 steps of the curve on a line of 55 steps: a bar for each step in which something came.
    const [first, last] = [97, 97 + 54];
    for (let middle = first + 1; middle < last; middle++) {
      const delaysMs = [first, first, first, middle, middle, last].map((at) => DEADLINES_MS[at]!);
      const [line] = lines(drawn([...delaysMs, LOST], { transport: 'a' }));
      const places = [...barsOf(line!, 'a over clean')].flatMap((bar, at) => (bar === ' ' ? [] : [at]));
      expect(places).toEqual([0, middle - first, last - first]);
    }
  });
});
