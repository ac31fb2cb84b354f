// What stays on the far side of the link, outside of the hosts: it is called directly over a relay, and from host `clients`
// over a line between processes.
import type { LinkNews } from '../../src/link/news.ts';
import type { LinkProfile } from '../../src/link/profile.ts';
import type { Heard } from '../duel/readers.ts';
import type { LiveLink } from './live-link.ts';
import type { Task } from './task.ts';

/** Of a link as it began. */
export type LinkFacts = Pick<LiveLink, 'backend' | 'whyNoPackets' | 'server' | 'chance' | 'profile'>;

export interface FarSideApi {
  /** What is to be done on host `clients`, and across which link. */
  task(nothing: undefined): { readonly task: Task; readonly link: LinkFacts };
  change(profile: LinkProfile): Promise<void>;
  news(nothing: undefined): Promise<LinkNews>;
  /** What has come to those who read on the far side, since it was last asked. */
  heard(nothing: undefined): Promise<Heard[]>;
}
