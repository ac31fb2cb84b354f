// A light user over TCP. All users of a process read into one buffer: a frame is dealt with before the next read.
import { connect, type Socket } from 'node:net';
import { copyPiece, writeU32 } from '../../src/core/bytes.ts';
import { MAX_FRAME_BYTES } from '../../src/core/limits.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { FrameDecoder, LENGTH_BYTES } from '../../src/tcp/framing.ts';
import { type Address, LightUser, type UserEvents } from './light-user.ts';

const readBuffer = Buffer.alloc(64 * 1024);

export class TcpUser extends LightUser {
  readonly transport = 'tcp';
  readonly #socket: Socket;
  readonly #decoder = new FrameDecoder(MAX_FRAME_BYTES);

  constructor({ host, port, from }: Address, events: UserEvents, wantsPresence = false) {
    super(events, wantsPresence);
    this.#socket = connect({
      host,
      port,
      ...(from !== undefined && { localAddress: from }),
      noDelay: true,
      onread: { buffer: readBuffer, callback: (count) => this.#read(count) },
    });
    this.#socket.on('connect', () => this.transmit(this.opening(), new Uint8Array(0)));
    this.#socket.on('error', () => {});
    this.#socket.on('end', () => this.#socket.destroy());
    this.#socket.on('close', () => this.end());
  }

  get localPort(): number {
    return this.#socket.localPort ?? 0;
  }

  leave(): void {
    this.#socket.end();
  }

  vanish(): void {
    this.#socket.resetAndDestroy();
  }

  stopReading(): void {
    this.#socket.pause();
  }

  protected transmit(head: Uint8Array, tail: Uint8Array): void {
    const block = Buffer.allocUnsafe(LENGTH_BYTES + head.length + tail.length);
    writeU32(block, 0, head.length + tail.length);
    copyPiece(tail, block, copyPiece(head, block, LENGTH_BYTES));
    this.#socket.write(block);
  }

  #read(count: number): boolean {
    const atNs = monotonicNs();
    const why = this.#decoder.feed(readBuffer.subarray(0, count), (frame) => this.hear(frame, atNs));
    if (why !== undefined) throw new Error(`the server sent what is no sequence of frames: ${why}`);
    return true;
  }
}
