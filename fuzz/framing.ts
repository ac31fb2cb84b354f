// A stream that is cut anywhere gives what it gives uncut; and a channel over a socket ends once, whatever comes.
import fc from 'fast-check';
import { writeU32 } from '../src/core/bytes.ts';
import { MAX_FRAME_BYTES } from '../src/core/limits.ts';
import { encodeFarewell, parseServerFrame } from '../src/core/server-frame.ts';
import type { CloseCause } from '../src/core/transport.ts';
import { DEFAULT_TIMING } from '../src/core/transport.ts';
import { FrameDecoder, LENGTH_BYTES } from '../src/tcp/framing.ts';
import { TickFlusher } from '../src/tcp/outbox.ts';
import { type StreamSocket, TcpChannel } from '../src/tcp/tcp-channel.ts';
import { hex, joined } from '../test/support/hex.ts';
import { LENGTH_EDGES, type Mutation, mutated, mutations } from './byte-mutation.ts';
import { FRAMES, type FrameRecipe, madeBytes, recipes } from './legal-frames.ts';
import { must, target } from './target.ts';

interface Input {
  readonly frames: readonly FrameRecipe[];
  /** Of the stream as a whole. */
  readonly mutations: readonly Mutation[];
  /** Places where it is cut, as shares of its length. */
  readonly cuts: readonly number[];
  readonly limit: number;
  /** What happens to the channel between the pieces, in turn. */
  readonly events: readonly number[];
}

const WHOLE = 0xffff;
const LIMITS = [MAX_FRAME_BYTES, 1, 16, 300];

export const framing = target<Input>({
  name: 'framing',
  batchInputs: 20_000,
  inputs: fc.record(
    {
      frames: fc.array(recipes(FRAMES.length + 1), { maxLength: 4 }),
      mutations,
      cuts: fc.array(fc.nat(WHOLE), { maxLength: 8 }),
      limit: fc.nat(LIMITS.length - 1),
      events: fc.array(fc.nat(40), { maxLength: 8 }),
    },
    { noNullPrototype: true },
  ),
  check: (input) => {
    const stream = streamOf(input);
    const cuts = input.cuts.map((cut) => Math.floor((cut / WHOLE) * stream.length)).sort((a, b) => a - b);
    checkDecoder(stream, cuts, LIMITS[input.limit]!);
    checkChannel(stream, cuts, input.events);
  },
  show: (input) => [hex(streamOf(input))],
});

const KEEP_ALIVE = new Uint8Array(0);

function streamOf({ frames, mutations }: Input): Uint8Array {
  const starts: number[] = [];
  let sizeBytes = 0;
  const pieces = frames.map((recipe) => {
    const frame = recipe.kind === FRAMES.length ? KEEP_ALIVE : madeBytes(FRAMES, recipe);
    starts.push(sizeBytes);
    sizeBytes += LENGTH_BYTES + frame.length;
    return framed(frame);
  });
  const bytes = joined(...pieces);
  const lengths = starts.map((at) => ({ at, sizeBytes: 4 }) as const);
  return mutated({ bytes, lengths, texts: [] }, mutations, framedEdge);
}

function framed(frame: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(LENGTH_BYTES + frame.length);
  writeU32(bytes, 0, frame.length);
  bytes.set(frame, LENGTH_BYTES);
  return bytes;
}

/** A length that is at an edge, with a little behind it. */
function framedEdge(seed: number): Uint8Array {
  const bytes = new Uint8Array(LENGTH_BYTES + (seed % 5));
  writeU32(bytes, 0, LENGTH_EDGES[seed % LENGTH_EDGES.length]!);
  return bytes;
}

/** Short enough to be cut at every two places. */
const SHORT_BYTES = 20;

function checkDecoder(stream: Uint8Array, cuts: readonly number[], limit: number): void {
  const whole = decoded(stream, [], limit);
  mustGive(decoded(stream, cuts, limit), whole, cuts);
  if (stream.length > SHORT_BYTES) return;
  for (let first = 0; first <= stream.length; first++) {
    for (let second = first; second <= stream.length; second++) {
      mustGive(decoded(stream, [first, second], limit), whole, [first, second]);
    }
  }
}

interface Decoded {
  /** The frames, each behind its length: what the stream is, as far as it was read. */
  readonly frames: Uint8Array;
  readonly end: string;
}

function mustGive(cut: Decoded, whole: Decoded, cuts: readonly number[]): void {
  must(cut.end === whole.end, () => `cut at ${cuts} it ends "${cut.end}", and whole "${whole.end}"`);
  must(Buffer.compare(cut.frames, whole.frames) === 0, () => `cut at ${cuts} it gives ${hex(cut.frames)}`);
}

/** What a decoder may hold beside twice what came of a frame. */
const HELD_BESIDE_BYTES = 256;

function decoded(stream: Uint8Array, cuts: readonly number[], limit: number): Decoded {
  const decoder = new FrameDecoder(limit);
  const frames: Uint8Array[] = [];
  let takenBytes = 0;
  let start = 0;
  for (const end of [...cuts, stream.length]) {
    // The socket's buffer is the socket's again when it was read.
    const lent = stream.slice(start, end);
    const fault = decoder.feed(lent, (frame) => {
      frames.push(framed(frame));
      takenBytes += LENGTH_BYTES + frame.length;
    });
    lent.fill(0xee);
    if (fault !== undefined) return { frames: joined(...frames), end: fault };
    const cameBytes = end - takenBytes;
    must(
      decoder.roomBytes <= 2 * cameBytes + HELD_BESIDE_BYTES,
      () => `${decoder.roomBytes} bytes are held where ${cameBytes} have come`,
    );
    start = end;
  }
  must(Buffer.compare(joined(...frames), stream.subarray(0, takenBytes)) === 0, 'what is given is not what came');
  must(decoder.insideFrame === takenBytes < stream.length, 'it is not known whether the stream stands inside a frame');
  return { frames: joined(...frames), end: decoder.insideFrame ? 'inside a frame' : 'between frames' };
}

function checkChannel(stream: Uint8Array, cuts: readonly number[], events: readonly number[]): void {
  for (const isServer of [true, false]) {
    const scene = new Scene(isServer);
    let start = 0;
    for (const [at, end] of [...cuts, stream.length].entries()) {
      scene.happen(events[at]);
      scene.socket.give(stream.subarray(start, end));
      start = end;
    }
    scene.happen(events[cuts.length + 1]);
    scene.end();
  }
}

/** A channel over a socket in memory, and what became of it. */
class Scene {
  readonly socket = new FakeSocket();
  readonly #channel: TcpChannel;
  readonly #ends: CloseCause[] = [];
  #endOfTick: (() => void)[] = [];
  #timers: (() => void)[] = [];
  #nowNs = 0;
  #isClosed = false;
  readonly #isServer: boolean;

  constructor(isServer: boolean) {
    this.#isServer = isServer;
    this.#channel = new TcpChannel({
      socket: this.socket,
      clock: () => this.#nowNs,
      after: (_ms, act) => {
        this.#timers.push(act);
        return () => {
          this.#timers = this.#timers.filter((each) => each !== act);
        };
      },
      timing: DEFAULT_TIMING,
      queueLimitBytes: 1000,
      flusher: new TickFlusher((act) => this.#endOfTick.push(act)),
      batching: true,
      ...(isServer && { farewell: encodeFarewell }),
    });
    this.#channel.start({
      frame: (bytes) => {
        must(!this.#isClosed, 'a frame was given after the channel was closed');
        must(this.#ends.length === 0, 'a frame was given after the end was told');
        must(bytes.length > 0, 'an empty frame was given');
        this.#channel.send(bytes.slice());
      },
      drained: () => must(this.#ends.length === 0, 'a channel drained after its end was told'),
      closed: (cause) => this.#ends.push(cause),
    });
  }

  happen(event: number | undefined): void {
    for (const act of this.#endOfTick.splice(0)) act();
    switch (event) {
      case 1:
        return this.socket.hear.end?.();
      case 2:
        return this.socket.hear.error?.(new Error('read ECONNRESET'));
      case 3:
        return this.#sweepAfter(6_000);
      case 4:
        return this.#sweepAfter(21_000);
      case 5:
        this.#isClosed = true;
        return this.#channel.close(Uint8Array.of(1));
      case 6:
        this.#isClosed = true;
        return this.#channel.abort();
      case 7:
        return this.socket.take();
      case 8:
        for (const act of this.#timers.splice(0)) act();
        return;
      case 9:
        return void this.#channel.send(Uint8Array.of(1, 2), Uint8Array.of(3));
      case 10:
        return this.socket.hear.close?.();
    }
  }

  /** Everything that can still happen does: the stream ends, what lingers is dropped, and the socket is gone. */
  end(): void {
    this.socket.hear.end?.();
    this.socket.take();
    for (const act of [...this.#endOfTick.splice(0), ...this.#timers.splice(0)]) act();
    this.socket.hear.close?.();
    must(this.#ends.length === 1, () => `an end was told ${this.#ends.length} times`);
    this.#mustBeFrames();
  }

  /** What was written is whole frames. A farewell, which is a server's, can be read. */
  #mustBeFrames(): void {
    const decoder = new FrameDecoder(MAX_FRAME_BYTES);
    let last: Uint8Array = NO_FRAME;
    const fault = decoder.feed(joined(...this.socket.written), (frame) => {
      last = frame;
    });
    must(fault === undefined && !decoder.insideFrame, `what was written is no sequence of frames: ${fault}`);
    const cause = this.#ends[0]!.kind;
    if (cause === 'violation' && this.#isServer) {
      must(parseServerFrame(last).kind === 'bye', 'a violation without a farewell');
    }
  }

  #sweepAfter(ms: number): void {
    this.#nowNs += ms * 1e6;
    this.#channel.sweep(this.#nowNs);
  }
}

const NO_FRAME = new Uint8Array(0);

class FakeSocket implements StreamSocket {
  readonly remoteAddress = '127.0.0.1';
  readonly remotePort = 1;
  readonly localPort = 2;
  readonly writableLength = 0;
  readonly written: Uint8Array[] = [];
  hear: { data?: (chunk: Uint8Array) => void; error?: (error: Error) => void; end?: () => void; close?: () => void } =
    {};
  #untaken: (() => void)[] = [];
  #isGone = false;

  on(event: 'data' | 'error' | 'end' | 'close', hear: (given: never) => void): void {
    this.hear = { ...this.hear, [event]: hear };
  }

  give(chunk: Uint8Array): void {
    if (!this.#isGone && chunk.length > 0) this.hear.data?.(chunk);
  }

  write(block: Uint8Array, taken: () => void): void {
    this.written.push(block);
    this.#untaken.push(taken);
  }

  /** The system takes what was written. */
  take(): void {
    for (const taken of this.#untaken.splice(0)) taken();
  }

  end(): void {}

  destroy(): void {
    this.#isGone = true;
  }
}
