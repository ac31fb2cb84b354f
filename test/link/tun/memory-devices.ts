// Two devices and a clock in memory: what the emulator reads and writes, in virtual time.
import type { Libc } from '../../../src/link/tun/libc.ts';

export interface Written {
  readonly fd: number;
  readonly atNs: number;
  readonly bytes: Uint8Array;
}

export const CLIENTS = 3;
export const SERVER = 4;

/** A look at the clock takes this long, and nothing else takes any time. */
const LOOK_NS = 50;

export class MemoryDevices implements Libc {
  readonly written: Written[] = [];
  /** A device that takes nothing answers this instead of the bytes that it took. */
  refusal: number | undefined;
  #nowNs: number;
  #coming: { readonly fd: number; readonly atNs: number; readonly frame: Uint8Array }[] = [];

  constructor(nowNs: number) {
    this.#nowNs = nowNs;
  }

  /** A host sends this frame at an instant. */
  send(fd: number, atNs: number, frame: Uint8Array): void {
    this.#coming.push({ fd, atNs, frame });
    this.#coming.sort((a, b) => a.atNs - b.atNs);
  }

  openTun(): number {
    throw new Error('these devices are open');
  }

  read(fd: number, into: Uint8Array): number {
    const index = this.#coming.findIndex((one) => one.fd === fd && one.atNs <= this.#nowNs);
    if (index < 0) return 0;
    const { frame } = this.#coming.splice(index, 1)[0]!;
    into.set(frame);
    return frame.length;
  }

  write(fd: number, from: Uint8Array, sizeBytes: number): number {
    if (this.refusal !== undefined) return this.refusal;
    this.written.push({ fd, atNs: this.#nowNs, bytes: from.slice(0, sizeBytes) });
    return sizeBytes;
  }

  readableWait(_fds: readonly number[], timeoutNs: Float64Array): () => void {
    return () => {
      const nextNs = this.#coming[0]?.atNs ?? Number.POSITIVE_INFINITY;
      this.#nowNs = Math.max(this.#nowNs, Math.min(this.#nowNs + timeoutNs[0]!, nextNs));
    };
  }

  readClock(into: Float64Array): void {
    this.#nowNs += LOOK_NS;
    into[0] = this.#nowNs;
  }

  sharpenTimers(): void {}
}
