// Settings of one host's kernel, such as its congestion control: a trial has what its contestant asks for, and the next one
// finds everything else as it was.

import { ADDRESSES, DEVICE, type HostName, SUBNET } from '../../link/tun/hosts.ts';
import type { EmulatedNetwork } from '../../link/tun/network.ts';

export const CONTROL = 'net.ipv4.tcp_congestion_control';

export class HostSettings {
  readonly #network: Pick<EmulatedNetwork, 'spawn'>;
  readonly #host: HostName;
  /** What each setting was before it was touched first, and what it is now. */
  readonly #first = new Map<string, string>();
  readonly #present = new Map<string, string>();

  constructor(network: Pick<EmulatedNetwork, 'spawn'>, host: HostName) {
    this.#network = network;
    this.#host = host;
  }

  /** @throws Error naming the setting that the kernel does not know or does not take */
  async apply(wanted: Readonly<Record<string, string>>): Promise<void> {
    for (const name of Object.keys(wanted)) {
      if (!this.#first.has(name)) this.#note(name, await this.#read(name));
    }
    for (const [name, first] of this.#first) {
      const value = wanted[name] ?? first;
      if (this.#present.get(name) === value) continue;
      await this.#write(name, value);
      this.#present.set(name, value);
    }
  }

  #note(name: string, value: string): void {
    this.#first.set(name, value);
    this.#present.set(name, value);
  }

  async #read(name: string): Promise<string> {
    const { code, out } = await this.#shell('cat "$1"', fileOf(name));
    if (code === 0) return out.trim().replaceAll('\t', ' ');
    throw new Error(`host ${this.#host} has no setting ${name} of its own`);
  }

  async #write(name: string, value: string): Promise<void> {
    const { code } = await (name === CONTROL
      ? this.#shell(CONTROL_OF_ROUTE, SUBNET, DEVICE, ADDRESSES[this.#host].ipv4, value)
      : this.#shell('printf "%s\\n" "$2" > "$1"', fileOf(name), value));
    if (code !== 0) throw new Error(`host ${this.#host} does not take ${name} = ${value}`);
  }

  /** A process on the host sees the host's own settings in /proc. */
  #shell(script: string, ...args: readonly string[]): Promise<{ code: number | null; out: string }> {
    const child = this.#network.spawn(this.#host, 'sh', ['-c', script, 'sh', ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let out = '';
    child.stdout?.on('data', (bytes) => {
      out += bytes;
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, out }));
    });
  }
}

/**
 * As its default a network namespace takes only the kinds of congestion control that the whole machine allows everybody,
 * often two of three. A route may have any that the kernel knows, and both ends of its connections follow it.
 */
const CONTROL_OF_ROUTE = 'ip route change "$1" dev "$2" proto kernel scope link src "$3" congctl "$4"';

function fileOf(name: string): string {
  return `/proc/sys/${name.replaceAll('.', '/')}`;
}
