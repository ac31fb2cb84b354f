// What a worker does around a trial: it joins its users, sees the end of a server, and carries a transfer beside the chat.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Join } from '../../../src/bench/worker/user.ts';
import { worker } from '../../../src/bench/worker/worker.ts';
import { Client } from '../../../src/core/client.ts';
import { delaysMs, runTrial, workloadOf } from './tasks.ts';
import { clock, PLAIN, useVirtualTime, VirtualChat } from './virtual-chat.ts';

const SERVER = { transport: 'udp', host: '', port: 1 };
let chat: VirtualChat;

beforeEach(() => {
  useVirtualTime();
  chat = new VirtualChat();
});
afterEach(() => void vi.useRealTimers());

describe('joining', () => {
  test('tells of each user his name, his port and how long it took, in the order asked', async () => {
    const slow: Join = async (...given) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 30);
      });
      return chat.join(...given);
    };
    const joining = worker(slow, clock).join({ server: SERVER, knobs: PLAIN, users: [7, 2] });
    await vi.advanceTimersByTimeAsync(30);
    expect(await joining).toEqual({ names: ['Usuario0', 'Usuario1'], setUpsMs: [30, 30], ports: [40_000, 40_001] });
  });

  test('hands the server and the knobs to each', async () => {
    const join = vi.fn(chat.join);
    const knobs = { ...PLAIN, nagle: true };
    await worker(join, clock).join({ server: SERVER, knobs, users: [0, 1] });
    expect(join.mock.calls.map(([server, turned]) => [server, turned])).toEqual(Array(2).fill([SERVER, knobs]));
  });

  test('does not let more than 32 join at once', async () => {
    let [now, most] = [0, 0];
    const counted: Join = async (...given) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
      now--;
      return chat.join(...given);
    };
    const users = Array.from({ length: 100 }, (_, user) => user);
    const joining = worker(counted, clock).join({ server: SERVER, knobs: PLAIN, users });
    await vi.advanceTimersByTimeAsync(100);
    expect((await joining).names).toHaveLength(100);
    expect(most).toBe(32);
  });

  test('fails with what one of them was told', async () => {
    const refused: Join = async () => {
      throw new Error('Nobody answers.');
    };
    await expect(worker(refused, clock).join({ server: SERVER, knobs: PLAIN, users: [0] })).rejects.toThrow(
      'Nobody answers.',
    );
  });
});

describe('leaving', () => {
  test('closes the channel of every user, and lets others take their places', async () => {
    const own = worker(chat.join, clock);
    await own.join({ server: SERVER, knobs: PLAIN, users: [0, 1] });
    own.leave(undefined);
    expect(chat.ends.map(({ ended }) => ended)).toEqual(['closed', 'closed']);
    await own.join({ server: SERVER, knobs: PLAIN, users: [0] });
    expect(chat.ends[2]!.ended).toBeUndefined();
  });

  test('one trial after the other: nothing of the first is in the second', async () => {
    const team = await chat.workers('udp', [0, 1]);
    const first = await runTrial(team, workloadOf());
    const second = await runTrial(team, workloadOf(), { trial: 4 });
    expect([delaysMs(first.record), delaysMs(second.record)]).toEqual(Array(2).fill(Array(10).fill(10)));
  });
});

describe('watching', () => {
  async function watched(endsAfterMs: number | undefined): Promise<number | undefined> {
    const { workers } = await chat.workers('udp', [0]);
    const fromNs = clock();
    if (endsAfterMs === 0) chat.ends[0]!.end({ kind: 'lost', why: 'gone' });
    else if (endsAfterMs !== undefined) setTimeout(() => chat.ends[0]!.end({ kind: 'lost', why: 'gone' }), endsAfterMs);
    const watching = workers[0]!.watch({ fromNs, watchMs: 1000 });
    await vi.advanceTimersByTimeAsync(2000);
    return (await watching).noticedAfterMs;
  }

  test('says after how long the end of the server was noticed', async () => expect(await watched(40)).toBeCloseTo(40));
  test('says so where it had been noticed before', async () => expect(await watched(0)).toBe(0));
  test('says nothing where nobody noticed', async () => expect(await watched(undefined)).toBeUndefined());
  test('says nothing where it was noticed too late', async () => expect(await watched(1500)).toBeUndefined());

  test('says nothing where there is nobody', async () => {
    const watching = worker(chat.join, clock).watch({ fromNs: clock(), watchMs: 10 });
    await vi.advanceTimersByTimeAsync(10);
    expect(await watching).toEqual({ noticedAfterMs: undefined });
  });
});

describe('a transfer beside the chat', () => {
  async function withBulk(bulk: object) {
    const own = worker(chat.join, clock);
    const bulkServer = { ...SERVER, transport: 'tcp' };
    const { names } = await own.join({ server: SERVER, knobs: PLAIN, users: [0, 1], bulkServer });
    // From here on frames take their time.
    await chat.workers('udp', []);
    return runTrial({ workers: [own], names }, workloadOf({ bulk, duration: '105ms' }));
  }

  test('is two users more, over TCP, and no part of the record', async () => {
    const { record, parts } = await withBulk({ bodyBytes: 1000, window: 2 });
    expect(chat.ends.map(({ transport }) => transport)).toEqual(['udp', 'udp', 'tcp', 'tcp']);
    expect(delaysMs(record)).toEqual(Array(10).fill(10));
    expect([record.damaged, parts[0]!.sent.message.length]).toEqual([0, 10]);
  });

  test('keeps its window full from the origin until the load is over, and counts what came by then', async () => {
    // 10 ms each: ten rounds of four in 105 ms.
    const { parts } = await withBulk({ bodyBytes: 1000, window: 4 });
    expect(parts[0]!.bulk).toEqual({ deliveredBytes: 10 * 4 * 1000, seconds: 0.105 });
  });

  test('is over when the load is: what comes after that is followed by nothing', async () => {
    let lastNs = 0;
    chat.pass = (way, frame) => {
      if (way === 'up' && frame.length > 900) lastNs = clock();
      return [frame];
    };
    const { originNs } = await withBulk({ bodyBytes: 1000, window: 4 });
    expect(lastNs).toBeGreaterThan(originNs + 90e6);
    expect(lastNs).toBeLessThanOrEqual(originNs + 106e6);
  });

  test('is not there unless it is asked for', async () => {
    const { parts } = await runTrial(await chat.workers('udp', [0, 1]), workloadOf());
    expect(parts[0]).not.toHaveProperty('bulk');
  });
});

test('a client that never joined sends nothing', async () => {
  const silent: Join = async () => new Client({ onEvent: () => {} });
  const { names } = await worker(silent, clock).join({ server: SERVER, knobs: PLAIN, users: [0] });
  expect(names).toEqual(['']);
});
