// What is decided before anything is sent: the trials and their order, the instants, and the bodies.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planTrials } from '../../src/bench/plan.ts';
import { readProbe, SMALLEST_PROBE_BYTES, writeProbe } from '../../src/bench/probe.ts';
import type { Scenario } from '../../src/bench/scenario.ts';
import { scheduleFor } from '../../src/bench/schedule.ts';
import { introScenario } from './scenarios.ts';

const intro = introScenario();
const PROFILE = { up: {}, down: {} };

const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    transports: fc.uniqueArray(fc.constantFrom('tcp', 'udp', 'quic'), { minLength: 1 }),
    links: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }),
    repetitions: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ transports, links, repetitions }) => ({
    ...intro,
    transports,
    repetitions,
    links: new Map(links.map((name) => [name, PROFILE])),
  }));
const anySeed = fc.nat();

describe('the plan', () => {
  test('has every available cell once in each repetition, one repetition after the other', () => {
    fc.assert(
      fc.property(anyScenario, anySeed, fc.func(fc.boolean()), (scenario, seed, isAvailable) => {
        const cells = [...scenario.links.keys()].flatMap((link) =>
          scenario.transports.filter((transport) => isAvailable(transport, link)).map((each) => `${each} over ${link}`),
        );
        const trials = planTrials(scenario, seed, isAvailable);
        for (let repetition = 1; repetition <= scenario.repetitions; repetition++) {
          const round = trials.slice((repetition - 1) * cells.length, repetition * cells.length);
          expect(round.map(({ transport, link }) => `${transport} over ${link}`).sort()).toEqual([...cells].sort());
          expect(round.every((trial) => trial.repetition === repetition)).toBe(true);
        }
        expect(trials.map(({ number }) => number)).toEqual(Array.from({ length: trials.length }, (_, i) => i + 1));
        expect(trials).toHaveLength(cells.length * scenario.repetitions);
      }),
    );
  });

  test('gives all transports one channel, and every link and repetition another', () => {
    const seeds = new Map<string, Set<number>>();
    for (const { link, repetition, channelSeed } of planTrials(intro, 5, () => true)) {
      const channel = `${link} ${repetition}`;
      seeds.set(channel, (seeds.get(channel) ?? new Set()).add(channelSeed));
    }
    expect(seeds.size).toBe(intro.links.size * intro.repetitions);
    expect([...seeds.values()].map(({ size }) => size)).toEqual(Array(seeds.size).fill(1));
    expect(new Set([...seeds.values()].flatMap((each) => [...each])).size).toBe(seeds.size);
  });

  test('takes every bit of a seed: those that differ in one have other channels and another order', () => {
    const few = { ...intro, repetitions: 4 };
    const planOf = (seed: number) => planTrials(few, seed, () => true);
    const channels = (seed: number) => planOf(seed).map(({ channelSeed }) => channelSeed);
    const order = (seed: number) => planOf(seed).map(({ transport, link }) => `${transport} over ${link}`);
    const seed = 2 ** 40 + 44765;
    for (let bit = 0; bit < 53; bit++) {
      const other = seed % 2 ** (bit + 1) < 2 ** bit ? seed + 2 ** bit : seed - 2 ** bit;
      expect(channels(other)).not.toEqual(channels(seed));
      expect(order(other)).not.toEqual(order(seed));
    }
  });

  test('keeps the channels of what is available, whatever else is not', () => {
    fc.assert(
      fc.property(anyScenario, anySeed, fc.func(fc.boolean()), (scenario, seed, isAvailable) => {
        const channelOf = (trials: ReturnType<typeof planTrials>) =>
          new Map(trials.map(({ link, repetition, channelSeed }) => [`${link} ${repetition}`, channelSeed]));
        const whole = channelOf(planTrials(scenario, seed, () => true));
        for (const [link, channelSeed] of channelOf(planTrials(scenario, seed, isAvailable))) {
          expect(whole.get(link)).toBe(channelSeed);
        }
      }),
    );
  });

  test('lets no transport always go first', () => {
    const firsts = planTrials({ ...intro, repetitions: 40, links: new Map([['a', PROFILE]]) }, 1, () => true)
      .filter((_, at) => at % intro.transports.length === 0)
      .map(({ transport }) => transport);
    expect(new Set(firsts)).toEqual(new Set(intro.transports));
  });
});

describe('the schedule', () => {
  test.each<[what: string, pairs: number, ratePerSecond: number, durationMs: number, messages: number]>([
    ['a second', 4, 500, 1000, 500],
    ['a part of a message', 1, 10, 250, 2],
    ['a product a hair below a whole number', 1, 4.35, 100_000, 435],
    ['less than one message: one is sent', 3, 1, 10, 1],
    ['more pairs than messages', 5000, 100, 100, 10],
  ])('of %s', (_what, pairs, ratePerSecond, durationMs, messages) => {
    const { flow, plannedNs, flows } = scheduleFor({ ...intro.workload, pairs, ratePerSecond, durationMs });
    expect([plannedNs.length, flow.length, flows]).toEqual([messages, messages, pairs]);
    for (const [i, ns] of plannedNs.entries()) {
      expect(ns).toBeCloseTo((i * 1e9) / ratePerSecond, 3);
      expect(flow[i]).toBe(i % pairs);
    }
    expect(plannedNs.at(-1)!).toBeLessThan(Math.max(1, durationMs * 1e6));
  });
});

describe('a probe', () => {
  const anyProbe = fc.record({
    trial: fc.nat({ max: 0xffff_ffff }),
    message: fc.nat({ max: 10_000_000 }),
    sizeBytes: fc.integer({ min: SMALLEST_PROBE_BYTES, max: 300 }),
  });

  test('is read as it was written, and is another trial to another trial', () => {
    fc.assert(
      fc.property(anyProbe, fc.nat({ max: 0xffff_ffff }), ({ trial, message, sizeBytes }, other) => {
        const body = writeProbe(trial, message, sizeBytes);
        expect(body).toHaveLength(sizeBytes);
        expect(readProbe(body, trial, sizeBytes)).toEqual({ kind: 'whole', message });
        if (other !== trial) expect(readProbe(body, other, sizeBytes)).toEqual({ kind: 'other' });
      }),
    );
  });

  test('shows any change of any one byte', () => {
    const sizeBytes = 64;
    const body = writeProbe(7, 123_456, sizeBytes);
    for (let at = 0; at < sizeBytes; at++) {
      for (let change = 1; change < 256; change++) {
        const damaged = Uint8Array.from(body);
        damaged[at]! ^= change;
        if (readProbe(damaged, 7, sizeBytes).kind !== 'damaged') throw new Error(`Byte ${at} ^ ${change} went unseen.`);
      }
    }
  });

  test.each([0, 1, 23, 24, 99, 101])('cut or stretched from 100 to %i bytes is damaged', (length) => {
    const body = new Uint8Array(length);
    body.set(writeProbe(7, 1, 100).subarray(0, length));
    expect(readProbe(body, 7, 100)).toEqual({ kind: 'damaged' });
  });
});
