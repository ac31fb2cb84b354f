// Datagram sockets as both ends need them: an address resolved once, and sent to without asking the resolver again.
import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns';
import { isIP } from 'node:net';

export interface Address {
  /** Numeric. */
  readonly address: string;
  readonly family: number;
}

/** @param receiveBufferBytes what to ask the system for; undefined: its own default */
export function openSocket({ family }: Address, receiveBufferBytes: number | undefined): Socket {
  return createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    ...(receiveBufferBytes === undefined ? {} : { recvBufferSize: receiveBufferBytes }),
    // Every address here is numeric; Node would still ask the resolver about each datagram.
    lookup: (numeric, _options, done) => done(null, numeric, family),
  });
}

/**
 * All addresses of a host, in the resolver's order. Rejects with something that has a `code`. The resolver can't be
 * stopped, but whoever waits for it can stop waiting.
 */
export function resolveHost(host: string, signal: AbortSignal | undefined): Promise<[Address, ...Address[]]> {
  return new Promise((resolve, reject) => {
    const abort = () => reject({ code: 'ABORT_ERR' });
    if (signal?.aborted) return abort();
    const family = isIP(host);
    if (family !== 0) return resolve([{ address: host, family }]);
    signal?.addEventListener('abort', abort, { once: true });
    lookup(host, { all: true }, (error, found) => {
      signal?.removeEventListener('abort', abort);
      const [first, ...others] = error === null ? found : [];
      if (first === undefined) reject(error ?? { code: 'ENOTFOUND' });
      else resolve([first, ...others]);
    });
  });
}
