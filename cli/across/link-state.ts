// A link as a screen shows it.
import type { Ledger } from '../../src/link/ledger.ts';
import { describeProfile } from '../../src/link/profile.ts';
import type { LinkState } from '../chat/model/chat-model.ts';
import type { LiveLink } from './live-link.ts';

export function linkState({ profile, backend }: LiveLink, ledger?: Ledger): LinkState {
  const dropped = { up: droppedIn(ledger?.up), down: droppedIn(ledger?.down) };
  return { words: describeProfile(profile), backend, dropped };
}

function droppedIn(ledger: Ledger['up'] | undefined): number {
  return Object.values(ledger?.dropped ?? {}).reduce((sum, { packets }) => sum + packets, 0);
}
