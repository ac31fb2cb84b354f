// What the operating system's error codes mean to a person, and what to do: the same words for every transport.
import { MachineError } from './errors.ts';

export interface Endpoint {
  readonly transport: string;
  readonly host: string;
  readonly port: number;
}

/** @param error what `net`, `dgram` or `dns` gave: an error that may have a `code` */
export function machineFault(error: unknown, at: Endpoint): MachineError {
  const code = codeOf(error);
  const explain = Object.hasOwn(EXPLANATIONS, code) ? EXPLANATIONS[code] : undefined;
  if (explain !== undefined) return new MachineError(code, explain(at));
  const words = error instanceof Error ? error.message : `it failed with ${code}`;
  return new MachineError(code, `${place(at)}: ${words}.`);
}

export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'UNKNOWN';
}

export function formatAddress(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

const place = (at: Endpoint) => `${formatAddress(at.host, at.port)} over ${at.transport}`;

const unresolved = (at: Endpoint) =>
  `The host "${at.host}" does not resolve to an address. Check its spelling, or give an IP address.`;

const EXPLANATIONS: Record<string, (at: Endpoint) => string> = {
  EADDRINUSE: (at) =>
    `Port ${at.port} is taken at ${place(at)}. Stop what uses it, or choose another port (0 takes any free one).`,
  EADDRNOTAVAIL: (at) => `This machine has no address ${at.host}. Listen on one that it has, such as 127.0.0.1 or ::1.`,
  EACCES: (at) => `This user may not use ${place(at)}. Choose a port from 1024 up.`,
  ENOTFOUND: unresolved,
  EAI_AGAIN: unresolved,
  ECONNREFUSED: (at) => `Nobody listens at ${place(at)}. Start a server there ("lab serve"), or check host and port.`,
  ETIMEDOUT: (at) => `Nobody answered at ${place(at)} in time. Check host and port, and what lies between.`,
  EHOSTUNREACH: (at) => `No way leads to ${place(at)}. Check the address and this machine's network.`,
  ENETUNREACH: (at) => `No way leads to ${place(at)}. Check the address and this machine's network.`,
  EMFILE: (at) =>
    `This process may open no more files, so no more sockets for ${place(at)}. Raise the limit (ulimit -n).`,
  ABORT_ERR: (at) => `Stopped before ${place(at)} was ready.`,
};
