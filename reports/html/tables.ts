// Tables of a page, and what each figure in them is.
import type { RunResult } from '../../src/bench/result.ts';
import { everyFigure, type FigureTable, figureTables } from '../figure-tables.ts';
import { sentence } from '../plain-text.ts';
import { type Html, html, NOTHING } from './html.ts';

export function figureSections(result: RunResult): Html {
  const tables = figureTables(result);
  if (tables.length === 0) return NOTHING;
  return html`<section id="figures">
<h2>The figures</h2>
<p>In parentheses: intervals of 95 %.</p>
${tables.map((table) => html`<h3>${table.title}</h3>${table.note === undefined ? NOTHING : html`<p>${table.note}</p>`}${tableOf(table)}`)}
</section>`;
}

export function allFigures(result: RunResult): Html {
  const tables = everyFigure(result);
  if (tables.length === 0) return NOTHING;
  const definitions = Object.values(result.metrics).map(
    ({ title, formula, source, reading }) =>
      html`<dt>${title}</dt><dd><code>${formula}</code> (${source}). ${sentence(reading)}</dd>`,
  );
  return html`<section id="every-figure">
<h2>Every figure</h2>
${tables.map((table) => html`<h3>${table.title}</h3>${tableOf(table)}`)}
</section>
<section id="definitions"><h2>What they are</h2><dl>${definitions}</dl></section>`;
}

export function tableOf({ head, rows, words }: Pick<FigureTable, 'head' | 'rows' | 'words'>): Html {
  const cell = (text: string, at: number) =>
    at < words ? html`<td class="word">${text}</td>` : html`<td>${text}</td>`;
  const heading = (text: string, at: number) =>
    at < words ? html`<th scope="col" class="word">${text}</th>` : html`<th scope="col">${text}</th>`;
  return html`<div class="table" tabindex="0"><table><thead><tr>${head.map(heading)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody></table></div>`;
}
