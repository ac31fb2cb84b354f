// How long each message of one TCP stream lay at the receiving host and waited for what was sent before it, told while the
// stream goes on. Pure. The pieces come from the path, the places of messages from the end that sends or receives them.
import { type ByteRanges, firstArrivals, type Pieces, streamMessages } from '../../src/bench/path/stream-arrivals.ts';
import type { ArrivalTable } from '../../src/link/tun/arrivals.ts';

/** Which stream: the way it goes, and its port on host `clients`. */
export interface StreamName {
  readonly direction: 'up' | 'down';
  readonly clientPort: number;
}

/** A message in the stream: bytes [start, end). */
export interface Place {
  readonly key: number;
  readonly start: number;
  readonly end: number;
}

export interface Waited {
  readonly key: number;
  /** When all of it was there, in ns on the machine's clock. */
  readonly arrivedNs: number;
  /** 0 for one that nothing before it held back. */
  readonly heldBackMs: number;
  /** The one before it that came last and ended the wait; undefined where that was no message. */
  readonly behind: number | undefined;
}

/** Less than that nobody would call being held back. */
export const LEAST_HELD_MS = 1;

/** So many are remembered, to tell which one held another back. */
const REMEMBERED = 1_000;

export class StreamWatch {
  readonly #stream: StreamName;
  #pieces: Pieces = { start: [], end: [], arrivedNs: [] };
  #open: Place[] = [];
  readonly #done: { key: number; arrivedNs: number }[] = [];
  #releasedNs = Number.NEGATIVE_INFINITY;
  /** The end of the last message that is settled. */
  #settledTo: number | undefined;

  constructor(stream: StreamName) {
    this.#stream = stream;
  }

  get clientPort(): number {
    return this.#stream.clientPort;
  }

  /** Messages are named in stream order. */
  add(place: Place): void {
    this.#open.push(place);
  }

  /** @returns what is settled by it, in stream order */
  hear(arrivals: ArrivalTable): Waited[] {
    this.#keep(arrivals);
    const settled: Waited[] = [];
    const { places, before } = this.#places();
    const { arrivedNs, releasedNs } = streamMessages(firstArrivals(this.#pieces), places);
    for (const [at, { key, end }] of this.#open.entries()) {
      const row = at + before;
      if (Number.isNaN(releasedNs[row])) break;
      this.#releasedNs = Math.max(this.#releasedNs, releasedNs[row]!);
      this.#settledTo = end;
      settled.push(this.#settle(key, arrivedNs[row]!));
    }
    this.#open = this.#open.slice(settled.length);
    this.#forget();
    return settled;
  }

  /** Those that are open, behind the bytes of no message that follow what is settled. */
  #places(): { places: ByteRanges; before: 0 | 1 } {
    const from = this.#settledTo;
    const first = this.#open[0];
    const isBetween = from !== undefined && first !== undefined && from < first.start;
    const all = isBetween ? [{ start: from, end: first.start }, ...this.#open] : this.#open;
    const places = { start: all.map(({ start }) => start), end: all.map(({ end }) => end) };
    return { places, before: isBetween ? 1 : 0 };
  }

  #settle(key: number, arrivedNs: number): Waited {
    // It was given to its application when the last byte before it came; a message that came then is the one it waited for.
    const behind = this.#done.find(
      (before) => before.arrivedNs > arrivedNs && before.arrivedNs === this.#releasedNs,
    )?.key;
    this.#done.push({ key, arrivedNs });
    if (this.#done.length > REMEMBERED) this.#done.shift();
    return { key, arrivedNs, heldBackMs: (this.#releasedNs - arrivedNs) / 1e6, behind };
  }

  #keep({ direction, protocol, sourcePort, destinationPort, offset, sizeBytes, arrivedNs }: ArrivalTable): void {
    const isUp = this.#stream.direction === 'up';
    for (let row = 0; row < arrivedNs.length; row++) {
      const port = (isUp ? sourcePort : destinationPort)[row];
      if (protocol[row] !== 'tcp' || direction[row] !== this.#stream.direction || port !== this.#stream.clientPort)
        continue;
      this.#pieces.start.push(offset[row]!);
      this.#pieces.end.push(offset[row]! + sizeBytes[row]!);
      this.#pieces.arrivedNs.push(arrivedNs[row]!);
    }
  }

  /** Pieces that lie wholly before what is settled. */
  #forget(): void {
    const from = this.#settledTo ?? 0;
    const isKept = this.#pieces.end.map((end) => end > from);
    const kept = (column: number[]) => column.filter((_, at) => isKept[at]);
    const { start, end, arrivedNs } = this.#pieces;
    this.#pieces = { start: kept(start), end: kept(end), arrivedNs: kept(arrivedNs) };
  }
}
