// What a transport is to everybody above it. A transport carries frames between one server and its clients, says what it
// promises as data, and knows nothing of what a frame means. An empty frame is the transports' own keep-alive and is
// never handed up.

/** What holds over any network, however bad. What is not promised here must be seen to fail on a bad enough one. */
export interface Promises {
  /** The end of a peer is noticed by the network itself, not only by its silence. */
  readonly connection: boolean;
  /** Every frame taken arrives exactly once, or the channel ends and says so. */
  readonly reliable: boolean;
  /** Frames that arrive do so in the order in which they were taken. */
  readonly ordered: boolean;
  readonly maxFrameBytes: number;
}

/**
 * - `sent`: taken, and handed to the operating system at once or at the end of this tick
 * - `queued`: taken, behind others that the operating system would not take yet
 * - `full`: not taken, the bounded queue has no room; wait for `drained`
 * - `closed`: not taken, the channel has ended
 */
export type SendOutcome = 'sent' | 'queued' | 'full' | 'closed';

/** Why a channel ended. */
export type CloseCause =
  | { readonly kind: 'local' }
  | { readonly kind: 'left' }
  | { readonly kind: 'lost'; readonly why: string }
  | { readonly kind: 'silent'; readonly limitMs: number }
  | { readonly kind: 'slow'; readonly limitBytes: number }
  | { readonly kind: 'join-deadline'; readonly limitMs: number }
  | { readonly kind: 'violation'; readonly why: string };

/** How far the stream of bytes has come that carries a channel, seen from this end: for whoever watches it on its path. */
export interface StreamProgress {
  /** Of the frames taken so far. */
  readonly sentBytes: number;
  /** To the end of the frame that is being handed up, or was last. */
  readonly receivedBytes: number;
  /** Of that frame with everything that goes before it on the wire. */
  readonly frameBytes: number;
}

/** One end of a channel between a client and the server. */
export interface Channel {
  /** The name of the transport that carries it. */
  readonly transport: string;
  readonly promises: Promises;
  /** The other end's address, for people. */
  readonly remote: string;
  /** How much may wait for the other end before `send` answers `full`. */
  readonly queueLimitBytes: number;
  /** This end's port, where it has one of its own. */
  readonly localPort?: number;
  /** Absent over a transport that is no stream. */
  readonly stream?: StreamProgress;
  /**
   * Sends one frame, given in one piece or two (a forwarded letter keeps its bytes and gets a new head). The channel may
   * keep both pieces: the caller must not change them afterwards.
   * @throws CallerError where the frame is longer than the transport promises to carry
   */
  send(head: Uint8Array, tail?: Uint8Array): SendOutcome;
  /** Ends the channel gracefully: what was taken is still delivered as far as the transport promises it, then `last`. */
  close(last?: Uint8Array): void;
  /** Ends the channel at once; what waits is dropped. */
  abort(): void;
}

/** What a channel tells its owner. Nothing comes after `closed`, which comes once. */
export interface ChannelEvents {
  /** @param arrivedAtNs the clock's reading in the socket's own callback */
  frame(bytes: Uint8Array, arrivedAtNs: number): void;
  /** The queue that answered `queued` or `full` is empty again. */
  drained(): void;
  closed(cause: CloseCause): void;
}

/** So many bytes that nobody can guess. */
export type Chance = (sizeBytes: number) => Uint8Array;

/** Nanoseconds on a monotonic clock. */
export type Clock = () => number;

export interface Timing {
  /** An end that sent nothing for this long sends an empty frame. */
  readonly keepAliveMs: number;
  /** An end that heard no whole frame for this long gives the other up as `silent`. */
  readonly idleLimitMs: number;
  /** A client whose first frame is not whole after this long is turned away. */
  readonly joinDeadlineMs: number;
  /** How long a client tries to reach the server. */
  readonly connectLimitMs: number;
  /** How long `close` may wait for the other end to take what is queued. */
  readonly lingerMs: number;
}

export const DEFAULT_TIMING: Timing = {
  keepAliveMs: 5_000,
  idleLimitMs: 20_000,
  joinDeadlineMs: 5_000,
  connectLimitMs: 10_000,
  lingerMs: 2_000,
};

/** How much may wait for a reader before `send` answers `full`. */
export const DEFAULT_QUEUE_LIMIT_BYTES = 1024 * 1024;

interface SharedOptions {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly timing?: Partial<Timing> | undefined;
  readonly queueLimitBytes?: number | undefined;
  /** Nagle's algorithm off (the default) or on; without meaning to a transport that has none. */
  readonly noDelay?: boolean | undefined;
  /** What is sent in one tick leaves in one write (the default), or each frame by itself; without meaning to datagrams. */
  readonly batching?: boolean | undefined;
  /** The socket's own buffer on the way in, where a transport can ask for one; the system may give another. */
  readonly receiveBufferBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with every new channel, before its first frame; answers who listens to it. */
  readonly accept: (channel: Channel) => ChannelEvents;
}

export interface ListenOptions extends SharedOptions {
  /** The last frame for a client that the transport itself turns away. */
  readonly farewell: (cause: CloseCause) => Uint8Array;
  /** The longest first frame that is taken; the transport's own limit unless given. */
  readonly maxOpeningBytes?: number | undefined;
  /** Told of bytes that belong to no channel and were dropped. */
  readonly onStray?: ((remote: string, why: string) => void) | undefined;
}

export interface ConnectOptions extends SharedOptions {
  /** The first frame. The transport sees to it that it arrives, and that the first frame sent in answer comes back. */
  readonly opening: Uint8Array;
}

/** How much a listener keeps: for whoever watches that it does not grow. */
export interface Held {
  readonly channels: number;
  /** What is kept of clients beside their channels, or of those that have gone. */
  readonly remembered: number;
}

export interface Listener {
  readonly host: string;
  readonly port: number;
  held(): Held;
  /** Stops accepting and ends what is left of each channel at once; resolves when nothing is held any more. */
  close(): Promise<void>;
}

export interface Transport {
  readonly name: string;
  readonly promises: Promises;
  /** What it puts before each frame on the wire; the kernel's headers come before that. */
  readonly framingBytes: number;
  /** @throws MachineError where the address can't be listened on */
  listen(options: ListenOptions): Promise<Listener>;
  /** @throws MachineError where nobody answers there */
  connect(options: ConnectOptions): Promise<Channel>;
}
