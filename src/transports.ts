// The one place that names all transports.
import { CallerError } from './core/errors.ts';
import type { Transport } from './core/transport.ts';
import { tcp } from './tcp/tcp.ts';
import { udp } from './udp/udp.ts';

export const transports: ReadonlyMap<string, Transport> = new Map(
  [tcp, udp].map((transport) => [transport.name, transport]),
);

/** @throws CallerError that names those there are */
export function findTransport(name: string): Transport {
  const transport = transports.get(name);
  if (transport !== undefined) return transport;
  throw new CallerError(`There is no transport "${name}". Take one of: ${[...transports.keys()].join(', ')}.`);
}
