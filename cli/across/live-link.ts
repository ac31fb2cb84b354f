// A link that somebody talks across: it can be changed and watched while it carries.
import type { Chance } from '../../src/link/chance.ts';
import type { LinkNews } from '../../src/link/news.ts';
import type { LinkProfile } from '../../src/link/profile.ts';

export type Transport = 'tcp' | 'udp';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface LiveLink {
  readonly backend: 'tun' | 'relay';
  /** Why packets could not be had, where nobody asked for the relay. */
  readonly whyNoPackets?: string | undefined;
  /** Where the server is found across it; undefined for a transport that it can't carry. */
  readonly server: Readonly<Record<Transport, Address | undefined>>;
  readonly chance: Chance;
  /** As it is now. */
  readonly profile: LinkProfile;
  /** @throws CallerError for a link that can't be had here */
  change(profile: LinkProfile): Promise<void>;
  /** Since it was last asked. */
  news(): Promise<LinkNews>;
}

export type BackendChoice = 'auto' | LiveLink['backend'];
