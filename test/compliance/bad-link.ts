// What is promised holds over a bad network, and what is not promised is seen to fail there.
import { describe, expect, test } from 'vitest';
import { type End, text } from '../support/end.ts';
import { until } from '../support/until.ts';
import { brokenPromises } from './broken-promises.ts';
import { type Candidate, openStage } from './stage.ts';

const FRAMES = 300;
/** Few enough for the smallest receive buffer. */
const BURST = 20;
const FAULTS = { seed: 11, loss: 0.2, duplicate: 0.1, reorder: 0.2 };
const TERRIBLE = { seed: 3, loss: 0.4, duplicate: 0.3, reorder: 0.1 };
const LAST = 'last';

export function badLink(candidate: Candidate): void {
  const { promises } = candidate.transport;

  describe.each(['up', 'down'] as const)('frames that go %s', (direction) => {
    test('keep the promises, and break what is not promised', async () => {
      const stage = await openStage(candidate);
      const link = await stage.openLink(FAULTS);
      const { client, server } = await stage.join(link);
      const [from, to] = direction === 'up' ? [client, server] : [server, client];
      for (let number = 0; number < FRAMES; number++) {
        from.channel.send(text(`${number} `), filler(number));
        if (number % BURST === 0) await new Promise(setImmediate);
      }
      await untilThrough(from, to, () => link.isIdle);
      const numbers = to.texts.filter((words) => words !== LAST).map((words) => Number.parseInt(words, 10));
      expect(brokenPromises(promises, FRAMES, numbers)).toEqual([]);
      for (const frame of to.frames.filter((bytes) => Buffer.from(bytes).toString() !== LAST)) {
        const words = Buffer.from(frame).toString();
        expect(words).toBe(`${Number.parseInt(words, 10)} ${filler(Number.parseInt(words, 10))}`);
      }
    });
  });

  test('clients join through a terrible network, each once', async () => {
    const stage = await openStage(candidate);
    const link = await stage.openLink(TERRIBLE);
    const clients = await Promise.all([1, 2, 3, 4].map((number) => stage.connect(link, text(`opening of ${number}`))));
    await until(() => clients.every((client) => client.frames.length > 0), 'all were welcomed');
    await until(() => link.isIdle, 'no copy is under way');
    await stage.settle();
    const openings = stage.ends.map((end) => end.texts[0]).filter((words) => words?.startsWith('opening of'));
    expect(openings).toHaveLength(4);
    expect(new Set(openings)).toEqual(new Set([1, 2, 3, 4].map((number) => `opening of ${number}`)));
    for (const client of clients) expect(client.texts).toEqual(['welcome']);
  });
}

/** Some frames are longer than what a network carries at once. */
function filler(number: number): Uint8Array {
  return Buffer.alloc(number % 10 === 0 ? 3_000 : number % 40, 97 + (number % 26));
}

/** Sends last frames until one is through, and behind what the network held back for longest another one. */
async function untilThrough(from: End, to: End, isIdle: () => boolean): Promise<void> {
  for (let round = 0; round < 2; round++) {
    const before = to.texts.filter((words) => words === LAST).length;
    await until(() => {
      from.channel.send(text(LAST));
      return to.texts.filter((words) => words === LAST).length > before + round;
    }, 'a last frame came through');
    await until(isIdle, 'nothing is under way');
  }
}
