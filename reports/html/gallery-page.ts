// The index of many reports: what each asked, what it found, and where it is.
import { type GalleryEntry, machineOf } from '../markdown-gallery.ts';
import { verdictWords } from '../verdict-words.ts';
import { document } from './document.ts';
import { headline } from './headline.ts';
import { type Html, html } from './html.ts';

/** @param entries at least one */
export function galleryPage(entries: readonly GalleryEntry[]): string {
  const [{ result }] = entries as [GalleryEntry];
  const { say, environment } = result;
  const words = say.gallery;
  const measured = words.measured(say.count(entries.length), machineOf(result));
  const body = html`<header><h1>${words.title}</h1><p class="question">${words.what}</p><p class="dim">${measured}</p></header>
<main><ul class="gallery">${entries.map(item)}</ul></main>
<footer>${say.page.madeBy} ${environment.lab}</footer>`;
  return document({ title: words.title, body, say });
}

function item({ href, result }: GalleryEntry): Html {
  const { scenario, verdicts, environment, command, say } = result;
  const outcomes = verdicts.map(
    (verdict) =>
      html`<li class="${verdict.outcome}"><span class="outcome">${verdictWords(verdict, result).outcome}</span> ${verdict.sentence}</li>`,
  );
  return html`<li id="${scenario.name}"><h2><a href="${href}">${scenario.title}</a></h2>
<p>${scenario.question}</p>
${headline(result)}
<ul class="outcomes">${outcomes}</ul>
<p class="dim"><code>${command}</code> · ${say.seconds(environment.tookMs)} · ${environment.startedAt}</p></li>`;
}
