// Users join at a steady pace, whatever becomes of those before: how long each waits, and what an idle user costs the server.
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerLook } from '../crowd/server-process.ts';
import { ms, type Row } from '../harness/table.ts';
import { quantile } from '../link/statistics.ts';
import { socketBufferBytes } from './kernel.ts';
import { JOINS_PER_SECOND, type LoadSettings } from './settings.ts';
import { eventually, joinAll, onStage, type Stage } from './stage.ts';

export interface JoinFigures {
  readonly asked: number;
  readonly joined: number;
  readonly refused: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The server with more and more users who do nothing. */
  readonly ladder: readonly ServerLook[];
  /** What the kernel set aside for the buffers of their sockets, at either end. */
  readonly kernelBytes: number;
}

const STEPS = 4;
/** Some come and go first, so that what is made once for all is not counted as theirs. */
const WARM_UP_USERS = 200;
/** Garbage of joining is let go of, and late work done. */
const REST_MS = 300;

const WANTED_KIB = { tcp: 25, udp: 6 } as const;

export function measureJoins(settings: LoadSettings): Promise<JoinFigures> {
  const { wire, users } = settings;
  return onStage(settings, async (stage) => {
    await warmUp(stage);
    const kernelBefore = socketBufferBytes(wire);
    const ladder = [await stage.server.api.look(undefined)];
    const delaysMs: number[] = [];
    for (let step = 1; step <= STEPS; step++) {
      const count = Math.round((users * step) / STEPS) - Math.round((users * (step - 1)) / STEPS);
      delaysMs.push(...(await joinAll(stage, count)).delaysMs);
      await pause(REST_MS);
      ladder.push(await stage.server.api.look(undefined));
    }
    const sorted = delaysMs.toSorted((a, b) => a - b);
    const { refusals } = await stage.server.api.refusedAndGone(undefined);
    return {
      asked: users,
      joined: delaysMs.length,
      refused: Object.values(refusals).reduce((sum, count) => sum + count, 0),
      p50Ms: quantile(sorted, 0.5),
      p99Ms: quantile(sorted, 0.99),
      ladder,
      kernelBytes: socketBufferBytes(wire) - kernelBefore,
    };
  });
}

async function warmUp(stage: Stage): Promise<void> {
  const { users } = await joinAll(stage, WARM_UP_USERS);
  for (const user of users) user.leave();
  await eventually(async () => (await stage.server.api.userCount(undefined)) === 0, 5000);
  await pause(REST_MS);
}

export function joinRows({ wire }: LoadSettings, figures: JoinFigures): Row[] {
  const { asked, joined, refused, p50Ms, p99Ms, ladder, kernelBytes } = figures;
  const rssKib = perUserKib(ladder, 'rssBytes');
  return [
    {
      what: `${wire}: ${asked.toLocaleString('en')} join at ${JOINS_PER_SECOND.toLocaleString('en')}/s`,
      measured: `${joined.toLocaleString('en')} joined, ${refused} refused; let in after p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}`,
      wanted: 'all, none refused',
      isReached: joined === asked && refused === 0,
    },
    {
      what: `${wire}: the server's memory for an idle user`,
      measured: [
        `resident ${rssKib.toFixed(2)} KiB; heap ${perUserKib(ladder, 'heapBytes').toFixed(2)} KiB, external ${perUserKib(ladder, 'externalBytes').toFixed(2)} KiB`,
        `of them by steps, resident: ${stepsKib(ladder)} KiB`,
        `the kernel's buffers at both ends: ${(kernelBytes / 1024 / joined).toFixed(2)} KiB`,
      ].join('\n'),
      wanted: `resident at most ${WANTED_KIB[wire]} KiB`,
      isReached: rssKib <= WANTED_KIB[wire],
    },
  ];
}

function perUserKib(ladder: readonly ServerLook[], of: 'rssBytes' | 'heapBytes' | 'externalBytes'): number {
  const [first, last] = [ladder[0]!, ladder.at(-1)!];
  return (last[of] - first[of]) / 1024 / (last.users - first.users);
}

function stepsKib(ladder: readonly ServerLook[]): string {
  const steps = ladder.slice(1).map((look, at) => perUserKib([ladder[at]!, look], 'rssBytes').toFixed(1));
  return steps.join(', ');
}
