// A contestant's knobs as the network sees them: trials over the packet emulator, and what they sent or lost.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import type { Rig } from '../../../src/bench/rig/rig.ts';
import { tunRig } from '../../../src/bench/rig/tun-rig.ts';
import { Crew } from '../../../src/bench/run/crew.ts';
import { carryOut, type MeasuredOutcome } from '../../../src/bench/run/trial.ts';
import { monotonicNs } from '../../../src/monotonic.ts';
import { needs } from '../../support/ability.ts';
import { until } from '../../support/until.ts';
import { scenarioWith } from '../scenario/library.ts';

const LIMIT_MS = 60_000;
const processFile = (name: string) => new URL(`../../../dist/cli/processes/${name}.js`, import.meta.url);
const PROGRAMS = { server: processFile('server'), worker: processFile('worker') };

async function stage(context: TestContext, scenarioFields: Readonly<Record<string, unknown>>) {
  needs(context, process.getuid?.() === 0 && existsSync('/dev/net/tun'), 'it needs root and /dev/net/tun');
  const scenario = scenarioWith({ waitingTime: '500ms', ...scenarioFields });
  const rig = await tunRig({ program: processFile('emulator'), mtuBytes: undefined, captureFile: undefined });
  onTestFinished(() => rig.close());
  const crew = new Crew({ rig, programs: PROGRAMS });
  onTestFinished(() => crew.dismiss());
  let number = 0;
  const run = async (transport: string): Promise<MeasuredOutcome> => {
    const [link] = scenario.points[0].links.keys();
    const plan = { transport, link: link!, point: '', number: ++number, repetition: 1, channelSeed: 1, loadSeed: 1 };
    const outcome = await carryOut(plan, { scenario, rig, clock: monotonicNs }, crew);
    if (outcome.kind === 'failed') throw new Error(outcome.why);
    return outcome;
  };
  return { rig, run };
}

const segments = ({ link }: MeasuredOutcome) => link.count!.traffic!.up['tcp data']!.packets;
const allCame = ({ account }: MeasuredOutcome) => account.delivered === account.sent;

describe('TCP', { timeout: LIMIT_MS }, () => {
  test('of a congestion control has it, and the next contestant has its own', async (context) => {
    const { rig, run } = await stage(context, {
      transports: { 'tcp reno': { transport: 'tcp', congestionControl: 'reno' }, tcp: {} },
    });
    const usual = await controlOn(rig, run('tcp'));
    expect(usual).not.toContain('reno');
    expect(await controlOn(rig, run('tcp reno'))).toEqual(['reno']);
    expect(await controlOn(rig, run('tcp'))).toEqual(usual);
  });

  test("of Nagle's algorithm puts small messages together while one is on its way", async (context) => {
    const { run } = await stage(context, {
      // Each message is handed over by itself, also where the sender is late and has several at once.
      transports: {
        'tcp Nagle': { transport: 'tcp', nagle: true, batching: false },
        'tcp plain': { transport: 'tcp', batching: false },
      },
      links: { far: { delay: '20ms' } },
      workload: { users: 2, ratePerSecond: 200, duration: '500ms', bodyBytes: 24 },
    });
    const [nagle, plain] = [await run('tcp Nagle'), await run('tcp plain')];
    expect([allCame(nagle), allCame(plain)]).toEqual([true, true]);
    // A segment for each message, against one for each round trip of eight.
    expect(segments(plain)).toBeGreaterThanOrEqual(90);
    expect(segments(nagle)).toBeLessThan(40);
  });

  test('without batching sends what leaves at one instant message by message', async (context) => {
    const { run } = await stage(context, {
      transports: { 'tcp plain': { transport: 'tcp', batching: false }, tcp: {} },
      workload: { users: 2, ratePerSecond: 200, arrivals: { bursts: 20 }, duration: '500ms', bodyBytes: 24 },
    });
    const [plain, batched] = [await run('tcp plain'), await run('tcp')];
    expect([allCame(plain), allCame(batched)]).toEqual([true, true]);
    // The kernel itself puts some together that wait for its device.
    expect(segments(plain)).toBeGreaterThan(50);
    expect(segments(batched)).toBeLessThan(20);
  });

  test('of a small send buffer is held back where a larger one is not', async (context) => {
    const { run } = await stage(context, {
      transports: { 'tcp small': { transport: 'tcp', sendBuffer: '8kB' }, tcp: {} },
      links: { far: { delay: '20ms' } },
      workload: { users: 2, arrivals: { window: 64 }, duration: '1s', bodyBytes: 20_000 },
    });
    const [small, large] = [await run('tcp small'), await run('tcp')];
    expect(small.account.sent).toBeLessThan(large.account.sent / 2);
  });
});

describe('UDP', { timeout: LIMIT_MS }, () => {
  test('of a small receive buffer loses what does not fit, and the kernels say so', async (context) => {
    const { run } = await stage(context, {
      transports: { 'udp small': { transport: 'udp', receiveBuffer: '4kB' }, udp: {} },
      workload: { users: 2, ratePerSecond: 400, arrivals: { bursts: 40 }, duration: '500ms', bodyBytes: 1000 },
    });
    const [small, usual] = [await run('udp small'), await run('udp')];
    expect(overflows(small)).toBeGreaterThan(0);
    expect(small.account.sent - small.account.delivered).toBe(overflows(small));
    expect([overflows(usual), allCame(usual)]).toEqual([0, true]);
  });
});

/** Datagrams that found no room in a socket's buffer, on both hosts. */
function overflows({ hosts }: MeasuredOutcome): number {
  const { server, clients } = hosts!;
  return [server, clients].reduce((sum, counters) => sum + (counters['udp.rcvbufErrors'] ?? 0), 0);
}

/** The congestion controls of all connections on both hosts while a trial runs. */
async function controlOn(rig: Rig, trial: Promise<MeasuredOutcome>): Promise<string[]> {
  const seen = new Set<string>();
  const look = async () => {
    for (const host of ['server', 'clients'] as const) {
      for (const [, name] of (await printedOn(rig, host, ['ss', '-tinH'])).matchAll(
        /^\s+(?:ts )?(?:sack )?(\w+) wscale/gm,
      )) {
        seen.add(name!);
      }
    }
  };
  let isOver = false;
  void trial.finally(() => {
    isOver = true;
  });
  while (!isOver && seen.size === 0) await look();
  await trial;
  return [...seen];
}

/** What a command prints on a host. */
async function printedOn(rig: Rig, host: 'server' | 'clients', command: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-host-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'command.mjs');
  const [name, ...args] = command;
  writeFileSync(
    file,
    `import { execFileSync } from 'node:child_process';
     process.send(execFileSync(${JSON.stringify(name)}, ${JSON.stringify(args)}, { encoding: 'utf8' }), () => process.disconnect());`,
  );
  const child = rig.launch(host, pathToFileURL(file));
  let text: string | undefined;
  child.once('message', (message) => {
    text = String(message);
  });
  await until(() => text !== undefined, `${name} answered on ${host}`);
  return text!;
}
