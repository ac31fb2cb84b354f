// netem's quantities as text: "20ms", "2%", "10mbit", "64kB", "100p". Read and written here and nowhere else.
// One difference from tc: kB is 1000 bytes (tc: 1024) and KiB is 1024; and no rate in bps, which tc reads as bytes.

import { show } from './plain-data.ts';
import { LinkProfileError, type Path } from './profile-error.ts';

export function readTimeMs(value: unknown, path: Path): number {
  return TIME.read(value, path);
}

/** A probability from 0 to 1, written as a percentage. */
export function readPercent(value: unknown, path: Path): number {
  const probability = PERCENT.read(value, path);
  if (probability <= 1) return probability;
  throw new LinkProfileError(path, `${show(value)} is more than 100%; write a percentage from 0% to 100%`);
}

export function readRateBitsPerSecond(value: unknown, path: Path): number {
  return RATE.read(value, path);
}

export function readSizeBytes(value: unknown, path: Path): number {
  return SIZE.read(value, path);
}

export function readPackets(value: unknown, path: Path): number {
  return PACKETS.read(value, path);
}

export const isPackets = (value: unknown): boolean => typeof value === 'string' && /^[\d.\s-]+p$/i.test(value);

export const writeTime = (timeMs: number): string => TIME.write(timeMs);
export const writePercent = (probability: number): string => PERCENT.write(probability);
export const writeRate = (rateBitsPerSecond: number): string => RATE.write(rateBitsPerSecond);
export const writeSize = (sizeBytes: number): string => SIZE.write(sizeBytes);

const TIME = quantity('a time', '20ms', { us: 1e-3, ms: 1, s: 1000 });
const PERCENT = quantity('a percentage', '2%', { '%': 0.01 });
const RATE = quantity('a rate', '10mbit', { bit: 1, kbit: 1e3, mbit: 1e6, gbit: 1e9 });
const SIZE = quantity('a size', '64kB', { B: 1, kB: 1e3, MB: 1e6, KiB: 2 ** 10, MiB: 2 ** 20 });
const PACKETS = quantity('a number of packets', '100p', { p: 1 });

/** @param scale what one of each unit is worth; read in any case, and written in the last one that leaves no fraction */
function quantity(noun: string, example: string, scale: Readonly<Record<string, number>>) {
  const worth = new Map(Object.entries(scale).map(([unit, one]) => [unit.toLowerCase(), one]));
  const expected = `write ${noun} such as ${example} (units: ${Object.keys(scale).join(', ')})`;
  const [smallest] = Object.entries(scale);
  const zero = example.replace(/\d+/, '0');

  function read(value: unknown, path: Path): number {
    const [, sign, digits, unit] = /^\s*(-?)(\d+(?:\.\d+)?)\s*([a-z%]+)\s*$/i.exec(String(value)) ?? [];
    const one = worth.get(unit?.toLowerCase() ?? '');
    if (typeof value !== 'string' || one === undefined) {
      throw new LinkProfileError(path, `${show(value)} is not ${noun}; ${expected}`);
    }
    if (sign === '-') throw new LinkProfileError(path, `${show(value)} is negative; the least is 0; ${expected}`);
    return tidy(Number(digits) * one);
  }

  function write(amount: number): string {
    if (amount === 0) return zero;
    const fits = Object.entries(scale).filter(([, one]) => amount >= one);
    const [unit, one] = fits.findLast(([, each]) => Number.isInteger(tidy(amount / each))) ?? fits.at(-1) ?? smallest!;
    return `${tidy(amount / one)}${unit}`;
  }

  return { read, write };
}

// 0.1 * 3 is 0.30000000000000004: what was typed has fewer digits than that.
function tidy(amount: number): number {
  return Number(amount.toPrecision(15));
}
