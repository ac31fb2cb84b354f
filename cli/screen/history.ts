// What was sent before, by the Up key. Pure.
export interface History {
  readonly texts: readonly string[];
  /** Steps back from the newest; 0 is what is being typed. */
  readonly back: number;
  /** What was being typed when the first step back was made. */
  readonly draft: string;
}

export const NO_HISTORY: History = { texts: [], back: 0, draft: '' };

const MOST_TEXTS = 100;

export function remembered({ texts }: History, text: string): History {
  const kept = text === '' || texts.at(-1) === text ? texts : [...texts, text].slice(-MOST_TEXTS);
  return { texts: kept, back: 0, draft: '' };
}

/** @param by 1 back, −1 forth @returns the history and the text that is shown now */
export function recalled(history: History, by: 1 | -1, typed: string): { history: History; text: string } {
  const { texts, back, draft } = history;
  const next = Math.max(0, Math.min(texts.length, back + by));
  if (next === back) return { history, text: typed };
  const kept = back === 0 ? typed : draft;
  return { history: { texts, back: next, draft: kept }, text: next === 0 ? kept : texts.at(-next)! };
}
