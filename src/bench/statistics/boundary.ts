// Where a sorted array changes from one kind of value to the other, by halving.

/** How many at the beginning of a sorted array are so; the others are not. */
export function boundary(sorted: Float64Array, isSo: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isSo(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
