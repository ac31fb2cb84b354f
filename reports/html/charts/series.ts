// Which line is whose: by colour, and by dash or shape for whoever can't tell two colours apart.
import { type Html, html, trusted } from '../html.ts';

export function seriesColour(index: number): string {
  return `var(--series-${index % SERIES})`;
}

/** How many the page has colours for. */
const SERIES = 6;

export function seriesDash(index: number): string {
  return DASHES[index % DASHES.length]!;
}

const DASHES = ['none', '6 3', '2 2', '8 3 2 3', '1 4', '12 3'];

export function seriesSymbol(index: number): (typeof SYMBOLS)[number] {
  return SYMBOLS[index % SYMBOLS.length]!;
}

/** The same, drawn small. */
const SHAPES = [
  'M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0Z',
  'M0-4L3.8 3H-3.8Z',
  'M-3-3H3V3H-3Z',
  'M0-4.2L3 0L0 4.2L-3 0Z',
  'M0-4.5L1.3-1.4L4.3-1.4L2 .8L2.8 4L0 2.2L-2.8 4L-2 .8L-4.3-1.4L-1.3-1.4Z',
  'M0-4V0L3.4 2.4M0 0L-3.4 2.4',
];

const SYMBOLS = ['circle', 'triangle', 'square', 'diamond', 'star', 'wye'] as const;

/** Of all that is drawn for one contestant, wherever it is: the page's script lights it up. */
export function seriesClass(index: number): string {
  return `mark s${index}`;
}

export function legend(names: readonly string[]): Html {
  return html`<ul class="legend">${names.map((name, index) => html`<li data-series="${index}">${sample(index)}${name}</li>`)}</ul>`;
}

function sample(index: number): Html {
  const line = `<path d="M0 6H30" stroke-width="2.5" stroke-dasharray="${seriesDash(index)}"/>`;
  const shape = `<path d="${SHAPES[index % SHAPES.length]}" fill="var(--paper)" stroke-width="1.6" transform="translate(15 6)"/>`;
  return trusted(
    `<svg class="sample" viewBox="0 0 30 12" stroke="${seriesColour(index)}" aria-hidden="true">${line}${shape}</svg>`,
  );
}
