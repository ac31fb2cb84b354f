// Is it true? Each check sends something across a link and compares what came of it with what was configured. Everything
// is measured by the hosts and nothing asked of the emulator.
import type { JitterSettings } from '../../src/link/impairment/jitter.ts';
import type { DirectionProfile } from '../../src/link/profile.ts';
import type { EmulatedNetwork } from '../../src/link/tun/network.ts';
import type { Finding } from './finding.ts';
import { IRTT_BYTES, irttMs, PING_BYTES, pingMeanMs } from './programs.ts';
import { JITTER_BELOW, jitterLaw, ksCritical, ksDistance, quantile, shareInterval } from './statistics.ts';
import { delaysMs, distinct, HEADER_BYTES, overtakers, type Stream, type StreamPlan, sendStream } from './stream.ts';
import type { Trial } from './trials.ts';

export type Check = (network: EmulatedNetwork, trial: Trial) => Promise<Omit<Finding, 'profile'>[]>;

const MEDIAN_REACH_MS = 0.3;
const P99_REACH_MS = 1;
const SHARE_REACH = 0.02;

/** Round trips of ping and of irtt, one after the other: beside each other they would meet in a slow line's queue. */
export const delayCheck: Check = async (network, { profile }) => {
  const pingMs = await pingMeanMs(network, PINGS, 10);
  const tripsMs = (await irttMs(network, IRTT_TRIPS, 5)).sort((a, b) => a - b);
  const configuredMs = (sizeBytes: number) => crossingMs(profile.up, sizeBytes) + crossingMs(profile.down, sizeBytes);
  const irtt = { configuredMs: configuredMs(IRTT_BYTES), samples: tripsMs.length };
  return [
    delayFinding(
      'round trip, ping, mean',
      pingMs,
      { configuredMs: configuredMs(PING_BYTES), samples: PINGS },
      MEDIAN_REACH_MS,
    ),
    delayFinding('round trip, irtt, median', quantile(tripsMs, 0.5), irtt, MEDIAN_REACH_MS),
    delayFinding('round trip, irtt, p99', quantile(tripsMs, 0.99), irtt, P99_REACH_MS),
  ];
};

const PINGS = 100;
const IRTT_TRIPS = 400;

function delayFinding(
  figure: string,
  achieved: number,
  { configuredMs, samples }: { configuredMs: number; samples: number },
  reachMs: number,
): Omit<Finding, 'profile'> {
  const isMet = Math.abs(achieved - configuredMs) < reachMs;
  return { figure, unit: 'ms', configured: configuredMs, achieved, reach: `± ${reachMs} ms`, isMet, samples };
}

/** The delay, and the time on the line. */
function crossingMs({ delay, rate }: DirectionProfile, sizeBytes: number): number {
  return (delay?.delayMs ?? 0) + (rate === undefined ? 0 : (sizeBytes * 8 * 1000) / rate.rateBitsPerSecond);
}

const MANY: StreamPlan = { count: 100_000, perSecond: 20_000, payloadBytes: 64, quietMs: 500 };

/** What found the receiver's socket full is told by its host, and is no loss of the link. */
export const lossCheck: Check = async (network, { profile, chance }) => {
  const stream = await sendStream(network, MANY);
  const { loss } = profile.up;
  if (loss?.kind !== 'random' && loss?.kind !== 'gilbert-elliott')
    throw new Error('This profile has no loss by chance.');
  const isBursty = loss.kind === 'gilbert-elliott';
  const configured = isBursty ? loss.p / (loss.p + loss.r) : loss.probability;
  const perStep = chance.mode === 'time' ? (MANY.perSecond * (chance.slotMs ?? 1)) / 1000 : 1;
  const burstFactor = perStep * (isBursty ? (2 - loss.p - loss.r) / (loss.p + loss.r) : 1);
  return [
    shareFinding('loss', configured, stream.sent - distinct(stream) - stream.overflows, stream.sent, burstFactor),
  ];
};

/** Of those that were sent, how many came before one that had been sent earlier. */
export const reorderCheck: Check = async (network, { profile }) => {
  const stream = await sendStream(network, MANY);
  return [shareFinding('overtaking', profile.up.reorder?.probability ?? 0, overtakers(stream), distinct(stream))];
};

export const duplicateCheck: Check = async (network, { profile }) => {
  const stream = await sendStream(network, MANY);
  const copies = stream.number.length - distinct(stream);
  return [shareFinding('duplicated', profile.up.duplicate?.probability ?? 0, copies, distinct(stream))];
};

function shareFinding(
  figure: string,
  configured: number,
  hits: number,
  samples: number,
  burstFactor = 1,
): Omit<Finding, 'profile'> {
  const { low, high } = shareInterval(hits, samples, burstFactor);
  return {
    figure,
    unit: '%',
    configured: configured * 100,
    achieved: (hits / samples) * 100,
    reach: `99 %: ${(low * 100).toFixed(2)}–${(high * 100).toFixed(2)}`,
    isMet: configured >= low && configured <= high,
    samples,
  };
}

/** The whole distribution of the one-way delay, against the law of the jitter. */
export const jitterCheck: Check = async (network, { profile }) => {
  const { delay, jitter } = profile.up as { delay: { delayMs: number }; jitter: JitterSettings };
  const stream = await sendStream(network, { count: 10_000, perSecond: 4000, payloadBytes: 64, quietMs: 500 });
  const deviations = delaysMs(stream).map((delayMs) => (delayMs - delay.delayMs) / jitter.jitterMs);
  const distance = ksDistance(deviations, (x) => jitterLaw(jitter.distribution, x), JITTER_BELOW);
  const critical = ksCritical(deviations.length);
  return [
    {
      figure: `K-S distance from ${jitter.distribution}`,
      unit: '',
      configured: 0,
      achieved: distance,
      reach: `< ${critical.toFixed(4)} (1 %)`,
      isMet: distance < critical,
      samples: deviations.length,
    },
  ];
};

const LARGE_PAYLOAD_BYTES = 1472;
const LARGE_BYTES = LARGE_PAYLOAD_BYTES + HEADER_BYTES;

/** More than the line takes: what arrives leaves it without a pause. */
export const rateCheck: Check = async (network, { profile }) => {
  const bitsPerSecond = rateOf(profile.up);
  const perSecond = (1.5 * bitsPerSecond) / (LARGE_BYTES * 8);
  const stream = await sendStream(network, overload(perSecond, 3));
  return [rateFinding(bitsPerSecond, stream)];
};

/** Four times what the line takes: the buffer is full half a second later, and stays so. */
export const queueCheck: Check = async (network, { profile }) => {
  const bitsPerSecond = rateOf(profile.up);
  const { queue } = profile.up;
  const limitBytes = queue !== undefined && 'limitBytes' in queue ? queue.limitBytes : 0;
  const stream = await sendStream(network, overload((4 * bitsPerSecond) / (LARGE_BYTES * 8), 3));
  const fullFromNs = stream.sentNs[0]! + 1.5e9;
  const whenFull = delaysMs(stream).filter((_, i) => stream.sentNs[i]! >= fullFromNs);
  const achieved =
    quantile(
      whenFull.sort((a, b) => a - b),
      0.5,
    ) - (profile.up.delay?.delayMs ?? 0);
  const configured = (limitBytes * 8 * 1000) / bitsPerSecond;
  const isMet = isWithin(SHARE_REACH, achieved, configured);
  return [
    rateFinding(bitsPerSecond, stream),
    { figure: 'standing queue', unit: 'ms', configured, achieved, reach: '± 2 %', isMet, samples: whenFull.length },
  ];
};

function rateOf({ rate }: DirectionProfile): number {
  return rate?.rateBitsPerSecond ?? 0;
}

function overload(perSecond: number, seconds: number): StreamPlan {
  return { count: Math.ceil(perSecond * seconds), perSecond, payloadBytes: LARGE_PAYLOAD_BYTES, quietMs: 1000 };
}

/** Packets as they are on the line, headers included; the first only starts the watch. */
function rateFinding(bitsPerSecond: number, { arrivedNs, overflows }: Stream): Omit<Finding, 'profile'> {
  const seconds = (arrivedNs.at(-1)! - arrivedNs[0]!) / 1e9;
  const achieved = ((arrivedNs.length - 1 + overflows) * LARGE_BYTES * 8) / seconds;
  return {
    figure: 'rate',
    unit: 'Mbit/s',
    configured: bitsPerSecond / 1e6,
    achieved: achieved / 1e6,
    reach: '± 2 %',
    isMet: isWithin(SHARE_REACH, achieved, bitsPerSecond),
    samples: arrivedNs.length,
  };
}

function isWithin(share: number, achieved: number, configured: number): boolean {
  return Math.abs(achieved / configured - 1) <= share;
}
