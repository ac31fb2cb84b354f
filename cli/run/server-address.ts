// HOST:PORT of a server elsewhere, as people write it; an IPv6 address stands in brackets.
import { CallerError } from '../../src/core/errors.ts';
import { DEFAULT_PORT } from '../../src/serve.ts';

/** @throws CallerError where it is none */
export function parseServer(text: string): { host: string; port: number } {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = digits === undefined ? DEFAULT_PORT : Number(digits);
  if (host !== undefined && port >= 1 && port <= 65_535) return { host, port };
  throw new CallerError(
    `--server ${text} is no address. Write HOST:PORT, such as 192.0.2.7:44765 or [2001:db8::7]:44765.`,
  );
}
