// The library's scenarios, as read from their files, and small ones with something changed.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { VOCABULARY } from '../../../cli/run/vocabulary.ts';
import { readScenario } from '../../../src/bench/scenario/read-scenario.ts';
import type { Scenario } from '../../../src/bench/scenario/scenario.ts';

export const LIBRARY = fileURLToPath(new URL('../../../scenarios/', import.meta.url));

export function introScenario(): Scenario {
  return read(readFileSync(`${LIBRARY}intro.yaml`, 'utf8'), 'intro.yaml');
}

export function read(text: string, file = 'my.yaml'): Scenario {
  return readScenario(text, file, VOCABULARY);
}

const SMALL = {
  title: 'A title',
  question: 'A question?',
  lookFor: 'Something to see.',
  transports: ['tcp', 'udp'],
  links: { clean: {} },
  workload: { users: 2, ratePerSecond: 100, duration: '1s', bodyBytes: 100 },
  repetitions: 2,
  waitingTime: '1s',
};

/** The smallest scenario, with these of its top-level fields. */
export function scenarioWith(changes: Readonly<Record<string, unknown>> = {}): Scenario {
  return read(JSON.stringify({ ...SMALL, ...changes }));
}
