// A picture for every place: four are shown, from the first to the last, and the others where a reader opens them.
import type { Speech } from '../language/speech.ts';
import { type Html, html, NOTHING } from './html.ts';

const MOST_SHOWN = 4;

/** @param size small: side by side even where there is room */
export function inPlaces(drawn: readonly Html[], say: Speech, size: 'large' | 'small' = 'large'): Html {
  const shown = evenly(drawn.length, MOST_SHOWN);
  const charts = size === 'small' ? 'charts small' : 'charts';
  const rest = drawn.filter((_, at) => !shown.has(at));
  const more =
    rest.length === 0
      ? NOTHING
      : html`<details><summary>${say.page.morePlaces(say.plural(rest.length, 'place'))}</summary><div class="${charts}">${rest}</div></details>`;
  return html`<div class="${charts}">${drawn.filter((_, at) => shown.has(at))}</div>${more}`;
}

/** The first and the last, and what lies evenly between them. */
function evenly(count: number, most: number): Set<number> {
  if (count <= most) return new Set(Array.from({ length: count }, (_, at) => at));
  return new Set(Array.from({ length: most }, (_, at) => Math.round((at * (count - 1)) / (most - 1))));
}
