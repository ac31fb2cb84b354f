// A duel's result for a person: what came over which transport, side by side.
import type { Language } from '../../reports/language/language.ts';
import { numbersIn } from '../../reports/language/numbers.ts';
import { tableLines, wrap } from '../../reports/plain-text.ts';
import type { LiveLink } from '../across/live-link.ts';
import { CHAT_TEXTS } from '../chat/texts.ts';
import { printable } from '../printable.ts';
import { type DuelModel, SIDES } from './model/duel-model.ts';
import { type Score, scoreOf } from './model/score.ts';
import { DUEL_TEXTS } from './texts.ts';

const WIDTH = 80;

export function printedDuel(model: DuelModel, { chance, whyNoPackets }: LiveLink, language: Language): string {
  const texts = DUEL_TEXTS[language];
  const { printed } = texts;
  const { plural } = numbersIn(language);
  const { words, backend, dropped } = model.link;
  const messages = plural(model.messages.length, 'message');
  const title = printed.title(
    messages,
    model.changes.length === 0 ? words : printed.changing,
    CHAT_TEXTS[language].backends[backend],
    String(chance.seed),
  );
  const drops = printed.dropped(plural(dropped.up, 'packet'), plural(dropped.down, 'packet'));
  const hasTcp = model.sides.tcp.connection.kind !== 'unavailable';
  const sentAgain = hasTcp && dropped.up + dropped.down > 0 ? ` ${printed.sentAgain}` : '';
  const paragraphs = [
    wrap(title, WIDTH),
    model.changes.flatMap(({ before, words: next }) => wrap(printed.change(String(before), next), WIDTH)),
    scoreTable(model, language),
    ...SIDES.map((transport) => lostLines(model, transport, language)),
    wrap(`${drops}${sentAgain}`, WIDTH),
    whyNoPackets === undefined ? [] : wrap(printed.whyRelay(printable(whyNoPackets)), WIDTH),
  ];
  return paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function scoreTable({ sides }: DuelModel, language: Language): string[] {
  const texts = DUEL_TEXTS[language];
  const { printed } = texts;
  const { count, milliseconds } = numbersIn(language);
  const delay = (value: number | null | undefined) =>
    value === undefined ? '–' : value === null ? texts.notReached : `${milliseconds(value)} ms`;
  const held = ({ longestHeld }: Score) => {
    if (longestHeld === undefined) return '–';
    const ms = milliseconds(longestHeld.ms);
    return longestHeld.behind === undefined ? `${ms} ms` : printed.held(ms, String(longestHeld.behind));
  };
  const rows: readonly (readonly [string, (score: Score) => string])[] = [
    [printed.sent, ({ sent }) => count(sent)],
    [printed.arrived, ({ arrived }) => count(arrived)],
    [texts.lostCount, ({ lost }) => count(lost)],
    [texts.missingCount, ({ missing }) => count(missing)],
    [texts.notSentCount, ({ notSent }) => count(notSent)],
    [texts.outOfOrderCount, ({ outOfOrder }) => count(outOfOrder)],
    [texts.twiceCount, ({ twice }) => count(twice)],
    [printed.heldBack, ({ heldBack }) => count(heldBack)],
    [printed.longestHeld, held],
    [texts.median, ({ medianMs }) => delay(medianMs)],
    [texts.p95, ({ p95Ms }) => delay(p95Ms)],
    [texts.confirmedCount, ({ confirmed }) => count(confirmed)],
    [texts.receiptsLost, ({ receiptsLost }) => count(receiptsLost)],
  ];
  const scores = SIDES.map((transport) =>
    sides[transport].connection.kind === 'unavailable' ? undefined : scoreOf(sides[transport]),
  );
  const columns = [
    { name: '', align: 'left' as const },
    ...SIDES.map((transport) => ({ name: transport.toUpperCase(), align: 'right' as const })),
  ];
  const cells = rows.map(([name, tell]) => [
    name,
    ...scores.map((score) => (score === undefined ? numbersIn(language).milliseconds(undefined) : tell(score))),
  ]);
  const lines = tableLines(columns, cells, WIDTH).flat();
  return scores.includes(undefined) ? [...lines, '', ...wrap(texts.unavailable, WIDTH)] : lines;
}

/** More than that nobody reads; a program finds them in the JSON. */
const MOST_NAMED = 60;

function lostLines({ sides }: DuelModel, transport: 'tcp' | 'udp', language: Language): string[] {
  const numbers = sides[transport].legs.flatMap(({ fate }, at) => (fate.kind === 'lost' ? [`#${at + 1}`] : []));
  if (numbers.length === 0) return [];
  const { lostOver, more } = DUEL_TEXTS[language].printed;
  const rest = numbers.length - MOST_NAMED;
  const named = numbers.slice(0, MOST_NAMED).join(' ');
  const tail = rest > 0 ? ` ${more(numbersIn(language).count(rest))}` : '';
  return wrap(`${lostOver(transport.toUpperCase())} ${named}${tail}`, WIDTH);
}
