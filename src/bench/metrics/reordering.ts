// Reordering (RFC 4737), of one flow and of first copies alone.

export interface Reordering {
  /** Distinct messages received: L. */
  readonly received: number;
  /** Type-P-Reordered (section 3): arrivals below the next expected number. */
  readonly reordered: number;
  /** The reordering extent (section 4.2) of each reordered arrival. */
  readonly extents: readonly number[];
}

/** @param sequence the messages' numbers in the order of arrival; a number's later copies are passed over */
export function reordering(sequence: Iterable<number>): Reordering {
  const seen = new Set<number>();
  /** Position and number of each arrival that was larger than all before it: they alone can be the earliest larger one. */
  const records: { position: number; number: number }[] = [];
  const extents: number[] = [];
  for (const number of sequence) {
    if (seen.has(number)) continue;
    const position = seen.size;
    seen.add(number);
    if (number > (records.at(-1)?.number ?? Number.NEGATIVE_INFINITY)) records.push({ position, number });
    else extents.push(position - earliestAbove(records, number));
  }
  return { received: seen.size, reordered: extents.length, extents };
}

/** The position of the first record above `number`: records ascend, so it is found by halving. */
function earliestAbove(records: readonly { position: number; number: number }[], number: number): number {
  let low = 0;
  let high = records.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle]!.number > number) high = middle;
    else low = middle + 1;
  }
  return records[low]!.position;
}
