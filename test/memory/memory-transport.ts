// A transport without sockets, for tests: it shows how little a transport is, and that the compliance suite asks for
// what is promised and not for what TCP and UDP happen to do.
import { machineFault } from '../../src/core/machine-fault.ts';
import {
  type Channel,
  type ConnectOptions,
  DEFAULT_QUEUE_LIMIT_BYTES,
  DEFAULT_TIMING,
  type Listener,
  type ListenOptions,
  type Promises,
  type Transport,
} from '../../src/core/transport.ts';
import type { OpenLink } from '../support/test-link.ts';
import { Lane } from './lane.ts';
import { MemoryChannel, type MemoryChannelOptions, requireFits } from './memory-channel.ts';
import { Network, type Route } from './network.ts';

export class MemoryTransport implements Transport {
  readonly name: string;
  readonly promises: Promises;
  readonly framingBytes = 0;
  readonly openLink: OpenLink;
  readonly #network = new Network();

  constructor(name: string, promises: Promises) {
    this.name = name;
    this.promises = promises;
    this.openLink = this.#network.openLink;
  }

  async listen(options: ListenOptions): Promise<Listener> {
    await this.#begin(options);
    const address = { host: options.host, port: options.port === 0 ? this.#network.freePort() : options.port };
    const channels = new Set<MemoryChannel>();
    if (!this.#network.open(address, { options, channels })) throw this.#fault('EADDRINUSE', address);
    const close = async () => {
      this.#network.shut(address);
      for (const channel of channels) channel.abort();
      channels.clear();
    };
    options.signal?.addEventListener('abort', close, { once: true });
    return { ...address, held: () => ({ channels: channels.size, remembered: 0 }), close };
  }

  async connect(options: ConnectOptions): Promise<Channel> {
    requireFits(options.opening.length, this.promises);
    await this.#begin(options);
    const route = this.#network.route(options);
    if (route === undefined) throw this.#fault('ECONNREFUSED', options);
    const lanes = this.#lanes(route);
    return this.promises.connection ? this.#dial(options, route, lanes) : this.#write(options, route, lanes);
  }

  /** Where the network itself connects two ends, both have a channel before a frame has gone. */
  #dial(options: ConnectOptions, route: Route, { up, down }: Lanes): Channel {
    const server = this.#channel(route.door.options, { incoming: up, outgoing: down, hangUp: () => client.lose() });
    const client = this.#channel(options, { incoming: down, outgoing: up, hangUp: () => server.lose() });
    setImmediate(() => admit(server, route));
    client.send(options.opening);
    client.start(options.accept(client));
    return client;
  }

  /** Where it does not, the server has a channel when the opening came, and the client when its answer did. */
  #write(options: ConnectOptions, route: Route, { up, down }: Lanes): Promise<Channel> {
    const { timing, signal } = options;
    up.onPacket = (opening) => {
      admit(this.#channel(route.door.options, { incoming: up, outgoing: down, hangUp: () => {} }), route);
      up.onPacket(opening);
    };
    return new Promise((resolve, reject) => {
      const fail = (code: string) => {
        clearTimeout(limit);
        reject(this.#fault(code, options));
      };
      const abort = () => fail('ABORT_ERR');
      const limit = setTimeout(() => fail('ETIMEDOUT'), timing?.connectLimitMs ?? DEFAULT_TIMING.connectLimitMs);
      signal?.addEventListener('abort', abort, { once: true });
      down.onPacket = (answer) => {
        clearTimeout(limit);
        signal?.removeEventListener('abort', abort);
        const client = this.#channel(options, { incoming: down, outgoing: up, hangUp: () => {} });
        client.start(options.accept(client));
        down.onPacket(answer);
        resolve(client);
      };
      up.offer({ kind: 'frame', bytes: options.opening });
    });
  }

  #lanes({ up, down, faults }: Route): Lanes {
    return {
      up: new Lane(this.promises, up, faults),
      down: new Lane(this.promises, down, faults && { ...faults, seed: faults.seed + 1 }),
    };
  }

  #channel(
    options: ListenOptions | ConnectOptions,
    own: Pick<MemoryChannelOptions, 'incoming' | 'outgoing' | 'hangUp'>,
  ): MemoryChannel {
    return new MemoryChannel({
      ...own,
      transport: this.name,
      promises: this.promises,
      remote: `${options.host}:${options.port}`,
      clock: options.clock,
      timing: { ...DEFAULT_TIMING, ...options.timing },
      queueLimitBytes: options.queueLimitBytes ?? DEFAULT_QUEUE_LIMIT_BYTES,
      ...('farewell' in options && { farewell: options.farewell }),
    });
  }

  /** What every call waits for first. */
  async #begin({ host, port, signal }: ListenOptions | ConnectOptions): Promise<void> {
    await new Promise(setImmediate);
    if (signal?.aborted) throw this.#fault('ABORT_ERR', { host, port });
    if (!(port >= 0 && port <= 65_535)) throw this.#fault('ERR_SOCKET_BAD_PORT', { host, port });
    if (!this.#network.knows(host)) throw this.#fault('ENOTFOUND', { host, port });
  }

  #fault(code: string, { host, port }: { host: string; port: number }): Error {
    return machineFault({ code }, { transport: this.name, host, port });
  }
}

interface Lanes {
  readonly up: Lane;
  readonly down: Lane;
}

function admit(channel: MemoryChannel, { door }: Route): void {
  door.channels.add(channel);
  channel.start(door.options.accept(channel));
}
