// The chat server in a terminal or under a supervisor: says what happens, and goes when it is told to.
import { CallerError } from '../../src/core/errors.ts';
import { formatAddress } from '../../src/core/machine-fault.ts';
import { describeRefusal } from '../../src/core/refusal.ts';
import type { RouterObserver } from '../../src/core/session.ts';
import { serve } from '../../src/serve.ts';
import { checkListenPort } from '../port.ts';
import { printable } from '../printable.ts';
import { whenReaderIsGone } from '../reader-gone.ts';
import { stopSignal } from '../stop-signal.ts';

export interface ServerSettings {
  readonly transport: 'tcp' | 'udp' | 'both';
  readonly host: string;
  readonly port: number;
  readonly maxUsers: number | undefined;
  readonly json: boolean;
}

/** Resolves when the server has been told to stop and has stopped. */
export async function runServer(settings: ServerSettings): Promise<void> {
  checkNumbers(settings);
  const transports = settings.transport === 'both' ? ['tcp', 'udp'] : [settings.transport];
  const journal = settings.json ? jsonJournal : plainJournal;
  const stopped = stopSignal();
  const server = await serve({
    transports,
    host: settings.host,
    port: settings.port,
    ...(settings.maxUsers === undefined ? {} : { maxUsers: settings.maxUsers }),
    observer: observe(journal, settings.json),
    onStray: (remote, why) => journal({ event: 'stray', remote, why }),
  });
  journal({ event: 'listening', transports, host: server.host, port: server.port });
  const unread = new Promise<void>((resolve) => whenReaderIsGone(resolve));
  await Promise.race([stopped.promise, unread]);
  journal({ event: 'stopping', signal: stopped.signal ?? 'nobody reads this', users: server.userCount });
  await server.close('it was stopped by its operator');
  journal({ event: 'stopped' });
}

function checkNumbers({ port, maxUsers }: ServerSettings): void {
  checkListenPort(port);
  if (maxUsers !== undefined && !(Number.isInteger(maxUsers) && maxUsers > 0)) {
    throw new CallerError(`--max-users ${maxUsers} is not allowed. Give a whole number from 1, or leave it out.`);
  }
}

type ServerEvent =
  | { event: 'listening'; transports: readonly string[]; host: string; port: number }
  | { event: 'joined'; name: string; transport: string; remote: string }
  | { event: 'left'; name: string; transport: string; departure: string }
  | { event: 'message'; from: string; to: string; sequence: number; bytes: number }
  | { event: 'refused'; who: string; code: string; why: string }
  | { event: 'stray'; remote: string; why: string }
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
    case 'stopping':
      return `Stopping (${event.signal}), telling ${event.users} users.`;
    case 'stopped':
      return 'Stopped.';
  }
}
