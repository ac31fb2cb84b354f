// A socket's way out: bounded, and honest about what the operating system would not take.
import type { Socket } from 'node:dgram';
import { Arena } from '../core/arena.ts';

/** How many datagrams go out between two looks at the socket's queue: each look is a call into libuv. */
const QUEUE_CHECK_INTERVAL = 32;

/** Pieces up to this size are copied by a loop, which is done before a call of `set` has begun. */
const LOOP_BELOW_BYTES = 48;

export class Outlet {
  readonly #socket: Socket;
  readonly #queueLimitBytes: number;
  readonly #onError: (error: Error | null) => void;
  #sentSinceLook = 0;
  #isFull = false;

  /** @param onError told of each datagram that the operating system refused */
  constructor(socket: Socket, queueLimitBytes: number, onError: (error: Error) => void) {
    this.#socket = socket;
    this.#queueLimitBytes = queueLimitBytes;
    this.#onError = (error) => {
      if (error !== null) onError(error);
    };
  }

  /** Sends to where the socket is connected, or to the address given. */
  send(datagram: Uint8Array, port?: number, address?: string): 'sent' | 'full' {
    if (this.#isFull || ++this.#sentSinceLook >= QUEUE_CHECK_INTERVAL) this.#look();
    if (this.#isFull) return 'full';
    if (port === undefined) this.#socket.send(datagram, this.#onError);
    else this.#socket.send(datagram, port, address, this.#onError);
    return 'sent';
  }

  #look(): void {
    this.#sentSinceLook = 0;
    this.#isFull = this.#socket.getSendQueueSize() > this.#queueLimitBytes;
  }
}

const arena = new Arena();

/** One datagram of three pieces. The bytes are never used again: they may still wait in the socket. */
export function join(prefix: Uint8Array, head: Uint8Array, tail: Uint8Array): Uint8Array {
  const datagram = arena.take(prefix.length + head.length + tail.length);
  copy(prefix, datagram, 0);
  copy(head, datagram, prefix.length);
  copy(tail, datagram, prefix.length + head.length);
  return datagram;
}

function copy(piece: Uint8Array, target: Uint8Array, offset: number): void {
  if (piece.length > LOOP_BELOW_BYTES) target.set(piece, offset);
  else for (let i = 0; i < piece.length; i++) target[offset + i] = piece[i]!;
}
