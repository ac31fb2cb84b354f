// Behind a relay or a gateway, a server that is not there looks like one that hangs up. So it is looked for without them first.
import { connect } from 'node:net';
import { machineFault } from '../../src/core/machine-fault.ts';
import type { Address } from './live-link.ts';

const LIMIT_MS = 5_000;

/** @throws MachineError where nobody listens for streams */
export function requireStreamServer({ host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(machineFault(error, { transport: 'tcp', host, port }));
    const socket = connect({ host, port });
    socket.setTimeout(LIMIT_MS, () => {
      socket.destroy();
      fail({ code: 'ETIMEDOUT' });
    });
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}
