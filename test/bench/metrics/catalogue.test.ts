// The catalogue as a whole, and the page that defines it to people.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMetricId, METRIC_GROUPS, METRICS, type MetricId } from '../../../src/bench/metrics/catalogue.ts';
import type { Metric } from '../../../src/bench/metrics/metric.ts';
import { anyMade, observed, sampleOf } from './observations.ts';

const ids = METRIC_GROUPS.flatMap((group) => group.ids);
const page = readFileSync(new URL('../../../docs/metrics.md', import.meta.url), 'utf8');

test('every metric is in one group, in the order of the catalogue', () => {
  expect(ids).toEqual(Object.keys(METRICS));
  expect(new Set(ids).size).toBe(ids.length);
});

test('names are lower-case words, and what an object inherits is no metric', () => {
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]+([-.][a-z0-9]+)*$/);
  expect(['toString', '__proto__', 'constructor', ''].filter(isMetricId)).toEqual([]);
});

describe('docs/metrics.md', () => {
  test.each(ids)('has %s as the catalogue has it', (id) => {
    const rows = page.split('\n').filter((line) => line.startsWith(`| \`${id}\` |`));
    expect(rows).toEqual([rowOf(id)]);
  });

  test('has no other metric, and the groups in their order', () => {
    const named = [...page.matchAll(/^\| `(.+?)` \|/gm)].map(([, id]) => id);
    expect(named).toEqual(ids);
    const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, title]) => title);
    expect(headings).toEqual(METRIC_GROUPS.map(({ title }) => title));
  });
});

function rowOf(id: MetricId): string {
  const { formula, unit, source, reading, better, needs }: Metric = METRICS[id];
  const readIt = needs === undefined ? reading : `${reading} Needs ${needs}.`;
  return `| ${[`\`${id}\``, formula, unit, source, readIt, better ?? '–'].map(escaped).join(' | ')} |`;
}

/** A bar would end the cell. */
function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}

describe('whatever a trial brought', () => {
  test('a sample is sound, and taking it changes nothing', () => {
    fc.assert(
      fc.property(anyMade, (made) => {
        const observation = observed(made, { setUpsMs: [2, 1] });
        const before = structuredClone(observation);
        for (const id of ids) expectSound(id, sampleOf(id, observation));
        expect(observation).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });

  test('a trial of nothing at all breaks no metric', () => {
    const nothing = observed({ plannedNs: [], arrivals: [] });
    for (const id of ids) expectSound(id, sampleOf(id, nothing));
  });
});

function expectSound(id: MetricId, sample: ReturnType<typeof sampleOf>): void {
  const { unit, interval, needs } = METRICS[id] as Metric;
  if (sample === undefined) expect(needs !== undefined, id).toBe(true);
  else if (sample.kind === 'ratio') {
    expect(Number.isFinite(sample.part) && Number.isFinite(sample.whole), id).toBe(true);
    if (unit === 'share') expect(sample.part, id).toBeLessThanOrEqual(sample.whole);
    if (interval === 'wilson') expect(Number.isInteger(sample.part) && Number.isInteger(sample.whole), id).toBe(true);
  } else if (sample.kind === 'quantile') {
    expect(sample.sorted.length, id).toBeLessThanOrEqual(sample.count);
    expect([...sample.sorted], id).toEqual([...sample.sorted].sort((a, b) => a - b));
  } else {
    expect(sample.value, id).not.toBeNaN();
  }
}
