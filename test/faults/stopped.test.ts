// SIGSTOP for five seconds, as a debugger, a batch system or a machine under pressure does it, and then SIGCONT: what waited
// goes on, and nothing is given up for it.
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Lab, lab, labServe } from '../cli/lab.ts';
import { resultIn, TINY, workshop } from '../cli/tiny-scenario.ts';
import { openFolder } from '../support/places.ts';
import { descendants, isAlive, processOf } from '../support/process-tree.ts';
import { until } from '../support/until.ts';
import { together } from './together.ts';

const LIMIT = { timeout: 90_000 };
const STOPPED_MS = 5_000;
const HAS_TUN = process.getuid?.() === 0 && existsSync('/dev/net/tun');
const STARTED_WITHIN_MS = 30_000;
const USERS = 20;
/** One trial, in which messages are sent for eight seconds. */
const LONG_TRIAL = TINY.replace(/ {2}lossy: .*\n/, '')
  .replace('[tcp, udp]', '[udp]')
  .replace('users: 4', `users: ${USERS}`)
  .replace('duration: 200ms', 'duration: 8s');
/** From the last one's joining to the first message, on a busy machine. */
const SOON_MS = 1_500;

test('a process of a run', LIMIT, async () => {
  const { file, out } = workshop(LONG_TRIAL);
  await together({
    'the controller': () => run(file, `${out}-1`, 'relay', 'lab.js', 'controller'),
    'the relay': () => run(file, `${out}-2`, 'relay', 'processes/relay', 'link'),
    'the server': () => run(file, `${out}-3`, 'relay', 'processes/server', 'server'),
    'a worker': () => run(file, `${out}-4`, 'relay', 'processes/worker', 'worker'),
    ...(HAS_TUN && { 'the emulator': () => run(file, `${out}-5`, 'tun', 'processes/emulator', 'link') }),
  });
});

test('a process that somebody talks or sends over: what was written meanwhile arrives', LIMIT, async () => {
  const across = ['--delay', '1ms', '--backend', 'tun'];
  await together({
    'the server': () => talk('tcp', [], 'serve'),
    'a chat': () => talk('udp', [], 'chat'),
    'a duel over a relay': () => duel('lab.js', 'relay'),
    ...(HAS_TUN && {
      'a chat on host clients': () => talk('tcp', across, 'processes/across'),
      'the emulator under a chat': () => talk('udp', across, 'processes/emulator'),
      'who sends in a duel': () => duel('processes/across', 'tun'),
      'a command across a link': () => command('lab.js'),
    }),
  });
});

/** It is complete, and says that the figures are not of the link alone. */
async function run(file: string, out: string, backend: string, victim: string, role: string): Promise<void> {
  const program = lab('run', file, '--backend', backend, '--out', out);
  await until(
    () => socketsOf(processOf(program.child.pid!, 'processes/worker')) >= USERS,
    'all have joined',
    STARTED_WITHIN_MS,
  );
  await pause(SOON_MS);
  const all = await stopAWhile(program, victim);
  expect([await program.ends(40_000), program.err]).toEqual([0, '']);
  await areGone(all);
  const { status, warnings } = resultIn(out);
  expect(status).toEqual({ kind: 'complete' });
  const standstills = warnings.flatMap((each) => (each.kind === 'stood-still' ? [each] : []));
  const found = standstills.flatMap(({ process, ms }) => (ms > 0.5 * STOPPED_MS ? [process] : []));
  // While the workers send, the controller has nothing to do; before that it waits for whoever stands still.
  for (const process of found) expect([role, 'controller']).toContain(process);
  if (role !== 'controller') expect(found.length).toBeGreaterThan(0);
}

/** Rui writes to Ana while something between them, or one of them, stands still. */
async function talk(transport: string, across: readonly string[], victim: string): Promise<void> {
  const { server, port } = await labServe();
  const chat = (name: string, ...more: string[]) =>
    lab('chat', '--port', port, '--transport', transport, '--name', name, ...more);
  const [ana, rui] = [chat('Ana', ...across), chat('Rui')];
  for (const each of [ana, rui]) await each.prints('You are', STARTED_WITHIN_MS);
  const stopping = stopAWhile(victim === 'serve' ? server : ana, victim === 'chat' ? 'lab.js' : victim);
  rui.type('Ana', '', 'hello');
  const all = await stopping;
  await rui.prints(/Ana has message 1 \(\d{4}\.\d ms\)/);
  for (const each of [ana, rui]) {
    each.child.stdin!.end();
    expect([await each.ends(), each.err]).toEqual([0, '']);
  }
  await areGone(all);
  server.child.kill('SIGTERM');
  expect([await server.ends(), server.err]).toEqual([0, '']);
}

async function duel(victim: string, backend: string): Promise<void> {
  const program = lab('duel', '--script', '-', '--json', '--backend', backend, '--delay', '1ms');
  const begun = join(openFolder(), 'begun.json');
  program.child.stdin!.end(`one\n/save ${begun}\n/flood 40 50ms\n`);
  await until(() => existsSync(begun), 'it began', STARTED_WITHIN_MS);
  const all = await stopAWhile(program, victim);
  expect(await program.ends(40_000)).toBe(0);
  await areGone(all);
  const { sides } = JSON.parse(program.out);
  for (const transport of ['tcp', 'udp']) {
    expect(sides[transport].score).toMatchObject({ sent: 41, arrived: 41, lost: 0, missing: 0, inFlight: 0 });
  }
}

async function command(victim: string): Promise<void> {
  const server = `node -e "require('net').createServer((s) => s.pipe(s)).listen(9, '10.77.0.1')"`;
  const client = `const s = require('net').connect(9, '10.77.0.1', () => console.log('connected'));
    let heard = 0;
    const timer = setInterval(() => s.write('x'), 50);
    s.on('data', (bytes) => { heard += bytes.length; if (heard > 60) { clearInterval(timer); s.end(); } });
    s.on('end', () => process.exit(7));`;
  const link = lab('link', 'run', '--delay', '1ms', '--server', server, '--', 'node', '-e', client);
  await link.prints('connected', STARTED_WITHIN_MS);
  const all = await stopAWhile(link, victim);
  expect(await link.ends()).toBe(7);
  await areGone(all);
}

/** @returns all that it has started */
async function stopAWhile(program: Lab, victim: string): Promise<number[]> {
  const all = descendants(program.child.pid!);
  const pid = processOf(program.child.pid!, victim)!;
  process.kill(pid, 'SIGSTOP');
  await pause(STOPPED_MS);
  process.kill(pid, 'SIGCONT');
  return all;
}

async function areGone(all: readonly number[]): Promise<void> {
  await until(() => !all.some(isAlive), 'nothing of it is left', 5_000);
}

/** One for each user, and few beside. */
function socketsOf(pid: number | undefined): number {
  try {
    const files = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
    return files.filter((file) => file.startsWith('socket:')).length;
  } catch {
    return 0; // It is not there yet, or what it had is closed.
  }
}
