// What can be told of a message that came by the sequence number that its sender gave it. Pure. A number that is missing
// proves nothing: it may have gone to somebody else, so only what comes below the highest is out of order.

export type Mark = 'out-of-order' | 'duplicate';

export interface Sender {
  readonly highest: number;
  /** Below the highest, and come: what comes a second time is known by it. */
  readonly seen: ReadonlySet<number>;
}

export type Senders = ReadonlyMap<string, Sender>;

/** So many of a sender's last numbers are remembered: what comes twice comes soon. */
const REMEMBERED = 1_000;

/** @param sequence of the sender's session */
export function arrived(
  senders: Senders,
  from: string,
  sequence: number,
): { senders: Senders; mark: Mark | undefined } {
  const known = senders.get(from) ?? { highest: 0, seen: new Set<number>() };
  if (known.seen.has(sequence)) return { senders, mark: 'duplicate' };
  const highest = Math.max(known.highest, sequence);
  const seen = new Set([...known.seen, sequence].filter((number) => number > highest - REMEMBERED));
  const mark = sequence < known.highest ? 'out-of-order' : undefined;
  return { senders: new Map([...senders, [from, { highest, seen }]]), mark };
}

/** Whoever left and comes again begins anew. */
export function departed(senders: Senders, name: string): Senders {
  if (!senders.has(name)) return senders;
  return new Map([...senders].filter(([own]) => own !== name));
}
