// A light user over UDP: a socket "connected" to the server, and the client's own handshake, which is let go once it is over.
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { DEFAULT_TIMING } from '../../src/core/transport.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { NONCE_BYTES, parseDatagram, type SessionPrefix, sessionPrefix } from '../../src/udp/datagram.ts';
import { Handshake } from '../../src/udp/handshake.ts';
import { join } from '../../src/udp/outlet.ts';
import { openSocket } from '../../src/udp/udp-socket.ts';
import { type Address, LightUser, type UserEvents } from './light-user.ts';

export class UdpUser extends LightUser {
  readonly transport = 'udp';
  readonly #socket: Socket;
  #localPort = 0;
  #handshake: Handshake | undefined;
  #prefix: SessionPrefix | undefined;

  constructor({ host, port, from }: Address, events: UserEvents, wantsPresence = false) {
    super(events, wantsPresence);
    this.#socket = openSocket({ address: host, family: 4 }, undefined);
    this.#socket.on('message', (bytes) => this.#receive(bytes));
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => this.end());
    if (from !== undefined) this.#socket.bind({ address: from });
    this.#socket.connect(port, host, () => {
      this.#localPort = this.#socket.address().port;
      const nonce = randomBytes(NONCE_BYTES);
      this.#handshake = new Handshake(nonce, this.opening(), monotonicNs(), DEFAULT_TIMING.connectLimitMs);
      this.step(monotonicNs());
    });
  }

  /** 0 until the socket is bound. */
  get localPort(): number {
    return this.#localPort;
  }

  /** To be called now and then while he is joining. */
  step(nowNs: number): void {
    this.#handshake?.expire(nowNs);
    if (this.#handshake?.outcome.kind === 'expired') return this.vanish();
    const due = this.#handshake?.poll(nowNs);
    if (due !== undefined) this.#socket.send(due);
  }

  leave(): void {
    if (this.#prefix !== undefined) this.#socket.send(this.#prefix.close);
    this.vanish();
  }

  vanish(): void {
    if (this.state !== 'gone') this.#socket.close();
    this.end();
  }

  /** Node has no way to stop reading datagrams; the handle under its socket has. */
  stopReading(): void {
    const key = Object.getOwnPropertySymbols(this.#socket).find(({ description }) => description === 'state symbol');
    const inside = key && (this.#socket as unknown as Record<symbol, { handle?: { recvStop?(): void } }>)[key];
    if (inside?.handle?.recvStop === undefined) {
      throw new Error(`Node ${process.version} keeps the handle of a datagram socket elsewhere: change stopReading().`);
    }
    inside.handle.recvStop();
  }

  protected transmit(head: Uint8Array, tail: Uint8Array): void {
    if (this.#prefix !== undefined) this.#socket.send(join(this.#prefix.data, head, tail));
  }

  #receive(bytes: Uint8Array): void {
    const atNs = monotonicNs();
    const datagram = parseDatagram(bytes);
    if (this.#handshake !== undefined) return this.#receiveJoining(datagram, atNs);
    if (datagram.kind === 'data') this.hear(datagram.frame, atNs);
    else if (datagram.kind === 'close') {
      this.hear(datagram.frame, atNs);
      this.vanish();
    } else if (datagram.kind === 'unknown') this.vanish();
  }

  #receiveJoining(datagram: ReturnType<typeof parseDatagram>, atNs: number): void {
    this.#handshake?.receive(datagram, atNs);
    const outcome = this.#handshake?.outcome;
    if (outcome === undefined || outcome.kind === 'pending' || outcome.kind === 'expired') return this.step(atNs);
    this.#handshake = undefined;
    if (outcome.kind === 'open') this.#prefix = sessionPrefix(outcome.session);
    this.hear(outcome.frame, atNs);
    if (outcome.kind === 'denied') this.vanish();
  }
}
