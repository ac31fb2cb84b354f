// What becomes of each message of a duel, from events and instants.
import { describe, expect, test } from 'vitest';
import {
  arrived,
  cleared,
  connectionChanged,
  type DuelModel,
  duelModel,
  type Fate,
  heldBack,
  isSettled,
  linkChanged,
  lost,
  type NotSent,
  nextNumber,
  type Receipt,
  receiptCame,
  receiptLost,
  refused,
  SIDES,
  sent,
  timePassed,
} from '../../../cli/duel/model/duel-model.ts';

const NEW = duelModel({ words: 'loss 20%', backend: 'tun', dropped: { up: 0, down: 0 } }, SIDES);
const LATE_MS = 5_000;

const ns = (ms: number) => ms * 1e6;

/** One every 10 ms. */
const said = (count: number, model = NEW) =>
  Array.from({ length: count }).reduce<DuelModel>((now, _, at) => sent(now, `body ${at + 1}`, ns(at * 10), {}), model);

/** Over UDP. */
const came = (model: DuelModel, ...numbers: number[]) =>
  numbers.reduce((now, number, at) => arrived(now, 'udp', number, ns(100 + at)), model);

const fates = (model: DuelModel, transport: 'tcp' | 'udp' = 'udp') =>
  model.sides[transport].legs.map(({ fate }) => fate);
const log = (model: DuelModel, transport: 'tcp' | 'udp' = 'udp') =>
  model.sides[transport].log.map(({ kind, number }) => `${kind} ${number}`);
const receipt = (model: DuelModel) => model.sides.udp.legs[0]!.receipt;

const IN_FLIGHT: Fate = { kind: 'in-flight', isCut: false };

test('a transport that the link can’t carry is not up', () => {
  const { tcp, udp } = duelModel(NEW.link, ['udp']).sides;
  expect([tcp.connection.kind, udp.connection.kind]).toEqual(['unavailable', 'up']);
});

describe('a message that is sent', () => {
  test('has the next number, and is in flight over both', () => {
    const model = sent(sent(NEW, 'a', 5, {}), 'b', 7, {});
    expect(model.messages).toEqual([
      { number: 1, body: 'a', sentNs: 5 },
      { number: 2, body: 'b', sentNs: 7 },
    ]);
    expect(nextNumber(model)).toBe(3);
    for (const transport of SIDES) {
      expect(model.sides[transport].legs).toEqual(
        [1, 2].map(() => ({ fate: IN_FLIGHT, receipt: { kind: 'waiting' } })),
      );
      expect(model.sides[transport].log).toEqual([]);
    }
  });

  test.each<[NotSent, string[]]>([
    ['queue-full', ['not-sent 1']],
    ['no-connection', ['not-sent 1']],
    ['refused', ['not-sent 1']],
    // Where there is no transport at all, that is said once and not message by message.
    ['unavailable', []],
  ])('is not sent where it did not leave: %s is told as %j, of that side alone', (why, told) => {
    const model = sent(NEW, 'a', 0, { tcp: why });
    expect(fates(model, 'tcp')).toEqual([{ kind: 'not-sent', why }]);
    expect(log(model, 'tcp')).toEqual(told);
    expect(fates(model)).toEqual([IN_FLIGHT]);
    expect(log(model)).toEqual([]);
  });
});

describe('a message that arrives', () => {
  test('says how long it took since it was sent', () => {
    const [, second] = fates(arrived(said(2), 'udp', 2, ns(110.5)));
    expect(second).toEqual({ kind: 'arrived', afterMs: 100.5, isOutOfOrder: false, copies: 1 });
  });

  test.each([
    [[1, 2, 3], []],
    [[2, 1, 3], [1]],
    [
      [3, 1, 2],
      [1, 2],
    ],
    [[1, 3, 2], [2]],
    [
      [3, 2, 1],
      [1, 2],
    ],
    [[2, 3], []],
    [[2, 2, 3], []],
    [[1, 3, 3, 2, 2], [2]],
  ])('in the order %j, is out of order: %j', (order, expected) => {
    const model = came(said(3), ...order);
    const found = fates(model).flatMap((fate, at) => (fate.kind === 'arrived' && fate.isOutOfOrder ? [at + 1] : []));
    expect(found).toEqual(expected);
  });

  test('again is a copy, which changes nothing else', () => {
    const model = came(said(2), 1, 2, 1, 1);
    expect(fates(model)[0]).toEqual({ kind: 'arrived', afterMs: 100, isOutOfOrder: false, copies: 3 });
    expect(log(model)).toEqual(['arrived 1', 'arrived 2', 'copy 1', 'copy 1']);
  });

  test('over one transport says nothing of the other', () => {
    const before = said(2);
    expect(came(before, 2, 1).sides.tcp).toBe(before.sides.tcp);
    expect(fates(arrived(came(before, 2), 'tcp', 1, ns(100)), 'tcp')[0]).toMatchObject({ isOutOfOrder: false });
  });

  test('after it was given up has arrived all the same', () => {
    const late = came(timePassed(said(1), ns(LATE_MS + 1)), 1);
    expect(fates(late)[0]!.kind).toBe('arrived');
    expect(log(late)).toEqual(['missing 1', 'arrived 1']);
  });

  test('though a copy of it was lost has arrived', () => {
    const model = came(lost(said(1), 'udp', 1, 'loss'), 1);
    expect(fates(model)[0]).toMatchObject({ kind: 'arrived', copies: 1 });
    expect(log(model)).toEqual(['lost 1', 'arrived 1']);
  });

  test('though it was missing, and then a copy of it known to be lost, has arrived', () => {
    const model = came(lost(timePassed(said(1), ns(LATE_MS + 1)), 'udp', 1, 'loss'), 1);
    expect(fates(model)[0]).toMatchObject({ kind: 'arrived', copies: 1 });
    expect(log(model)).toEqual(['missing 1', 'arrived 1']);
  });
});

describe('a message that is lost', () => {
  test('says why', () => {
    const model = lost(said(2), 'udp', 2, 'queue');
    expect(fates(model)).toEqual([IN_FLIGHT, { kind: 'lost', cause: 'queue' }]);
    expect(log(model)).toEqual(['lost 2']);
  });

  test('is lost once, for the reason that was told first', () => {
    const once = lost(said(1), 'udp', 1, 'loss');
    expect(lost(once, 'udp', 1, 'queue')).toBe(once);
  });

  test('is not lost where it, or a copy of it, has arrived', () => {
    const there = came(said(1), 1);
    expect(lost(there, 'udp', 1, 'loss')).toBe(there);
  });

  test('and was missing is told once', () => {
    const model = lost(timePassed(said(1), ns(LATE_MS + 1)), 'udp', 1, 'loss');
    expect(fates(model)).toEqual([{ kind: 'lost', cause: 'loss' }]);
    expect(log(model)).toEqual(['missing 1']);
  });

  test('does not put what comes after it out of order', () => {
    expect(fates(came(lost(said(2), 'udp', 2, 'loss'), 1))[0]).toMatchObject({ isOutOfOrder: false });
  });
});

test('a message that the server refused was not sent, and it is told in the server’s words', () => {
  const model = refused(said(2), 'udp', 1, 'nobody there');
  expect(fates(model)).toEqual([{ kind: 'not-sent', why: 'refused', about: 'nobody there' }, IN_FLIGHT]);
  expect(log(model)).toEqual(['not-sent 1']);
  expect(log(model, 'tcp')).toEqual([]);
});

describe('a link that changes', () => {
  const changed = said(1, linkChanged(said(2), 'loss 30%'));

  test('is told in both inboxes, before the message that is sent next', () => {
    for (const transport of SIDES)
      expect(changed.sides[transport].log).toEqual([{ kind: 'link', number: 3, words: 'loss 30%' }]);
    expect(log(came(linkChanged(came(said(2), 1), 'loss 30%'), 2))).toEqual(['arrived 1', 'link 3', 'arrived 2']);
  });

  test('is remembered, each change for itself', () => {
    expect(linkChanged(changed, 'no impairment').changes).toEqual([
      { before: 3, words: 'loss 30%' },
      { before: 4, words: 'no impairment' },
    ]);
    expect(NEW.changes).toEqual([]);
  });

  test('is no message: numbers, fates and the highest that came stay', () => {
    const before = came(said(2), 2);
    const after = linkChanged(before, 'loss 30%');
    expect(nextNumber(after)).toBe(3);
    expect(after.messages).toBe(before.messages);
    for (const transport of SIDES) {
      expect(after.sides[transport].legs).toBe(before.sides[transport].legs);
      expect(after.sides[transport].highest).toBe(before.sides[transport].highest);
    }
    expect(fates(came(after, 1))[0]).toMatchObject({ isOutOfOrder: true });
  });

  test('before anything was sent is told, too', () => {
    const model = linkChanged(NEW, 'loss 30%');
    expect(model.changes).toEqual([{ before: 1, words: 'loss 30%' }]);
    expect(log(model)).toEqual(['link 1']);
  });
});

test('a message may be known to be held back before it has arrived', () => {
  const held = { ms: 12, behind: 1 };
  const model = arrived(heldBack(said(2), 'tcp', 2, held), 'tcp', 2, ns(100));
  expect(model.sides.tcp.legs[1]).toMatchObject({ fate: { kind: 'arrived', isOutOfOrder: false }, heldBack: held });
  expect(model.sides.tcp.legs[0]).not.toHaveProperty('heldBack');
});

describe('a receipt', () => {
  test('says how long it took since the message was sent', () => {
    const model = receiptCame(said(2), 'udp', 2, ns(210));
    expect(model.sides.udp.legs[1]!.receipt).toEqual({ kind: 'came', afterMs: 200 });
    expect(receipt(model)).toEqual({ kind: 'waiting' });
  });

  test('may be lost', () => expect(receipt(receiptLost(said(1), 'udp', 1))).toEqual({ kind: 'lost' }));

  test('that came is there, whatever becomes of its copies', () => {
    const there = receiptCame(said(1), 'udp', 1, ns(20));
    expect(receiptCame(there, 'udp', 1, ns(30))).toBe(there);
    expect(receiptLost(there, 'udp', 1)).toBe(there);
  });

  test('that comes after one of its copies was lost is there', () => {
    const model = receiptCame(receiptLost(said(1), 'udp', 1), 'udp', 1, ns(20));
    expect(receipt(model)).toEqual({ kind: 'came', afterMs: 20 });
  });

  test('is lost once', () => {
    const once = receiptLost(said(1), 'udp', 1);
    expect(receiptLost(once, 'udp', 1)).toBe(once);
  });

  test('is no message that arrives', () => {
    const model = receiptCame(said(1), 'udp', 1, ns(20));
    expect(fates(model)).toEqual([IN_FLIGHT]);
    expect(log(model)).toEqual([]);
  });
});

test.each([0, 3, -1, 1.5, Number.NaN])('of number %d, which no message has, nothing is told', (number) => {
  const model = said(2);
  const held = { ms: 5, behind: undefined };
  for (const transport of SIDES) {
    expect(arrived(model, transport, number, 1)).toBe(model);
    expect(lost(model, transport, number, 'loss')).toBe(model);
    expect(refused(model, transport, number, 'no')).toBe(model);
    expect(heldBack(model, transport, number, held)).toBe(model);
    expect(receiptCame(model, transport, number, 1)).toBe(model);
    expect(receiptLost(model, transport, number)).toBe(model);
  }
});

describe('a connection that ends', () => {
  const before = arrived(said(2), 'tcp', 1, ns(50));
  const down = connectionChanged(before, 'tcp', { kind: 'down', why: 'reset' });

  test('cuts off what is in flight in it, and nothing else', () => {
    expect(down.sides.tcp.connection).toEqual({ kind: 'down', why: 'reset' });
    expect(fates(down, 'tcp')).toEqual([fates(before, 'tcp')[0], { kind: 'in-flight', isCut: true }]);
    expect(down.sides.udp).toBe(before.sides.udp);
  });

  test('and is back brings nothing of it: what is sent then is in another', () => {
    const back = sent(connectionChanged(down, 'tcp', { kind: 'up' }), 'c', ns(20), {});
    expect(back.sides.tcp.connection).toEqual({ kind: 'up' });
    expect(fates(back, 'tcp').slice(1)).toEqual([{ kind: 'in-flight', isCut: true }, IN_FLIGHT]);
  });
});

test('a connection that is up cuts nothing off', () => {
  expect(fates(connectionChanged(said(1), 'tcp', { kind: 'up' }), 'tcp')).toEqual([IN_FLIGHT]);
});

describe('after T_max', () => {
  const kinds = (model: DuelModel, transport: 'tcp' | 'udp') => fates(model, transport).map(({ kind }) => kind);

  test('a datagram is missing, and not before', () => {
    const model = said(2);
    expect(timePassed(model, ns(LATE_MS))).toBe(model);
    const late = timePassed(model, ns(LATE_MS) + 1);
    expect(kinds(late, 'udp')).toEqual(['missing', 'in-flight']);
    expect(log(late)).toEqual(['missing 1']);
    expect(timePassed(late, ns(LATE_MS) + 2)).toBe(late);
  });

  test('TCP still brings its bytes, unless their connection has ended', () => {
    const model = said(2);
    expect(kinds(timePassed(model, ns(60_000)), 'tcp')).toEqual(['in-flight', 'in-flight']);
    const cut = connectionChanged(model, 'tcp', { kind: 'down', why: 'reset' });
    const late = timePassed(cut, ns(60_000));
    expect(kinds(late, 'tcp')).toEqual(['missing', 'missing']);
    expect(log(late, 'tcp')).toEqual(['missing 1', 'missing 2']);
  });

  test('what has a fate keeps it', () => {
    const model = refused(lost(came(said(3), 1), 'udp', 2, 'loss'), 'udp', 3, 'no');
    expect(timePassed(model, ns(60_000))).toBe(model);
  });
});

describe('a duel that begins anew', () => {
  const played = linkChanged(came(said(3), 3), 'loss 30%');
  const before = connectionChanged(played, 'tcp', { kind: 'down', why: 'reset' });
  const anew = cleared(before);

  test('has neither messages nor changes, and is another round', () => {
    expect(anew).toMatchObject({ messages: [], changes: [], round: 2 });
    for (const transport of SIDES) expect(anew.sides[transport]).toMatchObject({ legs: [], log: [], highest: 0 });
    expect(cleared(anew).round).toBe(3);
    expect(NEW.round).toBe(1);
  });

  test('begins at #1', () => {
    expect(nextNumber(anew)).toBe(1);
    expect(said(2, anew).messages.map(({ number }) => number)).toEqual([1, 2]);
    expect(log(came(said(2, anew), 1))).toEqual(['arrived 1']);
  });

  test('keeps its link and its connections', () => {
    expect(anew.link).toBe(before.link);
    expect(anew.sides.tcp.connection).toEqual({ kind: 'down', why: 'reset' });
  });

  test('hears nothing of numbers that it has not', () => {
    expect(came(anew, 1, 2, 3)).toBe(anew);
    const model = said(1, anew);
    expect(came(model, 2, 3)).toBe(model);
    expect(lost(model, 'udp', 2, 'loss')).toBe(model);
    expect(log(timePassed(model, ns(60_000)))).toEqual(['missing 1']);
  });

  test('has forgotten what was the highest', () => {
    expect(fates(came(said(1, anew), 1))[0]).toMatchObject({ isOutOfOrder: false });
  });
});

describe('whether more is to be expected', () => {
  const WAITING: Receipt = { kind: 'waiting' };
  const ARRIVED: Fate = { kind: 'arrived', afterMs: 1, isOutOfOrder: false, copies: 1 };

  test.each<[Fate, Receipt, boolean]>([
    [IN_FLIGHT, WAITING, true],
    [{ kind: 'in-flight', isCut: true }, WAITING, true],
    [IN_FLIGHT, { kind: 'came', afterMs: 1 }, true],
    [ARRIVED, WAITING, true],
    [ARRIVED, { kind: 'came', afterMs: 1 }, false],
    [ARRIVED, { kind: 'lost' }, false],
    [{ kind: 'lost', cause: 'loss' }, WAITING, false],
    [{ kind: 'missing' }, WAITING, false],
    [{ kind: 'not-sent', why: 'refused' }, WAITING, false],
  ])('of %j with a receipt %j: %s', (fate, of, isMore) => {
    for (const transport of SIDES) {
      const side = { ...NEW.sides[transport], legs: [{ fate, receipt: of }] };
      expect(isSettled({ ...NEW, sides: { ...NEW.sides, [transport]: side } })).toBe(!isMore);
    }
  });

  test('nothing of nothing', () => expect(isSettled(NEW)).toBe(true));
});

describe('a refusal', () => {
  const refusedOf = (model: DuelModel) => refused(model, 'udp', 1, 'no');
  const inFlight = sent(NEW, 'one', 0, {});

  test('is told once', () => {
    const model = refusedOf(inFlight);
    expect(model.sides.udp.log).toEqual([{ kind: 'not-sent', number: 1 }]);
    expect(refusedOf(model)).toBe(model);
  });

  test('changes nothing of what has arrived', () => {
    const model = arrived(inFlight, 'udp', 1, 1e6);
    expect(refusedOf(model)).toBe(model);
  });

  test('says of what was missing why, in the line that it has already', () => {
    const missing = timePassed(inFlight, 6e9);
    const model = refusedOf(missing);
    expect(model.sides.udp.legs[0]?.fate).toEqual({ kind: 'not-sent', why: 'refused', about: 'no' });
    expect(model.sides.udp.log).toBe(missing.sides.udp.log);
  });
});
