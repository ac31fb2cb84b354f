// A process on a machine of its own. Its clock may step, as clocks do that somebody sets; and it may be stopped for a while: what
// should happen to it meanwhile waits, and happens when it goes on, first what its timers ask for and then what has come.
import type { After } from '../src/tcp/tcp-channel.ts';
import type { World } from './world.ts';

/** What a kernel keeps of datagrams for a process that does not read them: Linux's own limit unless somebody sets another. */
const MOST_WAITING_BYTES = 212_992;

export class Host {
  readonly #world: World;
  #stepNs = 0;
  #isStopped = false;
  #timers: (() => void)[] = [];
  #arrivals: (() => void)[] = [];
  #waitingBytes = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** On its own clock, which is not the world's any more when it has stepped. */
  get nowNs(): number {
    return this.#world.nowNs + this.#stepNs;
  }

  readonly clock = (): number => this.nowNs;

  stepClock(byMs: number): void {
    this.#stepNs += Math.round(byMs * 1e6);
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  stop(): void {
    this.#isStopped = true;
  }

  resume(): void {
    this.#isStopped = false;
    this.#waitingBytes = 0;
    const { nowNs } = this.#world;
    for (const act of [...this.#timers.splice(0), ...this.#arrivals.splice(0)]) this.#world.at(nowNs, act);
  }

  /** A new process has none of what the one before was waiting for. */
  restart(): void {
    this.#isStopped = false;
    this.#waitingBytes = 0;
    this.#timers = [];
    this.#arrivals = [];
  }

  /** Timers count by a clock that nobody sets. */
  readonly after: After = (ms, act) => {
    let isOff = false;
    const ring = () => {
      if (!isOff) act();
    };
    const stop = this.#world.after(ms, () => {
      if (this.#isStopped) this.#timers.push(ring);
      else ring();
    });
    return () => {
      isOff = true;
      stop();
    };
  };

  /** Again and again until it is called off. One that is late counts as one. */
  every(ms: number, act: () => void): () => void {
    let stop = this.after(ms, again);
    const host = this;
    function again(): void {
      act();
      stop = host.after(ms, again);
    }
    return () => stop();
  }

  /** Something comes from outside that waits as long as it must. */
  hear(act: () => void): void {
    if (this.#isStopped) this.#arrivals.push(act);
    else act();
  }

  /** A datagram comes. @returns whether there was room for it */
  receive(sizeBytes: number, act: () => void): boolean {
    if (this.#isStopped) {
      if (this.#waitingBytes + sizeBytes > MOST_WAITING_BYTES) return false;
      this.#waitingBytes += sizeBytes;
    }
    this.hear(act);
    return true;
  }
}
