// The chat as a value: what was heard, what was sent and what became of it. Pure: events and instants in, the next value
// out; the screen draws it, the session carries out what it asks for.
import type { Departure } from '../../../src/core/refusal.ts';
import type { Person } from '../../../src/core/server-frame.ts';
import type { LostDatagram } from '../../../src/link/news.ts';
import { arrived, departed, type Mark, type Senders } from './arrivals.ts';
import type { Lost } from './lost-on-link.ts';
import { confirmed, cutOff, expired, lostOnLink, type OwnMessage, receiptLostOnLink, refused } from './own-messages.ts';

export interface ChatModel {
  readonly name: string;
  readonly transport: string;
  /** As a person writes it: host and port. */
  readonly server: string;
  readonly people: readonly Person[];
  /** Newest last. */
  readonly entries: readonly Entry[];
  /** Older ones, for which there is no room any more. */
  readonly forgotten: number;
  /** Own messages that are not shown any more, and of which something may still be heard. */
  readonly hidden: readonly OwnMessage[];
  readonly senders: Senders;
  readonly connection: Connection;
  readonly roundTripMs: number | undefined;
  /** Where there is one of the lab's own between. */
  readonly link: LinkState | undefined;
  readonly counts: HeardCounts;
}

export type Entry =
  | ({
      readonly kind: 'received';
      readonly atMs: number;
      readonly mark: Mark | undefined;
      readonly isRead: boolean;
      readonly sequence: number;
      /** How long it lay at this host and waited for what was sent before it; undefined where nobody can tell. */
      readonly heldBackMs?: number;
    } & Letter)
  | { readonly kind: 'own'; readonly message: OwnMessage }
  | { readonly kind: 'note'; readonly atMs: number; readonly note: Note };

interface Letter {
  readonly from: string;
  readonly toAll: boolean;
  readonly subject: string;
  readonly body: string;
}

/** What the chat itself has to say; the screen has the words. */
export type Note =
  | { readonly kind: 'joined'; readonly name: string; readonly transport: string }
  | { readonly kind: 'left'; readonly name: string; readonly departure: Departure }
  | { readonly kind: 'disconnected'; readonly why: string }
  /** `taken`: the name that could not be had again. */
  | { readonly kind: 'back'; readonly name: string; readonly taken?: string }
  | { readonly kind: 'here'; readonly people: readonly Person[] }
  | { readonly kind: 'renamed'; readonly name: string }
  | { readonly kind: 'missed'; readonly from: string; readonly subject: string; readonly toAll: boolean }
  | { readonly kind: 'link'; readonly link: LinkState }
  | { readonly kind: 'saved'; readonly file: string; readonly messages: number }
  | { readonly kind: 'problem'; readonly text: string };

export type Connection =
  | { readonly kind: 'up' }
  | { readonly kind: 'down'; readonly why: string; readonly attempt: number; readonly retryAtMs: number };

export interface LinkState {
  /** In netem's words. */
  readonly words: string;
  readonly backend: 'tun' | 'relay';
  readonly dropped: { readonly up: number; readonly down: number };
}

export interface HeardCounts {
  readonly received: number;
  readonly outOfOrder: number;
  readonly duplicates: number;
  /** Lost by the link on their way here. */
  readonly missed: number;
  readonly heldBack: number;
}

export function chatModel(name: string, transport: string, server: string, link?: LinkState): ChatModel {
  return {
    name,
    transport,
    server,
    people: [{ name, transport }],
    entries: [],
    forgotten: 0,
    hidden: [],
    senders: new Map(),
    connection: { kind: 'up' },
    roundTripMs: undefined,
    link,
    counts: { received: 0, outOfOrder: 0, duplicates: 0, missed: 0, heldBack: 0 },
  };
}

/** @param sequence that the sender gave it */
export function received(model: ChatModel, letter: Letter, sequence: number, nowMs: number): ChatModel {
  const { senders, mark } = arrived(model.senders, letter.from, sequence);
  const { counts } = model;
  return {
    ...withEntry(model, { kind: 'received', atMs: nowMs, mark, isRead: false, sequence, ...letter }),
    senders,
    counts: {
      ...counts,
      received: counts.received + 1,
      outOfOrder: counts.outOfOrder + (mark === 'out-of-order' ? 1 : 0),
      duplicates: counts.duplicates + (mark === 'duplicate' ? 1 : 0),
    },
  };
}

export function sent(model: ChatModel, message: OwnMessage): ChatModel {
  return withEntry(model, { kind: 'own', message });
}

export function receiptCame(model: ChatModel, from: string, sequence: number, nowMs: number): ChatModel {
  return withOwn(model, (messages) => confirmed(messages, from, sequence, nowMs));
}

export function refusalCame(model: ChatModel, sequence: number, why: string): ChatModel {
  return withOwn(model, (messages) => refused(messages, sequence, why));
}

/** What the link knows of one that it has lost. */
export function lostByLink(model: ChatModel, lost: Lost, cause: LostDatagram['cause'], nowMs: number): ChatModel {
  switch (lost.kind) {
    case 'own':
      return withOwn(model, (messages) => lostOnLink(messages, lost.sequence, cause));
    case 'receipt':
      return withOwn(model, (messages) => receiptLostOnLink(messages, lost.from, lost.sequence));
    case 'incoming': {
      const { from, subject, toAll } = lost;
      const counts = { ...model.counts, missed: model.counts.missed + 1 };
      return noted({ ...model, counts }, { kind: 'missed', from, subject, toAll }, nowMs);
    }
  }
}

/** @param ms that it waited for what was sent before it */
export function heldBack(model: ChatModel, from: string, sequence: number, ms: number): ChatModel {
  const at = model.entries.findLastIndex(
    (entry) => entry.kind === 'received' && entry.from === from && entry.sequence === sequence,
  );
  const counts = { ...model.counts, heldBack: model.counts.heldBack + 1 };
  const entries = model.entries.map((entry, place) =>
    place === at && entry.kind === 'received' ? { ...entry, heldBackMs: ms } : entry,
  );
  return { ...model, entries, counts };
}

export function linkSeen(model: ChatModel, link: LinkState): ChatModel {
  const { dropped } = model.link ?? link;
  const isSame =
    model.link?.words === link.words && dropped.up === link.dropped.up && dropped.down === link.dropped.down;
  return isSame ? model : { ...model, link };
}

/** @param lateMs how long a receipt is waited for */
export function timePassed(model: ChatModel, nowMs: number, lateMs: number): ChatModel {
  return withOwn(model, (messages) => expired(messages, nowMs, lateMs));
}

export function somebodyJoined(model: ChatModel, person: Person, nowMs: number): ChatModel {
  const people = [...model.people.filter(({ name }) => name !== person.name), person];
  return noted({ ...model, people }, { kind: 'joined', name: person.name, transport: person.transport }, nowMs);
}

export function somebodyLeft(model: ChatModel, name: string, departure: Departure, nowMs: number): ChatModel {
  const people = model.people.filter((person) => person.name !== name);
  return noted({ ...model, people, senders: departed(model.senders, name) }, { kind: 'left', name, departure }, nowMs);
}

export function rosterCame(model: ChatModel, people: readonly Person[]): ChatModel {
  return { ...model, people };
}

/** What was in flight stays unknown, and whoever writes next begins to count anew. */
export function connectionLost(model: ChatModel, connection: Connection & { kind: 'down' }, nowMs: number): ChatModel {
  const wasUp = model.connection.kind === 'up';
  const cut = wasUp ? { ...withOwn(model, cutOff), senders: new Map() } : model;
  const next = { ...cut, connection, roundTripMs: undefined };
  return wasUp ? noted(next, { kind: 'disconnected', why: connection.why }, nowMs) : next;
}

/** Under another name there is another session: what was in flight stays unknown. */
export function renamed(model: ChatModel, name: string, nowMs: number): ChatModel {
  const people = model.people.filter((person) => person.name !== model.name);
  const cut = withOwn(model, cutOff);
  return noted({ ...cut, name, people, connection: { kind: 'up' } }, { kind: 'renamed', name }, nowMs);
}

export function connectionBack(model: ChatModel, name: string, nowMs: number, taken?: string): ChatModel {
  const note: Note = { kind: 'back', name, ...(taken !== undefined && { taken }) };
  return noted({ ...model, name, connection: { kind: 'up' }, people: [] }, note, nowMs);
}

export function noted(model: ChatModel, note: Note, nowMs: number): ChatModel {
  return withEntry(model, { kind: 'note', atMs: nowMs, note });
}

export function cleared(model: ChatModel): ChatModel {
  return { ...model, entries: [], forgotten: 0, hidden: ownMessages(model) };
}

export function allRead(model: ChatModel): ChatModel {
  if (!model.entries.some((entry) => entry.kind === 'received' && !entry.isRead)) return model;
  return {
    ...model,
    entries: model.entries.map((entry) =>
      entry.kind === 'received' && !entry.isRead ? { ...entry, isRead: true } : entry,
    ),
  };
}

/** Shown or not, in the order in which they were sent. */
export function ownMessages({ entries, hidden }: ChatModel): OwnMessage[] {
  return [...hidden, ...ownAmong(entries)];
}

function ownAmong(entries: readonly Entry[]): OwnMessage[] {
  return entries.flatMap((entry) => (entry.kind === 'own' ? [entry.message] : []));
}

/** As many as a person can want to scroll through. */
const MOST_ENTRIES = 5_000;

/** And as much text, in UTF-16 code units: others may write long. */
const MOST_TEXT = 1_000_000;

function withEntry(model: ChatModel, entry: Entry): ChatModel {
  const entries = [...model.entries, entry];
  const dropped = withoutRoom(entries);
  if (dropped === 0) return { ...model, entries };
  return {
    ...model,
    entries: entries.slice(dropped),
    forgotten: model.forgotten + dropped,
    hidden: [...model.hidden, ...ownAmong(entries.slice(0, dropped))],
  };
}

/** How many of the oldest must go. The newest has room, however long it is. */
function withoutRoom(entries: readonly Entry[]): number {
  let text = 0;
  let first = entries.length;
  while (first > 0 && entries.length - first < MOST_ENTRIES) {
    text += textIn(entries[first - 1]!);
    if (text > MOST_TEXT && first < entries.length) break;
    first--;
  }
  return first;
}

/** What the chat itself says is short. */
function textIn(entry: Entry): number {
  if (entry.kind === 'note') return 0;
  const { subject, body } = entry.kind === 'own' ? entry.message : entry;
  return subject.length + body.length;
}

function withOwn(model: ChatModel, change: (messages: readonly OwnMessage[]) => readonly OwnMessage[]): ChatModel {
  const before = ownMessages(model);
  const after = change(before);
  if (after === before || after.every((message, at) => message === before[at])) return model;
  let next = model.hidden.length;
  const entries = model.entries.map((entry) => {
    if (entry.kind !== 'own') return entry;
    const message = after[next++]!;
    return message === entry.message ? entry : { ...entry, message };
  });
  return { ...model, entries, hidden: after.slice(0, model.hidden.length) };
}
