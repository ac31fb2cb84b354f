// Drawings for a page, as SVG that reads without script: the one place that knows the plotting library and the document
// that it draws into. Colours are the page's (`--series-N`), so that a drawing follows its theme.
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { oneLine, visible } from '../../plain-text.ts';
import { type Html, html, NOTHING, trusted } from '../html.ts';

export interface Drawing {
  readonly title: string;
  /** What it shows, for whoever does not see it. */
  readonly description: string;
  readonly plot: Omit<Plot.PlotOptions, 'document' | 'style' | 'className'>;
  /** What can be read off it, in its own coordinates. */
  readonly points?: readonly Point[];
  readonly isZoomable?: boolean;
  /** One of many side by side. */
  readonly isSmall?: boolean;
  /** Whether the heading above it has said what it is. */
  readonly isUntitled?: boolean;
}

export interface Point {
  readonly x: number | string;
  readonly y: number | string;
  readonly text: string;
}

/** As wide as a column of a page, and scaled to whatever room there is. */
const LARGE = { width: 520, height: 300 };
const SMALL = { width: 390, height: 230 };

const { document } = parseHTML('<!doctype html><html></html>');

/** What is used of an element; the library's own types are those of a browser. */
interface Part {
  readonly outerHTML: string;
  readonly children: Iterable<Part>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  querySelectorAll(selector: string): Iterable<Part>;
  append(...parts: readonly Part[]): void;
  remove(): void;
}

type Drawn = Part & Pick<Plot.Plot, 'scale'>;

export function figure(drawing: Drawing, legend: Html): Html {
  const { title, description, plot, points = [], isZoomable = false, isSmall = false, isUntitled = false } = drawing;
  const drawn = Plot.plot({
    ...(isSmall ? SMALL : LARGE),
    marginLeft: 50,
    marginRight: 18,
    marginBottom: 40,
    ...plot,
    document,
    className: 'chart',
  }) as unknown as Drawn;
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-label', oneLine(`${title}. ${description}`));
  // It grows and shrinks with the page.
  drawn.removeAttribute('width');
  drawn.removeAttribute('height');
  // The library's own style element would be repeated with every drawing; the page has one for all.
  for (const style of drawn.querySelectorAll('style')) style.remove();
  namePartsFor(drawn);
  if (isZoomable) makeZoomable(drawn);
  const zoom = isZoomable ? html` data-zoom="${JSON.stringify(axesOf(drawn))}"` : NOTHING;
  return html`<figure><figcaption>${isUntitled ? NOTHING : html`<strong>${title}</strong>`}${legend}</figcaption>
<div class="plot"${zoom}>${trusted(shortened(visible(drawn.outerHTML)))}${readable(points, drawn)}</div></figure>`;
}

/** To a tenth of a pixel: more is not seen, and is most of the page. */
function shortened(svg: string): string {
  return svg.replace(/ (?:d|[xy][12]?|c[xy]|r|width|height|transform)="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10)),
  );
}

/** Where each point is in the drawing, and what it says: for the page's script. */
function readable(points: readonly Point[], drawn: Drawn): Html {
  if (points.length === 0) return NOTHING;
  const place = placing(drawn);
  const data = points.map(({ x, y, text }) => [place('x', x), place('y', y), oneLine(text)]);
  return html`<script type="application/json" class="points">${trusted(JSON.stringify(data).replaceAll('<', '\\u003c'))}</script>`;
}

function placing(drawn: Drawn): (axis: 'x' | 'y', value: number | string) => number {
  const scales = { x: drawn.scale('x'), y: drawn.scale('y') };
  return (axis, value) => {
    const scale = scales[axis]!;
    const at = Number(scale.apply(value)) + (scale.bandwidth ?? 0) / 2;
    return Math.round(at * 10) / 10;
  };
}

/** What a script needs to draw new ticks: domain and range of both axes. */
function axesOf(drawn: Drawn) {
  return Object.fromEntries(
    (['x', 'y'] as const).map((name) => {
      const { domain, range } = drawn.scale(name)!;
      return [name, { domain, range }];
    }),
  );
}

/** What the library calls the parts of a drawing is for a style and a script: to a reader the whole is one image. */
function namePartsFor(drawn: Drawn): void {
  for (const part of drawn.querySelectorAll('[aria-label]')) {
    part.setAttribute('data-part', part.getAttribute('aria-label')!);
    part.removeAttribute('aria-label');
    part.removeAttribute('aria-hidden');
  }
}

/** All that is not an axis goes into a group of its own, which can grow without leaving its place. */
function makeZoomable(drawn: Drawn): void {
  const [content, clip] = ['g', 'g'].map(
    (name) => document.createElementNS('http://www.w3.org/2000/svg', name) as unknown as Part,
  );
  const marks = [...drawn.children].filter((child) => !/^[xy]-axis/.test(child.getAttribute('data-part') ?? ''));
  clip!.setAttribute('class', 'clip');
  content!.setAttribute('class', 'content');
  clip!.append(content!);
  content!.append(...marks);
  drawn.append(clip!);
}
