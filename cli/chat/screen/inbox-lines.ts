// The inbox as lines of a known width: what a screen shows is a window on them. Pure.
import type { Language } from '../../../reports/language/language.ts';
import { type Numbers, numbersIn } from '../../../reports/language/numbers.ts';
import { wrap } from '../../../reports/plain-text.ts';
import { printable, printableLines } from '../../printable.ts';
import type { ChatModel, Entry } from '../model/chat-model.ts';
import type { OwnMessage } from '../model/own-messages.ts';
import { CHAT_TEXTS, type ChatTexts } from '../texts.ts';

const FILE_WIDTH = 120;

export interface InboxLine {
  readonly text: string;
  readonly look: 'head' | 'body' | 'note' | 'waiting' | 'good' | 'doubtful' | 'bad';
  /** Not seen before. */
  readonly isNew?: boolean;
}

/** As a file has it. */
export function inboxText(model: ChatModel, language: Language): string {
  const { forgotten } = model;
  const before = forgotten === 0 ? [] : [CHAT_TEXTS[language].forgotten(numbersIn(language).count(forgotten))];
  const lines = inboxLines(model, { width: FILE_WIDTH, language }).map(({ text }) => text);
  return `${[...before, ...lines].join('\n')}\n`;
}

export interface Paper {
  /** In columns. */
  readonly width: number;
  readonly language: Language;
}

export function inboxLines({ entries }: ChatModel, paper: Paper): InboxLine[] {
  return entries.flatMap((entry) => laidOut(entry, paper));
}

export interface InboxView {
  /** In lines. */
  readonly height: number;
  /** Lines that are below what is seen. */
  readonly scrolled: number;
}

export interface InboxWindow {
  readonly lines: readonly InboxLine[];
  /** Entries whose first line is not seen, as it is further up. */
  readonly above: number;
  /** And whose last line is not, as it is further down. */
  readonly below: number;
}

export function inboxWindow(model: ChatModel, view: InboxView, paper: Paper): InboxWindow {
  const { layouts, length } = newest(model, view, paper);
  const end = length - furthest(length, view);
  const begin = Math.max(0, end - view.height);
  let [above, below, last] = [model.entries.length - layouts.length, 0, 0];
  for (const lines of layouts) {
    if (last < begin) above++;
    last += lines.length;
    if (last > end) below++;
  }
  return { lines: layouts.flat().slice(begin, end), above, below };
}

/** As far as there is something to scroll to, in lines. */
export function scrolledTo(model: ChatModel, view: InboxView, paper: Paper): number {
  return furthest(newest(model, view, paper).length, view);
}

function furthest(length: number, { height, scrolled }: InboxView): number {
  return Math.max(0, Math.min(scrolled, length - height));
}

/** As many of the newest as it takes: others may write faster than lines can be laid out that nobody looks at. */
function newest({ entries }: ChatModel, { height, scrolled }: InboxView, paper: Paper) {
  const layouts: (readonly InboxLine[])[] = [];
  let length = 0;
  for (let at = entries.length - 1; at >= 0 && length < height + scrolled; at--) {
    const lines = laidOut(entries[at]!, paper);
    layouts.push(lines);
    length += lines.length;
  }
  return { layouts: layouts.reverse(), length };
}

interface Layout extends Paper {
  readonly lines: readonly InboxLine[];
}

const LAYOUTS = new WeakMap<Entry, Layout>();

/** Once an entry: a long one takes a while, and a screen is drawn many times a second. */
function laidOut(entry: Entry, { width, language }: Paper): readonly InboxLine[] {
  const known = LAYOUTS.get(entry);
  if (known?.width === width && known.language === language) return known.lines;
  const lines = entryLines(entry, width, { texts: CHAT_TEXTS[language], numbers: numbersIn(language) });
  LAYOUTS.set(entry, { width, language, lines });
  return lines;
}

interface Voice {
  readonly texts: ChatTexts;
  readonly numbers: Numbers;
}

function entryLines(entry: Entry, width: number, voice: Voice): InboxLine[] {
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

function bodyLines(body: string, width: number): InboxLine[] {
  return printableLines(body).flatMap((line) =>
    line.trim() === '' ? [{ text: '', look: 'body' as const }] : lines(line, width, 'body', '    '),
  );
}

/** What became of it, as far as anybody can know. */
function deliveryLines({ delivery }: OwnMessage, width: number, { texts, numbers }: Voice): InboxLine[] {
  const say = (text: string, look: InboxLine['look']) => lines(text, width, look, '    ');
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

function lines(text: string, width: number, look: InboxLine['look'], indent: string, isNew = false): InboxLine[] {
  return wrap(text, width - indent.length).map((line, at) => ({
    text: `${at === 0 ? indent : ' '.repeat(indent.length)}${line}`,
    look,
    ...(isNew && { isNew }),
  }));
}

function clock(ms: number): string {
  return new Date(ms).toTimeString().slice(0, 8);
}
