// Those who mean harm beside those who chat: what honest users notice of it, whether others can still join, and what the server keeps.
// Attackers, crowd and server share the machine, so a part of what is noticed is the attackers' own use of it.
import { fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { dismiss, remote } from '../../src/rpc.ts';
import type { Wire } from '../crowd/crowd.ts';
import { peakBytes } from '../harness/process-costs.ts';
import { mib, ms, type Row } from '../harness/table.ts';
import { quantile } from '../link/statistics.ts';
import type { Attack, AttackerApi } from './attack.ts';
import { accountWords, type ChatFigures, comparedWords, converse, isClosed } from './chat.ts';
import type { LoadSettings } from './settings.ts';
import { joinAll, joined, onStage, type Stage } from './stage.ts';

export interface FloodFigures {
  readonly attack: Attack;
  readonly perSecond: number;
  readonly attempts: number;
  readonly users: number;
  readonly alone: ChatFigures;
  readonly beside: ChatFigures;
  readonly honestJoins: {
    readonly asked: number;
    readonly letIn: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
  };
  readonly grownBytes: number;
  readonly usersAfter: number;
}

const ATTACKS: Readonly<Record<Wire, readonly { readonly attack: Attack; readonly perSecond: number }[]>> = {
  tcp: [
    { attack: 'connections', perSecond: 2_000 },
    { attack: 'joins', perSecond: 500 },
    { attack: 'messages', perSecond: 20_000 },
  ],
  udp: [
    { attack: 'greetings', perSecond: 30_000 },
    { attack: 'openings', perSecond: 30_000 },
    { attack: 'joins', perSecond: 500 },
    { attack: 'messages', perSecond: 20_000 },
  ],
};

/** Another address than that of the honest, who have the system's choice. */
const ATTACKERS = '127.0.0.66';
const MOST_USERS = 500;
const HONEST_JOINS_PER_SECOND = 5;
const MOST_GROWN_BYTES = 128 * 2 ** 20;

export async function measureFloods(settings: LoadSettings): Promise<FloodFigures[]> {
  const all: FloodFigures[] = [];
  for (const { attack, perSecond } of ATTACKS[settings.wire]) all.push(await measureFlood(settings, attack, perSecond));
  return all;
}

function measureFlood(settings: LoadSettings, attack: Attack, perSecond: number): Promise<FloodFigures> {
  const users = Math.min(MOST_USERS, settings.users);
  const seconds = Math.min(10, settings.seconds);
  // Those of `lab serve`, but for the places.
  const limits = { maxUsers: 4 * users, maxUsersPerNetwork: 2 * users, rate: { perSecond: 1_000, burst: 5_000 } };
  return onStage({ ...settings, limits }, async (stage) => {
    const everybody = await joined(stage, users);
    const alone = await converse(stage, everybody, seconds);
    const { rssBytes } = await stage.server.api.look(undefined);
    const attackers = startAttackers();
    try {
      const flooding = attackers.api.flood({
        ...stage.server.address,
        from: ATTACKERS,
        wire: stage.wire,
        attack,
        perSecond,
        seconds,
      });
      const [beside, honestJoins, attempts] = await Promise.all([
        converse(stage, everybody, seconds),
        joinMeanwhile(stage, seconds),
        flooding,
      ]);
      const grownBytes = peakBytes(stage.server.pid) - rssBytes;
      const usersAfter = await stage.server.api.userCount(undefined);
      return { attack, perSecond, attempts, users, alone, beside, honestJoins, grownBytes, usersAfter };
    } finally {
      await attackers.stop();
    }
  });
}

async function joinMeanwhile(stage: Stage, seconds: number): Promise<FloodFigures['honestJoins']> {
  const asked = HONEST_JOINS_PER_SECOND * seconds;
  // When the flood has begun.
  await pause(500);
  const { users, delaysMs } = await joinAll(stage, asked, HONEST_JOINS_PER_SECOND);
  for (const user of users) user.leave();
  const sorted = delaysMs.toSorted((a, b) => a - b);
  return { asked, letIn: users.length, p50Ms: quantile(sorted, 0.5), p99Ms: quantile(sorted, 0.99) };
}

function startAttackers() {
  const child = fork(fileURLToPath(new URL('./processes/attackers.js', import.meta.url)));
  return { api: remote<AttackerApi>(child, 'attackers'), stop: () => dismiss(child) };
}

const WORDS: Readonly<Record<Attack, string>> = {
  connections: 'connections that never say who they are',
  greetings: 'HELLOs',
  openings: 'OPENs with a forged cookie',
  joins: 'joins, each of which leaves at once',
  messages: 'messages of one user',
};

export function floodRows({ wire }: LoadSettings, all: readonly FloodFigures[]): Row[] {
  return all.flatMap((figures) => rowsOf(wire, figures));
}

function rowsOf(wire: Wire, figures: FloodFigures): Row[] {
  const { attack, attempts, users, alone, beside, honestJoins, grownBytes } = figures;
  const { asked, letIn, p50Ms, p99Ms } = honestJoins;
  const what = `${wire}: ${users} chat beside ${attempts.toLocaleString('en')} ${WORDS[attack]}`;
  return [
    {
      what,
      measured: comparedWords(alone, beside),
    },
    {
      what: `${wire}: where their messages are`,
      measured: accountWords(beside),
      wanted: wire === 'tcp' ? 'all delivered' : 'all accounted for',
      isReached: isClosed(beside, wire),
    },
    {
      what: `${wire}: who joins meanwhile`,
      measured: `${letIn} of ${asked} were let in, p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}`,
      wanted: 'all',
      isReached: letIn === asked,
    },
    {
      what: `${wire}: the server's memory`,
      measured: `at most ${mib(grownBytes)} more than before`,
      wanted: `at most ${mib(MOST_GROWN_BYTES)} more`,
      isReached: grownBytes <= MOST_GROWN_BYTES,
    },
  ];
}
