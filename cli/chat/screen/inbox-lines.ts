// The inbox as lines of a known width: what a screen shows is a window on them. Pure.
import type { Language } from '../../../reports/language/language.ts';
import { type Numbers, numbersIn } from '../../../reports/language/numbers.ts';
import { wrap } from '../../../reports/plain-text.ts';
import { printable, printableLines } from '../../printable.ts';
import type { ChatModel, Entry } from '../model/chat-model.ts';
import type { OwnMessage } from '../model/own-messages.ts';
import { CHAT_TEXTS, type ChatTexts } from '../texts.ts';

export interface InboxLine extends Written {
  /** In the whole inbox. */
  readonly place: number;
}

interface Written {
  readonly text: string;
  readonly look: 'head' | 'body' | 'note' | 'waiting' | 'good' | 'doubtful' | 'bad';
  /** Not seen before. */
  readonly isNew?: boolean;
}

export function inboxLines({ entries }: ChatModel, width: number, language: Language): InboxLine[] {
  const voice = { texts: CHAT_TEXTS[language], numbers: numbersIn(language) };
  return entries.flatMap((entry) => entryLines(entry, width, voice)).map((line, place) => ({ ...line, place }));
}

interface Voice {
  readonly texts: ChatTexts;
  readonly numbers: Numbers;
}

function entryLines(entry: Entry, width: number, voice: Voice): Written[] {
  const { texts } = voice;
  switch (entry.kind) {
    case 'received': {
      const { atMs, from, toAll, subject, body, mark, isRead, heldBackMs } = entry;
      const marks = [
        ...(toAll ? [texts.toAll] : []),
        ...(mark === undefined ? [] : [texts.marks[mark]]),
        ...(heldBackMs === undefined ? [] : [texts.heldBack(voice.numbers.milliseconds(heldBackMs))]),
      ];
      const head = [clock(atMs), printable(from), printable(subject), ...marks].join(' · ');
      const look = mark === undefined && heldBackMs === undefined ? 'head' : 'doubtful';
      return [...lines(head, width, look, isRead ? '  ' : '● ', !isRead), ...bodyLines(body, width)];
    }
    case 'own': {
      const { to, subject, body, sentAtMs } = entry.message;
      const whom = to === '*' ? texts.toAll : texts.to(printable(to));
      const head = [clock(sentAtMs), `${texts.you} ${whom}`, printable(subject) || texts.noSubject].join(' · ');
      return [
        ...lines(head, width, 'head', '  '),
        ...bodyLines(body, width),
        ...deliveryLines(entry.message, width, voice),
      ];
    }
    case 'note': {
      const { note, atMs } = entry;
      const words = (texts.note[note.kind] as (of: typeof note) => string)(note);
      const look = note.kind === 'problem' || note.kind === 'missed' ? 'bad' : 'note';
      return lines(`${clock(atMs)} · ${printable(words)}`, width, look, '  ');
    }
  }
}

function bodyLines(body: string, width: number): Written[] {
  return printableLines(body).flatMap((line) =>
    line.trim() === '' ? [{ text: '', look: 'body' as const }] : lines(line, width, 'body', '    '),
  );
}

/** What became of it, as far as anybody can know. */
function deliveryLines({ delivery }: OwnMessage, width: number, { texts, numbers }: Voice): Written[] {
  const say = (text: string, look: Written['look']) => lines(text, width, look, '    ');
  switch (delivery.kind) {
    case 'in-flight':
      return say(texts.inFlight, 'waiting');
    case 'confirmed': {
      const { receipts } = delivery;
      const last = numbers.milliseconds(Math.max(...receipts.map(({ afterMs }) => afterMs)));
      if (receipts.length > 1) return say(texts.confirmedBy(numbers.count(receipts.length), last), 'good');
      return say(texts.confirmed(printable(receipts[0]!.from), last), 'good');
    }
    case 'refused':
      return say(texts.refused(printable(delivery.why)), 'bad');
    case 'unconfirmed':
      return say(texts.unconfirmed, 'doubtful');
    case 'lost':
      return say(texts.lost(texts.causes[delivery.cause]), 'bad');
    case 'receipt-lost':
      return say(texts.receiptLost(printable(delivery.from)), 'good');
    case 'cut-off':
      return say(texts.cutOff, 'doubtful');
    case 'not-sent':
      return say(texts.notSent(printable(delivery.why)), 'bad');
  }
}

function lines(text: string, width: number, look: Written['look'], indent: string, isNew = false): Written[] {
  return wrap(text, width - indent.length).map((line, at) => ({
    text: `${at === 0 ? indent : ' '.repeat(indent.length)}${line}`,
    look,
    ...(isNew && { isNew }),
  }));
}

function clock(ms: number): string {
  return new Date(ms).toTimeString().slice(0, 8);
}
