// Where every message of a trial went, so that the account closes; and whether the hosts' kernels and the path agree.

import type { Observation } from '../observation.ts';
import type { TrialRecord } from '../record.ts';
import type { Account, HostsCount } from '../result.ts';
import type { HostCounters, LinkAccount } from '../rig.ts';
import type { Workload } from '../scenario/workload.ts';

export interface AccountContext {
  readonly transport: string;
  readonly workload: Workload;
  readonly record: TrialRecord;
  readonly observation: Observation;
  readonly link: LinkAccount;
  readonly hosts: HostCounters | undefined;
}

export function closeAccount({ observation }: AccountContext): { account: Account; hosts?: HostsCount } {
  const sent = observation.plannedNs.length;
  const delivered = observation.sortedDelaysMs.length;
  return { account: { sent, delivered, lost: {}, unexplained: sent - delivered } };
}
