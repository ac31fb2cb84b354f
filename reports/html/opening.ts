// What is asked, what was found, what ran, and what a reader must know before he believes it.
import type { Verdict } from '../../src/bench/result.ts';
import { repetitionsOf, sentInAll } from '../figure-of.ts';
import type { Told } from '../language/told.ts';
import { sentence } from '../plain-text.ts';
import { endingWords, warningWords } from '../reason-words.ts';
import { verdictWords } from '../verdict-words.ts';
import { headline } from './headline.ts';
import { type Html, html, NOTHING } from './html.ts';

export function opening(result: Told): Html {
  const { scenario, status, cells, backend, backendWhy, environment, say } = result;
  const ran = say.page.ran(
    say.plural(sentInAll(cells), 'message'),
    backend,
    say.plural(repetitionsOf(result), 'repetition'),
    say.seconds(environment.tookMs),
  );
  const why = backendWhy === undefined ? '' : ` ${sentence(say.reasons.backendWhy(backendWhy))}`;
  return html`<header>
<h1>${scenario.title}</h1>
<p class="question">${scenario.question}</p>
<p class="dim">${ran}${why}</p>
${status.kind === 'complete' ? NOTHING : notice(say.reasons.incomplete, endingWords(status.why, say))}
</header>`;
}

export function verdictSection(result: Told): Html {
  const { verdicts, scenario, say } = result;
  if (verdicts.length === 0) return NOTHING;
  const teaches =
    scenario.teaches === '' ? NOTHING : html`<p><strong>${say.page.teaches}</strong> ${scenario.teaches}</p>`;
  return html`<section id="verdict"><h2>${say.page.verdict}</h2>
${headline(result)}
<ol class="verdicts">${verdicts.map((verdict) => verdictItem(verdict, result))}</ol>
<p><strong>${say.page.lookFor}</strong> ${scenario.lookFor}</p>${teaches}</section>`;
}

function verdictItem(verdict: Verdict, result: Told): Html {
  const { outcome, because } = verdictWords(verdict, result);
  return html`<li class="${verdict.outcome}"><blockquote>${verdict.sentence}</blockquote>
<div class="outcome">${outcome}</div><ul>${because.map((text) => html`<li>${text}</li>`)}</ul></li>`;
}

export function warnings(result: Told): Html {
  const { warnings: all, say } = result;
  if (all.length === 0) return NOTHING;
  const notices = all.map((warning) => notice(say.reasons.warning, warningWords(warning, result)));
  return html`<section id="warnings"><h2>${say.page.beforeYouBelieve}</h2>${notices}</section>`;
}

function notice(kind: string, text: string): Html {
  return html`<p class="warning"><strong>${kind}:</strong> ${sentence(text)}</p>`;
}
