// What is known of a trial beside its messages' records, from the carrier's account and from the records themselves.

import { observePath } from '../path/observe-path.ts';
import type { LinkAccount } from '../rig/rig.ts';
import type { BesideRecord } from './observe.ts';
import type { TrialRecord } from './record.ts';
import { roundTripsOf } from './round-trips.ts';

export function besideOf(
  record: TrialRecord,
  { count }: Pick<LinkAccount, 'count'>,
): Pick<BesideRecord, 'path' | 'wire' | 'roundTrips'> {
  const path = record.path && observePath(record.path);
  const roundTrips = roundTripsOf(record);
  return {
    ...(path && { path }),
    ...(count?.traffic && { wire: count.traffic }),
    ...(roundTrips && { roundTrips }),
  };
}
