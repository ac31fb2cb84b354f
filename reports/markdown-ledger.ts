// Where every message went, and what the carrier counted, as Markdown.
import type { Told } from './language/told.ts';
import { accountTable, agreementTable, carrierTable, wireTable } from './ledger.ts';
import { table } from './markdown-table.ts';
import { plain } from './markdown-text.ts';

type Table = NonNullable<ReturnType<typeof accountTable>>;

export function accounts(result: Told): string {
  return section(result.say.ledger.title, [accountTable(result), agreementTable(result)]);
}

export function wire(result: Told): string {
  return section(result.say.ledger.wire, [wireTable(result)]);
}

export function carrier(result: Told): string {
  return section(result.say.ledger.link, [carrierTable(result)]);
}

function section(title: string, tables: readonly (Table | undefined)[]): string {
  const known = tables.filter((each) => each !== undefined);
  if (known.length === 0) return '';
  const parts = known.flatMap(({ note, head, rows, words }) => [
    ...(note === undefined ? [] : [plain(note)]),
    table(head, rows, words),
  ]);
  return [`## ${title}`, ...parts].join('\n\n');
}
