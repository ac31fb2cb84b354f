// npm run bench:route — the server as a router: messages per second and its own CPU time per message, beside the least
// that could forward the same bytes, in the same run. Options: --seconds N (per measurement), --rounds N, --wire tcp|udp, --json.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { BODY_BYTES, type Count, PAIRS, WINDOW, type Wire } from './load.ts';

interface Sample {
  readonly wire: Wire;
  readonly candidate: string;
  readonly messagesPerSecond: number;
  readonly serverCpuUsPerMessage: number;
  readonly lost: number;
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    wire: { type: 'string', multiple: true, default: ['tcp', 'udp'] },
    json: { type: 'boolean', default: false },
  },
});

const WARM_UP_SECONDS = 1;
const CANDIDATES = ['lab', 'bare'];
const WIRES = values.wire as Wire[];

const samples = await measureAll(Number(values.rounds), Number(values.seconds));
if (values.json) console.log(JSON.stringify(samples, null, 2));
else print(samples);

/** Candidates take turns, so that a noisy minute hits each of them. */
async function measureAll(rounds: number, seconds: number): Promise<Sample[]> {
  const taken: Sample[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const wire of WIRES) {
      for (const candidate of CANDIDATES) taken.push(await measure(wire, candidate, seconds));
    }
  }
  return taken;
}

async function measure(wire: Wire, candidate: string, seconds: number): Promise<Sample> {
  const server = start('server', candidate, wire);
  const port = await answer<number>(server);
  const clients = start('clients', candidate, wire, String(port));
  await answer(clients);
  await sleep(WARM_UP_SECONDS);
  const [countBefore, cpuBefore] = await sample(clients, server);
  const startedAt = performance.now();
  await sleep(seconds);
  const [countAfter, cpuAfter] = await sample(clients, server);
  const elapsedSeconds = (performance.now() - startedAt) / 1000;
  clients.disconnect();
  server.disconnect();
  await Promise.all([once(clients, 'exit'), once(server, 'exit')]);
  const messages = countAfter.delivered - countBefore.delivered;
  const cpuUs = cpuAfter.user + cpuAfter.system - cpuBefore.user - cpuBefore.system;
  return {
    wire,
    candidate,
    messagesPerSecond: messages / elapsedSeconds,
    serverCpuUsPerMessage: cpuUs / messages,
    lost: countAfter.lost - countBefore.lost,
  };
}

function sample(clients: ChildProcess, server: ChildProcess): Promise<[Count, NodeJS.CpuUsage]> {
  return Promise.all([ask<Count>(clients), ask<NodeJS.CpuUsage>(server)]);
}

function ask<T>(child: ChildProcess): Promise<T> {
  child.send('sample');
  return answer<T>(child);
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const [message] = await once(child, 'message');
  return message as T;
}

function start(...args: string[]): ChildProcess {
  return fork(fileURLToPath(new URL('./child.js', import.meta.url)), args);
}

function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

function print(taken: readonly Sample[]): void {
  console.log(
    `${PAIRS} pairs, ${BODY_BYTES}-byte bodies, window ${WINDOW.tcp} (tcp) and ${WINDOW.udp} (udp); medians\n`,
  );
  console.log('wire  server   messages/s   server CPU µs/message   lost');
  for (const wire of WIRES) {
    for (const candidate of CANDIDATES)
      console.log(row(taken.filter((s) => s.wire === wire && s.candidate === candidate)));
    console.log(
      `      lab : bare ${ratio(taken, wire, (s) => s.messagesPerSecond)} (messages/s), ${ratio(taken, wire, (s) => s.serverCpuUsPerMessage)} (CPU per message)\n`,
    );
  }
}

function row(of: readonly Sample[]): string {
  const rate = median(of.map((s) => s.messagesPerSecond));
  const cpu = median(of.map((s) => s.serverCpuUsPerMessage));
  const lost = of.reduce((sum, s) => sum + s.lost, 0);
  const cells = [
    of[0]!.wire.padEnd(6),
    of[0]!.candidate.padEnd(5),
    rate.toFixed(0).padStart(13),
    cpu.toFixed(2).padStart(24),
  ];
  return `${cells.join('')}${String(lost).padStart(7)}`;
}

/** Taken round by round: both sides of each ratio were measured within seconds of each other. */
function ratio(taken: readonly Sample[], wire: Wire, figure: (sample: Sample) => number): string {
  const of = (candidate: string) => taken.filter((s) => s.wire === wire && s.candidate === candidate).map(figure);
  const bare = of('bare');
  return median(of('lab').map((value, round) => value / bare[round]!)).toFixed(2);
}
