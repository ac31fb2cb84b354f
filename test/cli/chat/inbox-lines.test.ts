// The inbox as lines: never wider than there is room, and never driven by what others wrote.
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type ChatModel, chatModel, type Entry, type Note } from '../../../cli/chat/model/chat-model.ts';
import type { Delivery } from '../../../cli/chat/model/own-messages.ts';
import {
  type InboxLine,
  inboxLines,
  inboxText,
  inboxWindow,
  scrolledTo,
} from '../../../cli/chat/screen/inbox-lines.ts';
import type { Language } from '../../../reports/language/language.ts';
import type { LostDatagram } from '../../../src/link/news.ts';

const AT_MS = new Date(2026, 0, 1, 12, 34, 56).getTime();
const HOSTILE = '\u001b[2J\u001b]0;title\u0007\u009b31m\u202eevil\u2066\u0000';
const LANGUAGES: readonly Language[] = ['en', 'pt-BR'];

const CAUSES: [LostDatagram['cause'], string, string][] = [
  ['loss', 'dropped by chance', 'descartada por acaso'],
  ['queue', 'its queue was full', 'a fila dele estava cheia'],
  ['list', 'on its drop list', 'está na lista de descarte'],
  ['outage', 'it was out', 'ele estava fora do ar'],
  ['corrupt', 'damaged on its way', 'danificada no caminho'],
  ['carrier', 'this machine had no room for it', 'esta máquina não tinha lugar para ela'],
];

function model(...entries: Entry[]): ChatModel {
  return { ...chatModel('Ana', 'udp', '127.0.0.1:4000'), entries };
}

function received(of: Partial<Extract<Entry, { kind: 'received' }>> = {}): Entry {
  const letter = { from: 'Rui', toAll: false, subject: 'lunch', body: 'at one' };
  return { kind: 'received', atMs: AT_MS, mark: undefined, isRead: false, sequence: 1, ...letter, ...of };
}

function own(
  delivery: Delivery = { kind: 'in-flight' },
  of: { to?: string; subject?: string; body?: string } = {},
): Entry {
  const letter = { to: 'Rui', subject: 'lunch', body: 'at one', ...of };
  return { kind: 'own', message: { sequence: 1, sentAtMs: AT_MS, delivery, ...letter } };
}

const note = (of: Note): Entry => ({ kind: 'note', atMs: AT_MS, note: of });

function lines(entry: Entry, language: Language = 'en', width = 100): InboxLine[] {
  return inboxLines(model(entry), { width, language });
}

const texts = (...args: Parameters<typeof lines>) => lines(...args).map(({ text }) => text);

test('nothing is no line', () => expect(inboxLines(model(), { width: 80, language: 'en' })).toEqual([]));

describe('a message that came', () => {
  test('has a head and its text, and is new until it was read', () => {
    expect(lines(received())).toEqual([
      { text: '● 12:34:56 · Rui · lunch', look: 'head', isNew: true },
      { text: '    at one', look: 'body' },
    ]);
    expect(lines(received({ isRead: true }))[0]).toEqual({ text: '  12:34:56 · Rui · lunch', look: 'head' });
  });

  test.each([
    ['to all', { toAll: true }, 'en', '● 12:34:56 · Rui · lunch · to all', 'head'],
    ['to all', { toAll: true }, 'pt-BR', '● 12:34:56 · Rui · lunch · para todos', 'head'],
    ['out of order', { mark: 'out-of-order' }, 'en', '● 12:34:56 · Rui · lunch · out of order', 'doubtful'],
    ['out of order', { mark: 'out-of-order' }, 'pt-BR', '● 12:34:56 · Rui · lunch · fora de ordem', 'doubtful'],
    ['again', { mark: 'duplicate' }, 'en', '● 12:34:56 · Rui · lunch · again', 'doubtful'],
    ['again', { mark: 'duplicate' }, 'pt-BR', '● 12:34:56 · Rui · lunch · repetida', 'doubtful'],
    ['held back', { heldBackMs: 12.34 }, 'en', '● 12:34:56 · Rui · lunch · held back 12.3 ms behind a gap', 'doubtful'],
    [
      'held back',
      { heldBackMs: 12.34 },
      'pt-BR',
      '● 12:34:56 · Rui · lunch · retida por 12,3 ms atrás de uma lacuna',
      'doubtful',
    ],
    ['both', { toAll: true, mark: 'duplicate' }, 'en', '● 12:34:56 · Rui · lunch · to all · again', 'doubtful'],
  ] as const)('is marked: %s (%j, %s)', (_what, of, language, text, look) => {
    expect(lines(received(of), language)[0]).toMatchObject({ text, look });
  });

  test('keeps its lines, and those that are empty', () => {
    expect(texts(received({ body: 'one\r\n\ntwo\rthree' })).slice(1)).toEqual(['    one', '', '    two', '    three']);
  });

  test('keeps a line in which there is only space', () => {
    expect(
      texts(received({ body: 'one\n  \ntwo' }))
        .slice(1)
        .map((text) => text.trim()),
    ).toEqual(['one', '', 'two']);
  });

  test('is wrapped, and each line stands as far in as the first', () => {
    expect(texts(received({ subject: 'a subject of many words', body: 'one two three four five' }), 'en', 24)).toEqual([
      '● 12:34:56 · Rui · a',
      '  subject of many words',
      '    one two three four',
      '    five',
    ]);
  });
});

describe('a message of one’s own', () => {
  test.each([
    ['en', {}, '  12:34:56 · you to Rui · lunch'],
    ['pt-BR', {}, '  12:34:56 · você para Rui · lunch'],
    ['en', { to: '*' }, '  12:34:56 · you to all · lunch'],
    ['pt-BR', { to: '*' }, '  12:34:56 · você para todos · lunch'],
    ['en', { subject: '' }, '  12:34:56 · you to Rui · Sem Assunto'],
  ] as const)('has a head (%s, %j)', (language, of, head) => {
    expect(lines(own(undefined, of), language)[0]).toEqual({ text: head, look: 'head' });
  });

  test.each<[Delivery, InboxLine['look'], string, string]>([
    [{ kind: 'in-flight' }, 'waiting', 'in flight', 'a caminho'],
    [
      { kind: 'confirmed', receipts: [{ from: 'Rui', afterMs: 12.34 }] },
      'good',
      '✓ Rui has it, after 12.3 ms',
      '✓ Rui recebeu, depois de 12,3 ms',
    ],
    [
      {
        kind: 'confirmed',
        receipts: [
          { from: 'Rui', afterMs: 340 },
          { from: 'Zoe', afterMs: 12 },
        ],
      },
      'good',
      '✓ 2 have it, the last after 340 ms',
      '✓ 2 receberam, a última depois de 340 ms',
    ],
    [{ kind: 'refused', why: 'nobody' }, 'bad', '✗ refused: nobody', '✗ recusada: nobody'],
    [
      { kind: 'unconfirmed' },
      'doubtful',
      '? no receipt: it may be lost, or only its receipt',
      '? sem recibo: pode ter se perdido, ou só o recibo dela',
    ],
    [
      { kind: 'cut-off' },
      'doubtful',
      '? the connection ended: whether it came can’t be known',
      '? a conexão acabou: não se pode saber se chegou',
    ],
    [{ kind: 'not-sent', why: 'full' }, 'bad', '✗ not sent: full', '✗ não enviada: full'],
    [
      { kind: 'receipt-lost', from: 'Rui' },
      'good',
      '✓ Rui has it: only the receipt was lost on the link',
      '✓ Rui recebeu: só o recibo se perdeu no enlace',
    ],
    ...CAUSES.map(([cause, en, ptBr]): [Delivery, InboxLine['look'], string, string] => [
      { kind: 'lost', cause },
      'bad',
      `✗ lost on the link: ${en}`,
      `✗ perdida no enlace: ${ptBr}`,
    ]),
  ])('says what became of it: %j', (delivery, look, en, ptBr) => {
    expect(lines(own(delivery)).at(-1)).toEqual({ text: `    ${en}`, look });
    expect(lines(own(delivery), 'pt-BR').at(-1)).toEqual({ text: `    ${ptBr}`, look });
  });
});

test.each<[Note, string, string]>([
  [{ kind: 'joined', name: 'Rui', transport: 'tcp' }, 'Rui joined over tcp', 'Rui entrou por tcp'],
  [{ kind: 'left', name: 'Rui', departure: 'left' }, 'Rui is gone (left)', 'Rui se foi (saiu)'],
  [{ kind: 'disconnected', why: 'reset' }, 'the connection has ended: reset', 'a conexão acabou: reset'],
  [{ kind: 'back', name: 'Ana' }, 'connected again, as Ana', 'conectado de novo, como Ana'],
  [
    { kind: 'back', name: 'user 7', taken: 'Ana' },
    'connected again, as user 7; the name Ana is taken',
    'conectado de novo, como user 7; o nome Ana já tem dono',
  ],
  [
    {
      kind: 'here',
      people: [
        { name: 'Ana', transport: 'udp' },
        { name: 'Rui', transport: 'tcp' },
      ],
    },
    'here: Ana (udp), Rui (tcp)',
    'aqui: Ana (udp), Rui (tcp)',
  ],
  [{ kind: 'renamed', name: 'Zoe' }, 'you are Zoe now', 'agora você é Zoe'],
  [
    { kind: 'missed', from: 'Rui', subject: 'lunch', toAll: false },
    'a message from Rui (lunch) was lost on the link on its way here',
    'uma mensagem de Rui (lunch) se perdeu no enlace a caminho daqui',
  ],
  [
    { kind: 'missed', from: 'Rui', subject: 'lunch', toAll: true },
    'a message from Rui to all (lunch) was lost on the link on its way here',
    'uma mensagem de Rui para todos (lunch) se perdeu no enlace a caminho daqui',
  ],
  [
    { kind: 'link', link: { words: 'loss 30%', backend: 'tun', dropped: { up: 1, down: 2 } } },
    'the link: loss 30%',
    'o enlace: loss 30%',
  ],
  [{ kind: 'saved', file: 'a.txt', messages: 2 }, '2 messages are in a.txt', '2 mensagens estão em a.txt'],
  [{ kind: 'problem', text: 'no such file' }, 'no such file', 'no such file'],
])('a note is one line: %j', (of, en, ptBr) => {
  const look = of.kind === 'problem' || of.kind === 'missed' ? 'bad' : 'note';
  expect(lines(note(of))).toEqual([{ text: `  12:34:56 · ${en}`, look }]);
  expect(texts(note(of), 'pt-BR')).toEqual([`  12:34:56 · ${ptBr}`]);
});

describe('a window', () => {
  const paper = { width: 80, language: 'en' } as const;
  const entries = [received(), own(), note({ kind: 'back', name: 'Ana' }), received({ body: 'a\nb\nc\nd' })];
  const inbox = model(...entries);
  const whole = inboxLines(inbox, paper);

  test('has the lines that the whole has there', () => {
    expect(whole).toHaveLength(11);
    for (let height = 0; height <= whole.length + 1; height++)
      for (let scrolled = 0; scrolled <= whole.length + 1; scrolled++) {
        const least = Math.min(scrolled, Math.max(0, whole.length - height));
        const end = whole.length - least;
        const { lines } = inboxWindow(inbox, { height, scrolled }, paper);
        expect(lines).toEqual(whole.slice(Math.max(0, end - height), end));
        expect(scrolledTo(inbox, { height, scrolled }, paper)).toBe(least);
      }
  });

  test.each([
    [
      { height: 11, scrolled: 0 },
      { above: 0, below: 0 },
    ],
    [
      { height: 10, scrolled: 0 },
      { above: 1, below: 0 },
    ],
    [
      { height: 10, scrolled: 1 },
      { above: 0, below: 1 },
    ],
    [
      { height: 5, scrolled: 0 },
      { above: 3, below: 0 },
    ],
    [
      { height: 4, scrolled: 0 },
      { above: 4, below: 0 },
    ],
    [
      { height: 2, scrolled: 1 },
      { above: 4, below: 1 },
    ],
    [
      { height: 1, scrolled: 5 },
      { above: 2, below: 1 },
    ],
    [
      { height: 2, scrolled: 99 },
      { above: 0, below: 3 },
    ],
  ])('of %j leaves out %j', (view, leftOut) => expect(inboxWindow(inbox, view, paper)).toMatchObject(leftOut));

  test('lays out no entry that is further up', () => {
    const segment = vi.spyOn(Intl.Segmenter.prototype, 'segment');
    onTestFinished(() => segment.mockRestore());
    const above = Array.from({ length: 100 }, () => received({ body: '漢'.repeat(1_000) }));
    const { lines } = inboxWindow(model(...above, ...entries), { height: 4, scrolled: 7 }, paper);
    expect(lines).toEqual(whole.slice(0, 4));
    expect(segment).not.toHaveBeenCalled();
  });
});

test('a file says first what it has not', () => {
  const inbox = model(received());
  expect(inboxText(inbox, 'en')).toBe('● 12:34:56 · Rui · lunch\n    at one\n');
  expect(inboxText({ ...inbox, forgotten: 1234 }, 'en')).toMatch(/^1,234 older ones are gone\n●/);
  expect(inboxText({ ...inbox, forgotten: 1234 }, 'pt-BR')).toMatch(/^1\.234 mais antigas já não estão aqui\n●/);
});

test('an entry is laid out once for a width and a language', () => {
  const segment = vi.spyOn(Intl.Segmenter.prototype, 'segment');
  onTestFinished(() => segment.mockRestore());
  const inbox = model(received({ body: '漢'.repeat(20_000) }));
  const inEnglish = inboxLines(inbox, { width: 80, language: 'en' });
  expect(segment).toHaveBeenCalled();
  segment.mockClear();
  expect(inboxLines(inbox, { width: 80, language: 'en' })).toEqual(inEnglish);
  expect(segment).not.toHaveBeenCalled();
  expect(inboxLines(inbox, { width: 40, language: 'en' }).length).toBeGreaterThan(inEnglish.length);
  expect(inboxLines(inbox, { width: 40, language: 'pt-BR' }).length).toBeGreaterThan(inEnglish.length);
  expect(inboxLines(inbox, { width: 80, language: 'en' })).toEqual(inEnglish);
});

describe('what drives a terminal', () => {
  const CODES = ['\\u{1b}[2J', '\\u{1b}]0;title\\u{7}', '\\u{9b}31m', '\\u{202e}evil\\u{2066}', '\\u{0}'];

  test.each<[string, Entry]>([
    ['the name of a sender', received({ from: HOSTILE })],
    ['a subject', received({ subject: HOSTILE })],
    ['a text', received({ body: HOSTILE })],
    ['a recipient', own(undefined, { to: HOSTILE })],
    ['a subject of one’s own', own(undefined, { subject: HOSTILE })],
    ['a text of one’s own', own(undefined, { body: HOSTILE })],
    ['a receipt', own({ kind: 'confirmed', receipts: [{ from: HOSTILE, afterMs: 1 }] })],
    ['a refusal', own({ kind: 'refused', why: HOSTILE })],
    ['why it was not sent', own({ kind: 'not-sent', why: HOSTILE })],
    ['whose receipt was lost', own({ kind: 'receipt-lost', from: HOSTILE })],
    ['a link', note({ kind: 'link', link: { words: HOSTILE, backend: 'tun', dropped: { up: 0, down: 0 } } })],
    ['one’s own new name', note({ kind: 'renamed', name: HOSTILE })],
    ['who joined', note({ kind: 'joined', name: HOSTILE, transport: 'tcp' })],
    ['who left', note({ kind: 'left', name: HOSTILE, departure: 'left' })],
    ['who is here', note({ kind: 'here', people: [{ name: HOSTILE, transport: HOSTILE }] })],
    ['whose name is taken', note({ kind: 'back', name: 'Ana', taken: HOSTILE })],
    ['what was missed', note({ kind: 'missed', from: HOSTILE, subject: HOSTILE, toAll: true })],
    ['why the connection ended', note({ kind: 'disconnected', why: HOSTILE })],
    ['a new name', note({ kind: 'back', name: HOSTILE })],
    ['a file', note({ kind: 'saved', file: HOSTILE, messages: 1 })],
    ['a problem', note({ kind: 'problem', text: HOSTILE })],
  ])('is shown as codes in %s', (_what, entry) => {
    for (const language of LANGUAGES) {
      const shown = texts(entry, language, 200).join('');
      for (const code of CODES) expect(shown).toContain(code);
      expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
    }
  });
});

test('no line is wider than there is room, nor drives a terminal, whatever came', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.string({
      unit: fc.constantFrom(
        'a',
        ' ',
        '日',
        '👨‍👩‍👧‍👦',
        '🇧🇷',
        '❤️',
        'e\u0301',
        '\u0301',
        '\u200d',
        '\n',
        '\t',
        '\u001b[31m',
        '\u202e',
        '\u00a0',
        '\u3000',
        '\u0e33',
        'ﷺ',
      ),
      maxLength: 80,
    }),
    fc.constant(HOSTILE),
  );
  const delivery: fc.Arbitrary<Delivery> = fc.oneof(
    fc.constantFrom<Delivery>({ kind: 'in-flight' }, { kind: 'unconfirmed' }, { kind: 'cut-off' }),
    text.map((why) => ({ kind: 'refused' as const, why })),
    text.map((why) => ({ kind: 'not-sent' as const, why })),
    text.map((from) => ({ kind: 'confirmed' as const, receipts: [{ from, afterMs: 1.5 }] })),
  );
  const entry: fc.Arbitrary<Entry> = fc.oneof(
    fc
      .record({
        from: text,
        subject: text,
        body: text,
        toAll: fc.boolean(),
        mark: fc.constantFrom('duplicate' as const, undefined),
      })
      .map(received),
    fc.tuple(delivery, text, text, text).map(([of, to, subject, body]) => own(of, { to, subject, body })),
    text.map((name) => note({ kind: 'joined', name, transport: 'tcp' })),
    text.map((problem) => note({ kind: 'problem', text: problem })),
  );
  const room = fc.integer({ min: 20, max: 120 });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 4 }), room, fc.constantFrom(...LANGUAGES), (entries, width, language) => {
      for (const line of inboxLines(model(...entries), { width, language })) {
        expect(stringWidth(line.text), JSON.stringify(line.text)).toBeLessThanOrEqual(width);
        expect(line.text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
      }
    }),
  );
});
