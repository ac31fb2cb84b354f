// The ledger as pictures: where every message went, and what crossed the wire for one byte of payload delivered.
import type { Cell } from '../../src/bench/result.ts';
import { figureOf } from '../figure-of.ts';
import type { Speech } from '../language/speech.ts';
import type { Told } from '../language/told.ts';
import { causeWords, kindWords, trafficByKind, withAccount } from '../ledger.ts';
import { shareAxis, tick } from './charts/axes.ts';
import { filling, PLAIN } from './charts/fillings.ts';
import { type StackedPart, stackedBars } from './charts/stacked.ts';
import { type Html, html, NOTHING } from './html.ts';

export function ledgerSection(result: Told): Html {
  const { pictures } = result.say;
  const [account, wire] = [accountBars(result), wireBars(result)];
  if (account === undefined && wire === undefined) return NOTHING;
  return html`<section id="ledger">
<h2>${pictures.ledger}</h2>
${account === undefined ? NOTHING : html`<p>${pictures.ledgerHow}</p><div class="charts wide">${account}</div>`}
${wire === undefined ? NOTHING : html`<h3 id="wire">${pictures.wire}</h3><p>${pictures.wireHow}</p><div class="charts wide">${wire}</div>`}
</section>`;
}

function accountBars({ cells, say }: Told): Html | undefined {
  const known = withAccount(cells).filter(({ account }) => account.sent > 0);
  if (known.length === 0) return undefined;
  const ends = known.map((cell) => {
    const { sent, delivered, lost, unexplained } = cell.account;
    const counts = { delivered, ...lost, unexplained };
    return { cell, sent, counts: Object.entries(counts).filter(([, messages]) => messages > 0) };
  });
  const parts = ends.flatMap(({ cell, sent, counts }) =>
    counts.map(([cause, messages]) => ({
      row: say.cell(cell),
      part: causeWords(cause, say),
      value: messages / sent,
      text: `${say.cell(cell)}: ${say.plural(messages, 'message')} ${causeWords(cause, say)} (${say.percent(messages / sent)})`,
    })),
  );
  return stackedBars({
    title: say.ledger.title,
    description: ends.map(({ cell, sent, counts }) => accountTold(cell, sent, counts, say)).join(' '),
    axis: { ...shareAxis(say), label: say.pictures.shareOfSent, domain: [0, 1] },
    parts,
    fills: fillsOf(parts, causeWords('delivered', say)),
  });
}

function accountTold(cell: Cell, sent: number, counts: readonly (readonly [string, number])[], say: Speech): string {
  const share = (messages: number) => say.percent(messages / sent);
  const delivered = counts.find(([cause]) => cause === 'delivered')?.[1] ?? 0;
  const rest = counts
    .filter(([cause]) => cause !== 'delivered')
    .map(([cause, messages]) => `, ${share(messages)} ${causeWords(cause, say)}`);
  return say.pictures.ledgerTold(say.cell(cell), share(delivered), rest.join(''));
}

function wireBars({ cells, say }: Told): Html | undefined {
  const known = cells.flatMap((cell) => {
    const total = figureOf(cell, 'wire-bytes-per-byte');
    const traffic = [...trafficByKind(cell)].filter(([, { bytes }]) => bytes > 0);
    return typeof total === 'number' && traffic.length > 0 ? [{ cell, total, traffic }] : [];
  });
  if (known.length === 0) return undefined;
  const parts = known.flatMap(({ cell, total, traffic }) => {
    const allBytes = traffic.reduce((sum, [, { bytes }]) => sum + bytes, 0);
    return traffic.map(([kind, { bytes, packets }]) => {
      const value = (bytes / allBytes) * total;
      const told = `${say.reading(value, 'ratio')} ${kindWords(kind, say)}`;
      return {
        row: say.cell(cell),
        part: kindWords(kind, say),
        value,
        text: `${say.cell(cell)}: ${told} (${say.plural(packets, 'packet')})`,
      };
    });
  });
  return stackedBars({
    title: say.ledger.wire,
    description: known.map(({ cell, total }) => `${say.cell(cell)}: ${say.reading(total, 'ratio')}.`).join(' '),
    axis: { grid: true, label: say.pictures.bytesPerByte, tickFormat: (ratio: number) => tick(ratio, say) },
    parts,
    fills: fillsOf(parts, undefined),
    rule: 2,
  });
}

/** In the order in which parts come first; what is as it should be has no pattern. */
function fillsOf(parts: readonly StackedPart[], plain: string | undefined): ReadonlyMap<string, string> {
  const fills = new Map<string, string>();
  let next = 0;
  for (const { part } of parts) if (!fills.has(part)) fills.set(part, part === plain ? PLAIN : filling(next++));
  return fills;
}
