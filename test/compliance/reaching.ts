// Listening, connecting, and what is said where that can't be.
import { expect, test } from 'vitest';
import { CallerError, MachineError } from '../../src/core/errors.ts';
import { hasLoopback6, needs } from '../support/ability.ts';
import { type End, text } from '../support/end.ts';
import { until } from '../support/until.ts';
import { type Candidate, listenOptions, openStage, WELCOME } from './stage.ts';

export function reaching(candidate: Candidate): void {
  const { transport } = candidate;

  test.for(['127.0.0.1', '::1'])('a server takes a free port of %s and is reached there', async (host, context) => {
    needs(context, host !== '::1' || hasLoopback6(), 'there is no ::1 here');
    const stage = await openStage(candidate, { host });
    expect(stage.listener.port).toBeGreaterThan(0);
    expect(stage.listener.host).toBe(host);
    await stage.join();
  });

  test('the opening comes first, and its answer comes back', async () => {
    const stage = await openStage(candidate);
    const client = await stage.connect();
    await until(() => client.frames.length > 0, 'the answer came');
    expect(stage.ends.map((end) => end.texts)).toEqual([['opening']]);
    expect(client.texts).toEqual([WELCOME]);
  });

  test('each channel is offered once at each end, and says what carries it', async () => {
    const stage = await openStage(candidate, { queueLimitBytes: 123_456 });
    const { client } = await stage.join();
    expect(stage.ends).toHaveLength(1);
    for (const { channel } of [client, stage.ends[0]!]) {
      expect(channel.transport).toBe(transport.name);
      expect(channel.promises).toEqual(transport.promises);
      expect(channel.queueLimitBytes).toBe(123_456);
      expect(channel.remote).toContain('127.0.0.1');
    }
  });

  test.each([
    ['before the opening is read', { onAccept: (end: End) => end.channel.close(text('no')), onFrame: () => {} }],
    ['by the opening', { onFrame: (_: Uint8Array, end: End) => end.channel.close(text('no')) }],
  ])('a client that is refused %s hears why, and the channel ends', async (_, settings) => {
    const stage = await openStage(candidate, settings);
    const client = await stage.connect();
    await until(() => client.isClosed && stage.ends[0]!.isClosed, 'both ends were told');
    expect(client.texts).toEqual(['no']);
    expect(client.causes).toEqual([{ kind: 'left' }]);
    expect(stage.ends[0]!.causes).toEqual([{ kind: 'local' }]);
  });

  test('a port that is taken is named, with what to do', async () => {
    const { listener } = await openStage(candidate);
    const second = transport.listen(listenOptions({ port: listener.port }));
    await expect(second).rejects.toThrow(MachineError);
    await expect(second).rejects.toMatchObject({
      code: 'EADDRINUSE',
      message: expect.stringMatching(new RegExp(`Port ${listener.port} is taken.*choose another`, 's')),
    });
  });

  test.each([-1, 65_536, Number.NaN])('there is no port %d, for a client or for a server', async (port) => {
    const stage = await openStage(candidate);
    for (const attempt of [
      () => stage.connect({ host: '127.0.0.1', port }),
      () => transport.listen(listenOptions({ port })),
    ]) {
      const failure = attempt();
      await expect(failure).rejects.toThrow(MachineError);
      await expect(failure).rejects.toMatchObject({ code: 'ERR_SOCKET_BAD_PORT' });
    }
  });

  test('where nobody listens, the client is told', async () => {
    const stage = await openStage(candidate);
    await stage.listener.close();
    const failure = stage.connect();
    await expect(failure).rejects.toThrow(MachineError);
    await expect(failure).rejects.toMatchObject({ code: 'ECONNREFUSED', message: expect.stringContaining('Nobody') });
  });

  test('a host that does not resolve is named, to a client and to a server', async () => {
    const stage = await openStage(candidate);
    const host = 'no..such..host';
    for (const attempt of [() => stage.connect({ host, port: 9 }), () => transport.listen(listenOptions({ host }))]) {
      const failure = attempt();
      await expect(failure).rejects.toThrow(MachineError);
      await expect(failure).rejects.toMatchObject({
        code: 'ENOTFOUND',
        message: expect.stringContaining(`"${host}" does not resolve`),
      });
    }
  });

  test('an opening that is too long is the caller’s error, and nobody is called on', async () => {
    const stage = await openStage(candidate);
    const tooLong = new Uint8Array(transport.promises.maxFrameBytes + 1);
    await expect(stage.connect(stage.listener, tooLong)).rejects.toThrow(CallerError);
    await stage.settle();
    expect(stage.ends).toHaveLength(1);
  });
}
