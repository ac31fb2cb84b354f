// A verdict in plain words: what was concluded, and the counts that carry it.
import type { CellEvidence, FigureEvidence, MetricText, UntestedLink, Verdict } from '../src/bench/result.ts';
import { byHowMuch } from './by-how-much.ts';
import type { Speech } from './language/speech.ts';
import type { Told } from './language/told.ts';

export interface VerdictWords {
  /** One or two words. */
  readonly outcome: string;
  /** Whole sentences. */
  readonly because: readonly string[];
}

export function verdictWords(
  verdict: Verdict,
  { backend, metrics, say }: Pick<Told, 'backend' | 'metrics' | 'say'>,
): VerdictWords {
  const isUnseen = verdict.outcome === 'not-tested' && wasLookedAt(verdict);
  return {
    outcome: isUnseen ? say.verdicts.notSeen : say.verdicts.outcomes[verdict.outcome],
    because: [
      ...BECAUSE[verdict.test](verdict, say),
      ...verdict.figures.map((evidence) => figureWords(evidence, metrics[evidence.metric], say)),
      ...untested(verdict, backend, say),
    ],
  };
}

/** Something was measured, and it showed neither the sentence nor its opposite. */
function wasLookedAt({ test, evidence, figures }: Verdict): boolean {
  return (test === 'may-lose-or-reorder' && evidence.length > 0) || figures.length > 0;
}

const BECAUSE: Record<Verdict['test'], (verdict: Verdict, say: Speech) => string[]> = {
  'delivers-everything': deliveries,
  'no-connection': vanishing,
  'may-lose-or-reorder': deliveries,
  above: () => [],
  below: () => [],
  alike: () => [],
};

/** "delay p99: 231 ms for tcp over lossy, 24.1 ms for udp over lossy: more, by 207 ms (180 to 240)." */
function figureWords(evidence: FigureEvidence, metric: MetricText | undefined, say: Speech): string {
  const { value, thanValue, of, than, difference: by, conclusion } = evidence;
  const { verdicts } = say;
  const unit = metric?.unit ?? '';
  const own = verdicts.figureFor(say.withUnit(value, unit), say.cell(of));
  const limit = say.withUnit(thanValue, unit);
  const other = than === undefined ? verdicts.against(limit) : verdicts.figureFor(limit, say.cell(than));
  const isSure = conclusion === 'less' || conclusion === 'more';
  // An infinite difference says no more than "not reached" does.
  const howMuch = typeof by?.value === 'number' ? say.difference(byHowMuch(by, conclusion), unit) : undefined;
  const end = howMuch === undefined ? '' : isSure ? `, ${verdicts.by(howMuch)}` : `: ${howMuch}`;
  return `${metric?.title ?? evidence.metric}: ${own}, ${other}: ${verdicts.conclusions[conclusion]}${end}.`;
}

/** Cells in which nothing went wrong share a sentence. */
function deliveries({ evidence }: Verdict, say: Speech): string[] {
  const whole = evidence.filter((cell) => faultsOf(cell, say).length === 0);
  const sentence = (places: readonly string[], sent: number, what: string) =>
    `${say.listed(places)}: ${say.verdicts.of(say.plural(sent, 'message'), what)}.`;
  return evidence.flatMap((cell) => {
    if (!whole.includes(cell)) return [sentence([say.place(cell)], cell.sent, faultsOf(cell, say).join(', '))];
    if (cell !== whole[0]) return [];
    const sent = whole.reduce((sum, each) => sum + each.sent, 0);
    return [sentence(whole.map(say.place), sent, say.verdicts.allDelivered)];
  });
}

function faultsOf(cell: CellEvidence, { count, percent, verdicts }: Speech): string[] {
  return [
    ...(cell.lost > 0 ? [verdicts.lost(count(cell.lost), percent(cell.lost / cell.sent))] : []),
    ...(cell.reordered > 0 ? [verdicts.outOfOrder(count(cell.reordered))] : []),
    ...(cell.duplicates > 0 ? [verdicts.again(count(cell.duplicates))] : []),
    ...(cell.damaged > 0 ? [verdicts.damaged(count(cell.damaged))] : []),
  ];
}

function vanishing({ vanishing: observations, transport: own }: Verdict, say: Speech): string[] {
  const isUnseen = !observations.some(({ transport }) => transport === own);
  const seen = observations.map(({ transport, noticedAfterMs, watchedMs }) =>
    noticedAfterMs === null
      ? say.verdicts.toldNothing(called(transport), say.seconds(watchedMs))
      : say.verdicts.told(called(transport), say.milliseconds(noticedAfterMs)),
  );
  return isUnseen ? [...seen, say.verdicts.notWatched(called(own))] : seen;
}

/** Links with the same reason share a sentence. */
function untested({ untested: links, transport }: Verdict, backend: string, say: Speech): string[] {
  const withKind = (kind: UntestedLink['kind']) =>
    links
      .filter((link) => link.kind === kind)
      .map(say.place)
      .join(', ');
  const unavailable = withKind('not-available');
  const unmeasured = withKind('not-measured');
  return [
    ...(unavailable === '' ? [] : [say.verdicts.notAvailable(unavailable, backend, called(transport))]),
    ...(unmeasured === '' ? [] : [say.verdicts.notMeasured(unmeasured)]),
  ];
}

/** As people write it; a contestant of another name keeps it. */
function called(transport: string): string {
  return /^(tcp|udp)$/.test(transport) ? transport.toUpperCase() : transport;
}
