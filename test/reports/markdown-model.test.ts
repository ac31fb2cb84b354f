// Measured beside predicted, point by point, to one scale.
import { expect, test } from 'vitest';
import { model } from '../../reports/markdown-model.ts';
import type { Cell } from '../../src/bench/result.ts';
import { cell, figure, figures, result } from './results.ts';

function reno(point: string, measured: number, predicted: number): Cell {
  const prediction = {
    name: 'square-root model',
    source: 'Mathis, Semke, Mahdavi, Ott 1997',
    goodputBitsPerSecond: predicted,
  };
  return { ...cell('lossy', 'reno', figures({ goodput: figure(measured) }), point), prediction };
}

test('has a row and two bars for each point, the largest of all being the longest', () => {
  const shown = model({ ...result(), cells: [reno('loss 0.1%', 9e6, 1e7), reno('loss 2%', 2e6, 2.5e6)] });
  expect(shown).toContain('## Beside the model');
  expect(shown).toContain('Mathis, Semke, Mahdavi, Ott 1997');
  const rows = shown.split('\n').filter((line) => line.includes('█'));
  expect(rows.map((row) => row.split('|').map((field) => field.trim()))).toEqual([
    ['', 'lossy, loss 0.1%', 'reno', '9.00 Mbit/s', '10.0 Mbit/s', '0.90', '█'.repeat(18), '█'.repeat(20), ''],
    ['', 'lossy, loss 2%', 'reno', '2.00 Mbit/s', '2.50 Mbit/s', '0.80', '█'.repeat(4), '█'.repeat(5), ''],
  ]);
});

test('is left out where no theory speaks', () => {
  expect(model(result())).toBe('');
});
