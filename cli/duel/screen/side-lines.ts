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

export function inboxLines(model: DuelModel, transport: 'tcp' | 'udp', language: Language): SideLine[] {
  const side = model.sides[transport];
  const voice = { texts: DUEL_TEXTS[language], causes: CHAT_TEXTS[language].causes, numbers: numbersIn(language) };
  return side.log.map((entry) => {
    const at = entry.number - model.first;
    return inboxLine(entry, side.legs[at]!, model.messages[at]!.body, voice);
  });
}

interface Voice {
  readonly texts: DuelTexts;
  readonly causes: Readonly<Record<string, string>>;
  readonly numbers: Numbers;
}

function inboxLine({ kind, number }: LogEntry, leg: Leg, body: string, { texts, causes, numbers }: Voice): SideLine {
  const name = `#${number}`;
  if (kind === 'copy') return { text: `${name} ${texts.copy}`, look: 'doubtful' };
  if (kind === 'missing') return { text: `${name} ${texts.missing}`, look: 'bad' };
  const { fate, heldBack } = leg;
  if (kind === 'lost' || fate.kind !== 'arrived') {
    const cause = fate.kind === 'lost' ? causes[fate.cause]! : '';
    return { text: `${name} ${texts.lost(cause)}`, look: 'bad' };
  }
  const ms = `${numbers.milliseconds(fate.afterMs)} ms`;
  const marks = [
    ...(fate.isOutOfOrder ? [texts.outOfOrder] : []),
    ...(heldBack === undefined ? [] : [texts.heldBack(numbers.milliseconds(heldBack.ms), heldBack.behind?.toString())]),
  ];
  const shown = printable(body.replace(/\s*\n\s*/g, ' ⏎ '));
  const text = [`${name} ${ms}`, ...marks, shown].join(' · ');
  return { text, look: marks.length > 0 ? 'doubtful' : 'plain' };
}

/** Three lines; what is 0 and worth no word is left out. */
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
    [
      texts.arrivedOf(count(score.arrived), count(score.sent)),
      told([
        [texts.lostCount, score.lost],
        [texts.missingCount, score.missing],
        [texts.inFlightCount, score.inFlight],
        [texts.notSentCount, score.notSent],
      ]),
    ]
      .filter((part) => part !== '')
      .join(' · '),
    told([
      [texts.outOfOrderCount, score.outOfOrder, true],
      [texts.heldCount, score.heldBack, true],
      [texts.twiceCount, score.twice],
    ]),
    `${texts.median} ${delay(score.medianMs)} · ${texts.p95} ${delay(score.p95Ms)}`,
    told([
      [texts.confirmedCount, score.confirmed, true],
      [texts.receiptsLost, score.receiptsLost],
    ]),
  ];
}
