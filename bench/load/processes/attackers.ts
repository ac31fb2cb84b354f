// Attackers in a process of their own: bounded in number and time, against a server on the loopback.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { encodeJoin } from '../../../src/core/client-frame.ts';
import { monotonicNs } from '../../../src/monotonic.ts';
import { expose } from '../../../src/rpc.ts';
import { encodeHello, encodeOpen } from '../../../src/udp/datagram.ts';
import { Crowd } from '../../crowd/crowd.ts';
import { onTime } from '../../crowd/on-time.ts';
import type { AttackerApi, FloodOrder } from '../attack.ts';

expose<AttackerApi>({
  async flood(order) {
    const count = Math.round(order.perSecond * order.seconds);
    const { act, end } = await preparation(order);
    await onTime({ originNs: monotonicNs(), count, intervalNs: 1e9 / order.perSecond }, act);
    await pause(200);
    end();
    return count;
  },
});

interface Preparation {
  readonly act: (index: number) => void;
  readonly end: () => void;
}

function preparation(order: FloodOrder): Preparation | Promise<Preparation> {
  switch (order.attack) {
    case 'connections':
      return silentConnections(order);
    case 'greetings':
    case 'openings':
      return datagrams(order);
    case 'joins':
      return comersAndGoers(order);
    case 'messages':
      return chatterbox(order);
  }
}

function silentConnections({ host, port, from }: FloodOrder): Preparation {
  const sockets = new Set<Socket>();
  return {
    act: () => {
      const socket = connect({ host, port, localAddress: from });
      sockets.add(socket);
      socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    },
    end: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

const SOCKETS = 16;

function datagrams({ host, port, from, attack }: FloodOrder): Preparation {
  const sockets = Array.from({ length: SOCKETS }, () =>
    createSocket('udp4')
      .on('error', () => {})
      .bind(0, from),
  );
  const forged = () => encodeOpen(randomBytes(8), randomBytes(20), encodeJoin('', false));
  return {
    act: (index) => {
      const datagram = attack === 'greetings' ? encodeHello(randomBytes(8)) : forged();
      sockets[index % SOCKETS]!.send(datagram, port, host, () => {});
    },
    end: () => {
      for (const socket of sockets) socket.close();
    },
  };
}

function comersAndGoers({ host, port, from, wire }: FloodOrder): Preparation {
  const crowd = new Crowd({ host, port, from });
  return {
    act: () => void crowd.join(wire, true).then(({ user }) => user.leave()),
    end: () => crowd.disperse(),
  };
}

async function chatterbox({ host, port, from, wire }: FloodOrder): Promise<Preparation> {
  const crowd = new Crowd({ host, port, from });
  const { user } = await crowd.join(wire);
  const body = new Uint8Array(32).fill(0x78);
  return { act: () => void user.write(user.name, body), end: () => crowd.disperse() };
}
