// What a duel leaves behind for a program.
import { describe, expect, test } from 'vitest';
import type { LiveLink } from '../../../cli/across/live-link.ts';
import { duelResult } from '../../../cli/duel/duel-result.ts';
import {
  arrived,
  cleared,
  connectionChanged,
  type DuelModel,
  duelModel,
  heldBack,
  linkChanged,
  lost,
  receiptCame,
  refused,
  SIDES,
  sent,
} from '../../../cli/duel/model/duel-model.ts';
import { scoreOf } from '../../../cli/duel/model/score.ts';

const LINK: LiveLink = {
  backend: 'tun',
  server: { tcp: { host: '10.77.0.1', port: 1 }, udp: { host: '10.77.0.1', port: 2 } },
  chance: { mode: 'packet', seed: 7 },
  profile: { up: { delay: { delayMs: 100 } }, down: {} },
  change: async () => {},
  news: () => Promise.reject(new Error('nobody asks')),
};
const STATE = { words: 'delay 100ms', backend: 'tun', dropped: { up: 3, down: 4 } } as const;

const ms = (value: number) => value * 1e6;
const BEGIN_MS = 1_000;

/** Two over both; UDP loses the first, and TCP holds the second back. */
function played(): DuelModel {
  let model = sent(duelModel(STATE, SIDES), 'one', ms(BEGIN_MS), {});
  model = sent(model, 'two', ms(BEGIN_MS + 20.5), { udp: 'queue-full' });
  model = lost(model, 'udp', 1, 'loss');
  model = heldBack(model, 'tcp', 2, { ms: 180, behind: 1 });
  model = arrived(arrived(model, 'tcp', 2, ms(BEGIN_MS + 320.5)), 'tcp', 1, ms(BEGIN_MS + 320));
  return receiptCame(model, 'tcp', 1, ms(BEGIN_MS + 520));
}

test('is all that happened, as plain data', () => {
  const model = played();
  const result = duelResult(model, LINK);
  expect(result).toEqual({
    format: 'transport-lab duel',
    version: 1,
    link: { ...STATE, profile: LINK.profile, chance: LINK.chance, changes: [] },
    sides: {
      tcp: {
        connection: 'up',
        score: scoreOf(model.sides.tcp),
        messages: [
          {
            number: 1,
            body: 'one',
            sentMs: 0,
            fate: { kind: 'arrived', afterMs: 320, isOutOfOrder: true, copies: 1 },
            receipt: { kind: 'came', afterMs: 520 },
          },
          {
            number: 2,
            body: 'two',
            sentMs: 20.5,
            fate: { kind: 'arrived', afterMs: 300, isOutOfOrder: false, copies: 1 },
            receipt: { kind: 'waiting' },
            heldBack: { ms: 180, behind: 1 },
          },
        ],
        log: [
          { kind: 'arrived', number: 2 },
          { kind: 'arrived', number: 1 },
        ],
      },
      udp: {
        connection: 'up',
        score: scoreOf(model.sides.udp),
        messages: [
          // No receipt can come of what did not arrive.
          { number: 1, body: 'one', sentMs: 0, fate: { kind: 'lost', cause: 'loss' } },
          { number: 2, body: 'two', sentMs: 20.5, fate: { kind: 'not-sent', why: 'queue-full' } },
        ],
        log: [
          { kind: 'not-sent', number: 2 },
          { kind: 'lost', number: 1 },
        ],
      },
    },
  });
});

describe('as JSON', () => {
  const inJson = (model: DuelModel) => JSON.parse(JSON.stringify(duelResult(model, LINK)));

  test('is the same', () => {
    const { udp } = inJson(played()).sides;
    expect(inJson(played())).toMatchObject({ version: 1, link: { words: 'delay 100ms', chance: { seed: 7 } } });
    expect(udp.messages).toEqual(duelResult(played(), LINK).sides.udp.messages);
  });

  test('tells a delay that is never reached from one that nobody knows', () => {
    const { tcp, udp } = inJson(played()).sides;
    expect([tcp.score.medianMs, udp.score.medianMs]).toEqual([300, null]);
    expect(inJson(duelModel(STATE, SIDES)).sides.udp.score).not.toHaveProperty('medianMs');
  });
});

test('of nothing has no messages', () => {
  const { sides } = duelResult(duelModel(STATE, ['udp']), LINK);
  expect(sides.tcp).toMatchObject({ connection: 'unavailable', messages: [], log: [], score: { sent: 0 } });
  expect(sides.udp).toMatchObject({ connection: 'up', messages: [] });
});

test('has what the link became, and before which message', () => {
  const model = linkChanged(played(), 'loss 30%');
  const { link, sides } = duelResult(model, LINK);
  expect(link.changes).toEqual([{ before: 3, words: 'loss 30%' }]);
  for (const transport of SIDES)
    expect(sides[transport].log.at(-1)).toEqual({ kind: 'link', number: 3, words: 'loss 30%' });
  expect(duelResult(cleared(model), LINK).link.changes).toEqual([]);
});

test('has the words of a server that refused', () => {
  const { messages } = duelResult(refused(sent(duelModel(STATE, SIDES), 'one', 0, {}), 'udp', 1, 'nobody there'), LINK)
    .sides.udp;
  expect(messages[0]!.fate).toEqual({ kind: 'not-sent', why: 'refused', about: 'nobody there' });
});

test('after /clear begins at #1, and its time begins with the first message that it has', () => {
  const model = sent(sent(cleared(played()), 'three', ms(5_000), {}), 'four', ms(5_010), {});
  const { messages } = duelResult(model, LINK).sides.udp;
  expect(messages.map(({ number, body, sentMs }) => [number, body, sentMs])).toEqual([
    [1, 'three', 0],
    [2, 'four', 10],
  ]);
});

test('says which connection is down', () => {
  const model = connectionChanged(played(), 'tcp', { kind: 'down', why: 'reset' });
  expect(duelResult(model, LINK).sides.tcp.connection).toBe('down');
});

test('says why there were no packets, and nothing where there were', () => {
  expect(duelResult(played(), { ...LINK, whyNoPackets: 'no tun' }).link.whyNoPackets).toBe('no tun');
  expect(duelResult(played(), { ...LINK, whyNoPackets: undefined }).link).not.toHaveProperty('whyNoPackets');
});
