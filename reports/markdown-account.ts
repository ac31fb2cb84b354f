// Where every message went, and whether two counts of one thing agree.
import type { Account, Cell, RunResult } from '../src/bench/result.ts';
import { placeOf } from './figure-of.ts';
import { table } from './markdown-table.ts';
import { count } from './numbers.ts';

export function accounts({ cells }: RunResult): string {
  const known = cells.filter((cell): cell is Cell & { account: Account } => cell.account !== undefined);
  if (known.length === 0) return '';
  const rows = known.map((cell) => [
    placeOf(cell, true),
    cell.transport,
    count(cell.account.sent),
    count(cell.account.delivered),
    lostWords(cell.account),
    count(cell.account.unexplained),
  ]);
  const head = ['link', 'over', 'sent', 'delivered', 'lost, by cause', 'unexplained'];
  return ['## Where every message went', table(head, rows), agreements(cells)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function lostWords({ lost }: Account): string {
  const causes = Object.entries(lost).filter(([, messages]) => messages > 0);
  return causes.length === 0 ? '0' : causes.map(([cause, messages]) => `${count(messages)} ${cause}`).join(', ');
}

/** What the hosts' kernels counted, and what the path saw of the same, over all repetitions. */
function agreements(cells: readonly Cell[]): string {
  const rows = cells.flatMap((cell) => {
    const sums = new Map<string, { hosts: number; path: number }>();
    for (const { outcome } of cell.repetitions) {
      if (outcome.kind !== 'measured') continue;
      for (const { what, hosts, path } of outcome.hosts?.agreement ?? []) {
        const sum = sums.get(what) ?? { hosts: 0, path: 0 };
        sums.set(what, { hosts: sum.hosts + hosts, path: sum.path + path });
      }
    }
    return [...sums].map(([what, { hosts, path }]) => [
      placeOf(cell, true),
      cell.transport,
      what,
      count(hosts),
      count(path),
    ]);
  });
  if (rows.length === 0) return '';
  return table(['link', 'over', 'counted twice', 'by the hosts', 'on the path'], rows, 3);
}
