// Measured beside predicted, point by point, to one scale.
import { expect, test } from 'vitest';
import { told } from '../../reports/language/told.ts';
import { model } from '../../reports/markdown-model.ts';
import type { Cell } from '../../src/bench/result.ts';
import { cell, figure, figures, result } from './results.ts';

function reno(point: string, measured: number, predicted: number): Cell {
  const prediction = { model: 'square-root', goodputBitsPerSecond: predicted } as const;
  return { ...cell('lossy', 'reno', figures({ goodput: figure(measured) }), point), prediction };
}

test('has a row and two bars for each point, the largest of all being the longest', () => {
  const shown = model(told(result({ cells: [reno('loss 0.1%', 9e6, 1e7), reno('loss 2%', 2e6, 2.5e6)] }), 'en'));
  expect(shown).toContain('## Beside the model');
  expect(shown).toContain('square-root model (Mathis, Semke, Mahdavi, Ott 1997)');
  const rows = shown.split('\n').filter((line) => line.includes('█'));
  expect(rows.map((row) => row.split('|').map((field) => field.trim()))).toEqual([
    ['', 'lossy, loss 0.1%', 'reno', '9.00 Mbit/s', '10.0 Mbit/s', '0.900', '█'.repeat(18), '█'.repeat(20), ''],
    ['', 'lossy, loss 2%', 'reno', '2.00 Mbit/s', '2.50 Mbit/s', '0.800', '█'.repeat(4), '█'.repeat(5), ''],
  ]);
});

test('is left out where no theory speaks', () => {
  expect(model(told(result(), 'en'))).toBe('');
});
