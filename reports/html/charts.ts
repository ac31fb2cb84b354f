// Drawings for a page, as SVG that reads without script: the one place that knows the plotting library and the document
// that it draws into. Colours are the page's (`--series-N`), so that a drawing follows its theme.
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { oneLine } from '../plain-text.ts';
import { type Html, html, trusted } from './html.ts';

export interface Drawing {
  readonly title: string;
  /** What it shows, for whoever does not see it. */
  readonly description: string;
  readonly plot: Omit<Plot.PlotOptions, 'document' | 'style' | 'className'>;
}

/** Wide enough for a column of a page, and scaled to whatever room there is. */
export const CHART_WIDTH = 640;

const { document } = parseHTML('<!doctype html><html></html>');

export function figure({ title, description, plot }: Drawing, legend: Html): Html {
  const drawn = Plot.plot({
    width: CHART_WIDTH,
    height: 340,
    marginLeft: 52,
    marginBottom: 38,
    ...plot,
    document,
    className: 'chart',
  });
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-label', oneLine(`${title}. ${description}`));
  // It grows and shrinks with the page.
  drawn.removeAttribute('width');
  drawn.removeAttribute('height');
  // The library's own style element would be repeated with every drawing; the page has one for all.
  for (const style of drawn.querySelectorAll('style')) style.remove();
  return html`<figure><figcaption><strong>${title}</strong>${legend}</figcaption>${trusted(drawn.outerHTML)}</figure>`;
}

export function seriesColour(index: number): string {
  return `var(--series-${index % SERIES})`;
}

/** How many the page has colours for. */
export const SERIES = 6;

/** A second sign beside the colour, for whoever can't tell two of them apart. */
export function seriesDash(index: number): string {
  return DASHES[index % DASHES.length]!;
}

const DASHES = ['none', '6 3', '2 2', '8 3 2 3', '1 4', '12 3'];
