// A run as one HTML page that needs nothing but itself: no script, no request, readable on paper.
import type { RunResult, Verdict } from '../../src/bench/result.ts';
import { repetitionsOf, sentInAll } from '../figure-of.ts';
import { fairnessTable } from '../figure-tables.ts';
import { environmentLines, type MethodLine, methodLines } from '../method-words.ts';
import { notAvailableLines } from '../not-available.ts';
import { plural, seconds } from '../numbers.ts';
import { sentence } from '../plain-text.ts';
import { verdictWords } from '../verdict-words.ts';
import { delaySections } from './delays.ts';
import { type Html, html, NOTHING, trusted } from './html.ts';
import { staircaseSection } from './staircase.ts';
import { STYLE } from './style.ts';
import { allFigures, figureSections, tableOf } from './tables.ts';

export function htmlReport(result: RunResult): string {
  const { scenario, environment } = result;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${scenario.title} · transport-lab</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
${opening(result)}
<main>
${verdicts(result)}
${result.warnings.map((warning) => html`<p class="warning"><strong>Warning:</strong> ${sentence(warning)}</p>`)}
${staircaseSection(result)}
${delaySections(result)}
${figureSections(result)}
${notAvailable(result)}
${fairness(result)}
${allFigures(result)}
${lines('method', 'Method', methodLines(result))}
${lines('environment', 'Environment', environmentLines(result))}
</main>
<footer>transport-lab ${environment.lab}, ${environment.startedAt}</footer>
</body>
</html>
`;
  return page.markup;
}

function opening(result: RunResult): Html {
  const { scenario, status, cells, backend, backendWhy, environment } = result;
  const why = backendWhy === undefined ? '' : ` ${sentence(backendWhy)}`;
  return html`<header>
<h1>${scenario.title}</h1>
<p>${scenario.question}</p>
<p class="dim">${plural(sentInAll(cells), 'message')} over the ${backend} backend, ${plural(repetitionsOf(result), 'repetition')}, in ${seconds(environment.tookMs)}.${why}</p>
${status.kind === 'complete' ? NOTHING : html`<p class="warning"><strong>Incomplete:</strong> ${sentence(status.why)}</p>`}
</header>`;
}

function verdicts(result: RunResult): Html {
  if (result.verdicts.length === 0) return NOTHING;
  return html`<section id="verdict"><h2>Verdict</h2>
<ol class="verdicts">${result.verdicts.map((verdict) => verdictItem(verdict, result))}</ol>
<p><strong>What to look for.</strong> ${result.scenario.lookFor}</p></section>`;
}

function verdictItem(verdict: Verdict, { backend, metrics }: RunResult): Html {
  const { outcome, because } = verdictWords(verdict, backend, metrics);
  return html`<li class="${verdict.outcome}"><blockquote>${verdict.sentence}</blockquote>
<div class="outcome">${outcome}</div><ul>${because.map((text) => html`<li>${text}</li>`)}</ul></li>`;
}

function notAvailable({ cells }: RunResult): Html {
  const lines = notAvailableLines(cells);
  if (lines.length === 0) return NOTHING;
  const items = lines.map((line) => html`<li>${sentence(line)}</li>`);
  return html`<section id="not-available"><h2>Not available, and why</h2><ul>${items}</ul></section>`;
}

function fairness(result: RunResult): Html {
  const table = fairnessTable(result);
  return table === undefined
    ? NOTHING
    : html`<section id="fairness"><h2>What else differs</h2>${tableOf(table)}</section>`;
}

function lines(id: string, title: string, all: readonly MethodLine[]): Html {
  const items = all.map(
    ({ text, code }) => html`<li>${text}${code === undefined ? NOTHING : html` <code>${code}</code>`}</li>`,
  );
  return html`<section id="${id}"><h2>${title}</h2><ul>${items}</ul></section>`;
}
