// The duel's screen, drawn from values.
import fc from 'fast-check';
import { render } from 'ink-testing-library';
import { createElement } from 'react';
import stringWidth from 'string-width';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import {
  arrived,
  connectionChanged,
  type DuelModel,
  duelModel,
  heldBack,
  linkChanged,
  lost,
  receiptCame,
  receiptLost,
  SIDES,
  sent,
  timePassed,
} from '../../../cli/duel/model/duel-model.ts';
import { type DuelTyping, NOTHING_TYPED } from '../../../cli/duel/model/duel-typing.ts';
import { DuelScreen, type DuelScreenProps, inboxHeight } from '../../../cli/duel/screen/duel-screen.tsx';
import { DUEL_TEXTS } from '../../../cli/duel/texts.ts';
import { LEAST } from '../../../cli/screen/parts.tsx';
import { fieldOf } from '../../../cli/screen/text-field.ts';
import type { Language } from '../../../reports/language/language.ts';
import { drawnLines, ESC, LANGUAGES, paint, SIZES } from '../drawn.ts';

/** Control and direction characters, and ends of lines. */
const DRIVES = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const MAP_ROWS = 2;
/** Behind the title and the map. */
const SCORE_AT = 1 + MAP_ROWS;
/** A small screen does without the last line of the score. */
const scoreRows = (rows: number) => (rows < 20 ? 4 : 5);
const INBOX_AT = SCORE_AT + scoreRows(23);
/** Title, map, two rules, field, link, and one line of a notice or the hint. */
const heightOf = (rows: number) => rows - 1 - MAP_ROWS - scoreRows(rows) - 5;

const NEW = duelModel({ words: 'delay 100ms loss 20%', backend: 'tun', dropped: { up: 0, down: 0 } }, SIDES);

const ms = (value: number) => value * 1e6;

function said(count: number, model = NEW, body = 'hello'): DuelModel {
  return Array.from({ length: count }).reduce<DuelModel>((now) => sent(now, body, 0, {}), model);
}

/** Over both, in their order. */
function come(model: DuelModel, bodies = model): DuelModel {
  return bodies.messages.reduce(
    (now, { number }) => SIDES.reduce((next, transport) => arrived(next, transport, number, ms(100 + number)), now),
    model,
  );
}

const HOSTILE = [
  `${ESC}[2J${ESC}[31mred${ESC}]0;title\u0007`,
  '\u009b31m\u202eevil\u2066\u200f\u061c',
  'one\r\n\ntwo\rthree\tfour\u2028five',
  '日本語'.repeat(40),
  '👨‍👩‍👧‍👦🇧🇷❤️'.repeat(30),
  'e\u0301'.repeat(100),
  '\u0301\u0301 alone',
  'กำ ﷺ \u3000 \u00a0',
  `${'a'.repeat(20)}日${'b'.repeat(20)}日`,
  'x'.repeat(2_000),
];

/** With a line, a glyph and a count of each kind, and what nobody should say. */
function busy(): DuelModel {
  let model = come(HOSTILE.reduce((now, body) => sent(now, body, 0, {}), NEW));
  model = said(12, model);
  const at = (number: number) => HOSTILE.length + number;
  model = arrived(model, 'udp', at(2), ms(12_345));
  model = arrived(model, 'udp', at(1), ms(99_999));
  model = arrived(model, 'udp', at(1), ms(99_999));
  for (const [number, cause] of (['loss', 'queue', 'list', 'outage', 'corrupt', 'carrier'] as const).entries())
    model = lost(model, 'udp', at(3 + number), cause);
  model = heldBack(arrived(model, 'tcp', at(1), ms(20_000)), 'tcp', at(1), { ms: 12_345.6, behind: 7 });
  model = receiptLost(receiptCame(model, 'udp', at(1), ms(200)), 'udp', at(2));
  return said(5, sent(timePassed(model, ms(6_000)), 'late', ms(6_000), { tcp: 'queue-full', udp: 'refused' }));
}

const BUSY = busy();

/** Numbered, so that no line is like another. */
function sentences(count: number): string {
  return Array.from({ length: count }, (_, at) => `word ${at}`).join(' ');
}

function typing(text: string, of: Partial<DuelTyping> = {}): DuelTyping {
  return { ...NOTHING_TYPED, field: fieldOf(text), ...of };
}

/** What stands on the screen, line by line. */
function drawn(props: Partial<DuelScreenProps> = {}): string[] {
  const whole: DuelScreenProps = {
    model: NEW,
    typing: NOTHING_TYPED,
    notice: undefined,
    language: 'en',
    columns: 80,
    rows: 23,
    hasColour: false,
    ...props,
  };
  return drawnLines(createElement(DuelScreen, whole), whole.columns);
}

/** The lines of each side, without the space behind them. */
function sidesOf(lines: readonly string[]): { tcp: string[]; udp: string[] } {
  const both = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith('───')),
  );
  const parts = both.map((line) => line.split(' │'));
  return { tcp: parts.map(([left]) => left!.trimEnd()), udp: parts.map(([, right]) => right!.trim()) };
}

const mapOf = (lines: readonly string[]) => lines.slice(1, SCORE_AT).join('');

beforeEach(() => paint(0));

describe.each(SIZES)('on %i columns and %i lines', (columns, rows) => {
  const long = 'x'.repeat(300);
  const down = (why: string) =>
    SIDES.reduce((model, transport) => connectionChanged(model, transport, { kind: 'down', why }), BUSY);
  const states: [string, Partial<DuelScreenProps>][] = [
    ['nothing', {}],
    ['a busy duel', { model: BUSY }],
    ['a scrolled one', { model: BUSY, typing: typing('', { scrolled: 5 }) }],
    ['one that is scrolled to its oldest', { model: BUSY, typing: typing('', { scrolled: 9_999 }) }],
    ['a long one', { model: come(said(1_234)) }],
    ['a long text', { model: BUSY, typing: typing(long) }],
    ['a wide text', { model: BUSY, typing: typing('日'.repeat(200)) }],
    ['a text of many lines', { typing: typing(HOSTILE.join('\n')) }],
    ['lost connections', { model: down(long) }],
    ['lost connections, in wide words', { model: down('日'.repeat(99)) }],
    ['lost connections, in hostile words', { model: down(HOSTILE.join('')) }],
    ['a link without TCP', { model: said(3, duelModel(NEW.link, ['udp'])) }],
    ['a long link', { model: { ...NEW, link: { words: long, backend: 'relay', dropped: { up: 1e6, down: 1e6 } } } }],
    ['a long notice', { notice: long }],
    ['a wide notice', { notice: '日'.repeat(200) }],
    ['a hostile notice', { notice: HOSTILE.join('') }],
    ['a notice of many lines, over a busy duel', { model: BUSY, notice: sentences(200) }],
    ['a body of 60,000 spaces', { model: come(said(3, NEW, ' '.repeat(60_000))) }],
    ['links that changed', { model: linkChanged(linkChanged(BUSY, long), '日'.repeat(99)) }],
  ];

  test.each(states)('%s has room, in each language', (_what, props) => {
    for (const language of LANGUAGES) {
      const lines = drawn({ ...props, language, columns, rows });
      expect(lines).toHaveLength(rows);
      for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
      expect(lines.filter((line) => line === '─'.repeat(columns))).toHaveLength(2);
      const sides = lines.slice(0, lines.indexOf('─'.repeat(columns)));
      expect(sides.length).toBeGreaterThanOrEqual(rows - 8);
      expect(sides.every((line) => line.split('│').length === 2)).toBe(true);
      expect(lines.join('')).not.toMatch(DRIVES);
    }
  });

  test('the sides meet in the middle, whatever stands there', () => {
    const places = drawn({ model: BUSY, columns, rows })
      .slice(0, rows - 5)
      .map((line) => stringWidth(line.slice(0, line.indexOf('│'))));
    expect(new Set(places)).toEqual(new Set([Math.floor((columns - 3) / 2) + 1]));
  });

  test('field, link and hint are at the bottom, in each language', () => {
    for (const language of LANGUAGES) {
      const { message, hint } = DUEL_TEXTS[language];
      const lines = drawn({ model: BUSY, language, columns, rows });
      expect(lines.at(-4)!.trimEnd()).toBe(`› ${message}`);
      expect(lines.at(-2)).toMatch(/^(?:link, by packets: dropped|enlace, por pacotes: descartou) 0 /);
      expect(lines.at(-1)).toBe(hint);
    }
  });

  test('the map shows one glyph for each message, in their order', () => {
    const { tcp, udp } = sidesOf(drawn({ model: BUSY, columns, rows }));
    const came = '●'.repeat(HOSTILE.length);
    expect(mapOf(tcp)).toBe(`${came}◔${'·'.repeat(11)}–${'·'.repeat(5)}`);
    expect(mapOf(udp)).toBe(`${came}↷●✗✗✗✗✗✗????–${'·'.repeat(5)}`);
  });

  test('the map that is full goes on by the row, and ends with the newest', () => {
    const width = Math.floor((columns - 3) / 2);
    for (const [count, shown] of [
      [width * MAP_ROWS, width * MAP_ROWS],
      [width * MAP_ROWS + 1, width + 1],
      [width * 9 - 1, width * 2 - 1],
      [width * 9, width * 2],
    ] as const) {
      const udp = (model: DuelModel) => mapOf(sidesOf(drawn({ model, columns, rows })).udp);
      const model = lost(said(count), 'udp', count, 'loss');
      expect(udp(model)).toBe(`${'·'.repeat(shown - 1)}✗`);
      expect(udp(lost(model, 'udp', count - shown + 1, 'loss'))).toBe(`✗${'·'.repeat(shown - 2)}✗`);
      expect(udp(lost(model, 'udp', count - shown, 'loss'))).toBe(udp(model));
    }
  });

  test('the keys are all there, with Ctrl-C among them', () => {
    for (const language of LANGUAGES) {
      const lines = drawn({ language, columns, rows, typing: typing('', { showsKeys: true }) });
      expect(lines.length).toBeLessThanOrEqual(rows);
      expect(lines[0]).toBe(DUEL_TEXTS[language].keysTitle);
      for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
      for (const [key] of DUEL_TEXTS[language].keys) {
        expect(
          lines.some((line) => line.startsWith(`${key} `)),
          key,
        ).toBe(true);
      }
    }
  });
});

test.each(LANGUAGES)('the keys say what they do, and glyphs what they mean (%s)', (language) => {
  const lines = drawn({ language, typing: typing('', { showsKeys: true }) });
  const { keys } = DUEL_TEXTS[language];
  expect(lines.slice(1, keys.length + 1).map((line) => line.slice(18))).toEqual(keys.map(([, does]) => does));
});

test('no line is wider than the screen, nor drives it, whatever was said and is typed', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...HOSTILE.slice(0, -1).flatMap((body) => [...body])), maxLength: 60 }),
  );
  fc.assert(
    fc.property(text, text, (body, typed) => {
      const lines = drawn({ model: come(said(1, NEW, body)), typing: typing(typed), columns: 60, rows: 15 });
      expect(lines).toHaveLength(15);
      for (const line of lines) expect(stringWidth(line), JSON.stringify(line)).toBeLessThanOrEqual(60);
      expect(lines.join('')).not.toMatch(DRIVES);
    }),
    { numRuns: 60 },
  );
});

test.each([
  [LEAST.columns - 1, 23],
  [80, LEAST.rows - 2],
  [20, 5],
])('on %i columns and %i lines it says how much it needs', (columns, rows) => {
  const text = (language: Language) => drawn({ columns, rows, language }).join(' ').replace(/\s+/g, ' ');
  expect(text('en')).toBe('The duel needs a terminal of 60 × 16.');
  expect(text('pt-BR')).toBe('O duelo precisa de um terminal de 60 × 16.');
});

describe('a side', () => {
  test('has its name, its map, its score and its inbox', () => {
    const { tcp, udp } = sidesOf(drawn({ model: BUSY, columns: 160, rows: 39 }));
    expect([tcp[0], udp[0]]).toEqual(['TCP', 'UDP']);
    expect(tcp.slice(SCORE_AT, INBOX_AT)).toEqual([
      '11 of 28 arrived',
      'lost 0 · not sent 1 · in flight 16',
      'held 1 · out of order 0',
      'median 106 ms · p95 never',
      'confirmed 0',
    ]);
    expect(udp.slice(SCORE_AT, INBOX_AT)).toEqual([
      '12 of 28 arrived',
      'lost 6 · missing 4 · not sent 1 · in flight 5',
      'held 0 · out of order 1 · twice 1',
      'median 99,999 ms · p95 never',
      'confirmed 1 · receipts lost 1',
    ]);
    expect(tcp[INBOX_AT]).toBe('#1 101 ms · \\u{1b}[2J\\u{1b}[31mred\\u{1b}]0;title\\u{7}');
    expect(tcp.filter((line) => line.startsWith('#'))).toHaveLength(HOSTILE.length + 2);
    expect(tcp).toContain(`#${HOSTILE.length + 13} ✗ too much waits before it`);
    expect(udp).toContain(`#${HOSTILE.length + 13} ✗ the server refused it`);
  });

  test.each([
    [19, false],
    [20, true],
  ])('on %d lines has its receipts: %s', (rows, hasReceipts) => {
    const { tcp, udp } = sidesOf(drawn({ model: BUSY, rows }));
    for (const side of [tcp, udp]) expect(side.some((line) => line.startsWith('confirmed'))).toBe(hasReceipts);
  });

  test('says where the link changed', () => {
    const { tcp, udp } = sidesOf(drawn({ model: come(said(1, linkChanged(NEW, 'loss 30%'))) }));
    for (const side of [tcp, udp])
      expect(side.slice(INBOX_AT, INBOX_AT + 2)).toEqual(['── loss 30%', '#1 101 ms · hello']);
  });

  test('that is down says why, and the other does not', () => {
    const model = connectionChanged(NEW, 'udp', { kind: 'down', why: `silence${ESC}[31m` });
    const { tcp, udp } = sidesOf(drawn({ model, columns: 120 }));
    expect(tcp[0]).toBe('TCP');
    expect(udp[0]).toBe('UDP no connection: silence\\u{1b}[31m');
  });

  test('that the link can’t carry says so', () => {
    const { tcp, udp } = sidesOf(drawn({ model: duelModel(NEW.link, ['udp']), columns: 160 }));
    expect(tcp[0]).toBe(`TCP ${DUEL_TEXTS.en.unavailable}`);
    expect(udp[0]).toBe('UDP');
  });

  test('says once that there is nothing yet', () => {
    for (const language of LANGUAGES) {
      const { tcp, udp } = sidesOf(drawn({ language }));
      expect(tcp[INBOX_AT]).toBe(DUEL_TEXTS[language].empty);
      expect(udp[INBOX_AT]).toBe('');
    }
    expect(drawn({ model: said(1) }).join('\n')).not.toContain(DUEL_TEXTS.en.empty);
  });
});

describe('the inboxes', () => {
  const HEIGHT = inboxHeight({ rows: 23, columns: 80 }, undefined);
  const inboxOf = (of: Partial<DuelScreenProps>) => sidesOf(drawn(of)).tcp.slice(INBOX_AT);
  const numbers = (lines: readonly string[]) => lines.map((line) => /^#(\d+) /.exec(line)?.[1] ?? line);
  const upTo = (last: number, count: number) => Array.from({ length: count }, (_, at) => `${last - count + 1 + at}`);
  const MANY = come(said(50));
  const scrolledBy = (lines: number, of: Partial<DuelScreenProps> = {}) =>
    numbers(inboxOf({ model: MANY, typing: typing('', { scrolled: lines }), ...of }));

  test.each(SIZES)('have the lines that nothing else has, on %i columns and %i lines', (columns, rows) => {
    const height = (notice: string | undefined) => inboxHeight({ rows, columns }, notice);
    expect(height(undefined)).toBe(heightOf(rows));
    expect(height('saved')).toBe(heightOf(rows));
    expect(height('x'.repeat(columns))).toBe(heightOf(rows));
    expect(height('x'.repeat(columns + 1))).toBe(heightOf(rows) - 1);
    // A notice that is longer than four lines is cut.
    expect(height(sentences(1_000))).toBe(Math.max(1, heightOf(rows) - 3));
  });

  test('show the newest above a long notice, too', () => {
    const notice = 'x '.repeat(60);
    const lines = sidesOf(drawn({ model: MANY, notice })).tcp.slice(INBOX_AT);
    expect(numbers(lines)).toEqual(upTo(50, HEIGHT - 1));
    expect(numbers(inboxOf({ model: MANY, notice, typing: typing('', { scrolled: 9_999 }) }))).toEqual([
      ...upTo(HEIGHT - 2, HEIGHT - 2),
      `↓ ${50 - HEIGHT + 2} more`,
    ]);
  });

  test('draw what is seen of a long log, and look at nothing else', () => {
    const messages = MANY.messages.map((message) =>
      Object.defineProperty({ ...message }, 'body', {
        get() {
          if (message.number <= 50 - HEIGHT) throw new Error(`looked at #${message.number}`);
          return message.body;
        },
      }),
    );
    expect(numbers(inboxOf({ model: { ...MANY, messages } }))).toEqual(upTo(50, HEIGHT));
  });

  test('show the newest', () => expect(scrolledBy(0)).toEqual(upTo(50, HEIGHT)));

  test('that are scrolled say how many lines are above and below', () => {
    const shown = upTo(40, HEIGHT).slice(1, -1);
    const above = 50 - HEIGHT - 10 + 1;
    expect(scrolledBy(10)).toEqual([`↑ ${above} more`, ...shown, '↓ 11 more']);
    expect(scrolledBy(10, { language: 'pt-BR' })).toEqual([`↑ mais ${above}`, ...shown, '↓ mais 11']);
  });

  test('are scrolled no further than to the oldest', () => {
    const oldest = [...upTo(HEIGHT - 1, HEIGHT - 1), `↓ ${50 - HEIGHT + 1} more`];
    expect(scrolledBy(50 - HEIGHT)).toEqual(oldest);
    expect(scrolledBy(9_999)).toEqual(oldest);
  });

  test('scroll each as far as it goes', () => {
    const model = [1, 2, 3].reduce((now, number) => arrived(now, 'udp', number, ms(1)), said(50));
    const both = arrived(come(said(50)), 'tcp', 50, ms(999));
    const sides = { tcp: both.sides.tcp, udp: model.sides.udp };
    const { tcp, udp } = sidesOf(drawn({ model: { ...both, sides }, typing: typing('', { scrolled: 20 }) }));
    expect(tcp[INBOX_AT]).toMatch(/^↑ /);
    expect(numbers(udp.slice(INBOX_AT)).filter((line) => line !== '')).toEqual(['1', '2', '3']);
  });
});

describe('the line at the bottom', () => {
  test('tells the link and what it has dropped', () => {
    const link = { words: '3g', backend: 'relay', dropped: { up: 1234, down: 5 } } as const;
    expect(drawn({ model: { ...NEW, link }, columns: 120 }).at(-2)).toBe(
      'link, by relay: dropped 1,234 up, 5 down · 3g',
    );
    expect(drawn({ model: { ...NEW, link }, columns: 120, language: 'pt-BR' }).at(-2)).toBe(
      'enlace, por retransmissor: descartou 1.234 na subida, 5 na descida · 3g',
    );
  });

  test('says what was last said to the user himself, and a hint where there is nothing', () => {
    expect(drawn().at(-1)).toBe(DUEL_TEXTS.en.hint);
    expect(drawn({ notice: `a\nb${ESC}[31m\u202e` }).at(-1)).toBe('a\\u{a}b\\u{1b}[31m\\u{202e}');
  });

  test('says a long notice in several lines, and cuts it behind the fourth', () => {
    const last = (notice: string, count: number) => drawn({ notice }).slice(-count);
    expect(last('x '.repeat(60), 3)).toEqual([
      expect.stringMatching(/^link, /),
      'x '.repeat(40).trimEnd(),
      'x '.repeat(20).trimEnd(),
    ]);
    const cut = last(sentences(200), 5);
    expect(cut[0]).toMatch(/^link, /);
    expect(cut.slice(1).join(' ')).toBe(sentences(200).slice(0, cut.slice(1).join(' ').length));
    expect(last(sentences(200), 6)[0]).toMatch(/^─+$/);
  });

  test('says a notice whose lines are the same with all of them', () => {
    expect(drawn({ notice: 'x'.repeat(240) }).slice(-3)).toEqual(Array(3).fill('x'.repeat(80)));
  });

  test('shows what is typed, as much as has room', () => {
    const field = (text: string) =>
      drawn({ typing: typing(text) })
        .at(-4)!
        .trimEnd();
    expect(field('one\ntwo')).toBe('› Message  one⏎two');
    expect(field(`begin ${'日本語 '.repeat(50)}end`)).toMatch(/^› Message .*日本語 end$/);
    expect(field('\u202eevil')).toBe('› Message  \\u{202e}evil');
  });
});

describe('colour', () => {
  // Bold, dim and inverse are none.
  const COLOUR = new RegExp(`${ESC}\\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m`);
  const down = connectionChanged(BUSY, 'udp', { kind: 'down', why: 'silence' });

  test('is shown where there is any: good, doubtful, bad, a lost connection and a notice', () => {
    paint(3);
    const frame = drawn({ model: BUSY, hasColour: true, rows: 39 });
    expect(frame[0]).not.toMatch(COLOUR);
    expect(frame.at(-1)).not.toMatch(COLOUR);
    for (const code of [31, 32, 33]) expect(frame.slice(1, 3).join('')).toContain(`${ESC}[${code}m`);
    for (const code of [31, 33]) expect(frame.slice(INBOX_AT, -5).join('')).toContain(`${ESC}[${code}m`);
    expect(drawn({ model: down, hasColour: true })[0]).toContain(`${ESC}[31m`);
    expect(drawn({ notice: 'saved', hasColour: true }).at(-1)).toContain(`${ESC}[33m`);
  });

  test('is not shown where nobody wants any, whatever the terminal can do', () => {
    paint(3);
    for (const props of [{ model: BUSY }, { model: down }, { notice: 'saved' }]) {
      expect(drawn({ ...props, hasColour: false, rows: 39 }).join('\n')).not.toMatch(COLOUR);
    }
  });

  test('or not, the cursor can be seen', () => {
    paint(3);
    for (const hasColour of [true, false]) {
      expect(drawn({ hasColour }).join('\n')).toContain(`${ESC}[7m ${ESC}[27m`);
      expect(drawn({ hasColour, typing: typing('R') }).join('\n')).toContain(`R${ESC}[7m`);
    }
  });

  test('is no escape sequence at all where the terminal has none', () => {
    for (const hasColour of [true, false]) expect(drawn({ model: BUSY, hasColour }).join('\n')).not.toContain(ESC);
  });
});

test('a notice that goes leaves nothing behind, though its lines were alike', () => {
  const props: DuelScreenProps = {
    model: NEW,
    typing: NOTHING_TYPED,
    notice: 'x'.repeat(240),
    language: 'en',
    columns: 80,
    rows: 23,
    hasColour: false,
  };
  const { lastFrame, rerender, unmount } = render(createElement(DuelScreen, props));
  onTestFinished(unmount);
  expect(lastFrame()).toContain('xxx');
  rerender(createElement(DuelScreen, { ...props, notice: undefined }));
  expect(lastFrame()).not.toContain('x'.repeat(20));
  expect(lastFrame()).toContain(DUEL_TEXTS.en.hint);
});
