// Figures for a program: as many fields in every line as in the first, whatever is in a name.
import { expect, test } from 'vitest';
import { csvReport } from '../../reports/csv.ts';
import type { Figures } from '../../src/bench/result.ts';
import { cell, figure, notAvailable, result } from './results.ts';
import { sweep } from './swept.ts';

const HEAD = 'transport,link,point,metric,value,low,high,unit,no_interval\n';

test('a line for each figure of each cell, with its interval or why there is none', () => {
  const of: Figures = {
    loss: figure(0.1, 0.05, 0.15),
    'delay-p99': figure(178, 54.25, null),
    'delay-max': { value: null, noInterval: { kind: 'extreme' } },
    'a-new-one': { value: 1e-7 },
  };
  expect(csvReport(result({ cells: [cell('clean', 'tcp', of), notAvailable('clean', 'udp')] }))).toBe(
    [
      HEAD,
      'tcp,clean,,loss,0.1,0.05,0.15,share,\n',
      'tcp,clean,,delay-p99,178,54.25,inf,ms,\n',
      'tcp,clean,,delay-max,inf,,,ms,extreme\n',
      'tcp,clean,,a-new-one,1e-7,,,,\n',
    ].join(''),
  );
});

test('names with commas and quotation marks stay in their field, and no name drives a terminal', () => {
  const cells = [cell('a "b"', 'tcp, Nagle', { loss: figure(0) }, 'loss 1%\n\x1b[2Jdelay 2ms')];
  expect(csvReport(result({ cells }))).toBe(
    `${HEAD}"tcp, Nagle","a ""b""",loss 1% [2Jdelay 2ms,loss,0,,,share,too-few-repetitions\n`,
  );
});

test('of a sweep, each point', () => {
  const rows = csvReport(sweep()).trim().split('\n');
  expect(new Set(rows.slice(1).map((row) => row.split(',')[2])).size).toBe(5);
  expect(rows.slice(1).every((row) => row.split(',').length === 9)).toBe(true);
});

test('of a run that measured nothing, the head alone', () => expect(csvReport(result({ cells: [] }))).toBe(HEAD));
