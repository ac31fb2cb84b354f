// The machine that a run was made on, as far as it bears on the figures.
import { readFileSync } from 'node:fs';
import { cpus, release, type as systemName, totalmem } from 'node:os';
import type { Environment } from '../result.ts';

export function describeEnvironment(lab: string): Omit<Environment, 'startedAt' | 'tookMs'> {
  const processors = cpus();
  return {
    lab,
    node: process.version,
    system: `${systemName()} ${release()}`,
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    kernel: kernelSettings(),
  };
}

const SETTINGS = [
  'net/ipv4/tcp_congestion_control',
  'net/ipv4/tcp_rmem',
  'net/ipv4/tcp_wmem',
  'net/core/rmem_default',
  'net/core/rmem_max',
  'net/core/wmem_default',
  'net/core/wmem_max',
];

/** Empty where the system does not show them. */
function kernelSettings(): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const name of SETTINGS) {
    const value = readSetting(`/proc/sys/${name}`);
    if (value !== undefined) settings[name.replaceAll('/', '.')] = value;
  }
  return settings;
}

function readSetting(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim().replaceAll('\t', ' ');
  } catch {
    return undefined;
  }
}
