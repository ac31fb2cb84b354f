// The chat as a value: what was heard, what was sent and what became of it. Pure: events and instants in, the next value
// out; the screen draws it, the session carries out what it asks for.
import type { Person } from '../../../src/core/server-frame.ts';
import { arrived, departed, type Mark, type Senders } from './arrivals.ts';
import { confirmed, cutOff, expired, type OwnMessage, refused } from './own-messages.ts';

export interface ChatModel {
  readonly name: string;
  readonly transport: string;
  /** As a person writes it: host and port. */
  readonly server: string;
  readonly people: readonly Person[];
  /** Newest last. */
  readonly entries: readonly Entry[];
  /** Own messages that are not shown any more, and of which something may still be heard. */
  readonly hidden: readonly OwnMessage[];
  readonly senders: Senders;
  readonly connection: Connection;
  readonly roundTripMs: number | undefined;
  readonly counts: HeardCounts;
}

export type Entry =
  | ({
      readonly kind: 'received';
      readonly atMs: number;
      readonly mark: Mark | undefined;
      readonly isRead: boolean;
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
  | { readonly kind: 'left'; readonly name: string; readonly departure: string }
  | { readonly kind: 'disconnected'; readonly why: string }
  | { readonly kind: 'back'; readonly name: string }
  | { readonly kind: 'saved'; readonly file: string; readonly messages: number }
  | { readonly kind: 'problem'; readonly text: string };

export type Connection =
  | { readonly kind: 'up' }
  | { readonly kind: 'down'; readonly why: string; readonly attempt: number; readonly retryAtMs: number };

export interface HeardCounts {
  readonly received: number;
  readonly outOfOrder: number;
  readonly duplicates: number;
}

export function chatModel(name: string, transport: string, server: string): ChatModel {
  return {
    name,
    transport,
    server,
    people: [{ name, transport }],
    entries: [],
    hidden: [],
    senders: new Map(),
    connection: { kind: 'up' },
    roundTripMs: undefined,
    counts: { received: 0, outOfOrder: 0, duplicates: 0 },
  };
}

/** @param sequence that the sender gave it */
export function received(model: ChatModel, letter: Letter, sequence: number, nowMs: number): ChatModel {
  const { senders, mark } = arrived(model.senders, letter.from, sequence);
  const { counts } = model;
  return {
    ...withEntry(model, { kind: 'received', atMs: nowMs, mark, isRead: false, ...letter }),
    senders,
    counts: {
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

/** @param lateMs how long a receipt is waited for */
export function timePassed(model: ChatModel, nowMs: number, lateMs: number): ChatModel {
  return withOwn(model, (messages) => expired(messages, nowMs, lateMs));
}

export function somebodyJoined(model: ChatModel, person: Person, nowMs: number): ChatModel {
  const people = [...model.people.filter(({ name }) => name !== person.name), person];
  return noted({ ...model, people }, { kind: 'joined', name: person.name, transport: person.transport }, nowMs);
}

export function somebodyLeft(model: ChatModel, name: string, departure: string, nowMs: number): ChatModel {
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

export function connectionBack(model: ChatModel, name: string, nowMs: number): ChatModel {
  return noted({ ...model, name, connection: { kind: 'up' }, people: [] }, { kind: 'back', name }, nowMs);
}

export function noted(model: ChatModel, note: Note, nowMs: number): ChatModel {
  return withEntry(model, { kind: 'note', atMs: nowMs, note });
}

export function cleared(model: ChatModel): ChatModel {
  return { ...model, entries: [], hidden: ownMessages(model) };
}

export function allRead(model: ChatModel): ChatModel {
  if (!model.entries.some((entry) => entry.kind === 'received' && !entry.isRead)) return model;
  return {
    ...model,
    entries: model.entries.map((entry) => (entry.kind === 'received' ? { ...entry, isRead: true } : entry)),
  };
}

/** Shown or not, in the order in which they were sent. */
export function ownMessages({ entries, hidden }: ChatModel): OwnMessage[] {
  return [...hidden, ...ownAmong(entries)];
}

function ownAmong(entries: readonly Entry[]): OwnMessage[] {
  return entries.flatMap((entry) => (entry.kind === 'own' ? [entry.message] : []));
}

/** As many as a screen can ever want to scroll through. */
const MOST_ENTRIES = 5_000;

function withEntry(model: ChatModel, entry: Entry): ChatModel {
  const entries = [...model.entries, entry];
  if (entries.length <= MOST_ENTRIES) return { ...model, entries };
  const dropped = entries.slice(0, -MOST_ENTRIES);
  return { ...model, entries: entries.slice(-MOST_ENTRIES), hidden: [...model.hidden, ...ownAmong(dropped)] };
}

function withOwn(model: ChatModel, change: (messages: readonly OwnMessage[]) => readonly OwnMessage[]): ChatModel {
  const before = ownMessages(model);
  const after = change(before);
  if (after === before || after.every((message, at) => message === before[at])) return model;
  let next = model.hidden.length;
  const entries = model.entries.map((entry) => (entry.kind === 'own' ? { ...entry, message: after[next++]! } : entry));
  return { ...model, entries, hidden: after.slice(0, model.hidden.length) };
}
