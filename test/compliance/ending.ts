// How a channel ends: gracefully, at once, or from inside one of its own events; and each end is told once, and why.
import { describe, expect, test } from 'vitest';
import { type End, text } from '../support/end.ts';
import { until } from '../support/until.ts';
import { type Candidate, openStage, type Pair, type Stage } from './stage.ts';

const LOCAL = { kind: 'local' };

export function ending(candidate: Candidate): void {
  const { promises } = candidate.transport;

  describe.each(['client', 'server'] as const)('ended by the %s', (who) => {
    test('gracefully: what was taken and the last frame arrive, then the end', async () => {
      const { near, far } = await pairOf(candidate, who);
      for (const word of ['one', 'two']) near.channel.send(text(word));
      near.channel.close(text('last'));
      await untilClosed(near, far);
      expect(far.texts).toEqual(['one', 'two', 'last']);
      expect(far.causes).toEqual([{ kind: 'left' }]);
      expect(near.causes).toEqual([LOCAL]);
    });

    test('gracefully, without a last frame', async () => {
      const { near, far } = await pairOf(candidate, who);
      near.channel.close();
      await untilClosed(near, far);
      expect(far.frames).toEqual([]);
      expect(far.causes).toEqual([{ kind: 'left' }]);
    });

    test('at once: it is told, and the other end is where the network has connections', async () => {
      const { near, far } = await pairOf(candidate, who);
      near.channel.abort();
      expect(near.causes).toEqual([LOCAL]);
      if (promises.connection) await until(() => far.isClosed, 'the network told the other end');
      expect(far.causes.every(({ kind }) => kind === 'left' || kind === 'lost')).toBe(true);
    });

    test('in every way, one after the other: told once', async () => {
      const { near, far, stage } = await pairOf(candidate, who);
      near.channel.close(text('last'));
      near.channel.close(text('never'));
      await untilClosed(near, far);
      near.channel.abort();
      near.channel.close();
      far.channel.close(text('never'));
      far.channel.abort();
      await stage.settle();
      expect(far.texts).toEqual(['last']);
      expect([near.causes, far.causes]).toEqual([[LOCAL], [{ kind: 'left' }]]);
    });

    test('nothing is taken after the end', async () => {
      const { near, far, stage } = await pairOf(candidate, who);
      near.channel.close();
      expect(near.channel.send(text('late'))).toBe('closed');
      await untilClosed(near, far);
      expect(far.channel.send(text('late'))).toBe('closed');
      await stage.settle();
      expect([near.frames, far.frames]).toEqual([[], []]);
    });

    test('from inside a frame: nothing comes after it', async () => {
      const { near, far, stage } = await pairOf(candidate, who);
      near.onFrame = () => near.channel.close();
      for (let number = 0; number < 10; number++) far.channel.send(text(`frame ${number}`));
      await untilClosed(near, far);
      await stage.settle();
      expect(near.texts).toEqual(['frame 0']);
      expect([near.causes, far.causes]).toEqual([[LOCAL], [{ kind: 'left' }]]);
    });

    test('from inside its own end: nothing happens', async () => {
      const { near, far } = await pairOf(candidate, who);
      far.onClosed = () => {
        expect(far.channel.send(text('late'))).toBe('closed');
        far.channel.close(text('late'));
        far.channel.abort();
      };
      near.channel.close();
      await untilClosed(near, far);
      expect(far.causes).toEqual([{ kind: 'left' }]);
    });
  });

  test('both ends at the same time: each is told once', async () => {
    const { near, far, stage } = await pairOf(candidate, 'client');
    near.channel.close(text('bye'));
    far.channel.close(text('bye'));
    await untilClosed(near, far);
    await stage.settle();
    expect([near.causes, far.causes]).toEqual([[LOCAL], [LOCAL]]);
  });

  test('at once, by the server, before anything was read: it is told once and hears nothing', async () => {
    const stage = await openStage(candidate, {
      timing: { connectLimitMs: 50 },
      onAccept: (end) => end.channel.abort(),
    });
    await stage.connect().catch(() => {});
    await until(() => stage.ends[0]?.isClosed === true, 'it was told');
    expect(stage.ends[0]!.causes).toEqual([LOCAL]);
    expect(stage.ends[0]!.frames).toEqual([]);
  });
}

interface Sides extends Pair {
  readonly near: End;
  readonly far: End;
  readonly stage: Stage;
}

/** `near` is the end that acts. */
async function pairOf(candidate: Candidate, who: 'client' | 'server'): Promise<Sides> {
  const stage = await openStage(candidate);
  const pair = await stage.join();
  const [near, far] = who === 'client' ? [pair.client, pair.server] : [pair.server, pair.client];
  return { ...pair, near, far, stage };
}

function untilClosed(...ends: End[]): Promise<void> {
  return until(() => ends.every((end) => end.isClosed), 'both ends were told');
}
