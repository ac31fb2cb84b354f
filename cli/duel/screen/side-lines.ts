// One side of a duel as lines of a known width: its map, its score, and its inbox in the order in which things came or
// became known. Pure.
import type { Language } from '../../../reports/language/language.ts';
import { type Numbers, numbersIn } from '../../../reports/language/numbers.ts';
import { CHAT_TEXTS } from '../../chat/texts.ts';
import { printable } from '../../printable.ts';
import type { DuelModel, Leg, LogEntry } from '../model/duel-model.ts';
import type { Score } from '../model/score.ts';
import { DUEL_TEXTS, type DuelTexts } from '../texts.ts';

export type Look = 'plain' | 'good' | 'doubtful' | 'bad' | 'waiting';

export interface SideLine {
  readonly text: string;
  readonly look: Look;
}

/** One character for each message, in their order. */
export function glyphOf({ fate, heldBack }: Leg): { glyph: string; look: Look } {
  switch (fate.kind) {
    case 'arrived':
      if (fate.isOutOfOrder) return { glyph: '↷', look: 'doubtful' };
      return heldBack === undefined ? { glyph: '●', look: 'good' } : { glyph: '◔', look: 'doubtful' };
    case 'lost':
      return { glyph: '✗', look: 'bad' };
    case 'missing':
      return { glyph: '?', look: 'bad' };
    case 'in-flight':
      return { glyph: '·', look: 'waiting' };
    case 'not-sent':
      return { glyph: '–', look: 'waiting' };
  }
}

/** @param window which entries of the log, where not all are wanted */
export function inboxLines(
  model: DuelModel,
  transport: 'tcp' | 'udp',
  language: Language,
  window: { readonly from: number; readonly to: number } = { from: 0, to: model.sides[transport].log.length },
): SideLine[] {
  const side = model.sides[transport];
  const voice = { texts: DUEL_TEXTS[language], causes: CHAT_TEXTS[language].causes, numbers: numbersIn(language) };
  return side.log.slice(window.from, window.to).map((entry) => {
    if (entry.kind === 'link') return { text: `── ${entry.words}`, look: 'waiting' };
    return inboxLine(entry, side.legs[entry.number - 1]!, model.messages[entry.number - 1]!.body, voice);
  });
}

interface Voice {
  readonly texts: DuelTexts;
  readonly causes: Readonly<Record<string, string>>;
  readonly numbers: Numbers;
}

function inboxLine(
  { kind, number }: Exclude<LogEntry, { kind: 'link' }>,
  { fate, heldBack }: Leg,
  body: string,
  voice: Voice,
): SideLine {
  const { texts, causes, numbers } = voice;
  const name = `#${number}`;
  if (kind === 'copy') return { text: `${name} ${texts.copy}`, look: 'doubtful' };
  switch (fate.kind) {
    case 'not-sent':
      return {
        text: `${name} ✗ ${fate.about === undefined ? texts.notSent[fate.why] : printable(fate.about)}`,
        look: 'bad',
      };
    case 'lost':
      return { text: `${name} ${texts.lost(causes[fate.cause]!)}`, look: 'bad' };
    case 'missing':
    case 'in-flight':
      return { text: `${name} ${texts.missing}`, look: 'bad' };
    case 'arrived': {
      // Known to be missing, or one of its copies to be lost, before it came: it has a line of its own then.
      if (kind !== 'arrived')
        return { text: `${name} ${kind === 'lost' ? texts.copyLost : texts.late}`, look: 'doubtful' };
      const marks = [
        ...(fate.isOutOfOrder ? [texts.outOfOrder] : []),
        ...(heldBack === undefined
          ? []
          : [texts.heldBack(numbers.milliseconds(heldBack.ms), heldBack.behind?.toString())]),
      ];
      const text = [`${name} ${numbers.milliseconds(fate.afterMs)} ms`, ...marks, inOneLine(body)].join(' · ');
      return { text, look: marks.length > 0 ? 'doubtful' : 'plain' };
    }
  }
}

/** More of a body is not looked at, and more of it not shown. */
const MOST_LOOKED_AT = 1_000;
const MOST_SHOWN = 300;

function inOneLine(body: string): string {
  const lines = body
    .slice(0, MOST_LOOKED_AT)
    .split('\n')
    .map((line) => line.trim());
  const shown = lines
    .filter((line) => line !== '')
    .join(' ⏎ ')
    .slice(0, MOST_SHOWN);
  // Not the half of a character.
  return printable(shown.replace(/[\ud800-\udbff]$/, ''));
}

/** Five lines, the most important first in each; what is 0 and worth no word is left out. */
export function scoreLines(score: Score, language: Language): string[] {
  const texts = DUEL_TEXTS[language];
  const { count, milliseconds } = numbersIn(language);
  const told = (pairs: readonly (readonly [string, number, boolean?])[]) =>
    pairs
      .filter(([, value, isAlways]) => isAlways || value > 0)
      .map(([name, value]) => `${name} ${count(value)}`)
      .join(' · ');
  const delay = (value: number | null | undefined) =>
    value === undefined ? '–' : value === null ? texts.notReached : `${milliseconds(value)} ms`;
  return [
    texts.arrivedOf(count(score.arrived), count(score.asked)),
    told([
      [texts.lostCount, score.lost, true],
      [texts.missingCount, score.missing],
      [texts.notSentCount, score.notSent],
      [texts.inFlightCount, score.inFlight],
    ]),
    told([
      [texts.heldCount, score.heldBack, true],
      [texts.outOfOrderCount, score.outOfOrder, true],
      [texts.twiceCount, score.twice],
    ]),
    `${texts.median} ${delay(score.medianMs)} · ${texts.p95} ${delay(score.p95Ms)}`,
    told([
      [texts.confirmedCount, score.confirmed, true],
      [texts.receiptsLost, score.receiptsLost],
    ]),
  ];
}
