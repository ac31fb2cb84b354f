// `lab link run`: anybody's command on host clients, perhaps another on host server, and the emulated link between.
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { CallerError, MachineError } from '../../src/core/errors.ts';
import { describeProfile } from '../../src/link/profile.ts';
import { ADDRESSES, type HostName, LEAST_IPV6_MTU_BYTES } from '../../src/link/tun/hosts.ts';
import { type EmulatedNetwork, MTU_LIMITS, startNetwork } from '../../src/link/tun/network.ts';
import { faultOf, probeGuard } from '../../src/link/tun/parts.ts';
import { endOf, exitCodeOf } from '../child-end.ts';
import { noTun } from '../no-tun.ts';
import { PROGRAMS } from '../programs.ts';
import { ledgerReport } from './ledger-report.ts';
import { chanceOf, type LinkWords, profileOf } from './link-words.ts';

export interface AcrossSettings {
  readonly link: LinkWords;
  readonly mtuBytes: number;
  readonly pcap: string | undefined;
  readonly server: string | undefined;
  readonly json: boolean;
  readonly command: readonly string[];
}

/** Answers the command's exit code. */
export async function runAcrossLink(settings: AcrossSettings): Promise<number> {
  checkSettings(settings);
  const profile = profileOf(settings.link);
  const chance = chanceOf(settings.link);
  const guard = await probeGuard();
  if (!guard.works) throw noTun(faultOf(guard));
  const network = await startNetwork({ program: PROGRAMS.emulator, mtuBytes: settings.mtuBytes }).catch((error) => {
    throw noTun(error);
  });
  // The command decides what Ctrl-C means to it; the link stays until it has ended.
  const ignore = () => {};
  process.on('SIGINT', ignore);
  try {
    if (settings.pcap !== undefined) await network.emulator.capture(settings.pcap);
    await network.emulator.open({ profile, chance, recordsPackets: false });
    const code = await runCommands(network, settings);
    const report = await network.emulator.close(undefined);
    process.stderr.write(
      settings.json ? `${JSON.stringify(report)}\n` : `\n${describeProfile(profile)}\n${ledgerReport(report)}\n`,
    );
    await network.emulator.endCapture(undefined);
    return code;
  } finally {
    process.off('SIGINT', ignore);
    await network.close();
  }
}

function checkSettings({ command, mtuBytes }: AcrossSettings): void {
  if (command.length === 0)
    throw new CallerError('Which command? Put it behind --, as in: lab link run --delay 20ms -- ping -c 5 10.77.0.1');
  if (!Number.isInteger(mtuBytes) || mtuBytes < MTU_LIMITS.least || mtuBytes > MTU_LIMITS.most) {
    throw new CallerError(
      `--mtu ${mtuBytes} is not allowed. Give ${MTU_LIMITS.least} to ${MTU_LIMITS.most} bytes (IPv6 needs ${LEAST_IPV6_MTU_BYTES}).`,
    );
  }
}

/** What a server prints is no part of what the command prints: a pipe gets the command's alone. */
const STDERR = 2;

async function runCommands(network: EmulatedNetwork, settings: AcrossSettings): Promise<number> {
  const started: ChildProcess[] = [];
  const run = async (): Promise<number> => {
    const { server, command } = settings;
    if (server !== undefined) {
      const child = start(network, 'server', ['sh', '-c', server], ['ignore', STDERR, STDERR]);
      started.push(child);
      await listening(network.pids.server, child);
    }
    const child = start(network, 'clients', command, 'inherit');
    started.push(child);
    return exitCode(child, command[0]!);
  };
  const broken = network.broken.then(() => {
    throw new MachineError('DIED', 'The emulator ended before the command did: nothing crossed any more.');
  });
  try {
    return await Promise.race([run(), broken]);
  } finally {
    // A server that ends by itself may do so; what is left then is ended.
    await Promise.all(started.map((child) => endOf(child, STOP_WAIT_MS)));
  }
}

/**
 * The command is the child of an init of its own: when this process ends, however it ends, the kernel ends the init, and
 * with it every process that the command has started.
 */
function start(
  network: EmulatedNetwork,
  host: HostName,
  command: readonly string[],
  stdio: StdioOptions,
): ChildProcess {
  const env = { ...process.env, LAB_SERVER: ADDRESSES.server.ipv4, LAB_SERVER6: ADDRESSES.server.ipv6 };
  const guarded = [
    '--pdeathsig',
    'KILL',
    '--',
    'unshare',
    '--pid',
    '--fork',
    '--kill-child=KILL',
    '--',
    'sh',
    '-c',
    GUARD,
    'sh',
  ];
  return network.spawn(host, 'setpriv', [...guarded, ...command], { stdio, env });
}

/** As the first process of its namespace the command itself would be deaf to Ctrl-C; a shell stands in. */
const GUARD = '"$@"; exit $?';

const STOP_WAIT_MS = 1000;

const NOT_FOUND = 127;

function exitCode(child: ChildProcess, command: string): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`lab: ${command} could not be started: ${error.message}.\n`);
      resolve(NOT_FOUND);
    });
    child.once('exit', (code, signal) => {
      if (code === NOT_FOUND)
        process.stderr.write(`lab: the command "${command}" was not found, or ended with code 127. Check its name.\n`);
      resolve(exitCodeOf(code, signal));
    });
  });
}

const LISTEN_WAIT_MS = 5000;
const TCP_LISTENING = '0A';
const UDP_BOUND = '07';

/** Until something on host server listens, or its command has ended, or it has had its time. */
async function listening(pid: number, server: ChildProcess): Promise<void> {
  const giveUpAt = performance.now() + LISTEN_WAIT_MS;
  while (performance.now() < giveUpAt && server.exitCode === null && !hasListener(pid)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function hasListener(pid: number): boolean {
  return ['tcp', 'tcp6', 'udp', 'udp6'].some((table) => {
    const wanted = table.startsWith('tcp') ? TCP_LISTENING : UDP_BOUND;
    const rows = readFileSync(`/proc/${pid}/net/${table}`, 'utf8').split('\n').slice(1);
    return rows.some((row) => row.trim().split(/\s+/)[3] === wanted);
  });
}
