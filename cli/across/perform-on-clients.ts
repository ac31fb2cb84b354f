// A task across packets: it runs in a process on host `clients`, so that the kernel there speaks TCP and UDP across the link;
// the server is reached through a gateway on host `server`. This process keeps what is on the far side.
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MachineError } from '../../src/core/errors.ts';
import { openGateway } from '../../src/link/tun/gateway.ts';
import { ADDRESSES } from '../../src/link/tun/hosts.ts';
import type { EmulatedNetwork } from '../../src/link/tun/network.ts';
import { answerCalls } from '../../src/rpc.ts';
import { endOf, exitCodeOf } from '../child-end.ts';
import { PROGRAMS } from '../programs.ts';
import { savedTerminal } from '../screen/saved-terminal.ts';
import type { FarSideApi } from './far-side.ts';
import { lastWords } from './last-words.ts';
import type { Crossing, Link } from './perform-across.ts';

/** Its exit code becomes this process's. @throws MachineError where the emulator ends before it does */
export async function performOnClients(network: EmulatedNetwork, crossing: Crossing, link: Link): Promise<void> {
  const { server, task, heard } = crossing;
  const { profile, chance } = link;
  const gateway = await openGateway(network, { program: PROGRAMS.doors, server });
  await network.emulator.open({ profile, chance, recordsPackets: false, tellsNews: true });
  const address = { host: ADDRESSES.server.ipv4, port: gateway.port };
  const terminal = savedTerminal();
  const child = startOnClients(network);
  const api: FarSideApi = {
    task: () => ({ task, link: { backend: 'tun', server: { tcp: address, udp: address }, chance, profile } }),
    change: (next) => network.emulator.change(next),
    news: () => network.emulator.news(undefined),
    heard,
  };
  answerCalls(api, child);
  const broken = network.broken.then(() => {
    throw new MachineError('DIED', 'The emulator has ended: nothing crosses the link any more.');
  });
  try {
    process.exitCode = await Promise.race([exitCode(child), broken]);
    await Promise.race([lastWords(() => network.emulator.inFlight(undefined)), broken]);
  } finally {
    // By somebody else: this process has not asked it to end yet.
    const killedBy = wasKilled(child) ? child.signalCode : undefined;
    child.kill('SIGTERM');
    await endOf(child, END_WAIT_MS);
    if (wasKilled(child)) terminal.giveBack();
    if (killedBy !== undefined) {
      process.stderr.write(`lab: the process that had the terminal was killed (${killedBy}).\n`);
    }
    await gateway.close();
  }
}

/** It ends with this process, and has time then to give a terminal back. */
function startOnClients(network: EmulatedNetwork): ChildProcess {
  const command = ['--pdeathsig', 'TERM', '--', process.execPath, fileURLToPath(PROGRAMS.across)];
  const child = network.spawn('clients', 'setpriv', command, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  // What a terminal sends goes to both; what somebody sends to this one is meant for that one.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return child;
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new MachineError('SPAWN', `Nothing could be started: ${error.message}.`)));
    child.once('exit', (code, signal) => resolve(exitCodeOf(code, signal)));
  });
}

function wasKilled({ signalCode }: ChildProcess): boolean {
  return signalCode !== null && signalCode !== 'SIGTERM';
}

const END_WAIT_MS = 2000;
