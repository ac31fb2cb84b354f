import { expect, test } from 'vitest';
import { counted, emptyLedger } from '../../src/link/ledger.ts';
import { modelOf } from './fates.ts';

// The virtual network: what 5,000 packets of 1000 bytes, two each millisecond, meet on each link. The table changes
// only if the model does, and then every result that was ever recorded with a seed would.

const LINKS: Record<string, unknown> = {
  clean: {},
  'loss 2%': { loss: '2%' },
  bursts: { loss: { kind: 'gilbert-elliott', p: '1%', r: '10%' } },
  outage: { loss: { kind: 'schedule', outages: [{ at: '500ms', for: '100ms' }], every: '1s' } },
  jitter: { delay: '20ms', jitter: { time: '5ms', distribution: 'normal' } },
  'jitter reorder': { delay: '20ms', jitter: { time: '5ms', distribution: 'pareto', reorder: true } },
  'queue full': { rate: '12mbit', queue: '64kB', delay: '10ms' },
  all: { rate: '18mbit', delay: '20ms', loss: '1%', reorder: '1%', duplicate: '1%', corrupt: '1%' },
};

const SEEDS = [1, 2];

test('a seeded grid of links', () => {
  const rows = Object.entries(LINKS).flatMap(([name, link]) =>
    (['packet', 'time'] as const).flatMap((mode) => SEEDS.map((seed) => row(name, link, mode, seed))),
  );
  const head = ['link'.padEnd(16), 'mode  ', 'seed', ...COLUMNS.map((column) => column.padStart(9))].join(' ');
  expect(`\n${[head, ...rows].join('\n')}\n`).toMatchSnapshot();
});

const COLUMNS = ['delivered', 'lost', 'queue', 'copies', 'corrupt', 'reordered', 'mean ms', 'max ms'];

function row(name: string, link: unknown, mode: 'packet' | 'time', seed: number): string {
  const { up } = emptyLedger();
  const model = counted(modelOf(link, { mode, seed }), up);
  const delaysMs: number[] = [];
  for (let atMs = 0; atMs < 2500; atMs += 0.5) {
    const { dropped, dueNs } = model.offer({ sizeBytes: 1000, offeredNs: atMs * 1e6 });
    if (dropped === undefined) delaysMs.push(dueNs / 1e6 - atMs);
  }
  const { delivered, dropped, duplicated, corrupted, reordered } = up;
  const counts = [delivered, undefined, dropped.queue, duplicated, corrupted, reordered].map((tally) => tally?.packets);
  counts[1] = dropped.loss.packets + dropped.outage.packets;
  const times = [delaysMs.reduce((sum, ms) => sum + ms, 0) / delaysMs.length, Math.max(...delaysMs)];
  const cells = [...counts, ...times.map((ms) => ms.toFixed(2))].map((cell) => String(cell).padStart(9));
  return [name.padEnd(16), mode.padEnd(6), String(seed).padStart(4), ...cells].join(' ');
}
