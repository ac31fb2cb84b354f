// Tables of a page, and what each figure in them is.
import { everyFigure, type FigureTable, figureTables } from '../figure-tables.ts';
import type { Told } from '../language/told.ts';
import { accountTable, agreementTable, carrierTable, wireTable } from '../ledger.ts';
import { sentence } from '../plain-text.ts';
import { type Html, html, NOTHING } from './html.ts';

type Table = Pick<FigureTable, 'head' | 'rows' | 'words' | 'keys'> & { readonly note?: string };

export function figureSections(result: Told): Html {
  const { say } = result;
  const tables = figureTables(result);
  if (tables.length === 0) return NOTHING;
  return html`<section id="figures">
<h2>${say.page.figures}</h2>
<p>${say.page.inParentheses}</p>
${tables.map((table) => titled(table.title, table))}
</section>`;
}

/** What was counted: the account, the wire, and what was asked of the link beside what it did. */
export function countSections(result: Told): Html {
  const { ledger } = result.say;
  const tables: [string, Table | undefined][] = [
    [ledger.title, accountTable(result)],
    [ledger.countedTwice, agreementTable(result)],
    [ledger.wire, wireTable(result)],
    [ledger.link, carrierTable(result)],
  ];
  const known = tables.flatMap(([title, table]) => (table === undefined ? [] : [titled(title, table)]));
  return known.length === 0 ? NOTHING : html`<section id="counts"><h2>${ledger.counts}</h2>${known}</section>`;
}

export function allFigures(result: Told): Html {
  const { figures } = result.say;
  const tables = everyFigure(result);
  if (tables.length === 0) return NOTHING;
  const definitions = Object.entries(result.metrics).map(
    ([id, { title, formula, source, reading }]) =>
      html`<dt id="metric-${id}">${title}</dt><dd><code>${formula}</code> (${source}). ${sentence(reading)}</dd>`,
  );
  return html`<section id="every-figure">
<h2>${figures.everyFigure}</h2>
${tables.map((table) => titled(table.title, table))}
</section>
<section id="definitions"><h2>${figures.definitions}</h2><dl>${definitions}</dl></section>`;
}

function titled(title: string, table: Table): Html {
  return html`<h3>${title}</h3>${table.note === undefined ? NOTHING : html`<p>${table.note}</p>`}${tableOf(table, title)}`;
}

/** @param name for whoever comes to it with the keyboard */
export function tableOf({ head, rows, words, keys }: Table, name: string): Html {
  const cell = (text: string, at: number, row: number) => {
    const key = keys?.[row]?.[at];
    const sorted = key === undefined ? NOTHING : html` data-key="${String(key)}"`;
    if (at === 0) return html`<th scope="row" class="word"${sorted}>${text}</th>`;
    return at < words ? html`<td class="word"${sorted}>${text}</td>` : html`<td${sorted}>${text}</td>`;
  };
  const heading = (text: string, at: number) =>
    at < words ? html`<th scope="col" class="word">${text}</th>` : html`<th scope="col">${text}</th>`;
  return html`<div class="table" tabindex="0" role="region" aria-label="${name}"><table><thead><tr>${head.map(heading)}</tr></thead>
<tbody>${rows.map((row, at) => html`<tr>${row.map((text, column) => cell(text, column, at))}</tr>`)}</tbody></table></div>`;
}
