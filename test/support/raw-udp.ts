// A client of a UDP server that speaks in datagrams, and keeps all that it hears.
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { encodeJoin } from '../../src/core/client-frame.ts';
import { parseServerFrame, type ServerFrame } from '../../src/core/server-frame.ts';
import { type Datagram, encodeHello, encodeOpen, parseDatagram, sessionPrefix } from '../../src/udp/datagram.ts';
import type { SessionId } from '../../src/udp/session-id.ts';
import { until } from './until.ts';

type Kind = Datagram['kind'];
type DatagramOf<K extends Kind> = Extract<Datagram, { kind: K }>;

export class RawUdp {
  readonly socket: Socket;
  readonly heard: Datagram[] = [];
  sentBytes = 0;
  heardBytes = 0;

  constructor(socket: Socket) {
    this.socket = socket;
    onTestFinished(() => void socket.close());
    socket.on('error', () => {});
    socket.on('message', (bytes) => {
      this.heardBytes += bytes.length;
      this.heard.push(parseDatagram(bytes));
    });
  }

  say(datagram: Uint8Array): this {
    this.sentBytes += datagram.length;
    this.socket.send(datagram);
    return this;
  }

  sayInSession(session: SessionId, frame: Uint8Array): this {
    return this.say(Buffer.concat([sessionPrefix(session).data, frame]));
  }

  async hears<K extends Kind>(kind: K): Promise<DatagramOf<K>> {
    const all = () => this.heard.filter((datagram): datagram is DatagramOf<K> => datagram.kind === kind);
    await until(() => all().length > 0, `a ${kind} datagram came`);
    return all().at(-1)!;
  }

  /** Waits until the server has dealt with all that was said: an honest greeting behind it has its answer. */
  async isDealtWith(): Promise<void> {
    const cookies = () => this.heard.filter(({ kind }) => kind === 'cookie').length;
    const before = cookies();
    this.say(encodeHello(randomBytes(8)));
    await until(() => cookies() > before, 'the greeting was answered');
  }

  /** The frames of its session, the answer to joining among them. */
  get frames(): ServerFrame[] {
    return this.heard.flatMap((datagram) =>
      'frame' in datagram && datagram.frame.length > 0 ? [parseServerFrame(datagram.frame)] : [],
    );
  }

  /** Greets the server; answers the OPEN that would join. */
  async greet(opening: Uint8Array = encodeJoin('', false)): Promise<Uint8Array> {
    const nonce = randomBytes(8);
    this.say(encodeHello(nonce));
    return encodeOpen(nonce, (await this.hears('cookie')).cookie, opening);
  }

  async join(opening?: Uint8Array): Promise<SessionId> {
    this.say(await this.greet(opening));
    return (await this.hears('opened')).session;
  }
}

export async function rawUdp(port: number): Promise<RawUdp> {
  const socket = createSocket('udp4');
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return new RawUdp(socket);
}
