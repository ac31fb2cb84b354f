// Whole runs over nothing, with real processes and tiny trials: their order, their ends, and what goes wrong.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { RunResult } from '../../../src/bench/result.ts';
import { loopbackRig, type Rig } from '../../../src/bench/rig/rig.ts';
import { type Progress, type RunOptions, run } from '../../../src/bench/run/run.ts';
import type { FinishedTrial } from '../../../src/bench/run/trial.ts';
import type { Scenario } from '../../../src/bench/scenario/scenario.ts';
import { monotonicNs } from '../../../src/monotonic.ts';
import { optionsFor } from '../made-run.ts';
import { scenarioWith } from '../scenario/library.ts';

const LIMIT_MS = 60_000;
const built = (name: string) => new URL(`../../../dist/cli/processes/${name}.js`, import.meta.url);
const PROGRAMS = { server: built('server'), worker: built('worker') };
const TINY = { users: 2, ratePerSecond: 200, duration: '20ms', bodyBytes: 50 };

const tiny = (changes: object = {}) =>
  scenarioWith({ workload: TINY, waitingTime: '60ms', repetitions: 1, ...changes });

/** A run over the loopback; everything that it told on its way. */
async function ran(scenario: Scenario, changes: Partial<RunOptions> = {}) {
  const kept: { trial: FinishedTrial; result: RunResult }[] = [];
  const progress: Progress[] = [];
  const journal = {
    begin: vi.fn(async (_result: RunResult) => {}),
    keep: async (trial: FinishedTrial, result: RunResult) => void kept.push({ trial, result }),
  };
  const result = await run(
    optionsFor(scenario, {
      rig: loopbackRig(undefined),
      programs: PROGRAMS,
      clock: monotonicNs,
      journal,
      onProgress: (each) => void progress.push(each),
      ...changes,
    }),
  );
  return { result, kept, progress, begun: journal.begin.mock.calls.map(([first]) => first) };
}

/** Everything that a trial is called by. */
const nameOf = ({ plan }: FinishedTrial) => `${plan.number}: ${plan.transport} over ${plan.link}, ${plan.repetition}`;

describe('a run', { timeout: LIMIT_MS }, () => {
  test('has every trial once, and is kept from its beginning and after each of them', async () => {
    const { result, kept, progress, begun } = await ran(tiny({ links: { a: {}, b: {} }, repetitions: 2 }));
    expect(result.status).toEqual({ kind: 'complete' });
    expect(begun).toHaveLength(1);
    expect(begun[0]!.status).toEqual({
      kind: 'incomplete',
      why: [{ kind: 'under-way', ended: 0, planned: 8 }],
    });
    expect(kept.map(({ trial }) => trial.plan.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const [at, { result }] of kept.entries()) {
      const counted = result.cells.reduce((sum, { repetitions }) => sum + repetitions.length, 0);
      expect([counted, result.status]).toMatchObject([
        at + 1,
        { why: [{ kind: 'under-way', ended: at + 1, planned: 8 }] },
      ]);
    }
    expect(progress.map((each) => (each.kind === 'trial' ? each.trial.number : each.kind))).toEqual([
      'planned',
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
    ]);
    for (const { figures } of result.cells) {
      expect(figures).toMatchObject({ sent: { value: 8 }, delivered: { value: 8 }, lost: { value: 0 } });
    }
  });

  test('kills the server at the end under each contestant, where it is asked to', async () => {
    const { result, progress } = await ran(tiny({ vanishing: { watch: '300ms' } }));
    expect(result.vanishing.map(({ transport, watchedMs }) => [transport, watchedMs])).toEqual([
      ['tcp', 300],
      ['udp', 300],
    ]);
    const [tcp, udp] = result.vanishing;
    expect(tcp!.noticedAfterMs).toBeLessThan(300);
    expect(udp!.noticedAfterMs).toBeNull();
    expect(progress.filter(({ kind }) => kind === 'vanishing')).toHaveLength(2);
  });

  test('leaves out what the backend can not measure, and says why', async () => {
    const transports = { tcp: {}, 'tcp reno': { transport: 'tcp', congestionControl: 'reno' } };
    const { result, kept } = await ran(tiny({ transports }));
    expect(result.status).toEqual({ kind: 'complete' });
    expect(kept.map(({ trial }) => trial.plan.transport)).toEqual(['tcp']);
    expect(result.cells.map(({ notAvailable }) => notAvailable)).toEqual([
      undefined,
      { kind: 'no-hosts-to-set', backend: 'loopback', asked: ['net.ipv4.tcp_congestion_control = reno'] },
    ]);
  });

  test('of nothing that can be measured has no trial', async () => {
    const { result, kept } = await ran(tiny({ links: { lossy: { loss: '1%' } } }));
    expect([kept, result.status, result.cells.length]).toEqual([[], { kind: 'complete' }, 2]);
  });
});

describe('a wanted precision', { timeout: LIMIT_MS }, () => {
  const one = () => tiny({ transports: ['udp'], workload: { ...TINY, duration: '5ms' } });

  test('repeats until every cell has it, and that takes an interval', async () => {
    const precision = { metric: 'delay-p50', relativeWidth: 1e9, mostMs: 1e9 } as const;
    const { result, progress } = await ran(one(), { precision });
    expect(result.cells[0]!.repetitions).toHaveLength(6);
    expect(result.status).toEqual({ kind: 'complete' });
    expect(progress.at(-1)).toMatchObject({ kind: 'trial', of: 6 });
  });

  test('begins no repetition for which there is no time, by what those before it took', async () => {
    const precision = { metric: 'delay-p50', relativeWidth: 1e-9, mostMs: 150_000 } as const;
    const { result } = await ran(one(), { precision, tookBeforeMs: 100_000 });
    expect(result.cells[0]!.repetitions).toHaveLength(1);
    expect(result.status).toEqual({ kind: 'complete' });
  });

  test("has the scenario's repetitions at least", async () => {
    const precision = { metric: 'delay-p50', relativeWidth: 1e9, mostMs: 0 } as const;
    const { result } = await ran(tiny({ transports: ['udp'], repetitions: 2 }), { precision });
    expect(result.cells[0]!.repetitions).toHaveLength(2);
  });
});

describe('a run that is taken up again', { timeout: LIMIT_MS }, () => {
  test('carries out what was not, and counts all of it', async () => {
    const scenario = tiny({ repetitions: 2 });
    const whole = await ran(scenario);
    const finished = whole.kept.slice(0, 3).map(({ trial }) => trial);
    const { result, kept, begun } = await ran(scenario, { finished, tookBeforeMs: 100_000 });
    expect(kept.map(({ trial }) => nameOf(trial))).toEqual(whole.kept.slice(3).map(({ trial }) => nameOf(trial)));
    expect(begun[0]!.status).toMatchObject({ why: [{ kind: 'under-way', ended: 3, planned: 4 }] });
    expect(result.status).toEqual({ kind: 'complete' });
    expect(result.cells.map(({ repetitions }) => repetitions.length)).toEqual([2, 2]);
    expect(result.environment.tookMs).toBeGreaterThanOrEqual(100_000);
  });

  test('does nothing where nothing is left', async () => {
    const scenario = tiny({ transports: ['udp'] });
    const finished = (await ran(scenario)).kept.map(({ trial }) => trial);
    const { kept, result } = await ran(scenario, { finished });
    expect([kept, result.status]).toEqual([[], { kind: 'complete' }]);
  });
});

describe('what goes wrong', { timeout: LIMIT_MS }, () => {
  test('with one trial is its outcome; the next one has new processes', async () => {
    const { result, kept } = await ran(tiny({ transports: ['udp'], repetitions: 2 }), {
      programs: { ...PROGRAMS, worker: diesOnce() },
    });
    expect(kept[0]!.trial.outcome).toMatchObject({
      kind: 'failed',
      why: expect.stringContaining('the worker process ended'),
    });
    expect(kept[1]!.trial.outcome.kind).toBe('measured');
    expect(result.status).toEqual({ kind: 'incomplete', why: [{ kind: 'trials-failed', failed: 1, planned: 2 }] });
    expect(result.cells[0]!.figures).toMatchObject({ sent: { value: 4 } });
  });

  test('with the link ends the run, and is said', async () => {
    const { rig, breaks } = breakable();
    const { result, kept } = await ran(tiny({ repetitions: 5 }), {
      rig,
      journal: { begin: async () => {}, keep: async () => breaks() },
    });
    expect(kept).toHaveLength(0);
    expect(result.status).toEqual({
      kind: 'incomplete',
      why: [{ kind: 'link-ended', backend: 'loopback', trial: 1, planned: 10 }],
    });
  });

  test('with the link during a trial fails that trial, too', async () => {
    const { rig, breaks } = breakable();
    const { result } = await ran(tiny({ workload: { ...TINY, duration: '10s' }, transports: ['udp'] }), {
      rig,
      onProgress: ({ kind }) => {
        if (kind === 'trial') setTimeout(breaks, 500);
      },
    });
    expect(result.cells[0]!.repetitions).toMatchObject([
      { outcome: { kind: 'failed', why: 'the loopback link ended before its time' } },
    ]);
    expect(result.status).toMatchObject({
      why: [
        { kind: 'trials-failed', failed: 1, planned: 1 },
        { kind: 'link-ended', backend: 'loopback', trial: 1, planned: 1 },
      ],
    });
  });

  test('with the journal ends the run with that, and leaves no process', async () => {
    const full = async () => {
      throw new Error('the disk is full');
    };
    const launched: Rig['launch'] = vi.fn(loopbackRig(undefined).launch);
    const running = ran(tiny(), {
      rig: { ...loopbackRig(undefined), launch: launched },
      journal: { begin: async () => {}, keep: full },
    });
    await expect(running).rejects.toThrow('the disk is full');
    const children = vi.mocked(launched).mock.results.map(({ value }) => value);
    expect(children.length).toBeGreaterThan(0);
    for (const child of children) expect(child.exitCode ?? child.signalCode).not.toBeNull();
  });

  test('and a wish to stop: what was measured is there, and the trial under way is not', async () => {
    const controller = new AbortController();
    const { result, kept } = await ran(tiny({ repetitions: 3, workload: { ...TINY, duration: '300ms' } }), {
      signal: controller.signal,
      onProgress: (each) => {
        if (each.kind === 'trial' && each.trial.number === 3) controller.abort();
      },
    });
    expect(kept).toHaveLength(2);
    expect(result.status).toEqual({ kind: 'incomplete', why: [{ kind: 'stopped', ended: 2, planned: 6 }] });
  });

  test('and a wish to stop while a trial waits for the hosts: it starts no process when it has them', async () => {
    const controller = new AbortController();
    let tuned: () => void = () => {};
    const launched: Rig['launch'] = vi.fn(loopbackRig(undefined).launch);
    const tune = () => {
      controller.abort();
      return new Promise<void>((resolve) => {
        tuned = resolve;
      });
    };
    const { result } = await ran(tiny(), {
      signal: controller.signal,
      rig: { ...loopbackRig(undefined), launch: launched, tune },
    });
    expect(result.status).toEqual({ kind: 'incomplete', why: [{ kind: 'stopped', ended: 0, planned: 2 }] });
    tuned();
    await turnOfTheLoop();
    expect(launched).not.toHaveBeenCalled();
  });
});

function breakable(): { rig: Rig; breaks: () => void } {
  let breaks: () => void = () => {};
  const broken = new Promise<void>((resolve) => {
    breaks = resolve;
  });
  return { rig: { ...loopbackRig(undefined), broken }, breaks };
}

/** A worker that ends as soon as it is started, the first time; after that it is what it should be. */
function diesOnce(): URL {
  const folder = mkdtempSync(join(tmpdir(), 'lab-worker-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'worker.mjs');
  writeFileSync(
    file,
    `import { existsSync, writeFileSync } from 'node:fs';
     const mark = ${JSON.stringify(join(folder, 'mark'))};
     if (existsSync(mark)) await import(${JSON.stringify(PROGRAMS.worker.href)});
     else { writeFileSync(mark, ''); process.exit(3); }`,
  );
  return pathToFileURL(file);
}
