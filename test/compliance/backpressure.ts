// A peer that does not read: seen by the sender where delivery is promised, and nobody's burden where it is not.
import { expect, test } from 'vitest';
import type { SendOutcome } from '../../src/core/transport.ts';
import { seededBytes } from '../support/seeded.ts';
import { until } from '../support/until.ts';
import { type Candidate, openStage, type Pair } from './stage.ts';

const QUEUE_LIMIT_BYTES = 200_000;
const FRAME_BYTES = 50_000;
/** More than the operating system holds for one connection, at either end. */
const PLENTY_BYTES = 200_000_000;

export function backpressure(candidate: Candidate): void {
  const { reliable } = candidate.transport.promises;

  if (reliable) {
    test('the queue is bounded, says so, and tells when it is empty; what it took arrives', async () => {
      const stage = await openStage(candidate, { queueLimitBytes: QUEUE_LIMIT_BYTES });
      const link = await stage.openLink();
      const pair = await stage.join(link);
      link.cut('up');
      const { taken, outcomes } = await fill(pair);
      expect(outcomes).toEqual(new Set(['sent', 'queued', 'full']));
      const drainedBefore = pair.client.drainedCount;
      link.mend('up');
      await until(() => pair.client.drainedCount > drainedBefore, 'the queue was empty again');
      expect(pair.client.channel.send(numbered(taken))).toBe('sent');
      await until(() => pair.server.frames.length === taken + 1, 'all that was taken came');
      expect(pair.server.frames.map(numberIn)).toEqual(Array.from({ length: taken + 1 }, (_, number) => number));
    });
  }

  if (reliable) {
    test('a frame longer than the queue goes when nothing else waits', async () => {
      const stage = await openStage(candidate, { queueLimitBytes: 1_000 });
      const { client, server } = await stage.join();
      expect(client.channel.send(numbered(0))).toBe('sent');
      expect(client.channel.send(numbered(1))).toBe('full');
      await until(() => client.drainedCount > 0, 'the queue was empty again');
      expect(client.channel.send(numbered(2))).toBe('sent');
      await until(() => server.frames.length === 2, 'both came');
      expect(server.frames.map(numberIn)).toEqual([0, 2]);
    });
  }

  if (!reliable) {
    test('a peer that hears nothing holds nobody up', async () => {
      const stage = await openStage(candidate, { queueLimitBytes: QUEUE_LIMIT_BYTES });
      const link = await stage.openLink();
      const { client } = await stage.join(link);
      link.cut('up');
      const outcomes = new Set<SendOutcome>();
      for (let number = 0; number < 100; number++) outcomes.add(client.channel.send(numbered(number)));
      await stage.settle();
      expect(outcomes).toEqual(new Set(['sent']));
      expect(client.isClosed).toBe(false);
    });
  }
}

/** Sends, a queue's worth per tick, until frames are queued behind others that nobody takes and no more fit. */
async function fill({ client }: Pair): Promise<{ taken: number; outcomes: Set<SendOutcome> }> {
  const outcomes = new Set<SendOutcome>();
  let taken = 0;
  while (!outcomes.has('queued') || !outcomes.has('full')) {
    expect(taken * FRAME_BYTES).toBeLessThan(PLENTY_BYTES);
    const first = client.channel.send(numbered(taken));
    outcomes.add(first);
    if (first === 'sent' || first === 'queued') taken++;
    // Behind frames of this tick alone there is no telling: the operating system has not been asked yet.
    while (first === 'queued') {
      const outcome = client.channel.send(numbered(taken));
      outcomes.add(outcome);
      if (outcome === 'full') break;
      taken++;
    }
    await new Promise(setImmediate);
  }
  return { taken, outcomes };
}

const BALLAST = seededBytes(1, FRAME_BYTES);

function numbered(number: number): Uint8Array {
  const bytes = Buffer.from(BALLAST);
  bytes.writeUInt32BE(number);
  return bytes;
}

function numberIn(bytes: Uint8Array): number {
  return Buffer.from(bytes).readUInt32BE();
}
