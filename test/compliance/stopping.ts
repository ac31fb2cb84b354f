// Stopping: a listener that is closed, and attempts that are given up, leave nothing behind.
import { lookup } from 'node:dns/promises';
import { expect, test } from 'vitest';
import { MachineError } from '../../src/core/errors.ts';
import type { Channel } from '../../src/core/transport.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { End, text } from '../support/end.ts';
import { untilNothingIsHeld } from '../support/holdings.ts';
import { until } from '../support/until.ts';
import { type Candidate, listenOptions, openStage, type Stage } from './stage.ts';

export function stopping(candidate: Candidate): void {
  const { transport } = candidate;

  test('a listener that is closed ends its channels, gives its port back and holds nothing', async () => {
    const untilReleased = await untilNothingIsHeld();
    const stage = await openStage(candidate);
    const pairs = [await stage.join(), await stage.join()];
    await stage.listener.close();
    for (const { server } of pairs) expect(server.causes).toEqual([{ kind: 'local' }]);
    for (const { client } of pairs) client.channel.abort();
    await untilReleased();
    const again = await openStage(candidate, { port: stage.listener.port });
    await again.join();
  });

  test('a listener may be closed twice, and both wait for the end', async () => {
    const stage = await openStage(candidate);
    await stage.join();
    await Promise.all([stage.listener.close(), stage.listener.close()]);
    await stage.listener.close();
    await openStage(candidate, { port: stage.listener.port });
  });

  test('a signal closes a listener, which may be closed then', async () => {
    const stop = new AbortController();
    const listener = await transport.listen({ ...listenOptions(), signal: stop.signal });
    stop.abort();
    await listener.close();
    await openStage(candidate, { port: listener.port });
  });

  test.each(['127.0.0.1', 'localhost'])('a stop before or while listening at %s is obeyed', async (host) => {
    const untilReleased = await untilNothingIsHeld();
    const before = transport.listen({ ...listenOptions({ host }), signal: AbortSignal.abort() });
    await expect(before).rejects.toMatchObject({ code: 'ABORT_ERR' });
    const stop = new AbortController();
    const during = transport.listen({ ...listenOptions({ host }), signal: stop.signal });
    stop.abort();
    await expect(during).rejects.toThrow(MachineError);
    await expect(during).rejects.toMatchObject({ code: 'ABORT_ERR' });
    // What was asked of the resolver before is answered by now.
    await lookup(host);
    await untilReleased();
  });

  test.each([
    ['before', '127.0.0.1'],
    ['while', '127.0.0.1'],
    ['while', 'localhost'],
  ])('a stop %s connecting to %s is obeyed', async (when, host) => {
    const stage = await openStage(candidate);
    const stop = new AbortController();
    if (when === 'before') stop.abort();
    const { attempt, accepted } = connectWith(stage, stop.signal, host);
    stop.abort();
    await expect(attempt).rejects.toThrow(MachineError);
    await expect(attempt).rejects.toMatchObject({ code: 'ABORT_ERR' });
    await stage.settle();
    expect(accepted).toEqual([]);
  });

  test('a stop after connecting changes nothing', async () => {
    const stage = await openStage(candidate);
    const stop = new AbortController();
    const { attempt, accepted } = connectWith(stage, stop.signal);
    const channel = await attempt;
    stop.abort();
    await stage.settle();
    expect(accepted[0]!.isClosed).toBe(false);
    expect(channel.send(text('still here'))).toBe('sent');
    await until(() => stage.ends[0]!.texts.includes('still here'), 'it is heard');
  });
}

function connectWith(
  stage: Stage,
  signal: AbortSignal,
  host = stage.listener.host,
): { attempt: Promise<Channel>; accepted: End[] } {
  const accepted: End[] = [];
  const attempt = stage.candidate.transport.connect({
    host,
    port: stage.listener.port,
    clock: monotonicNs,
    signal,
    opening: text('opening'),
    accept: (channel) => {
      accepted.push(new End(channel));
      return accepted[0]!;
    },
  });
  return { attempt, accepted };
}
