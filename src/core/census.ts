// How many users each network has here, and how fast they come: so that nobody takes all places or all names by himself, and
// nobody makes the others hear of his coming and going without end.
import { networkOf } from './network-of.ts';
import { type Rate, TokenBucket } from './token-bucket.ts';

export interface CensusLimits {
  /** In all. */
  readonly maxUsers: number;
  /** From one address, or one IPv6 network of 64 bits. */
  readonly maxUsersPerNetwork: number;
}

export type TurnedAway = { readonly code: 'too-many-here' | 'joins-too-fast'; readonly about: string };

interface Network {
  readonly joins: TokenBucket;
  users: number;
  seenAtNs: number;
}

/** All places may be taken twice at once, and once more in every ten seconds: servers come again, and links break. */
const REFILL_SECONDS = 10;
const LEAST: Rate = { perSecond: 1, burst: 10 };

export class Census {
  readonly #limits: CensusLimits;
  readonly #networks = new Map<string, Network>();
  #joins: TokenBucket | undefined;

  constructor(limits: CensusLimits) {
    this.#limits = limits;
  }

  /** To be asked before each attempt to join. @param remote an address and a port */
  turnsAway(remote: string, nowNs: number): TurnedAway | undefined {
    const { maxUsers, maxUsersPerNetwork } = this.#limits;
    if (maxUsersPerNetwork !== Number.POSITIVE_INFINITY) {
      const network = this.#networkAt(remote, nowNs);
      if (network.users >= maxUsersPerNetwork) return { code: 'too-many-here', about: String(maxUsersPerNetwork) };
      if (!network.joins.take(1, nowNs)) return tooFast(maxUsersPerNetwork);
    }
    if (maxUsers === Number.POSITIVE_INFINITY) return undefined;
    this.#joins ??= new TokenBucket(joinRate(maxUsers), nowNs);
    return this.#joins.take(1, nowNs) ? undefined : tooFast(maxUsers);
  }

  joined(remote: string): void {
    this.#count(remote, 1);
  }

  left(remote: string): void {
    this.#count(remote, -1);
  }

  /** Networks that have users, and for a while those that had some. */
  get networkCount(): number {
    return this.#networks.size;
  }

  #count(remote: string, by: 1 | -1): void {
    // Where there is no limit none is known, and an address need not be read.
    const network = this.#networks.size === 0 ? undefined : this.#networks.get(networkOf(remote));
    if (network !== undefined) network.users += by;
  }

  #networkAt(remote: string, nowNs: number): Network {
    for (let looks = 0; looks < 2; looks++) this.#lookAtOldest(nowNs);
    const key = networkOf(remote);
    const joins = () => new TokenBucket(joinRate(this.#limits.maxUsersPerNetwork), nowNs);
    const network = this.#networks.get(key) ?? { joins: joins(), users: 0, seenAtNs: nowNs };
    network.seenAtNs = nowNs;
    this.#networks.set(key, network);
    return network;
  }

  /** Forgets it where nothing is to be known of it any more, or puts it behind the others. */
  #lookAtOldest(nowNs: number): void {
    const [oldest] = this.#networks;
    if (oldest === undefined) return;
    const [key, network] = oldest;
    this.#networks.delete(key);
    const isNeeded = network.users > 0 || nowNs - network.seenAtNs < 2 * REFILL_SECONDS * 1e9;
    if (isNeeded) this.#networks.set(key, network);
  }
}

function joinRate(places: number): Rate {
  return {
    perSecond: Math.max(LEAST.perSecond, places / REFILL_SECONDS),
    burst: Math.max(LEAST.burst, 2 * places),
  };
}

function tooFast(places: number): TurnedAway {
  return { code: 'joins-too-fast', about: String(joinRate(places).perSecond) };
}
