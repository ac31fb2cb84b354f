// The words of the duel, in each language.
import type { InEach } from '../../reports/language/language.ts';
import type { NotSent } from './model/duel-model.ts';
import type { OrderMistake } from './model/order.ts';
import { ENGLISH } from './texts/english.ts';
import { PORTUGUESE } from './texts/portuguese.ts';

export interface DuelTexts {
  readonly message: string;
  readonly empty: string;
  /** Behind the number of a message. */
  lost(cause: string): string;
  readonly missing: string;
  readonly copyLost: string;
  readonly late: string;
  readonly copy: string;
  readonly outOfOrder: string;
  /** @param behind the number that it waited for */
  heldBack(ms: string, behind: string | undefined): string;
  readonly notSent: Readonly<Record<NotSent, string>>;
  down(why: string): string;
  readonly unavailable: string;
  arrivedOf(arrived: string, sent: string): string;
  readonly lostCount: string;
  readonly missingCount: string;
  readonly inFlightCount: string;
  readonly outOfOrderCount: string;
  readonly twiceCount: string;
  readonly heldCount: string;
  readonly notSentCount: string;
  readonly median: string;
  readonly p95: string;
  readonly confirmedCount: string;
  readonly receiptsLost: string;
  readonly notReached: string;
  readonly hint: string;
  readonly keysTitle: string;
  readonly keys: readonly (readonly [key: string, does: string])[];
  linkNow(words: string): string;
  saved(file: string): string;
  readonly mistake: { readonly [Kind in OrderMistake['kind']]: (given: string) => string };
  tooSmall(width: string, height: string): string;
  /** Of a printed result. */
  readonly printed: {
    title(messages: string, link: string, by: string, seed: string): string;
    readonly sent: string;
    readonly arrived: string;
    readonly heldBack: string;
    readonly longestHeld: string;
    held(ms: string, number: string): string;
    lostOver(transport: string): string;
    dropped(up: string, down: string): string;
    readonly sentAgain: string;
    /** In place of a link's words, where it was more than one. */
    readonly changing: string;
    change(before: string, words: string): string;
    more(count: string): string;
    whyRelay(why: string): string;
  };
}

export const DUEL_TEXTS: InEach<DuelTexts> = { en: ENGLISH, 'pt-BR': PORTUGUESE };
