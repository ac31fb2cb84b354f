// The two or three figures that carry a verdict, large enough to be read from the last row.
import type { CellName, Figure, Verdict } from '../../src/bench/result.ts';
import { figureOf } from '../figure-of.ts';
import type { Told } from '../language/told.ts';
import { type Html, html, NOTHING } from './html.ts';

const MOST = 3;

export function headline(result: Told): Html {
  const shown = unique([...claimed(result), ...telling(result)]).slice(0, MOST);
  if (shown.length === 0) return NOTHING;
  return html`<ul class="headline">${shown.map((each) => card(each, result))}</ul>`;
}

interface Carrying {
  readonly metric: string;
  readonly cells: readonly CellName[];
}

/** What the sentences were about, and each against what. */
function claimed({ verdicts }: Told): Carrying[] {
  const firstOf = ({ figures }: Verdict) => figures.find(({ conclusion }) => conclusion !== 'not-supported');
  return verdicts.flatMap((verdict) => {
    const evidence = firstOf(verdict);
    if (evidence === undefined) return [];
    const { metric, of, than } = evidence;
    return [{ metric, cells: than === undefined ? [of] : [of, than] }];
  });
}

const TELLING = ['loss', 'reordered', 'blocked'];

/** Where sentences are about promises: the cell in which most was lost, came out of order, or waited. */
function telling({ cells, metrics }: Told): Carrying[] {
  return TELLING.flatMap((metric) => {
    if (metrics[metric] === undefined) return [];
    const [worst] = [...cells].sort((a, b) => (figureOf(b, metric) ?? 0) - (figureOf(a, metric) ?? 0));
    return worst !== undefined && (figureOf(worst, metric) ?? 0) > 0 ? [{ metric, cells: [worst] }] : [];
  });
}

function unique(all: readonly Carrying[]): Carrying[] {
  const seen = new Set<string>();
  return all.filter(({ metric, cells: [first] }) => {
    const key = `${metric} ${first?.transport} ${first?.link} ${first?.point}`;
    return seen.size < seen.add(key).size;
  });
}

function card({ metric, cells: names }: Carrying, { cells, metrics, say }: Told): Html {
  const { title, unit } = metrics[metric]!;
  const lines = names.flatMap((name) => {
    const figure = cells.find((cell) => isSame(cell, name))?.figures?.[metric];
    return figure === undefined ? [] : [line(figure, unit, say.cell(name), say)];
  });
  return html`<li><span class="of">${title}</span>${lines}</li>`;
}

function line(figure: Figure, unit: string, cell: string, say: Told['say']): Html {
  const { value, interval } = say.apart(figure, unit);
  return html`<span class="value">${value}</span><span class="dim">${interval} ${cell}</span>`;
}

function isSame(a: CellName, b: CellName): boolean {
  return a.transport === b.transport && a.link === b.link && a.point === b.point;
}
