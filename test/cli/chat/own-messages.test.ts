// What became of each message that was sent from here.
import { describe, expect, test } from 'vitest';
import {
  confirmed,
  countsOf,
  cutOff,
  type Delivery,
  expired,
  type OwnMessage,
  refused,
} from '../../../cli/chat/model/own-messages.ts';

const LATE_MS = 5_000;

function own(sequence: number | undefined, sentAtMs = 0, delivery: Delivery = { kind: 'in-flight' }): OwnMessage {
  return { sequence, to: 'Rui', subject: 's', body: 'b', sentAtMs, delivery };
}

const kinds = (messages: readonly OwnMessage[]) => messages.map(({ delivery }) => delivery.kind);

describe('a receipt', () => {
  test('confirms the message that it names, and says how long it took', () => {
    const [first, second] = confirmed([own(1, 100), own(2, 200)], 'Rui', 2, 250);
    expect(first).toEqual(own(1, 100));
    expect(second!.delivery).toEqual({ kind: 'confirmed', receipts: [{ from: 'Rui', afterMs: 50 }] });
  });

  test('counts once for each recipient, in the order in which they come', () => {
    const once = confirmed([own(1)], 'Rui', 1, 10);
    const [message] = confirmed(confirmed(once, 'Zoe', 1, 30), 'Rui', 1, 50);
    expect(message!.delivery).toEqual({
      kind: 'confirmed',
      receipts: [
        { from: 'Rui', afterMs: 10 },
        { from: 'Zoe', afterMs: 30 },
      ],
    });
  });

  test('that comes twice changes nothing at all', () => {
    const once = confirmed([own(1), own(2)], 'Rui', 1, 10);
    expect(confirmed(once, 'Rui', 1, 20)).toBe(once);
  });

  test.each(['unconfirmed', 'in-flight'] as const)(
    'that comes to a message that is %s puts an end to not knowing',
    (kind) => {
      const [message] = confirmed([own(1, 0, { kind })], 'Rui', 1, 9_000);
      expect(message!.delivery).toEqual({ kind: 'confirmed', receipts: [{ from: 'Rui', afterMs: 9_000 }] });
    },
  );

  test('for a number that nobody knows changes nothing', () => {
    const messages = [own(1), own(undefined, 0, { kind: 'not-sent', why: 'no connection' })];
    expect(confirmed(messages, 'Rui', 2, 10)).toBe(messages);
  });
});

describe('a receipt that does not come', () => {
  test('is waited for until T_max, and no longer', () => {
    const messages = [own(1, 100), own(2, 101)];
    expect(expired(messages, 100 + LATE_MS - 1, LATE_MS)).toBe(messages);
    expect(kinds(expired(messages, 100 + LATE_MS, LATE_MS))).toEqual(['unconfirmed', 'in-flight']);
  });

  test.each<Delivery>([
    { kind: 'confirmed', receipts: [{ from: 'Rui', afterMs: 1 }] },
    { kind: 'refused', why: 'nobody' },
    { kind: 'unconfirmed' },
    { kind: 'cut-off' },
    { kind: 'not-sent', why: 'no connection' },
  ])('is not waited for by what is $kind', (delivery) => {
    const messages = [own(1, 0, delivery)];
    expect(expired(messages, 1e9, LATE_MS)).toBe(messages);
  });
});

test('a refusal says why, of the message that it names', () => {
  const messages = [own(1), own(2)];
  expect(refused(messages, 1, 'nobody there')[0]!.delivery).toEqual({ kind: 'refused', why: 'nobody there' });
  expect(refused(messages, 1, 'nobody there')[1]).toBe(messages[1]);
  expect(refused(messages, 3, 'nobody there')).toBe(messages);
});

describe('a connection that is lost', () => {
  const messages = [
    own(1, 0, { kind: 'confirmed', receipts: [{ from: 'Rui', afterMs: 1 }] }),
    own(2, 0, { kind: 'refused', why: 'nobody' }),
    own(3, 0, { kind: 'unconfirmed' }),
    own(4),
  ];

  test('cuts off what was in flight, and nothing else', () => {
    expect(kinds(cutOff(messages))).toEqual(['confirmed', 'refused', 'unconfirmed', 'cut-off']);
  });

  test('ends the numbers of its session: those of the next one mean other messages', () => {
    const next = [...cutOff(messages), own(4, 50)];
    expect(kinds(confirmed(next, 'Rui', 4, 60)).slice(-2)).toEqual(['cut-off', 'confirmed']);
    expect(kinds(refused(next, 4, 'nobody')).slice(-2)).toEqual(['cut-off', 'refused']);
    for (const sequence of [1, 2, 3]) expect(confirmed(next, 'Zoe', sequence, 60)).toBe(next);
  });
});

test('what was never sent is not counted as sent, and what was cut off is not confirmed', () => {
  const deliveries: Delivery[] = [
    { kind: 'in-flight' },
    { kind: 'confirmed', receipts: [{ from: 'Rui', afterMs: 1 }] },
    {
      kind: 'confirmed',
      receipts: [
        { from: 'Rui', afterMs: 1 },
        { from: 'Zoe', afterMs: 1 },
      ],
    },
    { kind: 'refused', why: '' },
    { kind: 'unconfirmed' },
    { kind: 'cut-off' },
    { kind: 'lost', cause: 'loss' },
    { kind: 'receipt-lost', from: 'Rui' },
    { kind: 'confirmed', receipts: [{ from: 'Rui', afterMs: 5001 }] },
    { kind: 'not-sent', why: '' },
  ];
  const counts = countsOf(deliveries.map((delivery, at) => own(at + 1, 0, delivery)));
  expect(counts).toEqual({
    sent: 9,
    confirmed: 3,
    inFlight: 1,
    unconfirmed: 2,
    lost: 1,
    receiptsLost: 1,
    refused: 1,
    late: 1,
  });
  expect(new Set(Object.values(countsOf([])))).toEqual(new Set([0]));
});
