// What was measured, as a person reads it.
import Table from 'cli-table3';
import { median } from 'simple-statistics';
import type { Garbage } from './garbage.ts';
import { CARRIERS, type Carrier, LOADS, type Load, type SpeedSample } from './speed.ts';
import type { Truth } from './truth.ts';

export function truthTable({ findings, latenessP99Ms }: Truth): string {
  const table = plainTable(
    ['link', 'figure', 'configured', 'achieved', 'error', 'reach', 'met', 'samples'],
    ['left', 'left', 'right', 'right', 'right', 'left', 'left', 'right'],
  );
  for (const { profile, figure, unit, configured, achieved, reach, isMet, samples } of findings) {
    const error = achieved - configured;
    table.push([
      profile,
      figure,
      quantity(configured, unit),
      quantity(achieved, unit),
      `${error < 0 ? '−' : '+'}${quantity(Math.abs(error), unit)}`,
      reach,
      isMet ? 'yes' : 'NO',
      String(samples),
    ]);
  }
  const late = Object.entries(latenessP99Ms).map(([name, ms]) => `${name} ${ms.toFixed(3)}`);
  return `${table.toString()}\nThe emulator's own lateness, p99 in ms (an upper bound): ${late.join(' · ')}\n`;
}

/** Medians; a ratio is taken round by round, so that both its sides were measured within seconds of each other. */
export function speedTable(samples: readonly SpeedSample[]): string {
  const table = plainTable(
    ['load', 'carrier', 'Gbit/s', 'packets/s', 'CPU µs/packet', 'of the floor'],
    ['left', 'left', 'right', 'right', 'right', 'right'],
  );
  for (const load of Object.keys(LOADS) as Load[]) {
    for (const carrier of CARRIERS) table.push(speedRow(samples, load, carrier));
  }
  return `${table.toString()}\n"of the floor": Gbit/s of TCP, packets/s of UDP. Reach: 0.9 on the empty profile, 0.75 on the full one.`;
}

export function garbageLine(garbage: readonly Garbage[]): string {
  const each = garbage.map(({ profile, bytesPerPacket }) => `${profile} ${bytesPerPacket.toFixed(2)}`);
  return `Allocated by the emulator's loop, bytes per packet: ${each.join(' · ')}`;
}

function speedRow(samples: readonly SpeedSample[], load: Load, carrier: Carrier): string[] {
  const pick = (name: Carrier) => samples.filter((sample) => sample.load === load && sample.carrier === name);
  const own = pick(carrier);
  if (own.length === 0) return [load, carrier, 'no compiler here', '', '', ''];
  const speedOf = (sample: SpeedSample) => (load === 'tcp' ? sample.gbitPerSecond : sample.packetsPerSecond);
  const floor = pick('floor');
  const ratios = floor.map((sample, round) => speedOf(own[round]!) / speedOf(sample));
  return [
    load,
    carrier,
    median(own.map((sample) => sample.gbitPerSecond)).toFixed(load === 'tcp' ? 2 : 3),
    median(own.map((sample) => sample.packetsPerSecond)).toFixed(0),
    median(own.map((sample) => sample.cpuUsPerPacket)).toFixed(2),
    ratios.length === 0 ? '' : `${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`,
  ];
}

function quantity(value: number, unit: string): string {
  const digits = unit === 'ms' || unit === 'Mbit/s' || unit === '%' ? 3 : 4;
  return unit === '' ? value.toFixed(digits) : `${value.toFixed(digits)} ${unit}`;
}

function plainTable(head: string[], colAligns: ('left' | 'right')[]) {
  return new Table({ head, colAligns, style: { head: [], border: [], compact: true } });
}
