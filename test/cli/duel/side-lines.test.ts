// One side of a duel as lines: what each of them says, and that nothing in them drives a terminal.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  arrived,
  type DuelModel,
  duelModel,
  type Fate,
  heldBack,
  type Leg,
  lost,
  SIDES,
  sent,
  timePassed,
} from '../../../cli/duel/model/duel-model.ts';
import { type Score, scoreOf } from '../../../cli/duel/model/score.ts';
import { glyphOf, inboxLines, scoreLines } from '../../../cli/duel/screen/side-lines.ts';
import type { Language } from '../../../reports/language/language.ts';
import type { LostDatagram } from '../../../src/link/news.ts';

const NEW = duelModel({ words: 'loss 20%', backend: 'tun', dropped: { up: 0, down: 0 } }, SIDES);
const LANGUAGES: readonly Language[] = ['en', 'pt-BR'];

const said = (...bodies: string[]) => bodies.reduce((model, body) => sent(model, body, 0, {}), NEW);
const came = (model: DuelModel, number: number, afterMs: number) => arrived(model, 'udp', number, afterMs * 1e6);

const inBoth = (model: DuelModel) => LANGUAGES.map((language) => inboxLines(model, 'udp', language));
const newest = (model: DuelModel) => inBoth(model).map((lines) => lines.at(-1));

describe('a glyph', () => {
  const arrivedLeg = (isOutOfOrder: boolean): Fate => ({ kind: 'arrived', afterMs: 1, isOutOfOrder, copies: 1 });
  const held = { ms: 5, behind: 1 };

  test.each<[string, Fate, Partial<Leg>, string, string]>([
    ['in order', arrivedLeg(false), {}, '●', 'good'],
    ['held back', arrivedLeg(false), { heldBack: held }, '◔', 'doubtful'],
    ['out of order', arrivedLeg(true), {}, '↷', 'doubtful'],
    ['out of order, and held back', arrivedLeg(true), { heldBack: held }, '↷', 'doubtful'],
    ['lost', { kind: 'lost', cause: 'loss' }, {}, '✗', 'bad'],
    ['missing', { kind: 'missing' }, {}, '?', 'bad'],
    ['in flight', { kind: 'in-flight', isCut: false }, {}, '·', 'waiting'],
    ['in flight, and held back', { kind: 'in-flight', isCut: false }, { heldBack: held }, '·', 'waiting'],
    ['not sent', { kind: 'not-sent', why: 'refused' }, {}, '–', 'waiting'],
  ])('of what is %s', (_what, fate, of, glyph, look) => {
    expect(glyphOf({ fate, receipt: { kind: 'waiting' }, ...of })).toEqual({ glyph, look });
  });
});

describe('an inbox', () => {
  test('has no line of what has not come', () => expect(inboxLines(said('a'), 'udp', 'en')).toEqual([]));

  test('is in the order in which things came or became known, and its own', () => {
    const model = lost(came(came(said('a', 'b', 'c'), 3, 10), 1, 20), 'udp', 2, 'loss');
    expect(inboxLines(model, 'udp', 'en').map(({ text }) => text.slice(0, 2))).toEqual(['#3', '#1', '#2']);
    expect(inboxLines(model, 'tcp', 'en')).toEqual([]);
  });

  test('says when what came had come', () => {
    expect(newest(came(said('hello'), 1, 12.34))).toEqual([
      { text: '#1 12.3 ms · hello', look: 'plain' },
      { text: '#1 12,3 ms · hello', look: 'plain' },
    ]);
  });

  test('marks what came out of order', () => {
    expect(newest(came(came(said('a', 'b'), 2, 10), 1, 20))).toEqual([
      { text: '#1 20.0 ms · out of order · a', look: 'doubtful' },
      { text: '#1 20,0 ms · fora de ordem · a', look: 'doubtful' },
    ]);
  });

  test.each([
    [2, 'held 5.00 ms by #2', 'retida 5,00 ms por #2'],
    [undefined, 'held 5.00 ms', 'retida 5,00 ms'],
  ])('marks what was held back, by %s', (behind, en, ptBr) => {
    const model = came(heldBack(said('a'), 'udp', 1, { ms: 5, behind }), 1, 20);
    expect(newest(model)).toEqual([
      { text: `#1 20.0 ms · ${en} · a`, look: 'doubtful' },
      { text: `#1 20,0 ms · ${ptBr} · a`, look: 'doubtful' },
    ]);
  });

  test('marks copies, which do not say it all again', () => {
    expect(newest(came(came(said('a'), 1, 10), 1, 20))).toEqual([
      { text: '#1 again', look: 'doubtful' },
      { text: '#1 repetida', look: 'doubtful' },
    ]);
  });

  test.each<[LostDatagram['cause'], string, string]>([
    ['loss', 'dropped by chance', 'descartada por acaso'],
    ['queue', 'its queue was full', 'a fila dele estava cheia'],
    ['list', 'on its drop list', 'está na lista de descarte'],
    ['outage', 'it was out', 'ele estava fora do ar'],
    ['corrupt', 'damaged on its way', 'danificada no caminho'],
    ['carrier', 'this machine had no room for it', 'esta máquina não tinha lugar para ela'],
  ])('says why something was lost: %s', (cause, en, ptBr) => {
    expect(newest(lost(said('a'), 'udp', 1, cause))).toEqual([
      { text: `#1 ✗ lost: ${en}`, look: 'bad' },
      { text: `#1 ✗ perdida: ${ptBr}`, look: 'bad' },
    ]);
  });

  test('says of what is missing that nobody knows why', () => {
    expect(newest(timePassed(said('a'), 6e9))).toEqual([
      { text: '#1 ? not here within 5 s, nobody knows why', look: 'bad' },
      { text: '#1 ? não chegou em 5 s, ninguém sabe por quê', look: 'bad' },
    ]);
  });

  test.each([
    ['one\ntwo', 'one ⏎ two'],
    ['one\r\n\n  two', 'one ⏎ two'],
    ['\u001b[2J\u001b[31mred', '\\u{1b}[2J\\u{1b}[31mred'],
    ['\u202eevil\u2066', '\\u{202e}evil\\u{2066}'],
    ['a\rb\tc\u0007', 'a\\u{d}b\\u{9}c\\u{7}'],
    ['a\u2028b', 'a\\u{2028}b'],
    ['👨‍👩‍👧‍👦 日本 e\u0301', '👨‍👩‍👧‍👦 日本 e\u0301'],
  ])('has %j in one line, as characters that are seen', (body, text) => {
    expect(newest(came(said(body), 1, 1))[0]!.text).toBe(`#1 1.00 ms · ${text}`);
  });

  test('never drives a terminal, whatever was said', () => {
    const hostile = fc.constantFrom(
      '\u001b[2J',
      '\u009b',
      '\n',
      '\r',
      '\t',
      '\u202e',
      '\u2028',
      '\u200f',
      ' ',
      'a',
      '日',
    );
    const body = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: hostile }));
    fc.assert(
      fc.property(body, (text) => {
        const line = inboxLines(came(said(text), 1, 1), 'udp', 'en')[0]!.text;
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  test('begins anew with the numbers that come next', () => {
    const model = { ...said('b'), first: 7 };
    const anew = { ...model, messages: [{ ...model.messages[0]!, number: 7 }] };
    expect(newest(came(anew, 7, 1))[0]!.text).toBe('#7 1.00 ms · b');
  });
});

describe('the score', () => {
  const NOTHING = scoreOf({ legs: [] });
  const lines = (of: Partial<Score>, language: Language = 'en') => scoreLines({ ...NOTHING, ...of }, language);

  test('of nothing leaves out what is worth no word', () => {
    expect(lines({})).toEqual(['0 of 0 arrived', 'out of order 0 · held back 0', 'median – · 95 % –', 'confirmed 0']);
  });

  const ALL = {
    sent: 1234,
    arrived: 5,
    lost: 1,
    missing: 2,
    inFlight: 3,
    notSent: 4,
    outOfOrder: 6,
    heldBack: 7,
    twice: 8,
    medianMs: 12.34,
    p95Ms: null,
    confirmed: 9,
    receiptsLost: 10,
  };

  test.each<[Language, string[]]>([
    [
      'en',
      [
        '5 of 1,234 arrived · lost 1 · missing 2 · in flight 3 · not sent 4',
        'out of order 6 · held back 7 · twice 8',
        'median 12.3 ms · 95 % never',
        'confirmed 9 · receipts lost 10',
      ],
    ],
    [
      'pt-BR',
      [
        '5 de 1.234 chegaram · perdidas 1 · sumidas 2 · a caminho 3 · não enviadas 4',
        'fora de ordem 6 · retidas 7 · repetidas 8',
        'mediana 12,3 ms · 95 % nunca',
        'confirmadas 9 · recibos perdidos 10',
      ],
    ],
  ])('says what there is (%s)', (language, expected) => expect(lines(ALL, language)).toEqual(expected));

  test('tells a delay of nothing from none', () => expect(lines({ medianMs: 0 })[2]).toBe('median 0 ms · 95 % –'));
});
