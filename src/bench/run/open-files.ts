// How many files, sockets among them, each process of a trial must be able to open at once. Told before anybody joins: a
// server or a relay at its limit can only hang up, and does not learn why.
import type { Rig } from '../rig/rig.ts';
import type { Contestant } from '../scenario/scenario.ts';
import type { Workload } from '../scenario/workload.ts';

/** Of this process, and of those that it starts; undefined where the system has none or does not tell. */
export function openFilesLimit(): number | undefined {
  const { userLimits } = process.report.getReport() as unknown as Report;
  const limit = Number(userLimits?.open_files?.soft);
  return Number.isNaN(limit) ? undefined : limit;
}

interface Report {
  readonly userLimits?: { readonly open_files?: { readonly soft: number | string } };
}

/** What a process of Node has open without a single socket; it is near 20. */
const OF_NODE_ITSELF = 32;

/** A process of the trial that would not have enough, in words; undefined where all have. */
export function tooFewFiles(
  limit: number | undefined,
  { backend, external }: Pick<Rig, 'backend' | 'external'>,
  { transport }: Pick<Contestant, 'transport'>,
  { users, workers, bulk }: Pick<Workload, 'users' | 'workers' | 'bulk'>,
): string | undefined {
  if (limit === undefined) return undefined;
  const beside = bulk === undefined ? 0 : 2;
  const isStream = transport === 'tcp';
  const needs = {
    server: external === undefined ? (isStream ? users : 1) + beside : 0,
    relay: backend === 'relay' ? (isStream ? 2 : 1) * users + 2 * beside : 0,
    worker: Math.ceil(users / workers) + beside,
  };
  const [role, sockets] = Object.entries(needs).reduce((most, each) => (each[1] > most[1] ? each : most));
  const needed = sockets + OF_NODE_ITSELF;
  if (needed <= limit) return undefined;
  return `${users} users over ${transport} take ${needed} open files in the ${role} process, and the limit is ${limit}; raise it (ulimit -n ${needed}), or take fewer users`;
}
