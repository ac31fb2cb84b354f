// The link as it is seen from host `clients`: whoever holds it is another process.
import type { Remote } from '../../src/rpc.ts';
import type { FarSideApi, LinkFacts } from './far-side.ts';
import type { LiveLink } from './live-link.ts';

export function remoteLink(far: Remote<FarSideApi>, { profile: first, ...facts }: LinkFacts): LiveLink {
  let profile = first;
  return {
    ...facts,
    get profile() {
      return profile;
    },
    async change(next) {
      await far.change(next);
      profile = next;
    },
    news: () => far.news(undefined),
  };
}
