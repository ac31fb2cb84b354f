// What changed from one run to the next, as a page of its own.
import * as Plot from '@observablehq/plot';
import type { Figure } from '../../src/bench/result.ts';
import { changeTable } from '../changes/change-table.ts';
import {
  type ChangeRow,
  changeWords,
  incomparableWords,
  isChange,
  restWords,
  rowsOf,
  settingName,
} from '../changes/change-words.ts';
import type { ToldChanges } from '../changes/told-changes.ts';
import { rowAxis, valueAxis } from './charts/axes.ts';
import { type Drawing, figure } from './charts/drawing.ts';
import { legend, seriesClass, seriesColour, seriesSymbol } from './charts/series.ts';
import { document } from './document.ts';
import { type Html, html, NOTHING } from './html.ts';
import { tableOf } from './tables.ts';

export function htmlChanges(changes: ToldChanges): string {
  const { say } = changes;
  const body = html`${opening(changes)}
<main>
${changed(changes)}
${incomparable(changes)}
${differences(changes)}
${everyFigure(changes)}
</main>
<footer>${say.page.madeBy}</footer>`;
  return document({ title: `${say.changes.title}: ${changes.after.title}`, body, say });
}

function opening({ before, after, say }: ToldChanges): Html {
  const side = (name: string, { folder, title, startedAt }: ToldChanges['before']) =>
    html`<li><strong>${name}</strong>: ${title}, <code>${folder}</code>, ${startedAt}</li>`;
  return html`<header><h1>${say.changes.title}</h1><ul>${side(say.changes.sides.before, before)}${side(say.changes.sides.after, after)}</ul></header>`;
}

function changed(changes: ToldChanges): Html {
  const { cells, say } = changes;
  if (cells.length === 0)
    return html`<section id="changed"><p class="warning">${say.changes.nothingToCompare}</p></section>`;
  const rows = rowsOf(changes, 'headlines');
  const table = changeTable(changes, 'headlines');
  const rest = restWords(rows, say).map((line) => html`<li>${line}</li>`);
  return html`<section id="changed"><h2>${say.changes.changed}</h2>
<p>${say.changes.changedHow}</p>
${table === undefined ? html`<p>${say.changes.nothingChanged}</p>` : tableOf(table, say.changes.changed)}
<ul>${rest}</ul>
<div class="charts small">${drawings(rows, changes)}</div></section>`;
}

/** One for each figure that changed somewhere: all cells, before and after. */
function drawings(rows: readonly ChangeRow[], changes: ToldChanges): Html[] {
  const { sides } = changes.say.changes;
  const metrics = [...new Set(rows.filter(isChange).map(({ metric }) => metric))];
  return metrics.map((metric) =>
    figure(
      drawing(
        rows.filter((row) => row.metric === metric),
        changes,
      ),
      legend([sides.before, sides.after]),
    ),
  );
}

function drawing(rows: readonly ChangeRow[], { say }: ToldChanges): Drawing {
  const { text } = rows[0]!;
  const bars = rows.flatMap((row) =>
    [row.figure.before, row.figure.after].flatMap((own, index) =>
      own.value === null ? [] : [{ row: say.cell(row.cell), index, ...endsOf(own, own.value) }],
    ),
  );
  return {
    title: text.title,
    isSmall: true,
    description: rows.map((row) => `${say.cell(row.cell)}: ${changeWords(row, say)}.`).join(' '),
    points: bars.map(({ row, value, index }) => ({
      x: value,
      y: row,
      text: `${row}, ${index === 0 ? say.changes.sides.before : say.changes.sides.after}: ${say.withUnit(value, text.unit)}`,
    })),
    plot: {
      height: rows.length * 30 + 60,
      ...rowAxis(
        rows.map(({ cell }) => say.cell(cell)),
        190,
      ),
      x: { ...valueAxis(text.unit, '→', say), zero: true },
      marks: bars.flatMap((bar) => {
        const own = {
          y: 'row',
          dy: bar.index === 0 ? -4 : 4,
          stroke: seriesColour(bar.index),
          className: seriesClass(bar.index),
        };
        return [
          Plot.ruleY([bar], { ...own, x1: 'low', x2: 'high', strokeWidth: 2 }),
          Plot.dot([bar], { ...own, x: 'value', symbol: seriesSymbol(bar.index), fill: 'var(--paper)', r: 3.4 }),
        ];
      }),
    },
  };
}

function endsOf({ low, high }: Figure, value: number) {
  return { value, low: low ?? value, high: high ?? value };
}

function incomparable(changes: ToldChanges): Html {
  const lines = incomparableWords(changes).map((line) => html`<li>${line}</li>`);
  if (lines.length === 0) return NOTHING;
  return html`<section id="incomparable"><h2>${changes.say.changes.incomparable}</h2><ul>${lines}</ul></section>`;
}

function differences({ differences: all, say }: ToldChanges): Html {
  if (all.length === 0) return NOTHING;
  const { changes } = say;
  const rows = all.map(({ what, before, after }) => [settingName(what, say), before, after]);
  const table = tableOf(
    { head: [changes.setting, changes.sides.before, changes.sides.after], rows, words: 3 },
    changes.differences,
  );
  return html`<section id="differences"><h2>${changes.differences}</h2><p>${changes.differencesHow}</p>${table}</section>`;
}

function everyFigure(changes: ToldChanges): Html {
  const table = changeTable(changes, 'all');
  if (table === undefined) return NOTHING;
  const { everyFigure: title } = changes.say.changes;
  return html`<section id="every-figure"><h2>${title}</h2>${tableOf(table, title)}</section>`;
}
