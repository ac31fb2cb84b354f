// The chat of a trial in one process and in virtual time: real users and a real router, joined by channels that take as
// long as the test says and do to frames what it wants.
import { vi } from 'vitest';
import type { Join } from '../../../src/bench/worker/user.ts';
import { worker } from '../../../src/bench/worker/worker.ts';
import { Client } from '../../../src/core/client.ts';
import { Router } from '../../../src/core/router.ts';
import type { StreamProgress } from '../../../src/core/transport.ts';
import { FakeChannel, RELIABLE, UNRELIABLE } from '../../support/fake-channel.ts';
import { joined } from '../../support/hex.ts';

const NS_PER_MS = 1e6;
const LENGTH_BYTES = 4;

/** Call it before each test; virtual time begins then. */
export function useVirtualTime(): void {
  vi.useFakeTimers({
    toFake: [
      'setTimeout',
      'clearTimeout',
      'setInterval',
      'clearInterval',
      'setImmediate',
      'clearImmediate',
      'performance',
    ],
  });
}

export const clock = () => performance.now() * NS_PER_MS;

export type Way = 'up' | 'down';

export class VirtualChat {
  /** From a user to the server, and back. */
  delayMs = 5;
  /** What becomes of a frame that goes this way; none of those of joining. */
  pass: (way: Way, frame: Uint8Array) => readonly Uint8Array[] = (_way, frame) => [frame];
  /** The ends of all users, in the order of their joining. */
  readonly ends: UserEnd[] = [];
  readonly #router = new Router();
  #isOpen = false;

  readonly join: Join = async ({ transport }, _knobs, onEvent) => {
    const client = new Client({ onEvent });
    const [near, far] = [new UserEnd(transport, 40_000 + this.ends.length), new UserEnd(transport, 0)];
    near.events = client.attach(near);
    const session = this.#router.accept(far);
    near.carry = (frame) => this.#carry('up', frame, (each) => session.frame(each, clock()));
    far.carry = (frame) => this.#carry('down', frame, (each) => near.hear(each));
    near.send(client.opening());
    this.ends.push(near);
    return client;
  };

  /** Workers of which each has these users; everybody is in. */
  async workers(transport: string, ...users: readonly (readonly number[])[]) {
    const all = users.map(() => worker(this.join, clock));
    const names: string[] = [];
    const ports: number[] = [];
    for (const [at, own] of users.entries()) {
      const joined = await all[at]!.join({ server: { transport, host: '', port: 1 }, knobs: PLAIN, users: own });
      for (const [i, user] of own.entries()) [names[user], ports[user]] = [joined.names[i]!, joined.ports[i]!];
    }
    this.#isOpen = true;
    return { workers: all, names, ports };
  }

  #carry(way: Way, frame: Uint8Array, deliver: (frame: Uint8Array) => void): void {
    if (!this.#isOpen) return deliver(frame);
    for (const each of this.pass(way, frame)) setTimeout(() => deliver(each), this.delayMs);
  }
}

export const PLAIN = { nagle: undefined, batching: undefined, receiveBufferBytes: undefined };

class UserEnd extends FakeChannel {
  readonly localPort: number;
  readonly stream?: StreamProgress;
  carry: (frame: Uint8Array) => void = () => {};
  readonly #progress = { localPort: 0, sentBytes: 0, receivedBytes: 0, frameBytes: 0 };

  constructor(transport: string, localPort: number) {
    super(transport === 'tcp' ? RELIABLE : UNRELIABLE);
    this.localPort = localPort;
    if (transport === 'tcp') this.stream = this.#progress;
  }

  override send(head: Uint8Array, tail = new Uint8Array(0)) {
    const outcome = super.send(head, tail);
    if (outcome !== 'sent' && outcome !== 'queued') return outcome;
    const frame = joined(head, tail);
    this.#progress.sentBytes += LENGTH_BYTES + frame.length;
    this.carry(frame);
    return outcome;
  }

  hear(frame: Uint8Array): void {
    this.#progress.frameBytes = LENGTH_BYTES + frame.length;
    this.#progress.receivedBytes += this.#progress.frameBytes;
    this.events?.frame(frame, clock());
  }
}
