// What a machine does to a run: it lets it open too few files, or its wall clock jumps. The run ends, says why, and leaves
// nothing; and what is measured does not hear of the wall clock.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, type TestContext, test } from 'vitest';
import { needs } from '../support/ability.ts';
import { everyProcess, ifThere } from '../support/process-tree.ts';
import { LAB, Lab } from './lab.ts';
import { resultIn, workshop } from './tiny-scenario.ts';

const LIMIT_MS = 60_000;

const scenario = (users: number, waitingTime = '200ms') => `
title: A tiny experiment
question: Does it run?
lookFor: That it does.
transports: [tcp, udp]
links:
  clean: {}
workload: { users: ${users}, ratePerSecond: 500, duration: 400ms, bodyBytes: 64 }
repetitions: 1
waitingTime: ${waitingTime}
`;

describe.each(['loopback', 'relay', 'tun'])(
  'more users than open files, over %s',
  (backend) => {
    test('fail their trials in a line with the limit and what to do, and leave nothing', async (context) => {
      mayRun(context, backend);
      const { file, out } = workshop(scenario(200));
      const run = limited(128, ['run', file, '--backend', backend, '--out', out]);
      expect(await run.ends(LIMIT_MS)).toBe(1);
      expect(left(out)).toEqual([]);
      expect(run.out).toContain('INCOMPLETE: 2 of 2 trials failed.');
      const { status, cells } = resultIn(out);
      expect(status).toEqual({ kind: 'incomplete', why: [{ kind: 'trials-failed', failed: 2, planned: 2 }] });
      for (const { transport, repetitions } of cells) {
        const role = backend === 'relay' ? 'relay' : transport === 'tcp' ? 'server' : 'worker';
        const needed = backend === 'relay' && transport === 'tcp' ? 432 : 232;
        const why = `200 users over ${transport} take ${needed} open files in the ${role} process, and the limit is 128; raise it (ulimit -n ${needed}), or take fewer users`;
        expect(repetitions.map(({ outcome }) => outcome)).toEqual([{ kind: 'failed', why }]);
      }
    });

    test('and what that line names as enough is enough', async (context) => {
      mayRun(context, backend);
      const { file, out } = workshop(scenario(200));
      const run = limited(backend === 'relay' ? 432 : 232, ['run', file, '--backend', backend, '--out', out]);
      await run.prints('trial 2 of', LIMIT_MS);
      expect(left(out).length).toBeGreaterThanOrEqual(3);
      expect(await run.ends(LIMIT_MS)).toBe(0);
      expect(left(out)).toEqual([]);
      expect(resultIn(out).status).toEqual({ kind: 'complete' });
    });
  },
  LIMIT_MS,
);

test('too few files to load the lab are told in one line', async (context) => {
  needs(context, process.platform === 'linux', 'it needs ulimit');
  const { file, out } = workshop(scenario(4));
  for (const limit of [40, 64]) {
    const run = limited(limit, ['run', file, '--backend', 'loopback', '--out', out]);
    expect(await run.ends(LIMIT_MS)).toBe(1);
    expect(run.err).toBe(
      `lab: This process may have ${limit} files open at once, and the lab needs more to start. Raise the limit (ulimit -n 1024).\n`,
    );
    expect(existsSync(out)).toBe(false);
  }
});

/** In every process of the run the wall clock is five hours off, now to this side and now to that. */
const JUMPING = `
const RealDate = Date;
const now = () => RealDate.now() + (Math.floor(performance.now() / 40) % 2 === 0 ? 1 : -1) * 5 * 3_600_000;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(now());
    else super(...given);
  }
  static now() {
    return now();
  }
};
`;

test.for(['loopback', 'relay', 'tun'])(
  'a wall clock that jumps changes nothing that is measured, over %s',
  { timeout: LIMIT_MS },
  async (backend, context) => {
    mayRun(context, backend);
    const { file, out } = workshop(scenario(4, '1s'));
    const preload = join(dirname(file), 'jumping.cjs');
    writeFileSync(preload, JUMPING);
    const began = Date.now();
    const run = new Lab(['run', file, '--backend', backend, '--out', out], { NODE_OPTIONS: `--require ${preload}` });
    expect(await run.ends(LIMIT_MS)).toBe(0);
    const tookMs = Date.now() - began;
    const { status, cells, environment } = resultIn(out);
    expect(status).toEqual({ kind: 'complete' });
    // It did jump.
    expect(Math.abs(Date.parse(environment.startedAt) - began)).toBeGreaterThan(4 * 3_600_000);
    expect(environment.tookMs).toBeLessThanOrEqual(tookMs);
    for (const { figures } of cells) {
      expect(figures?.['delivered']?.value).toBe(200);
      for (const id of ['delay-min', 'delay-max', 'timer-error-p99', 'set-up-p50']) {
        const { value } = figures?.[id] ?? { value: Number.NaN };
        expect(value, id).toBeGreaterThanOrEqual(0);
        expect(value, id).toBeLessThan(tookMs);
      }
    }
  },
);

/** A capture's packets have the time of day on them, counted from one reading. */
const READERS = ['src/link/tun/capture.ts'];

test('nothing that measures reads the wall clock', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => join('src', name))
    .filter((name) => name.endsWith('.ts'));
  expect(sources.length).toBeGreaterThan(100);
  const readers = sources.filter((name) => /\bDate\s*[.(]|\btimeOrigin\b/.test(readFileSync(join(root, name), 'utf8')));
  expect(readers).toEqual(READERS);
});

/** The program with a limit of open files that it can't raise; all its processes have its last argument as a mark. */
function limited(files: number, args: readonly string[]): Lab {
  return new Lab(args, { LAB_MARK: args.at(-1) }, [
    'sh',
    '-c',
    `ulimit -n ${files} && exec "$@"`,
    'sh',
    process.execPath,
    LAB,
  ]);
}

function mayRun(context: TestContext, backend: string): void {
  needs(context, process.platform === 'linux', 'it needs ulimit');
  const works = backend !== 'tun' || (process.getuid?.() === 0 && existsSync('/dev/net/tun'));
  needs(context, works, 'it needs root and /dev/net/tun');
}

/** Processes that have this mark. */
function left(mark: string): string[] {
  return everyProcess().filter((pid) =>
    ifThere(() => readFileSync(`/proc/${pid}/environ`, 'utf8'))?.includes(`LAB_MARK=${mark}`),
  );
}
