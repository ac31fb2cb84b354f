// How a run ends before its time: by Ctrl-C, by the death of any of its processes, by a full disk. What was measured is
// there, it says that it is not all, and no process, namespace or device is left.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import { needs } from '../support/ability.ts';
import { descendants, everyProcess, ifThere, isAlive, processOf } from '../support/process-tree.ts';
import { until } from '../support/until.ts';
import { LAB, type Lab, lab } from './lab.ts';
import { resultIn, TINY, workshop } from './tiny-scenario.ts';

const LIMIT_MS = 60_000;
const STARTED_WITHIN_MS = 30_000;
const GONE_WITHIN_MS = 2000;
// Where a fifth of the packets is lost, a user now and then does not get in at all.
const MILD = TINY.replace('loss: 20%', 'loss: 2%');
const LONG = MILD.replace('repetitions: 1', 'repetitions: 50');

test(
  'Ctrl-C ends it with what was measured so far, and no process stays',
  async () => {
    const { file, out } = workshop(LONG);
    const run = lab('run', file, '--backend', 'relay', '--out', out);
    await run.prints('trial 4 of', STARTED_WITHIN_MS);
    const crew = descendants(run.child.pid!);
    expect(crew.length).toBeGreaterThanOrEqual(3);
    run.child.kill('SIGINT');
    expect(await run.ends(LIMIT_MS)).toBe(130);
    expect(run.out).toMatch(/INCOMPLETE: stopped after \d+ of 150 trials\./);
    const { status, cells } = resultIn(out);
    expect(status.kind).toBe('incomplete');
    expect(cells.flatMap(({ repetitions }) => repetitions).length).toBeGreaterThanOrEqual(3);
    await until(() => !crew.some(isAlive), 'all its processes are gone', GONE_WITHIN_MS);
  },
  LIMIT_MS,
);

describe.each(['relay', 'tun'])(
  'kill -9 over %s',
  (backend) => {
    test('of the controller leaves what was measured, marked incomplete, and nothing else', async (context) => {
      const { out, run } = started(context, backend, LONG);
      await run.prints('trial 3 of', STARTED_WITHIN_MS);
      const left = holdings(run);
      run.child.kill('SIGKILL');
      await gone(left);
      const { status, ended } = storyOf(out);
      expect(ended).toBeGreaterThanOrEqual(2);
      const planned = expect.any(Number);
      expect(status).toEqual({ kind: 'incomplete', why: [{ kind: 'under-way', ended, planned }] });
      expect(rowsIn(out)).toBeGreaterThanOrEqual(100 * ended);
      const report = lab('report', out);
      expect(await report.ends()).toBe(0);
      expect(report.out).toContain(`INCOMPLETE: after ${ended} of`);
    });

    test('of the link ends the run with what was measured', async (context) => {
      const { out, run } = started(context, backend, LONG);
      await run.prints('trial 3 of', STARTED_WITHIN_MS);
      const link = await victimOf(run, backend === 'tun' ? 'emulator' : 'relay');
      const left = holdings(run);
      process.kill(link, 'SIGKILL');
      await gone(left);
      expect(await run.ends(LIMIT_MS)).toBe(1);
      const { status, failed, ended } = storyOf(out);
      const planned = expect.any(Number);
      expect(status).toEqual({
        kind: 'incomplete',
        why: [
          { kind: 'trials-failed', failed: 1, planned },
          { kind: 'link-ended', backend, trial: ended, planned },
        ],
      });
      expect(failed).toEqual([`the ${backend} link ended before its time`]);
      expect(run.out).toContain('INCOMPLETE');
    });

    test.for(['server', 'worker'])('of the %s fails its trial, and the run goes on', async (victim, context) => {
      const { out, run } = started(context, backend, MILD.replace('repetitions: 1', 'repetitions: 2'));
      await run.prints('trial 2 of', STARTED_WITHIN_MS);
      const pid = await victimOf(run, victim);
      const left = holdings(run);
      process.kill(pid, 'SIGKILL');
      await run.prints('trial 4 of', STARTED_WITHIN_MS);
      const later = holdings(run);
      expect(await run.ends(LIMIT_MS)).toBe(1);
      await gone({ ...left, processes: [...left.processes, ...later.processes] });
      const { status, failed, ended } = storyOf(out);
      const planned = backend === 'tun' ? 8 : 6;
      expect(status).toEqual({ kind: 'incomplete', why: [{ kind: 'trials-failed', failed: 1, planned }] });
      expect(failed).toEqual([`the ${victim} process ended (SIGKILL)`]);
      expect(rowsIn(out)).toBeGreaterThanOrEqual(100 * (ended - 1));
    });
  },
  LIMIT_MS,
);

test('a full disk ends the run in one line, and what was measured before is whole', {
  timeout: LIMIT_MS,
}, (context) => {
  const mayMount = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;
  needs(context, mayMount, 'it needs root and a mount namespace');
  const { file, out } = workshop(LONG);
  const disk = join(dirname(out), 'disk');
  mkdirSync(disk);
  // The disk is gone with its namespace.
  const script = `mount -t tmpfs -o size=256k tmpfs ${disk} && ${process.execPath} ${LAB} run ${file} --backend loopback --out ${disk}/run; code=$?; cp -r ${disk}/run ${out}; exit $code`;
  const { status: code, stderr } = spawnSync('unshare', ['--mount', 'sh', '-c', script], { encoding: 'utf8' });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^lab: The run could not be written to .*ENOSPC.* What was measured before stands there: make room, then lab run --resume \S+\n$/,
  );
  const { status, ended } = storyOf(out);
  expect(status).toEqual({
    kind: 'incomplete',
    why: [{ kind: 'not-written', said: expect.stringMatching(/^ENOSPC/) }],
  });
  expect(ended).toBeGreaterThan(0);
  expect(rowsIn(out)).toBe(100 * ended);
  expect(readdirSync(out).sort()).toEqual(['messages.csv.gz', 'run.json', 'scenario.yaml']);
});

function started(context: TestContext, backend: string, scenario: string): { out: string; run: Lab } {
  const works = backend !== 'tun' || (process.getuid?.() === 0 && existsSync('/dev/net/tun'));
  needs(context, works, 'it needs root and /dev/net/tun');
  const { file, out } = workshop(scenario);
  return { out, run: lab('run', file, '--backend', backend, '--out', out) };
}

/** What a run holds of this machine. */
interface Holdings {
  readonly processes: readonly number[];
  /** Network namespaces that are not this process's. */
  readonly networks: ReadonlySet<string>;
  /** Network devices of this process's namespace. */
  readonly devices: readonly string[];
}

function holdings(run: Lab): Holdings {
  const processes = descendants(run.child.pid!);
  expect(processes.length).toBeGreaterThanOrEqual(3);
  return { processes, networks: heldNetworks(processes), devices: devices() };
}

/** Held open until the test ends: the number of one that is gone is the next one's, and tests beside this one make some. */
function heldNetworks(processes: readonly number[]): Set<string> {
  const files = processes.flatMap((pid) => ifThere(() => openSync(networkOf(pid), 'r')) ?? []);
  onTestFinished(() => files.forEach((file) => void closeSync(file)));
  const networks = new Set(files.map((file) => readlinkSync(`/proc/self/fd/${file}`)));
  networks.delete(readlinkSync(networkOf('self')));
  return networks;
}

function networkOf(pid: number | string): string {
  return `/proc/${pid}/ns/net`;
}

function devices(): string[] {
  return readdirSync('/sys/class/net').sort();
}

async function gone({ processes, networks, devices: known }: Holdings): Promise<void> {
  await until(() => !processes.some(isAlive), 'all its processes are gone', GONE_WITHIN_MS);
  // One that was only just being started is not in that list.
  await until(
    () => !networksNow().some((network) => networks.has(network)),
    'all its networks are gone',
    GONE_WITHIN_MS,
  );
  expect(devices()).toEqual(known);
}

function networksNow(): string[] {
  return everyProcess().flatMap((pid) => ifThere(() => readlinkSync(networkOf(pid))) ?? []);
}

/** Of a trial that has only just begun, it may have yet to start. */
async function victimOf(run: Lab, role: string): Promise<number> {
  let pid: number | undefined;
  const isThere = () => {
    pid = processOf(run.child.pid!, `processes/${role}.js`);
    return pid !== undefined;
  };
  await until(isThere, `its ${role} is there`);
  return pid!;
}

function storyOf(folder: string) {
  const { status, cells } = resultIn(folder);
  const outcomes = cells.flatMap(({ repetitions }) => repetitions.map(({ outcome }) => outcome));
  const failed = outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [outcome.why] : []));
  return { status, ended: outcomes.length, failed };
}

function rowsIn(folder: string): number {
  const rows = gunzipSync(readFileSync(join(folder, 'messages.csv.gz')))
    .toString()
    .trim()
    .split('\n');
  return rows.length - 1;
}
