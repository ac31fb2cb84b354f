// The chat server in a terminal or under a supervisor: says what happens, and goes when it is told to.
import { CallerError } from '../../src/core/errors.ts';
import { formatAddress } from '../../src/core/machine-fault.ts';
import { describeRefusal } from '../../src/core/refusal.ts';
import type { RouterObserver } from '../../src/core/session.ts';
import { serve } from '../../src/serve.ts';
import { SharedSecret } from '../../src/shared-secret.ts';
import { paintFor } from '../paint.ts';
import { checkListenPort } from '../port.ts';
import { printable } from '../printable.ts';
import { whenReaderIsGone } from '../reader-gone.ts';
import { readSecretFile } from '../secret-file.ts';
import { stopSignal } from '../stop-signal.ts';
import { Digest } from './digest.ts';

export interface ServerSettings {
  readonly transport: 'tcp' | 'udp' | 'both';
  readonly host: string;
  readonly port: number;
  readonly secretFile: string | undefined;
  readonly maxUsers: number;
  readonly maxPerAddress: number;
  /** Deliveries a second that one user may cause. */
  readonly maxRate: number;
  readonly json: boolean;
}

/** How many seconds' worth of deliveries a user may cause at once. */
const BURST_SECONDS = 5;

/** Resolves when the server has been told to stop and has stopped. */
export async function runServer(settings: ServerSettings): Promise<void> {
  checkNumbers(settings);
  const { host, port, secretFile, maxUsers, maxPerAddress, maxRate, json } = settings;
  const secret = secretFile === undefined ? undefined : new SharedSecret(readSecretFile(secretFile));
  const transports = settings.transport === 'both' ? ['tcp', 'udp'] : [settings.transport];
  const write = json ? jsonJournal : plainJournal;
  const digest = new Digest((event) => write(event));
  const journal = (event: ServerEvent) => digest.tell(event);
  const stopped = stopSignal();
  const server = await serve({
    transports,
    host,
    port,
    secret,
    maxUsers,
    maxUsersPerNetwork: maxPerAddress,
    rate: { perSecond: maxRate, burst: maxRate * BURST_SECONDS },
    observer: observe(journal, json),
    onStray: (remote, why) => journal({ event: 'stray', remote, why }),
  });
  journal({ event: 'listening', transports, host: server.host, port: server.port });
  if (secret === undefined && !isLoopback(host)) warnOfStrangers(host, server.port);
  const unread = new Promise<void>((resolve) => whenReaderIsGone(resolve));
  await Promise.race([stopped.promise, unread]);
  journal({ event: 'stopping', signal: stopped.signal ?? 'nobody reads this', users: server.userCount });
  await server.close('it was stopped by its operator');
  digest.end();
  journal({ event: 'stopped' });
}

function checkNumbers({ port, maxUsers, maxPerAddress, maxRate }: ServerSettings): void {
  checkListenPort(port);
  const numbers = { 'max-users': maxUsers, 'max-per-address': maxPerAddress, 'max-rate': maxRate };
  for (const [option, number] of Object.entries(numbers)) {
    if (Number.isInteger(number) && number > 0) continue;
    throw new CallerError(`--${option} ${number} is not allowed. Give a whole number from 1, or leave it out.`);
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}

/** Loud, because it is the first thing that is forgotten. */
function warnOfStrangers(host: string, port: number): void {
  const paint = paintFor(process.stderr);
  process.stderr.write(
    `${paint.bold.yellow('lab: WARNING: this server is open to strangers.')} Whoever reaches ${formatAddress(host, port)} may join under any name, and ` +
      'read what is sent to all. Let in only who knows a secret (--secret-file FILE), or listen on 127.0.0.1 alone.\n',
  );
}

export type ServerEvent =
  | { event: 'listening'; transports: readonly string[]; host: string; port: number }
  | { event: 'joined'; name: string; transport: string; remote: string }
  | { event: 'left'; name: string; transport: string; departure: string }
  | { event: 'message'; from: string; to: string; sequence: number; bytes: number }
  | { event: 'refused'; who: string; code: string; why: string }
  | { event: 'stray'; remote: string; why: string }
  /** Events of a kind that came too fast to be told one by one. */
  | { event: 'untold'; of: string; count: number }
  | { event: 'stopping'; signal: string; users: number }
  | { event: 'stopped' };

type Journal = (event: ServerEvent) => void;

function observe(journal: Journal, everyMessage: boolean): RouterObserver {
  return {
    joined: ({ name, transport }, remote) => journal({ event: 'joined', name, transport, remote }),
    left: ({ name, transport }, departure) => journal({ event: 'left', name, transport, departure }),
    refused: (who, code, about) => journal({ event: 'refused', who, code, why: describeRefusal(code, about) }),
    ...(everyMessage
      ? { routed: (from, to, sequence, bytes) => journal({ event: 'message', from, to, sequence, bytes }) }
      : {}),
  };
}

function jsonJournal(event: ServerEvent): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...event })}\n`);
}

function plainJournal(event: ServerEvent): void {
  process.stdout.write(`${printable(inWords(event))}\n`);
}

function inWords(event: ServerEvent): string {
  switch (event.event) {
    case 'listening':
      return `Listening on ${event.transports.join(' and ')} at ${formatAddress(event.host, event.port)}. Ctrl-C stops.`;
    case 'joined':
      return `${event.name} joined over ${event.transport} from ${event.remote}`;
    case 'left':
      return `${event.name} is gone (${event.departure})`;
    case 'message':
      return `${event.from} → ${event.to}: message ${event.sequence}, ${event.bytes} bytes`;
    case 'refused':
      return `refused ${event.who}: ${event.why}`;
    case 'stray':
      return `dropped bytes from ${event.remote || 'the system'}: ${event.why}`;
    case 'untold':
      return `and ${event.count} more such lines (${event.of}) in this second`;
    case 'stopping':
      return `Stopping (${event.signal}), telling ${event.users} users.`;
    case 'stopped':
      return 'Stopped.';
  }
}
