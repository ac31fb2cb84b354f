// A verdict in plain words: what was concluded, and the counts that carry it.
import type { CellEvidence, FigureEvidence, MetricText, UntestedLink, Verdict } from '../src/bench/result.ts';
import { count, milliseconds, percent, plural, reading, seconds, withInterval } from './numbers.ts';

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
  'delivers-everything': ({ evidence }) => evidence.map(delivery),
  'no-connection': vanishing,
  'may-lose-or-reorder': ({ evidence }) => evidence.map(delivery),
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

/** "delay p99: 231 ms for tcp over lossy, 24.1 ms for udp over lossy: more, by 207 (180 to 240)." */
function figureWords(evidence: FigureEvidence, metric: MetricText | undefined): string {
  const unit = metric?.unit ?? '';
  const suffix = unit === 'share' || unit === 'bit/s' ? '' : ` ${unit}`;
  const value = (of: FigureEvidence['value']) => (of === null ? 'not reached' : `${reading(of, unit)}${suffix}`);
  const other = evidence.than === '' ? value(evidence.thanValue) : `${value(evidence.thanValue)} for ${evidence.than}`;
  const { difference } = evidence;
  const by = typeof difference?.value === 'number' ? `, by ${withInterval(difference, unit)}` : '';
  return `${metric?.title ?? evidence.metric}: ${value(evidence.value)} for ${evidence.of}, against ${other}: ${CONCLUSIONS[evidence.conclusion]}${by}.`;
}

function delivery(cell: CellEvidence): string {
  const faults = [
    cell.lost > 0 ? `${count(cell.lost)} lost (${percent(cell.lost / cell.sent)})` : undefined,
    cell.reordered > 0 ? `${count(cell.reordered)} out of order` : undefined,
    cell.duplicates > 0 ? `${count(cell.duplicates)} delivered again` : undefined,
    cell.damaged > 0 ? `${count(cell.damaged)} damaged` : undefined,
  ].filter((fault) => fault !== undefined);
  const what = faults.length === 0 ? 'all delivered once, in order, undamaged' : faults.join(', ');
  return `${cell.link}: of ${plural(cell.sent, 'message')}, ${what}.`;
}

function vanishing({ vanishing: observations, transport: own }: Verdict): string[] {
  const unseen = observations.some(({ transport }) => transport === own)
    ? []
    : [`Nobody watched what a user on ${own.toUpperCase()} learns when the server is killed: the run ended before.`];
  const seen = observations.map(({ transport, noticedAfterMs, watchedMs }) => {
    const name = transport.toUpperCase();
    return noticedAfterMs === null
      ? `When the server was killed, the user on ${name} was told nothing in ${seconds(watchedMs)}.`
      : `When the server was killed, the user on ${name} was told within ${milliseconds(noticedAfterMs)} ms.`;
  });
  return [...seen, ...unseen];
}

/** Links with the same reason share a sentence. */
function untested({ untested: links, transport }: Verdict, backend: string): string[] {
  const name = transport.toUpperCase();
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
