// A socket's way out: bounded, and honest about what the operating system would not take.
import type { Socket } from 'node:dgram';
import { Arena } from '../core/arena.ts';
import { copyPiece } from '../core/bytes.ts';

/** How many datagrams go out between two looks at the socket's queue: each look is a call into libuv. */
const QUEUE_CHECK_INTERVAL = 32;

/** How often a closing socket is asked whether all has left it. */
const CLOSE_CHECK_MS = 5;

export class Outlet {
  readonly #socket: Socket;
  readonly #queueLimitBytes: number;
  readonly #done: (error: Error | null) => void;
  readonly #waiting = new Set<() => void>();
  #sentSinceLook = 0;
  #isFull = false;

  /** @param onError told of each datagram that the operating system refused */
  constructor(socket: Socket, queueLimitBytes: number, onError: (error: Error) => void) {
    this.#socket = socket;
    this.#queueLimitBytes = queueLimitBytes;
    this.#done = (error) => {
      if (error !== null) onError(error);
      if (this.#waiting.size > 0) this.#look();
    };
  }

  /** Sends to where the socket is connected, or to the address given. */
  send(datagram: Uint8Array, port?: number, address?: string): 'sent' | 'full' {
    if (this.#isFull || ++this.#sentSinceLook >= QUEUE_CHECK_INTERVAL) this.#look();
    if (this.#isFull) return 'full';
    if (port === undefined) this.#socket.send(datagram, this.#done);
    else this.#socket.send(datagram, port, address, this.#done);
    return 'sent';
  }

  /** Calls `tell` once, when nothing waits in the socket any more. */
  whenDrained(tell: () => void): void {
    this.#waiting.add(tell);
  }

  /** Closes the socket when what was sent has left it, or after `limitMs`. Nothing is received any more. */
  close(limitMs: number): Promise<void> {
    this.#waiting.clear();
    this.#socket.removeAllListeners('message');
    return new Promise((resolve) => this.#closeWhenSent(limitMs, resolve));
  }

  #closeWhenSent(limitMs: number, done: () => void): void {
    if (limitMs <= 0 || this.#socket.getSendQueueCount() === 0) this.#socket.close(done);
    else setTimeout(() => this.#closeWhenSent(limitMs - CLOSE_CHECK_MS, done), CLOSE_CHECK_MS);
  }

  #look(): void {
    this.#sentSinceLook = 0;
    const waitingBytes = this.#socket.getSendQueueSize();
    this.#isFull = waitingBytes > this.#queueLimitBytes;
    if (waitingBytes > 0 || this.#waiting.size === 0) return;
    const told = [...this.#waiting];
    this.#waiting.clear();
    for (const tell of told) tell();
  }
}

const arena = new Arena();

/** One datagram of three pieces. The bytes are never used again: they may still wait in the socket. */
export function join(prefix: Uint8Array, head: Uint8Array, tail: Uint8Array): Uint8Array {
  const datagram = arena.take(prefix.length + head.length + tail.length);
  const afterPrefix = copyPiece(prefix, datagram, 0);
  copyPiece(tail, datagram, copyPiece(head, datagram, afterPrefix));
  return datagram;
}
