// A verdict in plain words: what was concluded, and the counts that carry it.
import type { CellEvidence, FigureEvidence, MetricText, UntestedLink, Verdict } from '../src/bench/result.ts';
import { count, difference, milliseconds, percent, plural, seconds, withUnit } from './numbers.ts';
import { listed } from './plain-text.ts';

export interface VerdictWords {
  /** One or two words. */
  readonly outcome: string;
  /** Whole sentences. */
  readonly because: readonly string[];
}

export function verdictWords(
  verdict: Verdict,
  backend: string,
  metrics: Readonly<Record<string, MetricText>>,
): VerdictWords {
  return {
    outcome: verdict.outcome === 'not-tested' && wasLookedAt(verdict) ? 'was not seen' : OUTCOMES[verdict.outcome],
    because: [
      ...BECAUSE[verdict.test](verdict),
      ...verdict.figures.map((evidence) => figureWords(evidence, metrics[evidence.metric])),
      ...untested(verdict, backend),
    ],
  };
}

const OUTCOMES: Record<Verdict['outcome'], string> = {
  held: 'holds',
  partly: 'holds in part',
  refuted: 'does not hold',
  'not-tested': 'not tested',
};

/** Something was measured, and it showed neither the sentence nor its opposite. */
function wasLookedAt({ test, evidence, figures }: Verdict): boolean {
  return (test === 'may-lose-or-reorder' && evidence.length > 0) || figures.length > 0;
}

const BECAUSE: Record<Verdict['test'], (verdict: Verdict) => string[]> = {
  'delivers-everything': deliveries,
  'no-connection': vanishing,
  'may-lose-or-reorder': deliveries,
  above: () => [],
  below: () => [],
  alike: () => [],
};

const CONCLUSIONS: Record<FigureEvidence['conclusion'], string> = {
  less: 'less',
  more: 'more',
  'no-difference': 'no difference',
  'not-supported': 'not enough to say',
};

/** "delay p99: 231 ms for tcp over lossy, 24.1 ms for udp over lossy: more, by 207 ms (180 to 240)." */
function figureWords(evidence: FigureEvidence, metric: MetricText | undefined): string {
  const { value, thanValue, of, than, difference: by, conclusion } = evidence;
  const unit = metric?.unit ?? '';
  const other = than === '' ? `against ${withUnit(thanValue, unit)}` : `${withUnit(thanValue, unit)} for ${than}`;
  const isSure = conclusion === 'less' || conclusion === 'more';
  // An infinite difference says no more than "not reached" does.
  const byHowMuch = typeof by?.value === 'number' ? `${isSure ? ', by ' : ': '}${difference(by, unit)}` : '';
  const title = metric?.title ?? evidence.metric;
  return `${title}: ${withUnit(value, unit)} for ${of}, ${other}: ${CONCLUSIONS[conclusion]}${byHowMuch}.`;
}

/** Cells in which nothing went wrong share a sentence. */
function deliveries({ evidence }: Verdict): string[] {
  const whole = evidence.filter((cell) => faultsOf(cell).length === 0);
  const all = 'all delivered once, in order, undamaged';
  return evidence.flatMap((cell) => {
    if (!whole.includes(cell))
      return [`${cell.link}: of ${plural(cell.sent, 'message')}, ${faultsOf(cell).join(', ')}.`];
    if (cell !== whole[0]) return [];
    const sent = whole.reduce((sum, each) => sum + each.sent, 0);
    return [`${listed(whole.map(({ link }) => link))}: of ${plural(sent, 'message')}, ${all}.`];
  });
}

function faultsOf(cell: CellEvidence): string[] {
  return [
    ...(cell.lost > 0 ? [`${count(cell.lost)} lost (${percent(cell.lost / cell.sent)})`] : []),
    ...(cell.reordered > 0 ? [`${count(cell.reordered)} out of order`] : []),
    ...(cell.duplicates > 0 ? [`${count(cell.duplicates)} delivered again`] : []),
    ...(cell.damaged > 0 ? [`${count(cell.damaged)} damaged`] : []),
  ];
}

function vanishing({ vanishing: observations, transport: own }: Verdict): string[] {
  const unseen = observations.some(({ transport }) => transport === own)
    ? []
    : [`Nobody watched what a user on ${called(own)} learns when the server is killed: the run ended before.`];
  const seen = observations.map(({ transport, noticedAfterMs, watchedMs }) => {
    const name = called(transport);
    return noticedAfterMs === null
      ? `When the server was killed, the user on ${name} was told nothing in ${seconds(watchedMs)}.`
      : `When the server was killed, the user on ${name} was told within ${milliseconds(noticedAfterMs)} ms.`;
  });
  return [...seen, ...unseen];
}

/** Links with the same reason share a sentence. */
function untested({ untested: links, transport }: Verdict, backend: string): string[] {
  const name = called(transport);
  const withKind = (kind: UntestedLink['kind']) =>
    links
      .filter((link) => link.kind === kind)
      .map(({ link }) => link)
      .join(', ');
  const unavailable = withKind('not-available');
  const unmeasured = withKind('not-measured');
  return [
    ...(unavailable === ''
      ? []
      : [`Not tested over ${unavailable}: the ${backend} backend can't put ${name} there (reasons below).`]),
    ...(unmeasured === '' ? [] : [`Not tested over ${unmeasured}: no repetition came to its end.`]),
  ];
}

/** As people write it; a contestant of another name keeps it. */
function called(transport: string): string {
  return /^(tcp|udp)$/.test(transport) ? transport.toUpperCase() : transport;
}
