// Which line is whose: by colour, and by dash for whoever can't tell two colours apart.
import { seriesColour, seriesDash } from './charts.ts';
import { type Html, html, trusted } from './html.ts';

export function legend(names: readonly string[]): Html {
  return html`<ul class="legend">${names.map((name, index) => html`<li>${sample(index)}${name}</li>`)}</ul>`;
}

function sample(index: number): Html {
  const line = `<line x1="0" y1="6" x2="26" y2="6" stroke="${seriesColour(index)}" stroke-width="2.5" stroke-dasharray="${seriesDash(index)}"/>`;
  return trusted(`<svg class="sample" viewBox="0 0 26 12" aria-hidden="true">${line}</svg>`);
}
