// Offers packets to a model in virtual time and keeps a copy of every fate.

import type { Chance } from '../../src/link/chance.ts';
import type { Direction } from '../../src/link/impairment.ts';
import { type Fate, linkModel } from '../../src/link/model.ts';
import { parseDirectionProfile } from '../../src/link/parse-profile.ts';

export interface Offer {
  atMs: number;
  sizeBytes: number;
}

export interface Setting {
  direction?: Direction;
  mode?: Chance['mode'];
  seed?: number;
  slotMs?: number;
}

/** A model of plain data, per packet unless the setting says otherwise. */
export function modelOf(profile: unknown, { direction = 'up', mode = 'packet', seed = 1, slotMs = 1 }: Setting = {}) {
  return linkModel(parseDirectionProfile(profile), direction, { mode, seed, slotMs });
}

export function fatesOf(profile: unknown, offers: readonly Offer[], setting: Setting = {}): Fate[] {
  const model = modelOf(profile, setting);
  return offers.map(({ atMs, sizeBytes }) => ({ ...model.offer({ sizeBytes, offeredNs: atMs * 1e6 }) }));
}

export function every(intervalMs: number, count: number, sizeBytes = 1000): Offer[] {
  return Array.from({ length: count }, (_, i) => ({ atMs: i * intervalMs, sizeBytes }));
}

export function dueMs(fates: readonly Fate[]): number[] {
  return fates.filter(({ dropped }) => dropped === undefined).map(({ dueNs }) => dueNs / 1e6);
}

export function lostNumbers(fates: readonly Fate[]): number[] {
  return fates.filter(({ dropped }) => dropped !== undefined).map(({ number }) => number);
}

/** How far from its mean a count of `trials` may lie in 999 of 1000 cases (normal approximation). */
export function binomialBound(trials: number, probability: number): number {
  return 3.29 * Math.sqrt(trials * probability * (1 - probability)) + 1;
}
