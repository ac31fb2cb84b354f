// Where every message of a trial went, so that the account closes; and whether the hosts' kernels and the path agree. What
// can be told depends on the backend: with packets every message is followed, without them only what both ends know.
import type { HostCounters as KernelCounters } from '../../link/tun/host-counters.ts';
import type { Flow } from '../load/flows.ts';
import type { Observation } from '../record/observation.ts';
import type { TrialRecord } from '../record/record.ts';
import type { Account, HostsCount } from '../result.ts';
import type { HostCounters, LinkAccount, PathTables } from '../rig/rig.ts';
import type { Workload } from '../scenario/workload.ts';
import type { Agreement, Account as FullAccount } from './account.ts';
import { tcpAccount, tcpAgreement } from './tcp-account.ts';
import { udpAccount, udpAgreement } from './udp-account.ts';

export interface AccountContext {
  readonly transport: string;
  readonly workload: Workload;
  readonly record: TrialRecord;
  readonly observation: Observation;
  readonly flows: readonly Flow[];
  /** The port of each user on host `clients`; 0 where it is not known. */
  readonly ports: readonly number[];
  /** Users whose channel ended before the trial did. */
  readonly ended: ReadonlySet<number>;
  readonly link: LinkAccount;
  readonly hosts: HostCounters | undefined;
  readonly waitingMs: number;
  /** When the users stopped listening, since the trial's origin. */
  readonly endNs: number;
  /** Nothing was under way when hosts and path were asked: only then can they agree. */
  readonly isQuiet: boolean;
}

export interface ClosedAccount {
  readonly account: Account;
  readonly fate?: NonNullable<TrialRecord['fate']>;
  readonly hosts?: HostsCount;
}

export function closeAccount(context: AccountContext): ClosedAccount {
  const { transport, link, hosts, isQuiet } = context;
  const { path } = link;
  if (transport === 'tcp')
    return closed(tcpAccountOf(context), hosts && countsOf(hosts, isQuiet && path ? segments(context, path) : []));
  if (path === undefined || hosts === undefined) return { account: endsAlone(context) };
  return closed(udpAccountOf(context, path, hosts), countsOf(hosts, isQuiet ? udpAgreement({ ...path, hosts }) : []));
}

function closed({ sent, cause, names, counts }: FullAccount, hosts: HostsCount | undefined): ClosedAccount {
  const count = (name: string) => counts[names.indexOf(name)] ?? 0;
  const lost = names.flatMap((name, at) => (NOT_LOST.has(name) || counts[at] === 0 ? [] : [[name, counts[at]!]]));
  return {
    account: {
      sent,
      delivered: count('delivered'),
      lost: Object.fromEntries(lost),
      unexplained: count('unexplained'),
    },
    fate: { code: cause, names },
    ...(hosts && { hosts }),
  };
}

const NOT_LOST: ReadonlySet<string> = new Set(['delivered', 'unexplained']);

function tcpAccountOf({ record, observation, flows, ended, waitingMs }: AccountContext): FullAccount {
  const { plannedNs, sentNs, flow, refused, path } = record;
  return tcpAccount({
    plannedNs,
    sentNs,
    delayNs: observation.delayNs,
    late: lateOf(record, observation),
    waitingNs: waitingMs * 1e6,
    ended: flow.map((number) => (ended.has(flows[number]!.from) || ended.has(flows[number]!.to) ? 1 : 0)),
    refused,
    ...(path && { releasedDownNs: path.releasedAtClientsNs }),
  });
}

function udpAccountOf(context: AccountContext, path: PathTables, hosts: HostCounters): FullAccount {
  const { record, observation, workload, flows, ports, link, endNs } = context;
  const toAll = workload.pattern === 'fan-out';
  return udpAccount({
    ...path,
    sentNs: record.sentNs,
    delayNs: observation.delayNs,
    late: lateOf(record, observation),
    ...(toAll && {
      group: record.flow.map((flow, message) => message - flow),
      receiverPort: record.flow.map((flow) => ports[flows[flow]!.to]!),
    }),
    refused: record.refused,
    endNs,
    hosts,
    carrier: link.carrier ?? { up: 0, down: 0 },
  });
}

/** Not 0 where a copy came, and only after T_max. */
function lateOf({ arrivedMessage, plannedNs }: TrialRecord, { delayNs }: Observation): Uint8Array {
  const late = new Uint8Array(plannedNs.length);
  for (const message of arrivedMessage) if (!Number.isFinite(delayNs[message])) late[message] = 1;
  return late;
}

/** Without the path: what the ends know. Everything else was lost somewhere, and nobody saw where. */
function endsAlone({ record, observation }: AccountContext): Account {
  const sent = record.plannedNs.length;
  const delivered = observation.sortedDelaysMs.length;
  const late = lateOf(record, observation).reduce((sum, one) => sum + one, 0);
  const notTaken = record.sentNs.reduce((sum, ns) => sum + (Number.isNaN(ns) ? 1 : 0), 0);
  const elsewhere = sent - delivered - late - notTaken - record.refused;
  const lost = {
    late,
    'not taken': notTaken,
    'refused by the server': record.refused,
    'on the way, unseen': elsewhere,
  };
  return {
    sent,
    delivered,
    lost: Object.fromEntries(Object.entries(lost).filter(([, count]) => count > 0)),
    unexplained: 0,
  };
}

function segments({ link, hosts }: AccountContext, { packets }: PathTables): Agreement[] {
  const traffic = link.traffic;
  return traffic === undefined || hosts === undefined ? [] : tcpAgreement({ traffic, packets, hosts });
}

function countsOf(hosts: HostCounters, agreement: readonly Agreement[]): HostsCount {
  return {
    server: told(hosts.server),
    clients: told(hosts.clients),
    agreement: agreement.flatMap(({ what, by, host, path }) =>
      host === undefined ? [] : [{ what, by, hosts: host, path }],
    ),
  };
}

/** Counters that are not 0, as `tcp.retransSegs`. */
function told(counters: KernelCounters): Record<string, number> {
  const named = Object.entries(counters).flatMap(([protocol, values]) =>
    Object.entries(values as Record<string, number>).map(([name, value]) => [`${protocol}.${name}`, value] as const),
  );
  return Object.fromEntries(named.filter(([, value]) => value !== 0));
}
