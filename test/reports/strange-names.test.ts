// What a file calls like something that every object has is a name as any other.
import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { markdownChanges } from '../../reports/changes/markdown.ts';
import { toldChanges } from '../../reports/changes/told-changes.ts';
import { htmlReport } from '../../reports/html/page.ts';
import { told } from '../../reports/language/told.ts';
import { markdownReport } from '../../reports/markdown.ts';
import { terminalReport } from '../../reports/terminal.ts';
import { changesBetween } from '../../src/bench/changes/changes.ts';
import type { RunResult } from '../../src/bench/result.ts';
import { cell, figures, LOAD, measured, point, result } from './results.ts';

const STRANGE = ['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'];

function runWith(name: string): RunResult {
  const whole = result();
  const traffic = Object.fromEntries([[name, { packets: 7, bytes: 700 }]]);
  const link = {
    offeredPackets: 10,
    droppedPackets: Object.fromEntries([[name, 2]]),
    duplicatedPackets: 0,
    corruptedPackets: 0,
    reorderedPackets: 0,
    latenessP99Ms: 0,
    lateness: { count: 0, maxMs: 0, belowPowerOf2Us: [] },
    traffic: { up: traffic, down: {} },
  };
  const lost = Object.fromEntries([
    [name, 3],
    [`up: ${name}`, 2],
  ]);
  const load = { ...LOAD, pattern: name, arrivals: { kind: name } };
  return {
    ...whole,
    scenario: { ...whole.scenario, chance: { mode: name, slotMs: 1 }, points: [{ ...point(), workload: load }] },
    cells: [
      {
        ...cell('clean', 'tcp', figures()),
        account: { sent: 10, delivered: 5, lost, unexplained: 0 },
        repetitions: [measured(1, figures(), { link })],
      },
    ],
  };
}

test.each(STRANGE)('%s', (name) => {
  const whole = told(runWith(name), 'en');
  const terminal = terminalReport(whole, new Chalk({ level: 0 }));
  for (const text of [markdownReport(whole), htmlReport(whole)]) {
    expect(text).toContain(name === '__proto__' ? 'proto' : name);
    expect(text + terminal).not.toMatch(/native code|\[object /);
  }
});

test.each(STRANGE)('%s as a metric, in two runs side by side', (name) => {
  const before = result();
  const { loss: metric, ...metrics } = before.metrics;
  const after = { ...before, metrics: { ...metrics, ...Object.fromEntries([[name, metric!]]) } };
  const changes = toldChanges(changesBetween({ folder: 'a', result: before }, { folder: 'b', result: after }), 'en');
  expect(markdownChanges(changes)).not.toMatch(/native code|\[object |undefined/);
  expect(markdownReport(told(after, 'en'))).not.toMatch(/native code|\[object |undefined/);
});
