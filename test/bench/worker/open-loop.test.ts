// Messages by a plan, in virtual time: to whom they go, when, and what is noted of what comes back.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { scheduleFor } from '../../../src/bench/load/schedule.ts';
import { writeProbe } from '../../../src/bench/worker/probe.ts';
import { delaysMs, inMs, runTrial, SEED, TRIAL, workloadOf } from './tasks.ts';
import { useVirtualTime, VirtualChat } from './virtual-chat.ts';

let chat: VirtualChat;

beforeEach(() => {
  useVirtualTime();
  chat = new VirtualChat();
});
afterEach(() => void vi.useRealTimers());

/** The frames with a message in them that went this way. */
function messagesOn(way: 'up' | 'down'): Uint8Array[] {
  const frames: Uint8Array[] = [];
  const { pass } = chat;
  chat.pass = (on, frame) => {
    if (on === way && frame.length > 60) frames.push(frame);
    return pass(on, frame);
  };
  return frames;
}

describe('every message', () => {
  test('is sent at its instant, arrives at the one it is for, and is noted once', async () => {
    const { record, parts, tookMs } = await runTrial(await chat.workers('udp', [0, 1]), workloadOf());
    expect(record.plannedNs).toEqual(scheduleFor(workloadOf(), SEED).plannedNs);
    expect(inMs(record.sentNs)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(delaysMs(record)).toEqual(Array(10).fill(10));
    expect([...record.arrivedMessage]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(parts[0]).toMatchObject({ damaged: 0, refused: 0, ended: [] });
    // Copies too many are waited for, and then T_max is not.
    expect(tookMs).toBeGreaterThanOrEqual(90 + 250);
    expect(tookMs).toBeLessThan(90 + 270);
  });

  test.each(['pairs', 'ring', 'fan-in', 'all-to-all'])('goes to whom the pattern says: %s', async (pattern) => {
    const frames = messagesOn('down');
    const workload = workloadOf({ pattern, users: 4, ratePerSecond: 200 });
    const { record } = await runTrial(await chat.workers('udp', [0, 1, 2, 3]), workload);
    expect(delaysMs(record)).toEqual(Array(20).fill(10));
    expect(frames).toHaveLength(20);
    expect(record.damaged).toBe(0);
  });

  test('is sent by the plan, whatever comes back', async () => {
    chat.pass = () => [];
    const { record, tookMs } = await runTrial(await chat.workers('udp', [0, 1]), workloadOf());
    expect(inMs(record.sentNs)).toEqual(inMs(record.plannedNs));
    expect(record.arrivedMessage).toHaveLength(0);
    expect(tookMs).toBeGreaterThanOrEqual(90 + 500);
    expect(tookMs).toBeLessThan(90 + 520);
  });

  test('that the transport did not take was never sent, and is not sent later', async () => {
    const team = await chat.workers('udp', [0, 1]);
    setTimeout(() => {
      chat.ends[0]!.answer = 'full';
    }, 10 + 35);
    setTimeout(() => {
      chat.ends[0]!.answer = 'sent';
    }, 10 + 65);
    const { record } = await runTrial(team, workloadOf());
    expect(inMs(record.sentNs)).toEqual([0, 10, 20, 30, Number.NaN, Number.NaN, Number.NaN, 70, 80, 90]);
    expect(delaysMs(record)).toEqual([10, 10, 10, 10, undefined, undefined, undefined, 10, 10, 10]);
  });

  test('that a server refuses is counted, and lost', async () => {
    const team = await chat.workers('udp', [0, 1]);
    const { record } = await runTrial({ ...team, names: [team.names[0]!, 'nobody'] }, workloadOf());
    expect([record.refused, record.arrivedMessage.length]).toEqual([10, 0]);
  });

  test('comes as often as the network brings it, and is late where it is late', async () => {
    let copies = 0;
    chat.pass = (way, frame) => (way === 'down' && ++copies === 3 ? [frame, frame] : [frame]);
    const { record } = await runTrial(await chat.workers('udp', [0, 1]), workloadOf());
    expect([...record.arrivedMessage]).toEqual([0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('is waited for, and no copy too many of another stands for it', async () => {
    let deliveries = 0;
    chat.pass = (way, frame) => {
      if (way === 'down') deliveries++;
      chat.delayMs = deliveries < 10 ? 5 : 400;
      return way === 'down' && deliveries === 1 ? [frame, frame] : [frame];
    };
    const { record } = await runTrial(await chat.workers('udp', [0, 1]), workloadOf());
    expect(delaysMs(record)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 405]);
  });

  test('has sizes as the plan says', async () => {
    const workload = workloadOf({ bodyBytes: { from: 24, to: 200 } });
    const { record } = await runTrial(await chat.workers('udp', [0, 1]), workload);
    expect([...record.sizeBytes]).toEqual([...scheduleFor(workload, SEED).sizeBytes]);
    expect(delaysMs(record)).toEqual(Array(10).fill(10));
  });
});

describe('a message to everybody', () => {
  const workload = () => workloadOf({ pattern: 'fan-out', users: 4 });

  test('is sent once, and counts once for each receiver', async () => {
    const up = messagesOn('up');
    const { record, parts } = await runTrial(await chat.workers('udp', [0, 1, 2, 3]), workload());
    expect(up).toHaveLength(10);
    expect(parts[0]!.sent.message).toHaveLength(10);
    expect(record.plannedNs).toHaveLength(30);
    expect(inMs(record.sentNs)).toEqual(inMs(record.plannedNs));
    expect(delaysMs(record)).toEqual(Array(30).fill(10));
    expect([...record.arrivedMessage].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });

  test('is lost for those alone to whom it did not come', async () => {
    let deliveries = 0;
    chat.pass = (way, frame) => (way === 'down' && ++deliveries === 5 ? [] : [frame]);
    const { record } = await runTrial(await chat.workers('udp', [0, 1, 2, 3]), workload());
    expect(delaysMs(record).filter((delay) => delay === undefined)).toHaveLength(1);
    expect(delaysMs(record)[4]).toBeUndefined();
  });

  test('reaches users of several workers', async () => {
    const { record } = await runTrial(await chat.workers('udp', [2, 3], [0, 1]), workload());
    expect(delaysMs(record)).toEqual(Array(30).fill(10));
  });
});

describe('what comes and is none of the messages', () => {
  /** In place of the third delivery. */
  async function withThird(change: (frame: Uint8Array) => Uint8Array) {
    let deliveries = 0;
    chat.pass = (way, frame) => (way === 'down' && ++deliveries === 3 ? [change(frame)] : [frame]);
    const { record } = await runTrial(await chat.workers('udp', [0, 1]), workloadOf());
    return { damaged: record.damaged, came: [...record.arrivedMessage] };
  }
  const OTHERS = [0, 1, 3, 4, 5, 6, 7, 8, 9];

  /** The same frame with another body of the same length. */
  function withBody(frame: Uint8Array, body: Uint8Array): Uint8Array {
    const other = Uint8Array.from(frame);
    other.set(body, frame.length - body.length);
    return other;
  }

  test('a bit flipped in a body is damage, and no arrival', async () => {
    const flipped = (frame: Uint8Array) => withBody(frame, Uint8Array.of(frame.at(-1)! ^ 1));
    expect(await withThird(flipped)).toEqual({ damaged: 1, came: OTHERS });
  });

  test('a late message of another trial is nothing', async () => {
    const stale = (frame: Uint8Array) => withBody(frame, writeProbe(TRIAL - 1, 2, 100));
    expect(await withThird(stale)).toEqual({ damaged: 0, came: OTHERS });
  });

  test('a number beyond the plan is damage', async () => {
    const beyond = (frame: Uint8Array) => withBody(frame, writeProbe(TRIAL, 10, 100));
    expect(await withThird(beyond)).toEqual({ damaged: 1, came: OTHERS });
  });

  test('a message at the wrong user is damage', async () => {
    const team = await chat.workers('udp', [0, 1, 2, 3]);
    const crossed = [0, 1, 3, 2].map((user) => team.names[user]!);
    const { record } = await runTrial({ ...team, names: crossed }, workloadOf({ users: 4 }));
    expect([record.damaged, record.arrivedMessage.length]).toEqual([10, 0]);
  });
});

describe('over streams', () => {
  test('the places of messages are noted, up and down, each frame with what goes before it', async () => {
    const { record, places } = await runTrial(
      await chat.workers('tcp', [0, 1]),
      workloadOf({ bodyBytes: { from: 24, to: 200 } }),
    );
    const overhead = places!.up.bytes[0]! - record.sizeBytes[0]!;
    expect([...places!.up.bytes]).toEqual([...record.sizeBytes].map((size) => size + overhead));
    for (const { end, bytes } of [places!.up, places!.down]) {
      const starts = [...end].map((each, i) => each - bytes[i]!);
      expect(starts.slice(1)).toEqual([...end].slice(0, -1));
    }
    expect(places!.down.end).toHaveLength(record.arrivedMessage.length);
  });

  test('several workers, of which one has no users, still know all places', async () => {
    const { record, places } = await runTrial(await chat.workers('tcp', [0, 2], [1, 3], []), workloadOf({ users: 4 }));
    expect(delaysMs(record)).toEqual(Array(10).fill(10));
    expect([places!.up.end.length, places!.down.end.length]).toEqual([10, 10]);
    expect(places!.up.bytes.every((bytes) => bytes > 100)).toBe(true);
  });

  test('a user whose channel ends is told of', async () => {
    const team = await chat.workers('tcp', [0, 1]);
    setTimeout(() => chat.ends[1]!.end({ kind: 'lost', why: 'gone' }), 50);
    const { parts } = await runTrial(team, workloadOf());
    expect(parts[0]!.ended).toEqual([1]);
  });
});

test('workers that share the users make one trial: every message once, in the order of arrival', async () => {
  const workload = workloadOf({ pattern: 'all-to-all', users: 4, ratePerSecond: 500, duration: '96ms' });
  const alone = await runTrial(await chat.workers('udp', [0, 1, 2, 3]), workload);
  const shared = await runTrial(await new VirtualChat().workers('udp', [0, 3], [1], [2]), workload);
  expect(shared.record.sentNs).toEqual(alone.record.sentNs);
  expect(delaysMs(shared.record)).toEqual(delaysMs(alone.record));
  expect([...shared.record.arrivedNs]).toEqual([...shared.record.arrivedNs].toSorted((a, b) => a - b));
  expect(shared.parts.map(({ sent }) => sent.message.length)).toEqual([24, 12, 12]);
});
