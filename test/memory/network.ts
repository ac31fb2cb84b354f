// What stands in for a machine's ports and a network's cables: addresses, who listens at them, and links between.
import type { ListenOptions } from '../../src/core/transport.ts';
import type { Address, Faults, OpenLink } from '../support/test-link.ts';
import { Side } from './lane.ts';
import type { MemoryChannel } from './memory-channel.ts';

/** An address at which somebody listens. */
export interface Door {
  readonly options: ListenOptions;
  readonly channels: Set<MemoryChannel>;
}

/** The way to a door. */
export interface Route {
  readonly door: Door;
  readonly up: Side;
  readonly down: Side;
  readonly faults: Faults | undefined;
}

const HOSTS = ['127.0.0.1', '::1', 'localhost'];
const FIRST_FREE_PORT = 49_152;

export class Network {
  readonly #doors = new Map<string, Door>();
  readonly #links = new Map<string, Omit<Route, 'door'> & { readonly server: Address }>();
  #nextPort = FIRST_FREE_PORT;

  knows(host: string): boolean {
    return HOSTS.includes(host);
  }

  freePort(): number {
    return this.#nextPort++;
  }

  /** Whether the address was free. */
  open(address: Address, door: Door): boolean {
    if (this.#doors.has(key(address))) return false;
    this.#doors.set(key(address), door);
    return true;
  }

  shut(address: Address): void {
    this.#doors.delete(key(address));
  }

  route(address: Address): Route | undefined {
    const link = this.#links.get(key(address));
    const door = this.#doors.get(key(link?.server ?? address));
    return door && { up: new Side(), down: new Side(), faults: undefined, ...link, door };
  }

  readonly openLink: OpenLink = async (server, faults) => {
    const address = { host: server.host, port: this.freePort() };
    const sides = { up: new Side(), down: new Side() };
    this.#links.set(key(address), { ...sides, faults, server });
    return {
      ...address,
      passed: (direction) => sides[direction].passed,
      cut: (direction) => {
        sides[direction].isCut = true;
      },
      mend: (direction) => {
        sides[direction].isCut = false;
        for (const lane of sides[direction].lanes) lane.step();
      },
      get isIdle() {
        return [...sides.up.lanes, ...sides.down.lanes].every((lane) => lane.waitingBytes === 0);
      },
      close: async () => void this.#links.delete(key(address)),
    };
  };
}

function key({ host, port }: Address): string {
  return `${host} ${port}`;
}
