// Messages that wait for messages, in virtual time: ping-pong, and a window for each flow.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { roundTripsOf } from '../../../src/bench/record/round-trips.ts';
import { readProbe } from '../../../src/bench/worker/probe.ts';
import { delaysMs, inMs, type RanTrial, runTrial, TRIAL, workloadOf } from './tasks.ts';
import { useVirtualTime, VirtualChat } from './virtual-chat.ts';

let chat: VirtualChat;

beforeEach(() => {
  useVirtualTime();
  chat = new VirtualChat();
});
afterEach(() => void vi.useRealTimers());

const pingPong = (more: object = {}) =>
  workloadOf({ arrivals: 'ping-pong', ratePerSecond: undefined, bodyBytes: { from: 24, to: 200 }, ...more });
const windowOf = (size: number, more: object = {}) =>
  workloadOf({ arrivals: { window: size }, ratePerSecond: undefined, ...more });

/** The number in the body of a frame that has one. */
function numberIn(frame: Uint8Array): number | undefined {
  for (let at = 0; at + 24 <= frame.length; at++) {
    const reading = readProbe(frame.subarray(at), TRIAL);
    if (reading.kind === 'whole') return reading.message;
  }
  return undefined;
}

/** Takes the first copies of these away on this way, by the number that stands in them. */
function lose(on: 'up' | 'down', ...numbers: number[]): void {
  const doomed = new Set(numbers);
  chat.pass = (way, frame) => {
    const number = numberIn(frame);
    return way === on && number !== undefined && doomed.delete(number) ? [] : [frame];
  };
}

const requestsOf = ({ record }: RanTrial) =>
  [...record.answers!.keys()].filter((message) => record.answers![message] === -1);

describe('ping-pong', () => {
  test('asks again when the answer has come, and counts round trips', async () => {
    const ran = await runTrial(await chat.workers('udp', [0, 1]), pingPong());
    const { record } = ran;
    // 20 ms there and back: five requests in 100 ms.
    expect(requestsOf(ran).map((message) => Math.round(record.plannedNs[message]! / 1e6))).toEqual([0, 20, 40, 60, 80]);
    expect([...record.answers!]).toEqual([-1, 0, -1, 2, -1, 4, -1, 6, -1, 8]);
    expect([...record.flow]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
    expect(delaysMs(record)).toEqual(Array(10).fill(10));
    expect(inMs(roundTripsOf(record)!.sortedNs)).toEqual(Array(5).fill(20));
    expect(roundTripsOf(record)!.sent).toBe(5);
  });

  test('ends as soon as the last answer has come', async () => {
    const { tookMs } = await runTrial(await chat.workers('udp', [0, 1]), pingPong());
    expect(tookMs).toBeLessThan(110 + 10);
  });

  test('answers a request once, however often it comes', async () => {
    chat.pass = (_way, frame) => [frame, frame];
    const ran = await runTrial(await chat.workers('udp', [0, 1]), pingPong());
    expect(requestsOf(ran)).toHaveLength(5);
    expect(ran.record.answers).toHaveLength(10);
    // Twice on the way up, twice each on the way down.
    expect(ran.record.arrivedMessage.filter((message) => message === 0)).toHaveLength(4);
  });

  test.each(['up', 'down'] as const)(
    'gives a request up that was lost on its way %s, after T_max, and goes on',
    async (way) => {
      lose(way, 2);
      const ran = await runTrial(await chat.workers('udp', [0, 1]), pingPong({ duration: '200ms' }), {
        waitingMs: 100,
      });
      const planned = requestsOf(ran).map((message) => Math.round(ran.record.plannedNs[message]! / 5e6) * 5);
      expect(planned.slice(0, 3)).toEqual([0, 20, 120]);
      const lost = [...ran.record.answers!.keys()].filter((message) => !ran.record.arrivedMessage.includes(message));
      expect(lost).toHaveLength(1);
      expect(ran.record.answers![lost[0]!]).toBe(-1);
    },
  );

  test('counts no round trip where the answer was lost', async () => {
    lose('up', 3);
    const ran = await runTrial(await chat.workers('udp', [0, 1]), pingPong(), { waitingMs: 100 });
    const trips = roundTripsOf(ran.record)!;
    expect([trips.sent - trips.sortedNs.length, ran.record.answers!.includes(2)]).toEqual([1, true]);
  });

  test('keeps every flow going by itself', async () => {
    const workload = pingPong({ pattern: 'all-to-all', users: 3, bodyBytes: 50 });
    const ran = await runTrial(await chat.workers('udp', [0, 1, 2]), workload);
    expect(requestsOf(ran)).toHaveLength(6 * 5);
    expect(delaysMs(ran.record)).toEqual(Array(60).fill(10));
    expect(new Set(ran.record.flow).size).toBe(12);
  });

  test('works between users of several workers, also where one of them only answers', async () => {
    const workload = pingPong({ pattern: 'fan-in', users: 3, bodyBytes: 50 });
    const ran = await runTrial(await chat.workers('udp', [0], [1], [2]), workload);
    expect(requestsOf(ran)).toHaveLength(2 * 5);
    expect(delaysMs(ran.record)).toEqual(Array(20).fill(10));
    expect(roundTripsOf(ran.record)!.sortedNs).toHaveLength(10);
  });

  test('loses no request of the last moment that is answered by another worker', async () => {
    chat.delayMs = 60;
    const ran = await runTrial(
      await chat.workers('udp', [0], [1], [2]),
      pingPong({ pattern: 'fan-in', users: 3, bodyBytes: 50 }),
    );
    expect(requestsOf(ran)).toHaveLength(2);
    expect(delaysMs(ran.record)).toEqual(Array(4).fill(120));
  });

  test('an answer that the transport does not take is lost, and has the size that it would have had', async () => {
    const team = await chat.workers('udp', [0, 1]);
    chat.ends[1]!.answer = 'full';
    const ran = await runTrial(team, pingPong({ bodyBytes: 50 }), { waitingMs: 100 });
    const answers = [...ran.record.answers!.keys()].filter((message) => ran.record.answers![message]! >= 0);
    expect(answers.map((message) => [ran.record.sentNs[message], ran.record.sizeBytes[message]])).toEqual([
      [Number.NaN, 50],
    ]);
  });
});

describe('a window', () => {
  test('keeps so many of each flow on their way', async () => {
    let [most, onTheWay] = [0, 0];
    chat.pass = (way, frame) => {
      if (numberIn(frame) === undefined) return [frame];
      if (way === 'up') most = Math.max(most, ++onTheWay);
      else setTimeout(() => void onTheWay--, chat.delayMs - 1);
      return [frame];
    };
    const { record } = await runTrial(await chat.workers('udp', [0, 1]), windowOf(3));
    // 10 ms each, ten times.
    expect(record.plannedNs).toHaveLength(3 * 10);
    expect(most).toBe(3);
    expect(delaysMs(record)).toEqual(Array(30).fill(10));
    expect(record.answers).toBeUndefined();
  });

  test('fills the place of a message that was lost after T_max', async () => {
    lose('up', 0);
    const { record } = await runTrial(await chat.workers('udp', [0, 1]), windowOf(1, { duration: '200ms' }), {
      waitingMs: 100,
    });
    expect(inMs(record.plannedNs).slice(0, 2)).toEqual([0, 100]);
    expect(delaysMs(record)[0]).toBeUndefined();
    expect(record.plannedNs).toHaveLength(1 + 10);
  });

  test('is not opened by what comes twice', async () => {
    chat.pass = (_way, frame) => [frame, frame];
    const { record } = await runTrial(await chat.workers('udp', [0, 1]), windowOf(2));
    expect(record.plannedNs).toHaveLength(2 * 10);
  });

  test('waits while the transport takes no more, and loses nothing for that', async () => {
    const team = await chat.workers('udp', [0, 1]);
    const [sender] = chat.ends;
    setTimeout(() => {
      sender!.answer = 'full';
    }, 10 + 25);
    setTimeout(() => {
      sender!.answer = 'sent';
      sender!.events!.drained();
    }, 10 + 65);
    const { record } = await runTrial(team, windowOf(1));
    expect(inMs(record.sentNs)).toEqual([0, 10, 20, 65, 75, 85, 95]);
    expect(delaysMs(record)).toEqual(Array(7).fill(10));
  });

  test('notes the places of its messages in their streams', async () => {
    const { record, places } = await runTrial(
      await chat.workers('tcp', [0, 1]),
      windowOf(2, { bodyBytes: { from: 24, to: 200 } }),
    );
    const overhead = places!.up.bytes[0]! - record.sizeBytes[0]!;
    expect([...places!.up.bytes]).toEqual([...record.sizeBytes].map((size) => size + overhead));
    expect([...places!.up.end]).toEqual([...places!.up.end].toSorted((a, b) => a - b));
    expect(places!.down.end).toHaveLength(record.arrivedMessage.length);
  });

  test('of pairs on two workers makes one trial', async () => {
    const ran = await runTrial(await chat.workers('udp', [0, 2], [1, 3]), windowOf(2, { users: 4 }));
    expect([...ran.record.plannedNs]).toEqual([...ran.record.plannedNs].toSorted((a, b) => a - b));
    expect(delaysMs(ran.record)).toEqual(Array(40).fill(10));
  });
});
