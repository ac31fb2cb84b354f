// A client of a TCP server that speaks in bytes, and keeps all that it hears.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { parseServerFrame, type ServerFrame } from '../../src/core/server-frame.ts';
import { FrameDecoder } from '../../src/tcp/framing.ts';

const LONGEST_FRAME_BYTES = 100_000;

export class RawTcp {
  readonly socket: Socket;
  readonly frames: ServerFrame[] = [];
  hasEnded = false;
  isClosed = false;

  constructor(socket: Socket) {
    this.socket = socket;
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {});
    socket.on('end', () => {
      this.hasEnded = true;
    });
    socket.on('close', () => {
      this.isClosed = true;
    });
  }

  /** From now on it reads. */
  read(): this {
    const decoder = new FrameDecoder(LONGEST_FRAME_BYTES);
    this.socket.on('data', (bytes: Buffer) =>
      decoder.feed(bytes, (frame) => {
        if (frame.length > 0) this.frames.push(parseServerFrame(frame));
      }),
    );
    this.socket.resume();
    return this;
  }

  say(...frames: Uint8Array[]): this {
    for (const frame of frames) this.socket.write(framed(frame));
    return this;
  }

  /** Sends a byte, and the next after a little while, until all are sent or the connection is gone. */
  sayByteByByte(bytes: Uint8Array, pauseMs: number): void {
    let sent = 0;
    const timer = setInterval(() => {
      if (sent === bytes.length || !this.socket.writable) clearInterval(timer);
      else this.socket.write(bytes.subarray(sent, ++sent));
    }, pauseMs);
    this.socket.once('close', () => clearInterval(timer));
  }
}

/** Connected, and not reading. */
export async function rawTcp(port: number): Promise<RawTcp> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
  await once(socket, 'connect');
  return new RawTcp(socket.pause());
}

export function framed(frame: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(4 + frame.length, frame);
  bytes.writeUInt32BE(frame.length);
  bytes.set(frame, 4);
  return bytes;
}
