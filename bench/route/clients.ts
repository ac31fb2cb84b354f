// The clients of every candidate: all pairs in one process, apart from the server. Both candidates get the same client
// code and the same bytes on the wire, so that what differs is the server alone.
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect as openTcp, type Socket } from 'node:net';
import { Arena } from '../../src/core/arena.ts';
import { encodeLetter } from '../../src/core/letter.ts';
import { deliverEnvelope } from '../../src/core/server-frame.ts';
import { type Channel, DEFAULT_QUEUE_LIMIT_BYTES, DEFAULT_TIMING } from '../../src/core/transport.ts';
import { Client, type ClientEvent, connect } from '../../src/index.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { TickFlusher } from '../../src/tcp/outbox.ts';
import { TcpChannel } from '../../src/tcp/tcp-channel.ts';
import { parseDatagram, sessionPrefix } from '../../src/udp/datagram.ts';
import { join, Outlet } from '../../src/udp/outlet.ts';
import { UdpChannel } from '../../src/udp/udp-channel.ts';
import { BODY, PAIRS, WINDOW, Window, type Wire } from './load.ts';

/** Connects all pairs and answers their windows, not yet filled. */
export type StartClients = (wire: Wire, port: number) => Promise<Window[]>;

export const clients: Record<string, StartClients> = { lab: startLabClients, bare: startBareClients };

async function startLabClients(wire: Wire, port: number): Promise<Window[]> {
  const windows: Window[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const receiver = await connect({ transport: wire, port, onEvent: (event) => count(event, windows[pair]) });
    const sender = await connect({ transport: wire, port });
    const message = { to: receiver.name!, body: BODY };
    windows.push(new Window(WINDOW[wire], () => sender.send(message)));
  }
  return windows;
}

/** A bare forwarder rewrites nothing, so the sender writes what the receiver is to read. */
async function startBareClients(wire: Wire, port: number): Promise<Window[]> {
  const openRaw = wire === 'tcp' ? openRawTcp : openRawUdp;
  const windows: Window[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const sender = await openRaw(port, pair, new Client({ onEvent: () => {} }));
    await openRaw(port, pair, new Client({ onEvent: (event) => count(event, windows[pair]) }));
    const arena = new Arena();
    const envelope = deliverEnvelope(`Usuario${pair}`, false);
    const letter = { sequence: 0, wantsReceipt: false, subject: '', body: BODY };
    windows.push(
      new Window(WINDOW[wire], () => {
        letter.sequence++;
        sender.send(envelope, encodeLetter(letter, arena));
      }),
    );
  }
  return windows;
}

function count(event: ClientEvent, window: Window | undefined): void {
  if (event.kind === 'message' && event.letter.bodyBytes.length === BODY.length) window?.arrived();
}

const flusher = new TickFlusher();

/** The forwarder pairs connections in the order in which they come. */
async function openRawTcp(port: number, _pair: number, client: Client): Promise<Channel> {
  const socket = await new Promise<Socket>((resolve) => {
    const opened = openTcp({ port, host: '127.0.0.1', noDelay: true }, () => resolve(opened));
  });
  const channel = new TcpChannel({
    socket,
    clock: monotonicNs,
    timing: DEFAULT_TIMING,
    queueLimitBytes: DEFAULT_QUEUE_LIMIT_BYTES,
    flusher,
    batching: true,
  });
  channel.start(client.attach(channel));
  return channel;
}

/** The forwarder knows a pair by the last byte of its session id. */
async function openRawUdp(port: number, pair: number, client: Client): Promise<Channel> {
  const socket = await new Promise<UdpSocket>((resolve) => {
    const opened = createSocket('udp4');
    opened.connect(port, '127.0.0.1', () => resolve(opened));
  });
  const session = { high: 0, low: pair };
  const prefix = sessionPrefix(session);
  const outlet = new Outlet(socket, DEFAULT_QUEUE_LIMIT_BYTES, () => {});
  const channel = new UdpChannel({
    session,
    remote: '',
    nowNs: monotonicNs(),
    queueLimitBytes: DEFAULT_QUEUE_LIMIT_BYTES,
    transmit: (kind, head, tail) => outlet.send(join(prefix[kind], head, tail)),
    release: () => socket.close(),
  });
  channel.start(client.attach(channel));
  socket.on('message', (bytes) => {
    const datagram = parseDatagram(bytes);
    if (datagram.kind === 'data') channel.receive(datagram.frame, monotonicNs());
  });
  channel.send(new Uint8Array(0));
  return channel;
}
