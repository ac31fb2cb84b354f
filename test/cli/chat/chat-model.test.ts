// The chat as a value: who is here, what was heard, what was sent.
import { describe, expect, test } from 'vitest';
import {
  allRead,
  type ChatModel,
  chatModel,
  cleared,
  connectionBack,
  connectionLost,
  heldBack,
  type LinkState,
  linkSeen,
  lostByLink,
  noted,
  ownMessages,
  receiptCame,
  received,
  refusalCame,
  renamed,
  rosterCame,
  sent,
  somebodyJoined,
  somebodyLeft,
  timePassed,
} from '../../../cli/chat/model/chat-model.ts';
import type { OwnMessage } from '../../../cli/chat/model/own-messages.ts';

const LATE_MS = 5_000;
const NEW = chatModel('Ana', 'udp', '127.0.0.1:4000');
const DOWN = { kind: 'down', why: 'silence', attempt: 1, retryAtMs: 900 } as const;

const letter = (from: string, body = 'b') => ({ from, toAll: false, subject: 's', body });

function own(sequence: number, sentAtMs = 0): OwnMessage {
  return { sequence, to: 'Rui', subject: 's', body: 'b', sentAtMs, delivery: { kind: 'in-flight' } };
}

const notes = ({ entries }: ChatModel) => entries.flatMap((entry) => (entry.kind === 'note' ? [entry.note] : []));
const deliveries = (model: ChatModel) => ownMessages(model).map(({ delivery }) => delivery.kind);

test('begins with nobody but oneself, and nothing heard', () => {
  expect(NEW).toMatchObject({
    people: [{ name: 'Ana', transport: 'udp' }],
    entries: [],
    connection: { kind: 'up' },
    counts: { received: 0, outOfOrder: 0, duplicates: 0, missed: 0, heldBack: 0 },
    link: undefined,
  });
});

describe('people', () => {
  const RUI = { name: 'Rui', transport: 'tcp' };

  test('join, once each, and it is noted', () => {
    const model = somebodyJoined(NEW, RUI, 10);
    expect(model.people).toEqual([{ name: 'Ana', transport: 'udp' }, RUI]);
    expect(model.entries).toEqual([{ kind: 'note', atMs: 10, note: { kind: 'joined', ...RUI } }]);
    const again = somebodyJoined(model, { ...RUI, transport: 'udp' }, 20);
    expect(again.people).toEqual([
      { name: 'Ana', transport: 'udp' },
      { name: 'Rui', transport: 'udp' },
    ]);
  });

  test('leave, and it is noted how', () => {
    const model = somebodyLeft(somebodyJoined(NEW, RUI, 10), 'Rui', 'silent', 20);
    expect(model.people).toEqual([{ name: 'Ana', transport: 'udp' }]);
    expect(notes(model).at(-1)).toEqual({ kind: 'left', name: 'Rui', departure: 'silent' });
  });

  test('who left and comes again begin to count anew', () => {
    const heard = received(NEW, letter('Rui'), 9, 0);
    const back = received(somebodyLeft(heard, 'Rui', 'left', 1), letter('Rui'), 1, 2);
    expect(back.counts).toMatchObject({ received: 2, outOfOrder: 0, duplicates: 0 });
  });

  test('are those of the roster when it comes, and nothing is noted', () => {
    const model = rosterCame(somebodyJoined(NEW, RUI, 10), [{ name: 'Zoe', transport: 'udp' }]);
    expect(model.people).toEqual([{ name: 'Zoe', transport: 'udp' }]);
    expect(notes(model)).toHaveLength(1);
  });
});

test('what is received is marked, counted, and new until it was read', () => {
  let model = NEW;
  for (const sequence of [1, 3, 2, 3]) model = received(model, letter('Rui', `body ${sequence}`), sequence, sequence);
  expect(model.entries.map((entry) => entry.kind === 'received' && [entry.body, entry.mark, entry.isRead])).toEqual([
    ['body 1', undefined, false],
    ['body 3', undefined, false],
    ['body 2', 'out-of-order', false],
    ['body 3', 'duplicate', false],
  ]);
  expect(model.counts).toMatchObject({ received: 4, outOfOrder: 1, duplicates: 1 });
});

describe('when all was read', () => {
  test('nothing that was received is new', () => {
    const model = allRead(received(sent(received(NEW, letter('Rui'), 1, 0), own(1)), letter('Rui'), 2, 0));
    expect(model.entries.map((entry) => entry.kind !== 'received' || entry.isRead)).toEqual([true, true, true]);
  });

  test('the model is the same where nothing was new', () => {
    const model = allRead(noted(received(sent(NEW, own(1)), letter('Rui'), 1, 0), { kind: 'problem', text: '' }, 0));
    expect(allRead(model)).toBe(model);
    expect(allRead(NEW)).toBe(NEW);
  });
});

describe('what was sent', () => {
  const two = received(sent(received(sent(NEW, own(1, 0)), letter('Rui'), 1, 5), own(2, 10)), letter('Rui'), 2, 15);

  test('keeps its place among the rest when something is heard of it', () => {
    const model = refusalCame(receiptCame(two, 'Rui', 1, 20), 2, 'nobody');
    expect(model.entries.map(({ kind }) => kind)).toEqual(['own', 'received', 'own', 'received']);
    expect(deliveries(model)).toEqual(['confirmed', 'refused']);
    expect(ownMessages(model)[0]!.delivery).toEqual({ kind: 'confirmed', receipts: [{ from: 'Rui', afterMs: 20 }] });
  });

  test('is not waited for beyond T_max', () => {
    expect(deliveries(timePassed(two, LATE_MS, LATE_MS))).toEqual(['unconfirmed', 'in-flight']);
  });

  test('leaves the model the same where nothing was heard of it', () => {
    expect(timePassed(two, 20, LATE_MS)).toBe(two);
    expect(receiptCame(two, 'Rui', 7, 20)).toBe(two);
    expect(refusalCame(two, 7, 'nobody')).toBe(two);
    const once = receiptCame(two, 'Rui', 1, 20);
    expect(receiptCame(once, 'Rui', 1, 30)).toBe(once);
    expect(timePassed(NEW, 1e9, LATE_MS)).toBe(NEW);
  });
});

describe('a connection that is lost', () => {
  const model = { ...received(sent(NEW, own(1)), letter('Rui'), 5, 0), roundTripMs: 3 };
  const lost = connectionLost(model, DOWN, 100);

  test('is noted once, however often it is tried again', () => {
    const again = connectionLost(lost, { ...DOWN, attempt: 2, retryAtMs: 2_000 }, 900);
    expect(notes(again)).toEqual([{ kind: 'disconnected', why: 'silence' }]);
    expect(again.connection).toEqual({ ...DOWN, attempt: 2, retryAtMs: 2_000 });
  });

  test('cuts off what was in flight, and has no round trip', () => {
    expect(deliveries(lost)).toEqual(['cut-off']);
    expect(lost.roundTripMs).toBeUndefined();
    expect(receiptCame(lost, 'Rui', 1, 200)).toBe(lost);
  });

  test('begins anew when it is back: a name, numbers, people', () => {
    const back = connectionBack(lost, 'Ana2', 1_000);
    expect(back).toMatchObject({ name: 'Ana2', connection: { kind: 'up' }, people: [] });
    expect(notes(back).at(-1)).toEqual({ kind: 'back', name: 'Ana2' });
    expect(received(back, letter('Rui'), 1, 1_100).counts).toMatchObject({ received: 2, outOfOrder: 0, duplicates: 0 });
    const next = receiptCame(sent(back, own(1, 1_000)), 'Rui', 1, 1_200);
    expect(deliveries(next)).toEqual(['cut-off', 'confirmed']);
  });

  test('is noted again when it is lost again', () => {
    const again = connectionLost(connectionBack(lost, 'Ana', 1_000), { ...DOWN, why: 'reset' }, 2_000);
    expect(notes(again).map(({ kind }) => kind)).toEqual(['disconnected', 'back', 'disconnected']);
  });
});

describe('what the link knows to be lost', () => {
  const two = sent(sent(NEW, own(1)), own(2));

  test('of one’s own says why, of the message that it names', () => {
    const model = lostByLink(two, { kind: 'own', sequence: 2, subject: 's' }, 'queue', 10);
    expect(ownMessages(model).map(({ delivery }) => delivery)).toEqual([
      { kind: 'in-flight' },
      { kind: 'lost', cause: 'queue' },
    ]);
    expect(model.entries).toHaveLength(2);
  });

  test('of receipts says that the message is there', () => {
    const model = lostByLink(two, { kind: 'receipt', from: 'Rui', sequence: 1 }, 'loss', 10);
    expect(ownMessages(model)[0]!.delivery).toEqual({ kind: 'receipt-lost', from: 'Rui' });
    expect(deliveries(model)).toEqual(['receipt-lost', 'in-flight']);
  });

  test.each([true, false])('on its way here is noted and counted (to all: %s)', (toAll) => {
    const missed = { from: 'Rui', subject: 'lunch', toAll };
    const model = lostByLink(two, { kind: 'incoming', ...missed }, 'loss', 10);
    expect(model.entries.at(-1)).toEqual({ kind: 'note', atMs: 10, note: { kind: 'missed', ...missed } });
    expect(model.counts).toMatchObject({ missed: 1, received: 0 });
    expect(deliveries(model)).toEqual(['in-flight', 'in-flight']);
  });

  test('puts an end to not knowing, also when nothing was waited for any more', () => {
    const late = timePassed(two, 1e9, LATE_MS);
    expect(deliveries(lostByLink(late, { kind: 'own', sequence: 1, subject: 's' }, 'loss', 1e9))).toEqual([
      'lost',
      'unconfirmed',
    ]);
  });

  test('is nothing where a copy of it has come, and is lost no more when one does', () => {
    const there = receiptCame(two, 'Rui', 1, 20);
    expect(lostByLink(there, { kind: 'own', sequence: 1, subject: 's' }, 'loss', 30)).toBe(there);
    expect(lostByLink(there, { kind: 'receipt', from: 'Rui', sequence: 1 }, 'loss', 30)).toBe(there);
    for (const lost of [
      { kind: 'own', sequence: 1, subject: 's' } as const,
      { kind: 'receipt', from: 'Rui', sequence: 1 } as const,
    ])
      expect(deliveries(receiptCame(lostByLink(two, lost, 'loss', 10), 'Rui', 1, 20))[0]).toBe('confirmed');
  });

  test('of a number that nobody has changes nothing', () => {
    expect(lostByLink(two, { kind: 'own', sequence: 7, subject: 's' }, 'loss', 10)).toBe(two);
    expect(lostByLink(two, { kind: 'receipt', from: 'Rui', sequence: 7 }, 'loss', 10)).toBe(two);
  });
});

describe('what was held back', () => {
  const heard = received(received(received(NEW, letter('Rui'), 1, 0), letter('Zoe'), 1, 0), letter('Rui'), 2, 0);
  const held = ({ entries }: ChatModel) => entries.map((entry) => entry.kind === 'received' && entry.heldBackMs);

  test('is marked and counted, by who sent it and its number', () => {
    const model = heldBack(heard, 'Zoe', 1, 12.5);
    expect(held(model)).toEqual([undefined, 12.5, undefined]);
    expect(model.counts.heldBack).toBe(1);
    expect(held(heldBack(model, 'Rui', 2, 7))).toEqual([undefined, 12.5, 7]);
  });

  test('is the newest of that number: whoever came again counts anew', () => {
    const again = received(heard, letter('Rui'), 1, 9);
    expect(held(heldBack(again, 'Rui', 1, 5))).toEqual([undefined, undefined, undefined, 5]);
  });

  test('is counted also where it is not shown any more', () => {
    const model = heldBack(cleared(heard), 'Rui', 1, 5);
    expect(model.entries).toEqual([]);
    expect(model.counts).toMatchObject({ heldBack: 1, received: 3 });
  });
});

describe('a link', () => {
  const LINK: LinkState = { words: 'loss 20%', backend: 'tun', dropped: { up: 3, down: 4 } };
  const over = chatModel('Ana', 'udp', '127.0.0.1:4000', LINK);

  test('is there from the beginning, or there is none', () => {
    expect(over.link).toBe(LINK);
    expect(NEW.link).toBeUndefined();
  });

  test.each<[string, Partial<LinkState>]>([
    ['words', { words: 'loss 30%' }],
    ['drops on its way up', { dropped: { up: 4, down: 4 } }],
    ['drops on its way down', { dropped: { up: 3, down: 5 } }],
  ])('is seen to have other %s', (_what, of) => {
    const seen = { ...LINK, ...of };
    expect(linkSeen(over, seen)).toEqual({ ...over, link: seen });
  });

  test('leaves the model the same where nothing changed', () => {
    expect(linkSeen(over, { ...LINK, dropped: { ...LINK.dropped } })).toBe(over);
  });

  test('is seen for the first time', () => expect(linkSeen(NEW, LINK).link).toBe(LINK));
});

describe('another name', () => {
  const before = rosterCame(sent(NEW, own(1)), [
    { name: 'Ana', transport: 'udp' },
    { name: 'Rui', transport: 'tcp' },
  ]);
  const model = renamed(connectionLost(before, DOWN, 50), 'Zoe', 100);

  test('is noted, and the former one is here no more', () => {
    expect(model).toMatchObject({ name: 'Zoe', connection: { kind: 'up' } });
    expect(model.people).toEqual([{ name: 'Rui', transport: 'tcp' }]);
    expect(model.entries.at(-1)).toEqual({ kind: 'note', atMs: 100, note: { kind: 'renamed', name: 'Zoe' } });
  });

  test('is another session: what was in flight stays unknown, and numbers begin anew', () => {
    const next = renamed(before, 'Zoe', 100);
    expect(deliveries(next)).toEqual(['cut-off']);
    expect(receiptCame(next, 'Rui', 1, 200)).toBe(next);
    expect(deliveries(receiptCame(sent(next, own(1, 150)), 'Rui', 1, 200))).toEqual(['cut-off', 'confirmed']);
  });
});

test('a connection that is back under another name says which one is taken', () => {
  const back = connectionBack(connectionLost(NEW, DOWN, 100), 'user 7', 1_000, 'Ana');
  expect(back).toMatchObject({ name: 'user 7', connection: { kind: 'up' }, people: [] });
  expect(notes(back).at(-1)).toEqual({ kind: 'back', name: 'user 7', taken: 'Ana' });
  expect(notes(connectionBack(back, 'Ana', 2_000)).at(-1)).not.toHaveProperty('taken');
});

test('who is here is noted when it was asked for, and changes nothing else', () => {
  const people = [{ name: 'Rui', transport: 'tcp' }];
  const model = noted(rosterCame(NEW, people), { kind: 'here', people }, 10);
  expect(model.people).toBe(people);
  expect(model.entries).toEqual([{ kind: 'note', atMs: 10, note: { kind: 'here', people } }]);
});

test('the inbox is emptied, and what was heard stays counted', () => {
  const model = cleared(received(received(NEW, letter('Rui'), 1, 0), letter('Rui'), 1, 0));
  expect(model.entries).toEqual([]);
  expect(model.counts).toMatchObject({ received: 2, outOfOrder: 0, duplicates: 1 });
});

test('the inbox has the newest 5000 entries', () => {
  const entries = Array.from({ length: 5_000 }, (_, atMs) => {
    return { kind: 'note', atMs, note: { kind: 'problem', text: '' } } as const;
  });
  const model = received(noted({ ...NEW, entries }, { kind: 'problem', text: 'x' }, 5_000), letter('Rui'), 1, 5_001);
  expect(model.entries).toHaveLength(5_000);
  expect(model.entries[0]).toMatchObject({ atMs: 2 });
  expect(model.entries.at(-1)).toMatchObject({ kind: 'received', atMs: 5_001 });
  expect(model.forgotten).toBe(2);
  expect(cleared(model).forgotten).toBe(0);
});

describe('the inbox has a million characters', () => {
  const long = (model: ChatModel, body: string) => received(model, { ...letter('Rui'), subject: '', body }, 1, 0);

  test('of the newest, in whole entries', () => {
    let model = noted(NEW, { kind: 'problem', text: '' }, 0);
    for (let at = 0; at < 10; at++) model = long(model, 'x'.repeat(100_000));
    expect(model.entries).toHaveLength(11);
    model = long(model, 'y');
    expect(model.entries).toHaveLength(10);
    expect(model.forgotten).toBe(2);
  });

  test('but the newest is there, however long', () => {
    const model = long(long(NEW, 'x'), 'x'.repeat(1_000_001));
    expect(model.entries).toHaveLength(1);
    expect(model.forgotten).toBe(1);
  });

  test('own ones that it loses are heard of still', () => {
    const body = 'x'.repeat(600_000);
    const message = {
      sequence: 1,
      to: 'Rui',
      subject: '',
      body,
      sentAtMs: 0,
      delivery: { kind: 'in-flight' },
    } as const;
    const model = receiptCame(long(sent(NEW, message), body), 'Rui', 1, 7);
    expect(model.entries).toHaveLength(1);
    expect(ownMessages(model)).toMatchObject([{ delivery: { kind: 'confirmed' } }]);
  });
});

test('what does not change stays the same object, as its lines are laid out once', () => {
  const message = (sequence: number) =>
    ({ sequence, to: 'Rui', subject: '', body: 'x', sentAtMs: 0, delivery: { kind: 'in-flight' } }) as const;
  const read = allRead(received(sent(sent(NEW, message(1)), message(2)), letter('Rui'), 1, 0));
  const next = allRead(received(receiptCame(read, 'Rui', 2, 5), letter('Rui'), 2, 0));
  expect(next.entries.slice(0, 3).map((entry, at) => entry === read.entries[at])).toEqual([true, false, true]);
});
