// A server with a crowd before it.
import { setTimeout as pause } from 'node:timers/promises';
import { monotonicNs } from '../../src/monotonic.ts';
import { Crowd, type Wire } from '../crowd/crowd.ts';
import type { LightUser } from '../crowd/light-user.ts';
import { onTime } from '../crowd/on-time.ts';
import { type ServerLimits, type ServerProcess, startServer } from '../crowd/server-process.ts';
import { JOINS_PER_SECOND, type LoadSettings } from './settings.ts';

export interface Stage {
  readonly wire: Wire;
  readonly server: ServerProcess;
  readonly crowd: Crowd;
}

export async function onStage<T>(
  { wire, receiveBufferBytes, limits }: Pick<LoadSettings, 'wire' | 'receiveBufferBytes'> & { limits?: ServerLimits },
  act: (stage: Stage) => Promise<T>,
): Promise<T> {
  const server = await startServer({ transports: [wire], receiveBufferBytes, ...limits });
  const crowd = new Crowd(server.address);
  try {
    return await act({ wire, server, crowd });
  } finally {
    crowd.disperse();
    await server.stop();
  }
}

export interface Joining {
  readonly users: readonly LightUser[];
  /** From the instant at which each was to come to the one at which he was let in. */
  readonly delaysMs: readonly number[];
}

/** So many users come at a steady pace; resolves when each of them is in, or is not let in. */
export async function joinAll({ crowd, wire }: Stage, count: number, perSecond = JOINS_PER_SECOND): Promise<Joining> {
  const users: LightUser[] = [];
  const delaysMs: number[] = [];
  const intervalNs = 1e9 / perSecond;
  const originNs = monotonicNs() + 5e6;
  const attempts: Promise<void>[] = [];
  const join = async (index: number) => {
    const { user, joinedAtNs } = await crowd.join(wire);
    if (joinedAtNs === undefined) return;
    users.push(user);
    delaysMs.push((joinedAtNs - originNs - index * intervalNs) / 1e6);
  };
  await onTime({ originNs, count, intervalNs }, (index) => attempts.push(join(index)));
  await Promise.all(attempts);
  return { users, delaysMs };
}

/** @throws where fewer came in: what is measured with them would be another thing */
export async function joined(stage: Stage, count: number): Promise<readonly LightUser[]> {
  const { users } = await joinAll(stage, count);
  if (users.length === count) return users;
  throw new Error(`Only ${users.length} of ${count} users were let in: see --only joins.`);
}

/** Waits until it is so, or until the time is over; answers whether it is. */
export async function eventually(
  isSo: () => boolean | Promise<boolean>,
  limitMs: number,
  everyMs = 20,
): Promise<boolean> {
  const lastNs = monotonicNs() + limitMs * 1e6;
  while (!(await isSo())) {
    if (monotonicNs() > lastNs) return false;
    await pause(everyMs);
  }
  return true;
}
