// The words of the chat's screen, in each language.
import type { InEach } from '../../reports/language/language.ts';
import type { Departure } from '../../src/core/refusal.ts';
import type { LostDatagram } from '../../src/link/news.ts';
import type { Mark } from './model/arrivals.ts';
import type { Note } from './model/chat-model.ts';
import type { Mistake } from './model/typing.ts';
import { ENGLISH } from './texts/english.ts';
import { PORTUGUESE } from './texts/portuguese.ts';

export type CountName =
  | 'sent'
  | 'confirmed'
  | 'received'
  | 'inFlight'
  | 'unconfirmed'
  | 'lost'
  | 'receiptsLost'
  | 'late'
  | 'refused'
  | 'outOfOrder'
  | 'duplicates'
  | 'missed'
  | 'heldBack';

export interface ChatTexts {
  readonly inbox: string;
  readonly people: string;
  readonly fields: { readonly to: string; readonly subject: string; readonly body: string };
  readonly send: string;
  readonly noSubject: string;
  readonly toAll: string;
  readonly you: string;
  to(name: string): string;
  readonly empty: string;
  /** Entries of the inbox that are not seen, or not all of them. */
  above(entries: string): string;
  below(entries: string): string;
  /** Those for which there was no room any more. */
  forgotten(entries: string): string;
  readonly marks: Readonly<Record<Mark, string>>;
  readonly inFlight: string;
  confirmed(from: string, ms: string): string;
  confirmedBy(count: string, ms: string): string;
  refused(why: string): string;
  readonly unconfirmed: string;
  lost(cause: string): string;
  receiptLost(from: string): string;
  /** Why the link lost it. */
  readonly causes: Readonly<Record<LostDatagram['cause'], string>>;
  heldBack(ms: string): string;
  readonly cutOff: string;
  notSent(why: string): string;
  readonly noConnection: string;
  readonly queueFull: string;
  /** What is 0 is not said, but for the first three. */
  readonly counts: Readonly<Record<CountName, string>>;
  readonly departures: Readonly<Record<Departure, string>>;
  roundTrip(ms: string): string;
  /** @param seconds until the next attempt; undefined while it is made */
  down(why: string, seconds: string | undefined): string;
  readonly note: { readonly [Kind in Note['kind']]: (note: Extract<Note, { kind: Kind }>) => string };
  readonly mistake: { readonly [Kind in Mistake['kind']]: (command: string) => string };
  readonly noLink: string;
  /** What may be cut comes last. @param by what carries it */
  link(words: string, by: string, up: string, down: string): string;
  readonly backends: Readonly<Record<'tun' | 'relay', string>>;
  readonly keysTitle: string;
  readonly keys: readonly (readonly [key: string, does: string])[];
  readonly keysHint: string;
  tooSmall(width: string, height: string): string;
}

export const CHAT_TEXTS: InEach<ChatTexts> = { en: ENGLISH, 'pt-BR': PORTUGUESE };
