// One side of a duel as lines: what each of them says, and that nothing in them drives a terminal.
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  arrived,
  cleared,
  type DuelModel,
  duelModel,
  type Fate,
  heldBack,
  type Leg,
  linkChanged,
  lost,
  type NotSent,
  refused,
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

  test.each<[string, (model: DuelModel) => DuelModel, [string, string], [string, string], string]>([
    [
      'a copy was lost, and then it came',
      (model) => came(lost(model, 'udp', 1, 'loss'), 1, 10),
      ['#1 a copy of it was lost', '#1 10.0 ms · a'],
      ['#1 uma cópia dela se perdeu', '#1 10,0 ms · a'],
      'doubtful',
    ],
    [
      'missing, and then it came',
      (model) => came(timePassed(model, 6e9), 1, 7_000),
      ['#1 not here within 5 s', '#1 7,000 ms · a'],
      ['#1 não chegou em 5 s', '#1 7.000 ms · a'],
      'doubtful',
    ],
  ])('tells what was known before: %s', (_what, change, en, ptBr, look) => {
    const both = inBoth(change(said('a')));
    expect(both.map((lines) => lines.map(({ text }) => text))).toEqual([en, ptBr]);
    for (const lines of both) expect(lines.map((line) => line.look)).toEqual([look, 'plain']);
  });

  test('has one line of what was missing and is known to be lost then', () => {
    const model = lost(timePassed(said('a'), 6e9), 'udp', 1, 'queue');
    expect(inboxLines(model, 'udp', 'en')).toEqual([{ text: '#1 ✗ lost: its queue was full', look: 'bad' }]);
  });

  test.each<[NotSent, string, string]>([
    ['no-connection', 'there is no connection', 'não há conexão'],
    ['queue-full', 'too much waits before it', 'há demais esperando antes dela'],
    ['refused', 'the server refused it', 'o servidor a recusou'],
  ])('says why something was not sent: %s', (why, en, ptBr) => {
    expect(newest(sent(NEW, 'a', 0, { udp: why }))).toEqual([
      { text: `#1 ✗ ${en}`, look: 'bad' },
      { text: `#1 ✗ ${ptBr}`, look: 'bad' },
    ]);
  });

  test('says nothing message by message of a transport that there is not', () => {
    expect(inboxLines(sent(NEW, 'a', 0, { tcp: 'unavailable' }), 'tcp', 'en')).toEqual([]);
  });

  test('says in the server’s words why it refused, which drive no terminal', () => {
    const line = { text: '#1 ✗ nobody \\u{1b}[31m', look: 'bad' };
    expect(newest(refused(said('a'), 'udp', 1, 'nobody \u001b[31m'))).toEqual([line, line]);
  });

  test('says where the link changed', () => {
    const model = came(linkChanged(came(said('a', 'b'), 1, 1), 'loss 30%'), 2, 2);
    expect(inboxLines(model, 'udp', 'en').map(({ text }) => text)).toEqual([
      '#1 1.00 ms · a',
      '── loss 30%',
      '#2 2.00 ms · b',
    ]);
    expect(inboxLines(model, 'tcp', 'en')).toEqual([{ text: '── loss 30%', look: 'waiting' }]);
  });

  test.each([
    ['one\ntwo', 'one ⏎ two'],
    ['one\r\n\n  two', 'one ⏎ two'],
    ['\n\none\n', 'one'],
    [' \n ', ''],
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

  test('begins anew with #1', () => {
    const anew = sent(cleared(came(said('a', 'b'), 2, 1)), 'c', 0, {});
    expect(inboxLines(came(anew, 1, 1), 'udp', 'en').map(({ text }) => text)).toEqual(['#1 1.00 ms · c']);
  });
});

describe('no more work is done than can be seen', () => {
  const some = [1, 2, 3, 4, 5].reduce((model, number) => came(model, number, 1), said('a', 'b', 'c', 'd', 'e'));

  test.each([
    [0, 2],
    [1, 4],
    [3, 99],
    [5, 9],
    [2, 2],
  ])('of the log from %d to %d', (from, to) => {
    const all = inboxLines(some, 'udp', 'en');
    expect(inboxLines(some, 'udp', 'en', { from, to })).toEqual(all.slice(from, to));
  });

  test('messages outside of a window are not looked at', () => {
    const messages = some.messages.map((message) =>
      Object.defineProperty({ ...message }, 'body', {
        get() {
          if (message.number < 3 || message.number > 4) throw new Error(`looked at #${message.number}`);
          return message.body;
        },
      }),
    );
    expect(inboxLines({ ...some, messages }, 'udp', 'en', { from: 2, to: 4 })).toHaveLength(2);
    expect(() => inboxLines({ ...some, messages }, 'udp', 'en')).toThrow('looked at #1');
  });

  /** The longest text that was searched meanwhile. */
  function longestSearched(deed: () => unknown): number {
    const spies = (['replace', 'replaceAll', 'match', 'split', 'trim'] as const).map((name) =>
      vi.spyOn(String.prototype, name),
    );
    onTestFinished(() => void vi.restoreAllMocks());
    deed();
    const searched = spies.flatMap(({ mock }) => mock.contexts.map((text) => String(text).length));
    vi.restoreAllMocks();
    return Math.max(...searched);
  }

  test.each([
    ['spaces', ' '.repeat(60_000)],
    ['ends of lines', '\n'.repeat(60_000)],
    ['spaces before an end of a line', `${' '.repeat(60_000)}x\n`],
    ['what is shown as codes', '\u202e'.repeat(60_000)],
  ])('of a long body there is only its beginning: %s', (_what, body) => {
    const model = came(said(body), 1, 1);
    let text = '';
    const longest = longestSearched(() => {
      text = inboxLines(model, 'udp', 'en')[0]!.text;
    });
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThanOrEqual(1_000);
    expect(text.length).toBeLessThan(5_000);
    expect(text).toBe(inboxLines(came(said(body.slice(0, 1_000)), 1, 1), 'udp', 'en')[0]!.text);
  });
});

describe('the score', () => {
  const NOTHING = scoreOf({ legs: [] });
  const lines = (of: Partial<Score>, language: Language = 'en') => scoreLines({ ...NOTHING, ...of }, language);

  test('of nothing leaves out what is worth no word', () => {
    expect(lines({})).toEqual([
      '0 of 0 arrived',
      'lost 0',
      'held 0 · out of order 0',
      'median – · p95 –',
      'confirmed 0',
    ]);
  });

  const ALL = {
    asked: 1234,
    sent: 1230,
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
        '5 of 1,234 arrived',
        'lost 1 · missing 2 · not sent 4 · in flight 3',
        'held 7 · out of order 6 · twice 8',
        'median 12.3 ms · p95 never',
        'confirmed 9 · receipts lost 10',
      ],
    ],
    [
      'pt-BR',
      [
        '5 de 1.234 chegaram',
        'perdidas 1 · sumidas 2 · não enviadas 4 · a caminho 3',
        'retidas 7 · fora de ordem 6 · repetidas 8',
        'mediana 12,3 ms · p95 nunca',
        'confirmadas 9 · recibos perdidos 10',
      ],
    ],
  ])('says what there is (%s)', (language, expected) => expect(lines(ALL, language)).toEqual(expected));

  test('tells a delay of nothing from none', () => expect(lines({ medianMs: 0 })[3]).toBe('median 0 ms · p95 –'));
});
