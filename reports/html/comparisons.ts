// Two contestants over one link, in sentences.
import { comparisonWords } from '../comparison-words.ts';
import { placeOf } from '../figure-of.ts';
import type { Told } from '../language/told.ts';
import { type Html, html, NOTHING } from './html.ts';

export function comparisonSection(result: Told): Html {
  const { comparisons, say } = result;
  const blocks = comparisons.flatMap((comparison) => {
    const words = comparisonWords(comparison, result);
    if (words.length === 0) return [];
    const title = say.comparisons.against(comparison.other, comparison.baseline, placeOf(comparison, true));
    return [html`<h3>${title}</h3><ul>${words.map((text) => html`<li>${text}</li>`)}</ul>`];
  });
  if (blocks.length === 0) return NOTHING;
  const pairs = comparisons.some((comparison) => comparison.pairs !== undefined) ? say.comparisons.pairs : '';
  return html`<section id="side-by-side"><h2>${say.comparisons.title}</h2><p>${pairs}${say.comparisons.intervals}</p>${blocks}</section>`;
}
