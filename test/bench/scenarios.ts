// The library's scenarios, as read from their files.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readScenario } from '../../src/bench/read-scenario.ts';
import type { Scenario } from '../../src/bench/scenario.ts';

export const LIBRARY = fileURLToPath(new URL('../../scenarios/', import.meta.url));

export function introText(): string {
  return readFileSync(`${LIBRARY}intro.yaml`, 'utf8');
}

export function introScenario(): Scenario {
  return readScenario(introText(), 'intro.yaml', ['tcp', 'udp']);
}
