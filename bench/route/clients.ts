// The candidates' clients: all pairs in one process, apart from the server.
import { createSocket } from 'node:dgram';
import { connect as connectTcp, type Socket } from 'node:net';
import { type Client, connect } from '../../src/index.ts';
import { BODY, PAIRS, WINDOW, Window, type Wire } from './load.ts';

/** Connects all pairs and answers their windows, not yet filled. */
export type StartClients = (wire: Wire, port: number) => Promise<Window[]>;

export const clients: Record<string, StartClients> = {
  lab: (wire, port) => everyPair(() => labPair(wire, port)),
  bare: (wire, port) => everyPair((pair) => (wire === 'tcp' ? netPair(port) : dgramPair(port, pair))),
};

async function everyPair(open: (pair: number) => Promise<Window>): Promise<Window[]> {
  const windows: Window[] = [];
  for (let pair = 0; pair < PAIRS; pair++) windows.push(await open(pair));
  return windows;
}

async function labPair(wire: Wire, port: number): Promise<Window> {
  const receiver = await connect({
    transport: wire,
    port,
    onEvent: (event) => {
      if (event.kind === 'message' && event.letter.bodyBytes.length === BODY.length) window.arrived();
    },
  });
  const sender: Client = await connect({ transport: wire, port });
  const message = { to: receiver.name!, body: BODY };
  const window = new Window(WINDOW[wire], () => sender.send(message));
  return window;
}

async function netPair(port: number): Promise<Window> {
  const sender = await open(port);
  const receiver = await open(port);
  let pendingBytes = 0;
  receiver.on('data', (chunk) => {
    pendingBytes += chunk.length;
    const messages = Math.floor(pendingBytes / BODY.length);
    pendingBytes -= messages * BODY.length;
    window.arrived(messages);
  });
  let unsent = 0;
  const window = new Window(WINDOW.tcp, () => {
    if (unsent++ === 0) {
      setImmediate(() => {
        sender.write(Buffer.alloc(unsent * BODY.length, BODY));
        unsent = 0;
      });
    }
  });
  return window;
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connectTcp({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
  });
}

async function dgramPair(port: number, pair: number): Promise<Window> {
  const datagram = Uint8Array.from(BODY);
  datagram[0] = pair;
  const [sender, receiver] = await Promise.all([associated(port), associated(port)]);
  receiver.send(Uint8Array.of(pair));
  const window = new Window(WINDOW.udp, () => sender.send(datagram));
  receiver.on('message', () => window.arrived());
  return window;
}

function associated(port: number): Promise<ReturnType<typeof createSocket>> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.connect(port, '127.0.0.1', () => resolve(socket));
  });
}
