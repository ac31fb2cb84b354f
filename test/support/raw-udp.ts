// A client of a UDP server that speaks in datagrams, and keeps all that it hears.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import {
  type Datagram,
  encodeHello,
  encodeOpen,
  parseDatagram,
  sessionPrefix,
} from '../../src/udp/datagram.ts';
import type { SessionId } from '../../src/udp/session-id.ts';
import { until } from './until.ts';

type Kind = Datagram['kind'];
type DatagramOf<K extends Kind> = Extract<Datagram, { kind: K }>;

export class RawUdp {
  readonly #socket: Socket;
  readonly datagrams: Datagram[] = [];
  sentBytes = 0;
  heardBytes = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    onTestFinished(() => void socket.close());
    socket.on('message', (bytes) => {
      this.heardBytes += bytes.length;
      this.datagrams.push(parseDatagram(bytes));
    });
    socket.on('error', () => {});
  }

  get port(): number {
    return this.#socket.address().port;
  }

  say(...datagrams: Uint8Array[]): this {
    for (const bytes of datagrams) {
      this.sentBytes += bytes.length;
      this.#socket.send(bytes);
    }
    return this;
  }

  sayInSession(session: SessionId, frame: Uint8Array, kind: 'data' | 'close' = 'data'): this {
    return this.say(Buffer.concat([sessionPrefix(session)[kind], frame]));
  }

  all<K extends Kind>(kind: K): DatagramOf<K>[] {
    return this.datagrams.filter((datagram): datagram is DatagramOf<K> => datagram.kind === kind);
  }

  /** The first datagram of its kind after those that were there. */
  async hears<K extends Kind>(kind: K): Promise<DatagramOf<K>> {
    const before = this.all(kind).length;
    await until(() => this.all(kind).length > before, `a datagram came: ${kind}`);
    return this.all(kind)[before]!;
  }

  /** Joins; answers the session, and the OPEN that made it. */
  async join(opening: Uint8Array, nonce: Uint8Array): Promise<{ session: SessionId; open: Uint8Array }> {
    const open = encodeOpen(nonce, (await this.askForCookie(nonce)), opening);
    this.say(open);
    return { session: (await this.hears('opened')).session, open };
  }

  async askForCookie(nonce: Uint8Array): Promise<Uint8Array> {
    this.say(encodeHello(nonce));
    return (await this.hears('cookie')).cookie;
  }
}

/** @param host its own address: the whole of 127.0.0.0/8 is here on Linux, and on other systems 127.0.0.1 alone */
export async function rawUdp(port: number): Promise<RawUdp> {
  const socket = createSocket('udp4');
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return new RawUdp(socket);
}
