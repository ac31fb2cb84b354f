// When the bytes of a TCP stream were at the receiving host, by the path's record of arrivals, and what that says of the
// messages in it: how long each one lay there whole and had to wait for bytes before it. Instants are ns since the
// trial's origin.
import { boundary } from '../statistics/boundary.ts';

/** The columns of the path's arrivals that are read here. */
export interface ArrivalColumns {
  readonly direction: ArrayLike<string>;
  readonly protocol: ArrayLike<string>;
  readonly sourcePort: ArrayLike<number>;
  readonly destinationPort: ArrayLike<number>;
  readonly offset: ArrayLike<number>;
  readonly sizeBytes: ArrayLike<number>;
  readonly arrivedNs: ArrayLike<number>;
}

/** Byte ranges of one stream: [start, end). */
export interface ByteRanges {
  readonly start: ArrayLike<number>;
  readonly end: ArrayLike<number>;
}

/** The pieces of one stream as they came: out of order, twice, and over one another. */
export interface Pieces extends ByteRanges {
  readonly start: number[];
  readonly end: number[];
  readonly arrivedNs: number[];
}

/** Ranges in stream order that don't overlap, with the instant at which each was first there; what is between was never. */
export interface FirstArrivals extends ByteRanges {
  readonly atNs: ArrayLike<number>;
}

/** The pieces of every TCP stream, by the port on host `clients`. */
export function piecesOfStreams(arrivals: ArrivalColumns): Record<'up' | 'down', Map<number, Pieces>> {
  const streams = { up: new Map<number, Pieces>(), down: new Map<number, Pieces>() };
  for (let row = 0; row < arrivals.arrivedNs.length; row++) {
    if (arrivals.protocol[row] !== 'tcp') continue;
    const isUp = arrivals.direction[row] === 'up';
    const port = (isUp ? arrivals.sourcePort : arrivals.destinationPort)[row]!;
    const pieces = piecesOf(isUp ? streams.up : streams.down, port);
    pieces.start.push(arrivals.offset[row]!);
    pieces.end.push(arrivals.offset[row]! + arrivals.sizeBytes[row]!);
    pieces.arrivedNs.push(arrivals.arrivedNs[row]!);
  }
  return streams;
}

function piecesOf(streams: Map<number, Pieces>, port: number): Pieces {
  const known = streams.get(port);
  if (known !== undefined) return known;
  const pieces = { start: [], end: [], arrivedNs: [] };
  streams.set(port, pieces);
  return pieces;
}

/** O(n) where the pieces came in stream order, O(n log n) otherwise. */
export function firstArrivals(pieces: Pieces): FirstArrivals {
  if (isRising(pieces.start, pieces.end)) return { start: pieces.start, end: pieces.end, atNs: pieces.arrivedNs };
  const order = isNeverFalling(pieces.arrivedNs) ? undefined : byInstant(pieces.arrivedNs);
  const bounds = distinctBounds(pieces);
  const atNs = new Float64Array(bounds.length).fill(Number.NaN);
  // From each stretch between two bounds to the next that nothing has covered yet; paths shorten as they are walked.
  const next = Int32Array.from({ length: bounds.length + 1 }, (_, i) => i);
  for (let i = 0; i < pieces.arrivedNs.length; i++) {
    const piece = order?.[i] ?? i;
    const stop = indexOf(bounds, pieces.end[piece]!);
    for (let at = uncovered(next, indexOf(bounds, pieces.start[piece]!)); at < stop; at = uncovered(next, at)) {
      atNs[at] = pieces.arrivedNs[piece]!;
      next[at] = at + 1;
    }
  }
  return stretches(bounds, atNs);
}

export interface StreamMessages {
  /** When all bytes of the message were at the receiving host; NaN where some were never seen. */
  readonly arrivedNs: Float64Array;
  /** When all bytes of the stream up to the message's end were there, those of no message too; NaN where some never were. */
  readonly releasedNs: Float64Array;
}

/**
 * What the arrivals of one stream say of its messages.
 * A release asks for all bytes from the first message on, and for those before it that the record saw come; what it did
 * not see there had come before the record began.
 * @param messages in stream order, without overlap, none of them empty
 */
export function streamMessages(arrivals: FirstArrivals, messages: ByteRanges): StreamMessages {
  return { arrivedNs: messageArrivals(arrivals, messages), releasedNs: prefixArrivals(arrivals, messages) };
}

function messageArrivals({ start, end, atNs }: FirstArrivals, messages: ByteRanges): Float64Array {
  const arrivedNs = new Float64Array(messages.start.length);
  let first = 0;
  for (let i = 0; i < arrivedNs.length; i++) {
    let at = messages.start[i]!;
    const stop = messages.end[i]!;
    while (first < end.length && end[first]! <= at) first++;
    let latest = Number.NEGATIVE_INFINITY;
    for (let range = first; range < end.length && at < stop && start[range]! <= at; range++) {
      latest = Math.max(latest, atNs[range]!);
      at = end[range]!;
    }
    arrivedNs[i] = at < stop ? Number.NaN : latest;
  }
  return arrivedNs;
}

function prefixArrivals({ start, end, atNs }: FirstArrivals, messages: ByteRanges): Float64Array {
  const releasedNs = new Float64Array(messages.start.length);
  let covered = messages.start[0] ?? 0;
  let latest = Number.NEGATIVE_INFINITY;
  let range = 0;
  for (let i = 0; i < releasedNs.length; i++) {
    const stop = messages.end[i]!;
    while (covered < stop && range < end.length && start[range]! <= covered) {
      latest = Math.max(latest, atNs[range]!);
      covered = Math.max(covered, end[range++]!);
    }
    releasedNs[i] = covered < stop ? Number.NaN : latest;
  }
  return releasedNs;
}

function isRising(start: readonly number[], end: readonly number[]): boolean {
  for (let i = 1; i < start.length; i++) if (start[i]! < end[i - 1]!) return false;
  return true;
}

function isNeverFalling(values: readonly number[]): boolean {
  for (let i = 1; i < values.length; i++) if (values[i]! < values[i - 1]!) return false;
  return true;
}

function byInstant(atNs: readonly number[]): Uint32Array {
  return Uint32Array.from(atNs.keys()).sort((a, b) => atNs[a]! - atNs[b]!);
}

/** Where a piece begins or ends, in stream order. */
function distinctBounds({ start, end }: Pieces): Float64Array {
  const all = new Float64Array(start.length * 2);
  all.set(start);
  all.set(end, start.length);
  all.sort();
  let count = 0;
  for (const bound of all) if (count === 0 || bound !== all[count - 1]) all[count++] = bound;
  return all.subarray(0, count);
}

function indexOf(bounds: Float64Array, bound: number): number {
  return boundary(bounds, (each) => each < bound);
}

function uncovered(next: Int32Array, from: number): number {
  let at = from;
  while (next[at] !== at) {
    next[at] = next[next[at]!]!;
    at = next[at]!;
  }
  return at;
}

function stretches(bounds: Float64Array, atNs: Float64Array): FirstArrivals {
  const start: number[] = [];
  const end: number[] = [];
  const at: number[] = [];
  for (let i = 0; i + 1 < bounds.length; i++) {
    if (Number.isNaN(atNs[i])) continue;
    start.push(bounds[i]!);
    end.push(bounds[i + 1]!);
    at.push(atNs[i]!);
  }
  return { start, end, atNs: at };
}
