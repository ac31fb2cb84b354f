// SIGSTOP for five seconds, as a debugger, a batch system or a machine under pressure does it, and then SIGCONT: what waited
// goes on, and nothing is given up for it.
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Lab, lab, labServe } from '../cli/lab.ts';
import { resultIn, TINY, workshop } from '../cli/tiny-scenario.ts';
import { descendants, isAlive } from '../support/process-tree.ts';
import { until } from '../support/until.ts';
import { together } from './together.ts';

const LIMIT = { timeout: 90_000 };
const STOPPED_MS = 5_000;
const HAS_TUN = process.getuid?.() === 0 && existsSync('/dev/net/tun');
const STARTED_WITHIN_MS = 30_000;
/** One trial, in which messages are sent for four seconds. */
const LONG_TRIAL = TINY.replace(/ {2}lossy: .*\n/, '')
  .replace('[tcp, udp]', '[udp]')
  .replace('duration: 200ms', 'duration: 4s');
/** By then everybody has joined, or soon will. */
const UNDER_WAY_MS = 2_500;

test('a process of a run: it is complete, and says that the figures are not of the link alone', LIMIT, async () => {
  const { file, out } = workshop(LONG_TRIAL);
  const victims = [
    ['relay', 'lab.js', 'controller'],
    ['relay', 'processes/relay', 'link'],
    ['relay', 'processes/server', 'server'],
    ['relay', 'processes/worker', 'worker'],
    ...(HAS_TUN ? [['tun', 'processes/emulator', 'link']] : []),
  ] as [backend: string, victim: string, role: string][];
  await together(
    Object.fromEntries(
      victims.map(([backend, victim, role], at) => [
        `${victim} of ${backend}`,
        async () => {
          const folder = `${out}-${at}`;
          const run = lab('run', file, '--backend', backend, '--out', folder);
          await run.prints('trial 1 of', STARTED_WITHIN_MS);
          await pause(UNDER_WAY_MS);
          await stopAWhile(run, victim);
          expect(await run.ends(40_000)).toBe(0);
          expect(run.err).toBe('');
          const { status, warnings } = resultIn(folder);
          expect(status).toEqual({ kind: 'complete' });
          const standstills = warnings.flatMap((each) => (each.kind === 'stood-still' ? [each] : []));
          // While the workers send, the controller has nothing to do.
          if (role !== 'controller') expect(standstills.length).toBeGreaterThan(0);
          for (const { process, ms } of standstills) {
            expect([role, 'controller']).toContain(process);
            expect(ms).toBeGreaterThan(0.5 * STOPPED_MS);
          }
        },
      ]),
    ),
  );
});

test('a process that somebody talks or sends over: what was written meanwhile arrives', LIMIT, async () => {
  const across = ['--delay', '1ms', '--backend', 'tun'];
  await together({
    'the server': () => talk('tcp', [], 'serve'),
    'the chat that reads': () => talk('udp', [], 'chat'),
    'a duel over a relay': () => duel('lab.js', 'relay'),
    ...(HAS_TUN && {
      'the chat on host clients': () => talk('tcp', across, 'processes/across'),
      'the emulator under a chat': () => talk('udp', across, 'processes/emulator'),
      'who sends in a duel': () => duel('processes/across', 'tun'),
      'the emulator under a duel': () => duel('processes/emulator', 'tun'),
      'a command across a link': () => command('lab.js'),
    }),
  });
});

/** Rui writes to Ana while something between them, or one of them, stands still. */
async function talk(transport: string, across: readonly string[], victim: string): Promise<void> {
  const { server, port } = await labServe();
  const chat = (name: string, ...more: string[]) =>
    lab('chat', '--port', port, '--transport', transport, '--name', name, ...more);
  const [ana, rui] = [chat('Ana', ...across), chat('Rui')];
  for (const each of [ana, rui]) await each.prints('You are', STARTED_WITHIN_MS);
  const stopping = stopAWhile(victim === 'serve' ? server : ana, victim === 'chat' ? 'lab.js' : victim);
  rui.type('Ana', '', 'hello');
  await stopping;
  await rui.prints(/Ana has message 1 \(\d{4}\.\d ms\)/, 10_000);
  for (const each of [ana, rui]) {
    each.child.stdin!.end();
    expect([await each.ends(), each.err]).toEqual([0, '']);
  }
  server.child.kill('SIGTERM');
  expect([await server.ends(), server.err]).toEqual([0, '']);
}

async function duel(victim: string, backend: string): Promise<void> {
  const program = lab('duel', '--script', '-', '--json', '--backend', backend, '--delay', '1ms');
  program.child.stdin!.end('/flood 40 100ms\n');
  await until(
    () => processOf(program, backend === 'tun' ? 'processes/across' : 'lab.js') !== undefined,
    'it began',
    STARTED_WITHIN_MS,
  );
  await pause(1_500);
  await stopAWhile(program, victim);
  expect(await program.ends(40_000)).toBe(0);
  const { sides } = JSON.parse(program.out);
  for (const transport of ['tcp', 'udp']) {
    expect(sides[transport].score).toMatchObject({ sent: 40, arrived: 40, lost: 0, missing: 0, inFlight: 0 });
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
  await stopAWhile(link, victim);
  expect(await link.ends()).toBe(7);
}

/** It is given back whatever comes, and all that it has started has ended when it ends. */
async function stopAWhile(program: Lab, victim: string): Promise<void> {
  const all = descendants(program.child.pid!);
  const pid = processOf(program, victim)!;
  process.kill(pid, 'SIGSTOP');
  await pause(STOPPED_MS);
  process.kill(pid, 'SIGCONT');
  void program.ends(60_000).then(
    () => until(() => !all.some(isAlive), 'nothing of it is left', 5_000),
    () => {},
  );
}

function processOf({ child }: Lab, part: string): number | undefined {
  return [child.pid!, ...descendants(child.pid!)].find((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(part);
    } catch {
      return false; // It has ended.
    }
  });
}
