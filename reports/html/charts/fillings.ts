// Fillings of bars that are told apart by their pattern, and by colour besides: one for each kind of thing that is stacked.
import { type Html, html, trusted } from '../html.ts';

/** What is as it should be: no pattern. */
export const PLAIN = 'var(--plain)';

export function filling(index: number): string {
  return `url(#filling-${index % PATTERNS.length})`;
}

const PATTERNS = [
  '<path d="M0 8L8 0M-2 2L2 -2M6 10L10 6" class="stroke"/>',
  '<circle cx="4" cy="4" r="1.7" class="fill"/>',
  '<path d="M0 4H8M4 0V8" class="stroke"/>',
  '<path d="M0 0L8 8M-2 6L2 10M6 -2L10 2" class="stroke"/>',
  '<path d="M0 4H8" class="stroke wide"/>',
  '<path d="M4 0V8" class="stroke wide"/>',
  '<path d="M1 1H4V4H1Z" class="fill"/>',
  '<path d="M0 2L4 6L8 2" class="stroke"/>',
];

/** Once on a page: every drawing refers to them. */
export function fillings(): Html {
  const patterns = PATTERNS.map(
    (shape, index) =>
      `<pattern id="filling-${index}" class="filling f${index}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" class="ground"/>${shape}</pattern>`,
  );
  return trusted(
    `<svg class="fillings" width="0" height="0" aria-hidden="true"><defs>${patterns.join('')}</defs></svg>`,
  );
}

export function fillingLegend(parts: readonly { readonly name: string; readonly fill: string }[]): Html {
  return html`<ul class="legend">${parts.map(({ name, fill }) => html`<li>${sample(fill)}${name}</li>`)}</ul>`;
}

function sample(fill: string): Html {
  return trusted(
    `<svg class="sample" viewBox="0 0 26 12" aria-hidden="true"><rect width="26" height="12" fill="${fill}" stroke="var(--line)"/></svg>`,
  );
}
