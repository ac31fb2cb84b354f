// The ledger of a link as a person reads it: what was sent each way, by kind, and what became of it.
import Table from 'cli-table3';
import type { Direction } from '../../src/link/impairment.ts';
import { latenessQuantileNs } from '../../src/link/lateness.ts';
import type { PathReport } from '../../src/link/tun/emulator-process.ts';
import { KINDS } from '../../src/link/tun/traffic.ts';

export function ledgerReport(report: PathReport): string {
  const table = new Table({
    head: ['', 'up: packets', 'bytes', 'down: packets', 'bytes'],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const [name, pick] of rows(report)) {
    const [up, down] = [pick('up'), pick('down')];
    if (name === 'offered' || name === 'delivered' || up.packets + down.packets > 0) {
      table.push([
        name,
        ...[up, down].flatMap(({ packets, bytes }) => [packets, bytes].map((n) => n.toLocaleString('en-US'))),
      ]);
    }
  }
  return `${table.toString()}\n${lateness(report)}`;
}

type Row = readonly [name: string, pick: (direction: Direction) => { packets: number; bytes: number }];

function rows({ ledger, traffic }: PathReport): Row[] {
  const causes = Object.keys(ledger.up.dropped) as (keyof typeof ledger.up.dropped)[];
  return [
    ['offered', (direction) => ledger[direction].offered],
    ...KINDS.map((kind): Row => [`  ${kind}`, (direction) => traffic[direction][kind]]),
    ['delivered', (direction) => ledger[direction].delivered],
    ...causes.map((cause): Row => [`dropped: ${cause}`, (direction) => ledger[direction].dropped[cause]]),
    ['duplicated', (direction) => ledger[direction].duplicated],
    ['corrupted', (direction) => ledger[direction].corrupted],
    ['reordered', (direction) => ledger[direction].reordered],
  ];
}

function lateness(report: PathReport): string {
  const p99Ns = latenessQuantileNs(report.lateness, 0.99);
  if (p99Ns === undefined) return 'No packet crossed.';
  const [p99, worst] = [p99Ns, report.lateness.maxNs].map((ns) => (ns / 1e6).toFixed(3));
  return `The emulator itself was late by at most ${p99} ms for 99 % of the packets, ${worst} ms at worst.`;
}
