// The chat as a value: who is here, what was heard, what was sent.
import { describe, expect, test } from 'vitest';
import {
  allRead,
  type ChatModel,
  chatModel,
  cleared,
  connectionBack,
  connectionLost,
  noted,
  ownMessages,
  receiptCame,
  received,
  refusalCame,
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
    counts: { received: 0, outOfOrder: 0, duplicates: 0 },
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
});
