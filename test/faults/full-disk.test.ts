// A disk that is full, wherever the lab writes: what is printed, files that somebody asks for, a run's folder. It is told in
// one line, and what does not need the disk goes on.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import { LAB, Lab, labServe } from '../cli/lab.ts';
import { resultIn, TINY, workshop } from '../cli/tiny-scenario.ts';
import { needs } from '../support/ability.ts';
import { joinChat, openChat } from '../support/chat.ts';
import { until } from '../support/until.ts';
import { together } from './together.ts';

const LIMIT = { timeout: 60_000 };
/** One trial of each transport, and one alone. */
const TWO_TRIALS = TINY.replace(/ {2}lossy: .*\n/, '');
const ONE_TRIAL = TWO_TRIALS.replace('[tcp, udp]', '[udp]');
const FULL = '/dev/full';
const NO_ROOM =
  "lab: stdout can't be written to, and what is not written is lost: ENOSPC: no space left on device, write. Send it elsewhere.\n";

test('what is printed: told once, the rest is done, and the exit code says so', LIMIT, async (context) => {
  needsFullDevice(context);
  const { file, out } = workshop(ONE_TRIAL);
  const server = await openChat();
  const rui = await joinChat(server, 'tcp', { name: 'Rui' });
  const toServer = ['--port', String(server.port)];
  await together({
    'a run, and what is made of it': async () => {
      await isTold(printing('run', file, '--backend', 'loopback', '--out', out));
      expect(resultIn(out).status).toEqual({ kind: 'complete' });
      expect(readdirSync(out)).toContain('report.html');
      await together({
        report: () => isTold(printing('report', out)),
        compare: () => isTold(printing('compare', out, out)),
      });
    },
    'a run as JSON': async () => {
      await isTold(printing('run', file, '--backend', 'relay', '--json', '--out', `${out}-json`));
      expect(resultIn(`${out}-json`).status).toEqual({ kind: 'complete' });
    },
    help: () => isTold(printing('--help')),
    link: () => isTold(printing('link')),
    chat: async () => {
      const ana = printing('chat', ...toServer, '--name', 'Ana');
      ana.child.stdin!.end('Rui\n\nfrom Ana\n');
      await isTold(ana);
      expect(rui.inbox).toContain('Ana: from Ana');
    },
    'chat across a relay': async () => {
      const eva = printing('chat', ...toServer, '--name', 'Eva', '--delay', '1ms', '--backend', 'relay');
      eva.child.stdin!.end('Rui\n\nfrom Eva\n');
      await isTold(eva);
      expect(rui.inbox).toContain('Eva: from Eva');
    },
    duel: async () => {
      const duel = printing('duel', '--script', '-', '--json', '--backend', 'relay', '--delay', '1ms');
      duel.child.stdin!.end('hello\n');
      await isTold(duel);
    },
  });
});

test('a server whose journal can not be written goes on serving', LIMIT, async (context) => {
  needsFullDevice(context);
  const { server: other, port } = await labServe();
  other.child.kill('SIGKILL');
  await other.ends();
  const server = printing('serve', '--port', port);
  await until(() => server.err !== '', 'it has told that nobody hears of it');
  const [ana, rui] = [await joinChat({ port: Number(port) }, 'tcp'), await joinChat({ port: Number(port) }, 'udp')];
  ana.client.send({ to: rui.name, body: 'still here' });
  await until(() => rui.inbox.length === 1, 'it carries messages');
  server.child.kill('SIGTERM');
  await isTold(server);
  expect((await ana.hears('bye')).code).toBe('shutdown');
});

test('words to stderr that can not be written: the exit code is all that can tell', LIMIT, async (context) => {
  needsFullDevice(context);
  const silenced = (...args: string[]) =>
    new Lab(args, {}, ['sh', '-c', `exec "$@" 2>${FULL}`, 'sh', process.execPath, LAB]);
  await together({
    'a mistake': async () => expect(await silenced('report', '/no/run').ends()).toBe(2),
    // What it has to tell goes there.
    ...(hasTun() && {
      'a command across a link': async () => expect(await silenced('link', 'run', '--', 'true').ends()).toBe(1),
    }),
  });
});

test('a file that somebody asks for: told by its name, and what was talked about goes on', LIMIT, async (context) => {
  needsFullDevice(context);
  const server = await openChat();
  const rui = await joinChat(server, 'tcp', { name: 'Rui' });
  await together({
    'the inbox of a chat': async () => {
      const ana = new Lab(['chat', '--port', String(server.port), '--name', 'Ana']);
      await ana.prints('You are Ana');
      rui.client.send({ to: 'Ana', body: 'keep this' });
      await ana.prints('keep this');
      ana.type(`/save ${FULL}`, 'Rui', '', 'sent after it');
      await until(() => rui.inbox.length === 1, 'the chat goes on');
      ana.child.stdin!.end();
      expect(await ana.ends()).toBe(0);
      expect(ana.out).toContain(`! ${FULL} could not be written: ENOSPC: no space left on device, write.\n`);
      expect(ana.err).toBe('');
    },
    ...Object.fromEntries(
      ['relay', ...(hasTun() ? ['tun'] : [])].map((backend) => [
        `the result of a duel (${backend})`,
        async () => {
          const duel = new Lab(['duel', '--script', '-', '--json', '--backend', backend, '--delay', '1ms']);
          duel.child.stdin!.end(`one\n/wait 200ms\n/save ${FULL}\ntwo\n`);
          expect(await duel.ends(30_000)).toBe(1);
          expect(duel.err).toBe(`lab: ${FULL} could not be written: ENOSPC: no space left on device, write.\n`);
          // Of what was sent until then.
          expect(JSON.parse(duel.out).sides.udp.score).toMatchObject({ sent: 1, arrived: 1 });
        },
      ]),
    ),
  });
});

test('a capture: told before anything is measured, or when all is', LIMIT, async (context) => {
  needsFullDevice(context);
  needsMount(context);
  needs(context, hasTun(), 'it needs root and /dev/net/tun');
  const { file, out } = workshop(ONE_TRIAL);
  const told = /^lab: .*The capture can't be written to [^\n]*: ENOSPC[^\n]*\n$/;
  await together({
    'no room from the beginning: no folder stays': async () => {
      const run = new Lab(['run', file, '--backend', 'tun', '--pcap', FULL, '--out', `${out}-none`]);
      expect(await run.ends(30_000)).toBe(1);
      expect(run.err).toMatch(told);
      expect(existsSync(`${out}-none`)).toBe(false);
    },
    'no more room on the way: the run is whole': async () => {
      const disk = join(dirname(out), 'capture');
      mkdirSync(disk);
      const run = onDisk(disk, 16, `"$@" run ${file} --backend tun --pcap ${disk}/all.pcapng --out ${out}`);
      expect(await run.ends(30_000)).toBe(1);
      expect(run.err).toMatch(told);
      expect(resultIn(out).status).toEqual({ kind: 'complete' });
    },
  });
});

test('a run’s folder, wherever its disk gets full: it can be read, or is not there', LIMIT, async (context) => {
  needsMount(context);
  const { file, out } = workshop(TWO_TRIALS);
  const sizes = [8, 24, 320];
  await together(
    Object.fromEntries(
      sizes.map((kilobytes) => [
        `${kilobytes} kB`,
        async () => {
          const disk = `${out}-${kilobytes}`;
          mkdirSync(disk);
          const report = `"$@" report ${disk}/run >${disk}.report 2>${disk}.why; echo $? >>${disk}.why`;
          const left = `ls -A ${disk} ${disk}/run >${disk}.left 2>/dev/null`;
          const script = `"$@" run ${file} --backend loopback --out ${disk}/run; code=$?; ${report}; ${left}; exit $code`;
          const run = onDisk(disk, kilobytes, script);
          expect(await run.ends(30_000)).toBe(1);
          expect(run.err).toMatch(/^lab: The run could not be written to .*ENOSPC[^\n]*\n$/);
          const [why, told] = [readFileSync(`${disk}.why`, 'utf8'), readFileSync(`${disk}.report`, 'utf8')];
          if (why === '0\n') expect(told).toContain('INCOMPLETE');
          else expect(why).toMatch(/^lab: .* is no run: [^\n]*\n2\n$/);
          // Nothing half-written.
          expect(readFileSync(`${disk}.left`, 'utf8')).not.toMatch(/^\.[a-z]/m);
        },
      ]),
    ),
  );
});

test('a page that can not be made anew: the one that is there stays whole', LIMIT, async (context) => {
  needsMount(context);
  const { file, out } = workshop(ONE_TRIAL);
  const whole = new Lab(['run', file, '--backend', 'loopback', '--out', out]);
  expect(await whole.ends(30_000)).toBe(0);
  const disk = join(dirname(out), 'disk');
  mkdirSync(disk);
  const kilobytes = (name: string) => 4 * Math.ceil(readFileSync(join(out, name)).length / 4096);
  // No room for two pages.
  const script = `cp ${out}/run.json ${out}/report.html ${disk} && cmp ${out}/report.html ${disk}/report.html && "$@" report ${disk} --open; code=$?; ls -A ${disk}; cmp ${out}/report.html ${disk}/report.html && exit $code`;
  const report = onDisk(disk, kilobytes('run.json') + kilobytes('report.html') + 40, script);
  expect(await report.ends()).toBe(1);
  expect(report.err).toMatch(/^lab: .*report\.html could not be written: ENOSPC[^\n]*\n$/);
  expect(report.out.trim().split('\n').sort()).toEqual(['report.html', 'run.json']);
});

/** The program, whose output goes to a disk that is full. */
function printing(...args: string[]): Lab {
  return new Lab(args, {}, ['sh', '-c', `exec "$@" >${FULL}`, 'sh', process.execPath, LAB]);
}

async function isTold(program: Lab): Promise<void> {
  expect(await program.ends(40_000)).toBe(1);
  expect(program.err).toBe(NO_ROOM);
}

/** A disk of that size, which is gone with its mount namespace. In the script "$@" is the program. */
function onDisk(folder: string, kilobytes: number, script: string): Lab {
  const mount = `mount -t tmpfs -o size=${kilobytes}k tmpfs ${folder} && { ${script}; }`;
  return new Lab([], {}, ['unshare', '--mount', 'sh', '-c', mount, 'sh', process.execPath, LAB]);
}

function needsFullDevice(context: TestContext): void {
  needs(context, existsSync(FULL), `it needs ${FULL}`);
}

function needsMount(context: TestContext): void {
  const mayMount = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;
  needs(context, mayMount, 'it needs root and a mount namespace');
}

function hasTun(): boolean {
  return process.getuid?.() === 0 && existsSync('/dev/net/tun');
}
