// The benchmark itself, small: that users get in, that every message is accounted for, and that nothing is left. Not how fast.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { ChatFigures } from '../../bench/load/chat.ts';
import type { ChurnFigures } from '../../bench/load/churn.ts';
import type { FanOutFigures } from '../../bench/load/fan-out.ts';
import type { FloodFigures } from '../../bench/load/floods.ts';
import type { JoinFigures } from '../../bench/load/joins.ts';
import type { SlowReaderFigures } from '../../bench/load/slow-readers.ts';
import { needs } from '../support/ability.ts';

const MAIN = fileURLToPath(new URL('../../dist/bench/load/main.js', import.meta.url));
const USERS = 200;
const LIMIT = { timeout: 60_000 };

async function measure<Figures>(part: string, transport: string, seconds: number): Promise<Figures> {
  const options = ['--users', String(USERS), '--seconds', String(seconds), '--only', part, '--transport', transport];
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...options, '--json']);
  return JSON.parse(stdout)[0].figures;
}

function both(what: string, check: (transport: string) => Promise<void>): void {
  test.concurrent.for(['tcp', 'udp'])(what, LIMIT, (transport, context) => {
    needs(context, existsSync('/proc/net/udp'), 'the kernel tells of its sockets in /proc/net, as Linux does');
    return check(transport);
  });
}

/** Every message sent is somewhere: nothing is asked of where. */
function expectClosed(chat: ChatFigures, transport: string): void {
  expect(chat.sent).toBe(chat.planned);
  expect(chat).toMatchObject({ unexplained: 0, wrong: 0, refused: 0 });
  expect(chat.delivered + chat.droppedAtServer + chat.droppedAtReaders).toBeGreaterThanOrEqual(chat.sent);
  if (transport === 'tcp') expect(chat.delivered).toBe(chat.sent);
}

both('joins over %s: all get in', async (transport) => {
  const figures = await measure<JoinFigures>('joins', transport, 1);
  expect(figures).toMatchObject({ asked: USERS, joined: USERS, refused: 0 });
  expect(figures.ladder.map(({ users }) => users)).toEqual([0, 50, 100, 150, 200]);
  expect(figures.ladder.at(-1)!.heapBytes).toBeGreaterThan(figures.ladder[0]!.heapBytes);
});

both('chat over %s: the account closes', async (transport) => {
  const figures = await measure<ChatFigures>('chat', transport, 3);
  expect(figures.planned).toBe(3 * USERS);
  expectClosed(figures, transport);
});

both('fan-out over %s: everybody is counted', async (transport) => {
  const { readers, rounds } = await measure<FanOutFigures>('fan-out', transport, 1);
  expect(readers).toBe(USERS - 1);
  for (const { reached, medianMs, lastMs } of rounds) {
    expect(reached).toBeLessThanOrEqual(readers);
    if (transport === 'tcp') expect(reached).toBe(readers);
    expect(lastMs).toBeGreaterThanOrEqual(medianMs);
  }
});

test.concurrent.each(['tcp', 'udp'])(
  'slow readers over %s: their writers are told, or they stay',
  LIMIT,
  async (transport) => {
    const figures = await measure<SlowReaderFigures>('slow-readers', transport, 2);
    expect([figures.slow, figures.others, figures.pairs]).toEqual([20, 140, 40]);
    expectClosed(figures.without, transport);
    expectClosed(figures.beside, transport);
    if (transport === 'tcp') expect(figures).toMatchObject({ departures: { 'too-slow': 20 }, told: 40 });
    else expect(figures).toMatchObject({ departures: {}, told: 0 });
  },
);

both('churn over %s: nobody is left', async (transport) => {
  const figures = await measure<ChurnFigures>('churn', transport, 2);
  expect(figures).toMatchObject({ stay: 100, came: 20, notLetIn: 0 });
  expectClosed(figures.without, transport);
  expectClosed(figures.beside, transport);
  expect(figures.after.users).toBe(100);
  expect(figures.after.resources).toEqual(figures.before.resources);
});

const ATTACKS: Readonly<Record<string, readonly string[]>> = {
  tcp: ['connections', 'joins', 'messages'],
  udp: ['greetings', 'openings', 'joins', 'messages'],
};

both('floods over %s: who attacks tries, and the honest are accounted for', async (transport) => {
  const floods = await measure<FloodFigures[]>('floods', transport, 1);
  expect(floods.map(({ attack }) => attack)).toEqual(ATTACKS[transport]);
  for (const { attempts, perSecond, users, alone, beside, honestJoins } of floods) {
    expect(users).toBe(USERS);
    expect(attempts).toBe(perSecond);
    expectClosed(alone, transport);
    expectClosed(beside, transport);
    expect(honestJoins).toMatchObject({ asked: 5, letIn: 5 });
  }
});
