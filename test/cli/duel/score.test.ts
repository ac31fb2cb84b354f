// The score of one side, against values computed by hand.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Arrived, Fate, HeldBack, Leg, Receipt } from '../../../cli/duel/model/duel-model.ts';
import { type Score, scoreOf } from '../../../cli/duel/model/score.ts';

const leg = (fate: Fate, of: Partial<Leg> = {}): Leg => ({ fate, receipt: { kind: 'waiting' }, ...of });
const came = (afterMs: number, of: Partial<Arrived> = {}) =>
  leg({ kind: 'arrived', afterMs, isOutOfOrder: false, copies: 1, ...of });
const upTo = (count: number) => Array.from({ length: count }, (_, at) => came(at + 1));

const LOST = leg({ kind: 'lost', cause: 'loss' });
const MISSING = leg({ kind: 'missing' });
const IN_FLIGHT = leg({ kind: 'in-flight', isCut: false });
const NOT_SENT = leg({ kind: 'not-sent', why: 'queue-full' });

test('of nothing is 0, and no delay is known', () => {
  expect(scoreOf({ legs: [] })).toEqual({
    asked: 0,
    sent: 0,
    notSent: 0,
    inFlight: 0,
    arrived: 0,
    lost: 0,
    missing: 0,
    outOfOrder: 0,
    twice: 0,
    heldBack: 0,
    longestHeld: undefined,
    medianMs: undefined,
    p95Ms: undefined,
    confirmed: 0,
    receiptsLost: 0,
  });
});

describe('median and 95 %, by nearest rank', () => {
  test.each<[string, readonly Leg[], Score['medianMs'], Score['p95Ms']]>([
    ['one', [came(10)], 10, 10],
    ['two: ranks 1 and 2', [came(20), came(10)], 10, 20],
    ['four: ranks 2 and 4', [came(30), came(10), came(40), came(20)], 20, 40],
    ['five: ranks 3 and 5', [came(50), came(10), came(40), came(20), came(30)], 30, 50],
    ['by size, not by their digits', [came(9), came(100), came(20), came(8)], 9, 100],
    ['20: ranks 10 and 19', upTo(20), 10, 19],
    ['21: ranks 11 and 20', upTo(21), 11, 20],
    ['32: ranks 16 and 31', upTo(32), 16, 31],
    ['100: ranks 50 and 95', upTo(100), 50, 95],
    ['one of two lost', [LOST, came(10)], 10, null],
    ['one of three lost', [came(30), LOST, came(10)], 30, null],
    ['two of three lost', [LOST, came(10), LOST], null, null],
    ['all lost', [LOST, LOST], null, null],
    ['missing is as late as lost', [MISSING, came(10), MISSING], null, null],
    ['one of 20 lost', [LOST, ...upTo(19)], 10, 19],
    ['two of 20 lost', [LOST, ...upTo(18), MISSING], 10, null],
    ['half of 20 lost', [...upTo(10), ...Array<Leg>(10).fill(LOST)], 10, null],
    ['more than half of 21 lost', [...upTo(10), ...Array<Leg>(11).fill(LOST)], null, null],
    ['what is under way has no fate yet', [IN_FLIGHT, came(10), IN_FLIGHT, came(20), IN_FLIGHT], 10, 20],
    ['what did not leave is as late as lost', [NOT_SENT, came(10), NOT_SENT], null, null],
    ['one of 20 did not leave', [NOT_SENT, ...upTo(19)], 10, 19],
    ['one did not leave, and one is lost', [NOT_SENT, ...upTo(18), LOST], 10, null],
    ['nothing could be sent', [NOT_SENT, NOT_SENT], null, null],
    ['only what is under way', [IN_FLIGHT, IN_FLIGHT], undefined, undefined],
    ['under way, or not sent', [IN_FLIGHT, NOT_SENT], null, null],
    ['no time at all', [came(0)], 0, 0],
  ])('%s', (_what, legs, medianMs, p95Ms) => {
    expect(scoreOf({ legs })).toMatchObject({ medianMs, p95Ms });
  });
});

test('counts each message by its fate, and what did not leave as not sent', () => {
  const legs = [came(1), LOST, MISSING, MISSING, IN_FLIGHT, NOT_SENT, NOT_SENT, NOT_SENT];
  const counts = { asked: 8, sent: 5, arrived: 1, lost: 1, missing: 2, inFlight: 1, notSent: 3 };
  expect(scoreOf({ legs })).toMatchObject(counts);
});

test('counts what is out of order, and copies beyond the first', () => {
  const legs = [came(1, { copies: 3 }), came(2, { isOutOfOrder: true }), came(3, { isOutOfOrder: true, copies: 2 })];
  expect(scoreOf({ legs })).toMatchObject({ arrived: 3, outOfOrder: 2, twice: 3 });
});

test.each<[readonly (HeldBack | undefined)[], number, HeldBack | undefined]>([
  [[undefined], 0, undefined],
  [[{ ms: 5, behind: 1 }, undefined, { ms: 9, behind: 2 }, { ms: 7, behind: undefined }], 3, { ms: 9, behind: 2 }],
  [
    [
      { ms: 9, behind: undefined },
      { ms: 5, behind: 1 },
    ],
    2,
    { ms: 9, behind: undefined },
  ],
  [
    [
      { ms: 9, behind: 1 },
      { ms: 9, behind: 2 },
    ],
    2,
    { ms: 9, behind: 1 },
  ],
])('of what was held back (%j) there are %d, and the longest is %j', (held, heldBack, longestHeld) => {
  const legs = held.map((each): Leg => ({ ...came(1), ...(each !== undefined && { heldBack: each }) }));
  const score = scoreOf({ legs });
  expect(score.heldBack).toBe(heldBack);
  expect(score.longestHeld).toEqual(longestHeld);
});

test('counts receipts that came, and those that are known to be lost', () => {
  const receipts: Receipt[] = [
    { kind: 'came', afterMs: 1 },
    { kind: 'lost' },
    { kind: 'waiting' },
    { kind: 'came', afterMs: 2 },
  ];
  const legs = receipts.map((receipt) => ({ ...came(1), receipt }));
  expect(scoreOf({ legs })).toMatchObject({ confirmed: 2, receiptsLost: 1 });
});

test('every message is counted once, and what is infinitely late never makes a delay shorter', () => {
  const some = fc.array(
    fc.oneof(
      fc.constantFrom(LOST, MISSING, IN_FLIGHT, NOT_SENT),
      fc.nat(1000).map((ms) => came(ms)),
    ),
  );
  const asNumber = (ms: number | null | undefined) => ms ?? Number.POSITIVE_INFINITY;
  fc.assert(
    fc.property(some, (legs) => {
      const score = scoreOf({ legs });
      const { asked, sent, notSent, arrived, lost, missing, inFlight } = score;
      expect(asked).toBe(legs.length);
      expect(sent + notSent).toBe(asked);
      expect(arrived + lost + missing + inFlight).toBe(sent);
      const worse = scoreOf({ legs: [LOST, ...legs] });
      if (score.medianMs !== undefined) {
        expect(asNumber(worse.medianMs)).toBeGreaterThanOrEqual(asNumber(score.medianMs));
        expect(asNumber(worse.p95Ms)).toBeGreaterThanOrEqual(asNumber(score.p95Ms));
        expect(asNumber(score.p95Ms)).toBeGreaterThanOrEqual(asNumber(score.medianMs));
      }
    }),
  );
});
