// The lab's figures over UDP beside those of irtt and ping, on the same link. A message goes up and comes down, as their
// packets do, so its delay is what they call a round trip.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { across, labDelaysMs, labRun, needsTools, workshop } from './across.ts';

const LIMIT_MS = 60_000;

const scenario = (link: string, seconds: number) => `
title: A link
question: What do messages over UDP see of it?
lookFor: What other tools see.
transports: [udp]
links: { link: ${link} }
chance: { mode: packet }
workload: { users: 2, ratePerSecond: 200, duration: ${seconds}s, bodyBytes: 64 }
repetitions: 1
waitingTime: 1s
`;

test(
  'delay, loss and IPDV agree with irtt, as whole distributions',
  async (context) => {
    needsTools(context, 'irtt');
    const folder = workshop();
    const file = join(folder, 'irtt.json');
    const link = ['--delay', '20ms', '--jitter', '{time: 8ms, reorder: true}', '--loss', '5%', '--chance', 'packet'];
    across(
      link,
      ['irtt', 'client', '-Q', '-i', '5ms', '-d', '6s', '-o', file, '10.77.0.1'],
      'irtt server -b 10.77.0.1 -i 1ms',
    );
    const irtt = roundTripsMs(readFileSync(file, 'utf8'));
    const { out } = await labRun(
      folder,
      scenario('{ delay: 20ms, jitter: { time: 8ms, reorder: true }, loss: 5% }', 6),
    );
    const lab = labDelaysMs(out);
    expect(irtt.length).toBeGreaterThan(1000);
    expect(lab).toHaveLength(1200);

    expect(distance(came(lab), came(irtt))).toBeLessThan(critical(came(lab).length, came(irtt).length));
    const variation = [lab, irtt].map((delays) => ipdvMs(delays));
    expect(distance(variation[0]!, variation[1]!)).toBeLessThan(critical(variation[0]!.length, variation[1]!.length));
    const [losses, others] = [lab, irtt].map((delays) => delays.filter(Number.isNaN).length) as [number, number];
    expect(Math.abs(proportionsZ(losses, lab.length, others, irtt.length))).toBeLessThan(Z_999);
    // Both ways 5 %: 9.75 % in all.
    expect(Math.abs(proportionsZ(losses, lab.length, 0.0975e6, 1e6))).toBeLessThan(Z_999);
  },
  LIMIT_MS,
);

test(
  'the median delay agrees with ping',
  async (context) => {
    needsTools(context, 'ping');
    const printed = across(['--delay', '20ms'], ['ping', '-c', '100', '-i', '0.02', '10.77.0.1']);
    const pings = [...printed.matchAll(/time=([\d.]+) ms/g)].map(([, ms]) => Number(ms));
    expect(pings).toHaveLength(100);
    const { result } = await labRun(workshop(), scenario('{ delay: 20ms }', 2));
    const figures = result.cells[0]!.figures!;
    expect(figures['delay-min']!.value!).toBeGreaterThanOrEqual(40);
    expect(Math.abs(figures['delay-p50']!.value! - median(pings))).toBeLessThan(1);
    expect(figures['loss']!.value).toBe(0);
  },
  LIMIT_MS,
);

/** In the order of sending; NaN for what was lost. */
function roundTripsMs(json: string): number[] {
  const { round_trips: trips } = JSON.parse(json) as { round_trips: { delay?: { rtt?: number } }[] };
  return trips.map(({ delay }) => (delay?.rtt === undefined ? Number.NaN : delay.rtt / 1e6));
}

function came(delays: readonly number[]): number[] {
  return delays.filter((ms) => !Number.isNaN(ms));
}

/** |d_i − d_(i−1)| of neighbours that both came, every other pair: those are independent. */
function ipdvMs(delays: readonly number[]): number[] {
  const variations: number[] = [];
  for (let i = 1; i < delays.length; i += 2) variations.push(Math.abs(delays[i]! - delays[i - 1]!));
  return came(variations);
}

/** Kolmogorov and Smirnov: the largest difference between two empirical distribution functions. */
function distance(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [a, b].map((values) => [...values].sort((one, other) => one - other)) as [number[], number[]];
  let [i, j, largest] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    const at = Math.min(x[i]!, y[j]!);
    while (i < x.length && x[i]! <= at) i++;
    while (j < y.length && y[j]! <= at) j++;
    largest = Math.max(largest, Math.abs(i / x.length - j / y.length));
  }
  return largest;
}

/** Exceeded by two samples of one distribution in one case of a thousand. */
function critical(n: number, m: number): number {
  return 1.95 * Math.sqrt((n + m) / (n * m));
}

const Z_999 = 3.29;

function proportionsZ(hits: number, count: number, otherHits: number, otherCount: number): number {
  const pooled = (hits + otherHits) / (count + otherCount);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / count + 1 / otherCount));
  return (hits / count - otherHits / otherCount) / error;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
