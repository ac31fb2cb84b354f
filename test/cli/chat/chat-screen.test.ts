// The chat's screen, drawn from values.
import { createElement } from 'react';
import stringWidth from 'string-width';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  type ChatModel,
  chatModel,
  cleared,
  connectionLost,
  type LinkState,
  linkSeen,
  noted,
  receiptCame,
  received,
  refusalCame,
  rosterCame,
  sent,
} from '../../../cli/chat/model/chat-model.ts';
import { type FieldName, NOTHING_TYPED, type Typing } from '../../../cli/chat/model/typing.ts';
import { ChatScreen, type ChatScreenProps, inboxHeight } from '../../../cli/chat/screen/chat-screen.tsx';
import { CHAT_TEXTS } from '../../../cli/chat/texts.ts';
import { LEAST } from '../../../cli/screen/parts.tsx';
import { fieldOf } from '../../../cli/screen/text-field.ts';
import type { Language } from '../../../reports/language/language.ts';
import { drawnLines, ESC, LANGUAGES, paint, SIZES } from '../drawn.ts';

const PEOPLE = [
  { name: 'Ana', transport: 'udp' },
  { name: 'Rui', transport: 'tcp' },
  { name: 'Ruth', transport: 'udp' },
];
const NEW = rosterCame(chatModel('Ana', 'udp', '127.0.0.1:4000'), PEOPLE);

const letter = (body: string) => ({ from: 'Rui', toAll: false, subject: 's', body });

/** With a line of each look. */
function busy(): ChatModel {
  let model = received(NEW, letter('日本語 👨‍👩‍👧‍👦 e\u0301 '.repeat(40)), 1, 0);
  for (const sequence of [1, 2, 3]) {
    const delivery = { kind: 'in-flight' } as const;
    model = sent(model, { sequence, to: 'Rui', subject: '', body: 'hello', sentAtMs: 0, delivery });
  }
  model = refusalCame(receiptCame(model, 'Rui', 1, 12), 2, `nobody ${ESC}[31m`);
  model = received(model, letter(`${ESC}[2J${ESC}[31mred`), 1, 0);
  return { ...noted(model, { kind: 'problem', text: 'a problem' }, 0), roundTripMs: 12.3 };
}

function typing(to: string, of: Partial<Typing> = {}, body = ''): Typing {
  const fields = { to: fieldOf(to), subject: fieldOf(''), body: fieldOf(body) };
  return { ...NOTHING_TYPED, fields, ...of };
}

/** What stands on the screen, line by line. */
function drawn(props: Partial<ChatScreenProps> = {}): string[] {
  const whole: ChatScreenProps = {
    model: NEW,
    typing: NOTHING_TYPED,
    language: 'en',
    columns: 80,
    rows: 23,
    nowMs: 0,
    hasColour: false,
    ...props,
  };
  return drawnLines(createElement(ChatScreen, whole), whole.columns);
}

beforeEach(() => paint(0));

describe.each(SIZES)('on %i columns and %i lines', (columns, rows) => {
  const long = 'x'.repeat(300);
  /** No name is longer. */
  const wide = '日'.repeat(21);
  const states: [string, Partial<ChatScreenProps>][] = [
    ['nothing', {}],
    ['a busy inbox', { model: busy() }],
    ['a scrolled inbox', { model: busy(), typing: typing('', { scrolled: 5 }) }],
    ['the keys', { typing: typing('', { showsKeys: true }) }],
    ['long fields', { typing: typing('日'.repeat(200), { focus: 'body' }, long) }],
    ['a long recipient, to be completed', { typing: typing('Ru') }],
    [
      'a lost connection',
      { model: connectionLost(busy(), { kind: 'down', why: long, attempt: 1, retryAtMs: 1e4 }, 0) },
    ],
    ['a name that is long', { model: { ...NEW, name: wide, people: [{ name: wide, transport: 'udp' }] } }],
    [
      'a reason that is long',
      { model: connectionLost(NEW, { kind: 'down', why: wide.repeat(9), attempt: 1, retryAtMs: 1 }, 0) },
    ],
    [
      'many people',
      { model: { ...NEW, people: Array.from({ length: 100 }, (_, at) => ({ name: `user ${at}`, transport: 'udp' })) } },
    ],
  ];

  test.each(states)('%s has room, in each language', (what, props) => {
    // On the least screen the keys take all of it.
    const rules = what === 'the keys' && rows < 19 ? 0 : 2;
    for (const language of LANGUAGES) {
      const lines = drawn({ ...props, language, columns, rows });
      expect(lines.length).toBeLessThanOrEqual(rows);
      for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
      expect(lines.filter((line) => line === '─'.repeat(columns))).toHaveLength(rules);
      expect(lines.join('')).not.toMatch(/\p{Cc}/u);
    }
  });

  test('fields and status are at the bottom, in each language', () => {
    for (const language of LANGUAGES) {
      const { fields, counts } = CHAT_TEXTS[language];
      const lines = drawn({ language, columns, rows });
      expect(lines).toHaveLength(rows);
      expect(lines.slice(-6, -3).map((line) => line.trim())).toEqual([`› ${fields.to}`, fields.subject, fields.body]);
      expect(lines.at(-2)).toMatch(/^Ana · udp · 127\.0\.0\.1:4000 · /);
      expect(lines.at(-1)).toBe(`${counts.sent} 0 · ${counts.confirmed} 0 · ${counts.received} 0`);
    }
  });

  test('the keys are all there, with Ctrl-C among them', () => {
    for (const language of LANGUAGES) {
      const lines = drawn({ language, columns, rows, typing: typing('', { showsKeys: true }) });
      for (const [key] of CHAT_TEXTS[language].keys) {
        expect(
          lines.some((line) => line.startsWith(`${key} `)),
          key,
        ).toBe(true);
      }
    }
  });
});

test.each([
  [LEAST.columns - 1, 23],
  [80, LEAST.rows - 2],
  [20, 5],
])('on %i columns and %i lines it says how much it needs', (columns, rows) => {
  const text = (language: Language) => drawn({ columns, rows, language }).join(' ').replace(/\s+/g, ' ');
  expect(text('en')).toBe('The chat needs a terminal of 60 × 16.');
  expect(text('pt-BR')).toBe('O bate-papo precisa de um terminal de 60 × 16.');
});

test('whoever scrolls to the top is told what is no longer there', () => {
  const heads = (inbox: ChatModel, scrolled = 0) => drawn({ model: inbox, typing: typing('', { scrolled }) })[0];
  const short = { ...received(NEW, letter('a'), 1, 0), forgotten: 7 };
  expect(heads(short)).toMatch(/^Inbox 7 older ones are gone /);
  const long = { ...received(NEW, letter('a\n'.repeat(50)), 1, 0), forgotten: 7 };
  expect(heads(long)).toMatch(/^Inbox ↑ 1 more /);
  expect(heads(long, 1000)).toMatch(/^Inbox 7 older ones are gone ↓ 1 more /);
});

describe('people', () => {
  test.each([
    [75, false],
    [76, true],
  ])('with %i columns, have a panel: %s', (columns, hasPanel) => {
    const text = drawn({ columns }).join('\n');
    expect(text.includes('People 3')).toBe(hasPanel);
    expect(text.includes('Rui tcp')).toBe(hasPanel);
  });

  test('are told from oneself', () => {
    expect(drawn()[1]).toMatch(/ Ana udp, you$/);
    expect(drawn({ language: 'pt-BR' })[1]).toMatch(/ Ana udp, você$/);
  });

  test('for whom there is no room are counted', () => {
    const people = Array.from({ length: 100 }, (_, at) => ({ name: `user${at}`, transport: 'udp' }));
    const text = drawn({ model: { ...NEW, people } }).join('\n');
    expect(text).toContain('People 100');
    expect(text.match(/user\d+ udp/g)).toHaveLength(inboxHeight(23) - 1);
    expect(text).toContain(`+ ${100 - inboxHeight(23) + 1}`);
  });

  test.each(LANGUAGES)('have their panel to themselves while the keys are shown (%s)', (language) => {
    const panel = (lines: string[]) => lines.slice(0, inboxHeight(23)).map((line) => line.slice(80 - 22 - 1));
    expect(panel(drawn({ language, typing: typing('', { showsKeys: true }) }))).toEqual(panel(drawn({ language })));
  });
});

describe('the recipient', () => {
  const row = (props: Partial<ChatScreenProps>) => drawn(props).find((line) => line.startsWith('› To'))!;

  test('has a hint of what Tab would add, which is not typed yet', () => {
    expect(row({ typing: typing('Rut') })).toMatch(/› To +Rut ?h$/);
    expect(row({ typing: typing('Ru') })).toMatch(/› To +Ru$/);
    expect(row({ typing: typing('x') })).toMatch(/› To +x$/);
  });

  test('is never completed to oneself, whom Tab does not complete', () => {
    expect(row({ typing: typing('An') })).toMatch(/› To +An$/);
  });

  test('has a hint that drives no terminal', () => {
    const people = [...PEOPLE, { name: `Zoe${ESC}[31m\u202e`, transport: 'udp' }];
    expect(row({ model: { ...NEW, people }, typing: typing('Z') })).toMatch(/Z ?oe\\u\{1b\}\[31m\\u\{202e\}$/);
  });
});

describe('a field', () => {
  const row = (name: FieldName, of: Typing) => {
    const label = CHAT_TEXTS.en.fields[name];
    return drawn({ typing: of }).find((line) => line.slice(2).startsWith(label))!;
  };

  test('shows ends of lines as a sign', () => {
    expect(row('body', typing('', { focus: 'body' }, 'one\ntwo'))).toMatch(/› Message +one⏎two$/);
    expect(row('body', typing('', { focus: 'to' }, 'one\ntwo'))).toMatch(/^ {2}Message +one⏎two$/);
  });

  test('shows the end of a long text, where the cursor is', () => {
    expect(row('body', typing('', { focus: 'body' }, `begin ${'日本語 '.repeat(50)}end`))).toMatch(/日本語 end$/);
  });

  test('shows the beginning of a long text when the cursor is there', () => {
    const of = typing('', { focus: 'body' });
    const body = { text: `begin ${'日本語 '.repeat(50)}end`, cursor: 0 };
    expect(row('body', { ...of, fields: { ...of.fields, body } })).toMatch(/› Message +begin 日本語/);
  });
});

describe('the status', () => {
  test('counts what is not 0', () => {
    expect(drawn({ model: busy(), columns: 120 }).at(-1)).toBe(
      'sent 3 · confirmed 1 · received 2 · in flight 1 · refused 1 · twice 1',
    );
  });

  test('counts what was sent also when the inbox was cleared, as it does what was received', () => {
    expect(drawn({ model: cleared(busy()) }).at(-1)).toContain('sent 3 · confirmed 1 · received 2');
  });

  test('has the round trip once it is known', () => {
    expect(drawn({ columns: 120 }).at(-2)).toBe('Ana · udp · 127.0.0.1:4000 · F1 or ? keys · Enter sends');
    expect(drawn({ columns: 120, model: { ...NEW, roundTripMs: 12.34 } }).at(-2)).toContain('round trip 12.3 ms');
  });

  test('of a lost connection says why, and when it is tried again', () => {
    const model = connectionLost(NEW, { kind: 'down', why: 'silence', attempt: 1, retryAtMs: 2_500 }, 0);
    expect(drawn({ model }).at(-2)).toBe('no connection (silence); trying again in 3 s');
    expect(drawn({ model, nowMs: 9_000 }).at(-2)).toBe('no connection (silence); trying again now');
    expect(drawn({ model, language: 'pt-BR' }).at(-2)).toBe('sem conexão (silence); nova tentativa em 3 s');
    expect(drawn({ model, language: 'pt-BR', nowMs: 2_500 }).at(-2)).toBe(
      'sem conexão (silence); nova tentativa agora',
    );
  });
});

describe('a link between', () => {
  const link = { words: 'delay 100ms loss 20%', backend: 'tun', dropped: { up: 1234, down: 5 } } as const;
  const over = (model: ChatModel, of: Partial<LinkState> = {}) => linkSeen(model, { ...link, ...of });
  const long = 'loss packets '.repeat(40);

  test('is told below the counts, with what it dropped', () => {
    expect(drawn({ model: over(NEW), columns: 120 }).slice(-2)).toEqual([
      'sent 0 · confirmed 0 · received 0',
      'link, by packets: dropped 1,234 up, 5 down · delay 100ms loss 20%',
    ]);
    expect(drawn({ model: over(NEW, { backend: 'relay' }), columns: 120, language: 'pt-BR' }).at(-1)).toBe(
      'enlace, por retransmissor: descartou 1.234 na subida, 5 na descida · delay 100ms loss 20%',
    );
  });

  test.each(SIZES)('takes one line of the inbox, on %i columns and %i lines', (columns, rows) => {
    expect(inboxHeight(rows, true)).toBe(inboxHeight(rows) - 1);
    for (const language of LANGUAGES) {
      const ruleOf = (model: ChatModel) => drawn({ model, language, columns, rows }).indexOf('─'.repeat(columns));
      expect(ruleOf(over(busy()))).toBe(ruleOf(busy()) - 1);
    }
  });

  test.each(SIZES)('has room whatever else there is, on %i columns and %i lines', (columns, rows) => {
    const states: Partial<ChatScreenProps>[] = [
      { model: over(busy()) },
      { model: over(busy(), { words: long }) },
      { model: over(busy(), { dropped: { up: 1e9, down: 1e9 } }), typing: typing('', { scrolled: 5 }) },
      { model: over(connectionLost(busy(), { kind: 'down', why: long, attempt: 1, retryAtMs: 1e4 }, 0)) },
    ];
    for (const [language, props] of LANGUAGES.flatMap((of) => states.map((state) => [of, state] as const))) {
      const lines = drawn({ ...props, language, columns, rows });
      expect(lines).toHaveLength(rows);
      for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
      expect(lines.filter((line) => line === '─'.repeat(columns))).toHaveLength(2);
      expect(lines.at(-1)).toMatch(/^(?:link, by packets: dropped|enlace, por pacotes: descartou) /);
    }
  });

  test.each(SIZES)('leaves room for all the keys, on %i columns and %i lines', (columns, rows) => {
    for (const language of LANGUAGES) {
      const of = { model: over(NEW), typing: typing('', { showsKeys: true }), language, columns, rows };
      const lines = drawn(of);
      expect(lines.length).toBeLessThanOrEqual(rows);
      for (const [key] of CHAT_TEXTS[language].keys)
        expect(
          lines.some((line) => line.startsWith(`${key} `)),
          key,
        ).toBe(true);
    }
  });

  test('or none: there is no line where there is none', () => {
    expect(drawn().join('\n')).not.toContain('dropped');
  });
});

describe('the inbox', () => {
  const many = Array.from({ length: 50 }, (_, at) => at + 1).reduce(
    (model, at) => noted(model, { kind: 'problem', text: `line ${at}.` }, 0),
    NEW,
  );
  const height = inboxHeight(23);
  const shown = (lines: string[]) => lines.flatMap((line) => /line (\d+)\./.exec(line)?.[1] ?? []).map(Number);

  test('says what to do where it is empty', () => expect(drawn()[1]).toContain(CHAT_TEXTS.en.empty));

  test('shows the newest, and how much is above', () => {
    const lines = drawn({ model: many });
    expect(shown(lines)).toEqual(Array.from({ length: height }, (_, at) => 51 - height + at));
    expect(lines[0]).toMatch(/^Inbox ↑ 35 more +People 3$/);
    expect(lines.join('\n')).not.toContain('↓');
  });

  test('that is scrolled says how much is above and below', () => {
    const lines = drawn({ model: many, typing: typing('', { scrolled: 10 }) });
    expect(shown(lines)).toEqual(Array.from({ length: height }, (_, at) => 41 - height + at));
    expect(lines[0]).toMatch(/^Inbox ↑ 25 more ↓ 10 more +People 3$/);
    expect(drawn({ model: many, language: 'pt-BR', typing: typing('', { scrolled: 10 }) })[0]).toContain(
      '↑ mais 25 ↓ mais 10',
    );
  });

  test('is scrolled no further than to the oldest', () => {
    const lines = drawn({ model: many, typing: typing('', { scrolled: 9_999 }) });
    expect(shown(lines)).toEqual(Array.from({ length: height }, (_, at) => at + 1));
    expect(lines[0]).toMatch(/^Inbox ↓ 35 more +People 3$/);
  });

  test('shows what others wrote as codes', () => {
    expect(drawn({ model: busy() }).join('\n')).toContain('\\u{1b}[2J\\u{1b}[31mred');
  });
});

describe('colour', () => {
  // Bold, dim and inverse are none.
  const COLOUR = new RegExp(`${ESC}\\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m`);
  const down = connectionLost(busy(), { kind: 'down', why: 'silence', attempt: 1, retryAtMs: 1 }, 0);

  test('is shown where there is any: good, doubtful, bad and a lost connection', () => {
    paint(3);
    const frame = drawn({ model: down, hasColour: true, rows: 39 });
    for (const code of [31, 32, 33]) expect(frame.join('\n')).toContain(`${ESC}[${code}m`);
    expect(frame.at(-2)).toMatch(COLOUR);
  });

  test('is not shown where nobody wants any, whatever the terminal can do', () => {
    paint(3);
    for (const model of [busy(), down])
      expect(drawn({ model, hasColour: false, rows: 39 }).join('\n')).not.toMatch(COLOUR);
  });

  test('or not, the cursor can be seen', () => {
    paint(3);
    for (const hasColour of [true, false]) {
      expect(drawn({ hasColour }).join('\n')).toContain(`${ESC}[7m ${ESC}[27m`);
      expect(drawn({ hasColour, typing: typing('R') }).join('\n')).toContain(`R${ESC}[7m`);
    }
  });

  test('is no escape sequence at all where the terminal has none', () => {
    for (const hasColour of [true, false]) expect(drawn({ model: busy(), hasColour }).join('\n')).not.toContain(ESC);
  });
});
