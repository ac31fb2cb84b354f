// How messages were disturbed: order, copies, losses in a row, change of delay, waiting in line, set-up. Each is shown only
// where there is something of it.
import type { Told } from '../../language/told.ts';
import { type Html, html, NOTHING } from '../html.ts';
import { inPlaces } from '../places.ts';
import { displacement, lossRuns } from './counted.ts';
import { blocking, variation } from './exceedance.ts';
import { drawn } from './lines.ts';
import { duplicates, setUps } from './of-cells.ts';

export function disturbanceSection(result: Told): Html {
  const { say } = result;
  const kinds = KINDS.map(({ id, draw }) => ({ id, figures: draw(result) })).filter(
    ({ figures }) => figures.length > 0,
  );
  if (kinds.length === 0) return NOTHING;
  return html`<section id="disturbances">
<h2>${say.pictures.patterns}</h2>
<p>${say.pictures.patternsHow}</p>
${kinds.map(({ id, figures }) => html`<h3 id="${id}">${say.pictures[TITLES[id]]}</h3>${inPlaces(figures, say, id === 'set-up' ? 'large' : 'small')}`)}
</section>`;
}

type Kind = keyof typeof TITLES;

const TITLES = {
  order: 'order',
  duplicates: 'duplicates',
  'loss-runs': 'lossRuns',
  variation: 'variation',
  blocking: 'blocking',
  'set-up': 'setUp',
} as const;

const KINDS: readonly { readonly id: Kind; readonly draw: (result: Told) => Html[] }[] = [
  {
    id: 'order',
    draw: (result) => drawn(result, { curve: 'reorder-density', worth: 'reordered', draw: displacement }),
  },
  { id: 'duplicates', draw: duplicates },
  { id: 'loss-runs', draw: (result) => drawn(result, { curve: 'loss-runs', worth: 'loss', draw: lossRuns }) },
  {
    id: 'variation',
    draw: (result) => drawn(result, { curve: 'delay-variation', worth: 'ipdv-p99', draw: variation }),
  },
  { id: 'blocking', draw: (result) => drawn(result, { curve: 'blocking', worth: 'blocked', draw: blocking }) },
  { id: 'set-up', draw: setUps },
];
