// Makes a server that is outside the emulated network one that stands on host `server`: sockets that listen there, and a
// relay that does nothing to what it carries from them to the real one and back.
import type { Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import type { Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { dismiss, howItEnded } from '../../rpc.ts';
import { LinkMachineError } from '../machine-error.ts';
import { startTcpRelay } from '../relay-tcp.ts';
import { startUdpRelay } from '../relay-udp.ts';
import { startTimedLink } from '../timed-link.ts';
import type { DoorMessage } from './doors-process.ts';
import type { EmulatedNetwork } from './network.ts';

export interface Gateway {
  /** Of both transports, on host `server`. */
  readonly port: number;
  close(): Promise<void>;
}

export interface GatewaySettings {
  /** The program that hands over doors. */
  readonly program: URL;
  readonly server: { readonly host: string; readonly port: number };
}

/** @throws LinkMachineError where no socket can be had */
export async function openGateway(network: EmulatedNetwork, settings: GatewaySettings): Promise<Gateway> {
  const { address } = await lookup(settings.server.host);
  const server = { address, port: settings.server.port };
  const doors = await doorsOn(network, settings.program);
  const link = startTimedLink({ up: {}, down: {} }, { mode: 'packet', seed: 0 });
  const parts = [await startTcpRelay(link, doors.tcp, server), await startUdpRelay(link, doors.udp, server)];
  return {
    port: parts[0]!.port,
    async close() {
      link.close();
      await Promise.all(parts.map((part) => part.close()));
    },
  };
}

interface Doors {
  readonly tcp: Server;
  readonly udp: Socket;
}

async function doorsOn(network: EmulatedNetwork, program: URL): Promise<Doors> {
  const child = network.spawn('server', process.execPath, [fileURLToPath(program)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    return await new Promise<Doors>((resolve, reject) => {
      let tcp: Server | undefined;
      child.on('message', (message, socket) => {
        if ((message as DoorMessage).door === 'tcp') tcp = socket as Server;
        else resolve({ tcp: tcp!, udp: socket as unknown as Socket });
      });
      const fail = (how: string) =>
        reject(new LinkMachineError('NO_GATEWAY', `No socket could be had on host server: ${how}.`));
      child.once('error', (error) => fail(error.message));
      child.once('exit', () => fail(`its process ended (${howItEnded(child)})`));
    });
  } finally {
    await dismiss(child);
  }
}
