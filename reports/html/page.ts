// A run as one HTML page that needs nothing but itself: it makes no request, and reads without its script, and on paper.
import { fairnessTable } from '../fairness-words.ts';
import type { Told } from '../language/told.ts';
import { environmentLines, type MethodLine, methodLines } from '../method-words.ts';
import { notAvailableLines } from '../not-available.ts';
import { sentence } from '../plain-text.ts';
import { fillings } from './charts/fillings.ts';
import { comparisonSection } from './comparisons.ts';
import { delaySections } from './delays.ts';
import { disturbanceSection } from './disturbances/section.ts';
import { document } from './document.ts';
import { type Html, html, NOTHING } from './html.ts';
import { ledgerSection } from './ledger.ts';
import { opening, verdictSection, warnings } from './opening.ts';
import { pairsSection } from './pairs.ts';
import { staircaseSection } from './staircase.ts';
import { sweepSection } from './sweeps.ts';
import { allFigures, countSections, figureSections, tableOf } from './tables.ts';
import { timelineSection } from './timeline.ts';

export function htmlReport(result: Told): string {
  const { scenario, environment, say } = result;
  const body = html`${fillings()}
${opening(result)}
<main>
${verdictSection(result)}
${warnings(result)}
${staircaseSection(result)}
${delaySections(result)}
${timelineSection(result)}
${pairsSection(result)}
${ledgerSection(result)}
${disturbanceSection(result)}
${sweepSection(result)}
<p class="dim">${say.page.howAggregated}</p>
${comparisonSection(result)}
${figureSections(result)}
${countSections(result)}
${notAvailable(result)}
${fairness(result)}
${allFigures(result)}
${lines('method', say.method.title, methodLines(result))}
${seeds(result)}
${lines('environment', say.method.environment, environmentLines(result))}
</main>
<footer>${say.page.madeBy} ${environment.lab}, ${environment.startedAt}</footer>`;
  return document({ title: scenario.title, body, say });
}

function notAvailable(result: Told): Html {
  const items = notAvailableLines(result).map((line) => html`<li>${sentence(line)}</li>`);
  if (items.length === 0) return NOTHING;
  return html`<section id="not-available"><h2>${result.say.page.notAvailable}</h2><ul>${items}</ul></section>`;
}

function fairness(result: Told): Html {
  const table = fairnessTable(result);
  const { title } = result.say.fairness;
  return table === undefined
    ? NOTHING
    : html`<section id="fairness"><h2>${title}</h2>${tableOf(table, title)}</section>`;
}

function lines(id: string, title: string, all: readonly MethodLine[]): Html {
  const items = all.map(
    ({ text, code }) => html`<li>${text}${code === undefined ? NOTHING : html` <code>${code}</code>`}</li>`,
  );
  return html`<section id="${id}"><h2>${title}</h2><ul>${items}</ul></section>`;
}

/** Every link has a channel of its own in each repetition, the same for all contestants. */
function seeds({ cells, scenario, say }: Told): Html {
  const rows = scenario.links.flatMap((link) => {
    const repetitions = cells.find((cell) => cell.link === link && cell.repetitions.length > 0)?.repetitions ?? [];
    const sorted = [...repetitions].sort((a, b) => a.number - b.number);
    return sorted.length === 0
      ? []
      : [html`<li>${link}: <code>${sorted.map(({ channelSeed }) => channelSeed).join(' ')}</code></li>`];
  });
  return rows.length === 0 ? NOTHING : html`<section id="seeds"><h2>${say.page.seeds}</h2><ul>${rows}</ul></section>`;
}
