// A user of a simulation: the real client above the real machines of its transport.
import { Client, type ClientEvent } from '../src/core/client.ts';
import type { JoinProof } from '../src/core/gate.ts';
import { sweepIntervalMs } from '../src/core/keep-alive.ts';
import { DEFAULT_QUEUE_LIMIT_BYTES, DEFAULT_TIMING } from '../src/core/transport.ts';
import type { SharedSecret } from '../src/shared-secret.ts';
import { TickFlusher } from '../src/tcp/outbox.ts';
import { NONCE_BYTES, parseDatagram } from '../src/udp/datagram.ts';
import { Handshake } from '../src/udp/handshake.ts';
import type { UdpChannel } from '../src/udp/udp-channel.ts';
import { clientChannel, hearAnswer, receiveAsClient } from '../src/udp/udp-client.ts';
import type { Host } from './host.ts';
import { type SimulatedSocket, simulatedChannel } from './streams.ts';
import type { World } from './world.ts';

export interface UserSurroundings {
  readonly world: World;
  readonly host: Host;
  /** The one that he knows, whether it is the server's or not. */
  readonly secret: SharedSecret | undefined;
  /** That nobody has had before. */
  readonly freshPort: () => number;
  /** A socket that is connected, or will be reset. */
  readonly connect: (clientPort: number) => SimulatedSocket;
  readonly sendDatagram: (bytes: Uint8Array, from: SimulatedUser) => void;
  readonly heard: (user: SimulatedUser, event: ClientEvent) => void;
  /** An attempt to join has ended, one way or the other. */
  readonly settled: () => void;
}

export class SimulatedUser {
  readonly transport: 'tcp' | 'udp';
  readonly number: number;
  /** Of the connection that it has, or had last. */
  port = 0;
  state: 'out' | 'joining' | 'in' = 'out';
  readonly #surroundings: UserSurroundings;
  #client: Client | undefined;
  #socket: SimulatedSocket | undefined;
  #handshake: Handshake | undefined;
  #channel: UdpChannel | undefined;
  #stop: (() => void)[] = [];
  #stopWaiting: () => void = () => {};

  constructor(number: number, transport: 'tcp' | 'udp', surroundings: UserSurroundings) {
    this.number = number;
    this.transport = transport;
    this.#surroundings = surroundings;
  }

  get secret(): SharedSecret | undefined {
    return this.#surroundings.secret;
  }

  get host(): Host {
    return this.#surroundings.host;
  }

  get name(): string | undefined {
    return this.#client?.name;
  }

  join(name: string | undefined, proof?: JoinProof): void {
    this.state = 'joining';
    this.port = this.#surroundings.freshPort();
    const client = new Client({
      name,
      wantsPresence: true,
      proof,
      onEvent: (event) => {
        if (client !== this.#client) return;
        if (event.kind === 'challenge') this.#answer(name, event.challenge);
        else this.#hear(event);
      },
    });
    this.#client = client;
    if (this.transport === 'tcp') this.#joinOverTcp(client);
    else this.#joinOverUdp(client);
  }

  /** Answers the number of the message, where it was taken. */
  send(to: string, body: string): number | undefined {
    const { sequence, outcome } = this.#client!.send({ to, body, wantsReceipt: true });
    return outcome === 'sent' || outcome === 'queued' ? sequence : undefined;
  }

  who(): void {
    this.#client?.who();
  }

  leave(): void {
    this.#client?.close();
    this.#end();
  }

  /** The process ends: its kernel resets a stream, and nobody says anything over UDP. */
  kill(): void {
    this.#socket?.destroy();
    this.#end();
  }

  /** The machine loses its power: not even a reset. */
  losePower(): void {
    if (this.#socket !== undefined) this.#socket.isDead = true;
    this.#end();
  }

  pauseReading(forMs: number): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    socket.isReading = false;
    this.#surroundings.world.after(forMs, () => socket.resume());
  }

  /** @returns whether there was room for it */
  receiveDatagram(bytes: Uint8Array, port: number): boolean {
    if (port !== this.port) return true;
    return this.#surroundings.host.receive(bytes.length, () => this.#read(bytes, port));
  }

  #read(bytes: Uint8Array, port: number): void {
    if (port !== this.port || this.state === 'out') return;
    const { nowNs } = this.#surroundings.host;
    if (this.#channel !== undefined) return receiveAsClient(this.#channel, parseDatagram(bytes), nowNs);
    this.#handshake?.receive(parseDatagram(bytes), nowNs);
    this.#shakeHands();
  }

  #joinOverTcp(client: Client): void {
    const { world, host, connect } = this.#surroundings;
    const socket = connect(this.port);
    this.#socket = socket;
    const channel = simulatedChannel(host, socket, new TickFlusher(world.atEndOfTick));
    this.#sweep(() => channel.sweep(host.nowNs));
    channel.send(client.opening());
    channel.start(client.attach(channel));
    // A stream that is there proves nothing of whoever should answer; over UDP the handshake knows its own limit.
    this.#stop.push(
      host.after(DEFAULT_TIMING.connectLimitMs, () => {
        if (this.state === 'joining') this.kill();
      }),
    );
  }

  #joinOverUdp(client: Client): void {
    const { world, host } = this.#surroundings;
    this.#handshake = new Handshake(
      world.bytes(NONCE_BYTES),
      client.opening(),
      host.nowNs,
      DEFAULT_TIMING.connectLimitMs,
    );
    this.#shakeHands();
  }

  #shakeHands(): void {
    const { host, sendDatagram } = this.#surroundings;
    const handshake = this.#handshake;
    const client = this.#client;
    if (handshake === undefined || client === undefined || this.#channel !== undefined) return;
    handshake.expire(host.nowNs);
    const { outcome } = handshake;
    if (outcome.kind === 'expired') return this.#end();
    if (outcome.kind === 'pending') {
      const due = handshake.poll(host.nowNs);
      if (due !== undefined) sendDatagram(due, this);
      this.#stopWaiting();
      this.#stopWaiting = host.after((handshake.deadline() - host.nowNs) / 1e6, () => this.#shakeHands());
      return;
    }
    const channel = clientChannel({
      joined: outcome,
      joinedAtNs: host.nowNs,
      remote: 'server',
      localPort: this.port,
      queueLimitBytes: DEFAULT_QUEUE_LIMIT_BYTES,
      send: (datagram) => {
        sendDatagram(datagram, this);
        return 'sent';
      },
      whenDrained: () => {},
      release: () => {},
    });
    this.#channel = channel;
    this.#sweep(() => channel.sweep(host.nowNs, DEFAULT_TIMING));
    channel.start(client.attach(channel));
    hearAnswer(channel, outcome, host.nowNs);
  }

  #sweep(act: () => void): void {
    this.#stop.push(this.#surroundings.host.every(sweepIntervalMs(DEFAULT_TIMING), act));
  }

  #hear(event: ClientEvent): void {
    if (event.kind === 'welcome' && this.state === 'joining') {
      this.state = 'in';
      this.#surroundings.settled();
    }
    this.#surroundings.heard(this, event);
    const isRefused = event.kind === 'refused' && this.state === 'joining';
    if (event.kind === 'closed' || isRefused) this.#end();
  }

  /** The server asks for proof of its secret: who has one joins again with it. */
  #answer(name: string | undefined, challenge: Uint8Array): void {
    const { secret, world } = this.#surroundings;
    if (secret === undefined) return this.#end();
    const proof = secret.answer(challenge, { name: name ?? '', wantsPresence: true }, world.bytes);
    const former = this.#client;
    this.#forget();
    former?.close();
    this.join(name, proof);
  }

  #end(): void {
    const wasJoining = this.state === 'joining';
    this.state = 'out';
    this.#forget();
    if (wasJoining) this.#surroundings.settled();
  }

  #forget(): void {
    this.#client = undefined;
    this.#socket = undefined;
    this.#handshake = undefined;
    this.#channel = undefined;
    this.#stopWaiting();
    for (const stop of this.#stop.splice(0)) stop();
  }
}
