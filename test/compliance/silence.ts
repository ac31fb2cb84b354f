// Who is given up, and who is not. Time is a number here that the test moves, so no stall of the machine ends a channel.
import { expect, test } from 'vitest';
import { text } from '../support/end.ts';
import { ManualTime } from '../support/manual-time.ts';
import type { TestLink } from '../support/test-link.ts';
import { until } from '../support/until.ts';
import { type Candidate, FAREWELL, openStage, type Pair, type Stage } from './stage.ts';

const TIMING = { keepAliveMs: 40, idleLimitMs: 400, joinDeadlineMs: 300, connectLimitMs: 1e9 };

export function silence(candidate: Candidate): void {
  const { promises } = candidate.transport;

  test('a quiet but living pair is kept: keep-alives pass, and are not handed up', async () => {
    const { client, server, link, time } = await linkedPair(candidate);
    const [up, down] = [link.passed('up'), link.passed('down')];
    const end = time.clock() + 3 * TIMING.idleLimitMs * 1e6;
    await until(() => time.pass() > end, 'three times the limit passed');
    expect(Math.min(link.passed('up') - up, link.passed('down') - down)).toBeGreaterThan(3);
    expect([client.causes, server.causes]).toEqual([[], []]);
    expect([client.frames, server.frames]).toEqual([[], []]);
  });

  test('a silent peer is given up, and the limit is named', async () => {
    const { client, server, link, time } = await linkedPair(candidate);
    link.cut('up');
    link.cut('down');
    await until(() => time.pass() > 0 && client.isClosed && server.isClosed, 'both ends gave up');
    const silent = [{ kind: 'silent', limitMs: TIMING.idleLimitMs }];
    expect([client.causes, server.causes]).toEqual([silent, silent]);
  });

  test('a client that can only not be heard is told why it was given up', async () => {
    const { client, server, link, time } = await linkedPair(candidate);
    link.cut('up');
    // The server's keep-alives still come, so the client has no reason to give up.
    await until(() => time.pass() > 0 && client.isClosed && server.isClosed, 'both ends were told');
    expect(server.causes).toEqual([{ kind: 'silent', limitMs: TIMING.idleLimitMs }]);
    expect(client.texts).toEqual([FAREWELL]);
    expect(client.causes).toEqual([{ kind: 'left' }]);
  });

  if (promises.connection) {
    test('an opening that never becomes whole ends at the join deadline', async () => {
      const { stage, time } = await stageInTime(candidate);
      const link = await stage.openLink();
      link.cut('up');
      const client = await stage.connect(link);
      await until(() => stage.ends.length === 1, 'the server has a channel');
      await until(() => time.pass() > 0 && client.isClosed && stage.ends[0]!.isClosed, 'both ends were told');
      expect(stage.ends[0]!.causes).toEqual([{ kind: 'join-deadline', limitMs: TIMING.joinDeadlineMs }]);
      expect(stage.ends[0]!.frames).toEqual([]);
      expect(client.texts).toEqual([FAREWELL]);
    });
  }

  if (!promises.connection) {
    test('a server that never answers is given up after the limit', async () => {
      const stage = await openStage(candidate, { timing: { connectLimitMs: 100 } });
      const link = await stage.openLink();
      link.cut('down');
      await expect(stage.connect(link)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    });
  }

  if (!promises.connection) {
    test('without a connection, the end of a peer is noticed by its silence alone', async () => {
      const { client, server, time, stage } = await linkedPair(candidate);
      client.channel.abort();
      await stage.settle();
      expect(server.channel.send(text('anybody there?'))).toBe('sent');
      await stage.settle();
      expect(server.causes).toEqual([]);
      await until(() => time.pass() > 0 && server.isClosed, 'the server gave up');
      expect(server.causes).toEqual([{ kind: 'silent', limitMs: TIMING.idleLimitMs }]);
    });
  }
}

async function stageInTime(candidate: Candidate): Promise<{ stage: Stage; time: ManualTime }> {
  const time = new ManualTime();
  return { stage: await openStage(candidate, { clock: time.clock, timing: TIMING }), time };
}

async function linkedPair(candidate: Candidate): Promise<Pair & { link: TestLink; stage: Stage; time: ManualTime }> {
  const { stage, time } = await stageInTime(candidate);
  const link = await stage.openLink();
  return { ...(await stage.join(link)), link, stage, time };
}
