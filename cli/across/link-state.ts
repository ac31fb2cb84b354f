// A link as a screen shows it.
import type { Ledger } from '../../src/link/ledger.ts';
import { describeProfile } from '../../src/link/profile.ts';
import type { LinkState } from '../chat/model/chat-model.ts';
import type { LiveLink } from './live-link.ts';

export function linkState({ profile, backend }: LiveLink, ledger?: Ledger): LinkState {
  const lostIn = (direction: Ledger['up'] | undefined) => droppedIn(direction) + discardedIn(direction, backend);
  return { words: describeProfile(profile), backend, dropped: { up: lostIn(ledger?.up), down: lostIn(ledger?.down) } };
}

/** A damaged packet is discarded by its receiver's kernel; through a relay the damage arrives. */
function discardedIn(ledger: Ledger['up'] | undefined, backend: LiveLink['backend']): number {
  return backend === 'tun' ? (ledger?.corrupted.packets ?? 0) : 0;
}

function droppedIn(ledger: Ledger['up'] | undefined): number {
  return Object.values(ledger?.dropped ?? {}).reduce((sum, { packets }) => sum + packets, 0);
}
