// A binary heap of what is due when. Of two that are due at the same instant, the first pushed is the first out.

export interface DueQueue<Item> {
  readonly size: number;
  /** The earliest instant, or Infinity. */
  readonly nextDueNs: number;
  push(dueNs: number, item: Item): void;
  pop(): Item | undefined;
  clear(): void;
}

interface Entry<Item> {
  dueNs: number;
  serial: number;
  item: Item;
}

export function dueQueue<Item>(): DueQueue<Item> {
  const heap: Entry<Item>[] = [];
  let serial = 0;
  return {
    get size() {
      return heap.length;
    },
    get nextDueNs() {
      return heap[0]?.dueNs ?? Number.POSITIVE_INFINITY;
    },
    push(dueNs, item) {
      heap.push({ dueNs, serial: serial++, item });
      rise(heap, heap.length - 1);
    },
    pop() {
      const first = heap[0];
      const last = heap.pop();
      if (heap.length > 0) {
        heap[0] = last!;
        sink(heap, 0);
      }
      return first?.item;
    },
    clear() {
      heap.length = 0;
    },
  };
}

/** Each parent that is due later moves down, until there is a place for the new one. */
function rise<Item>(heap: Entry<Item>[], from: number): void {
  const entry = heap[from]!;
  let place = from;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (!isBefore(entry, heap[parent]!)) break;
    heap[place] = heap[parent]!;
    place = parent;
  }
  heap[place] = entry;
}

/** Each earlier child moves up, until there is a place for the one that has no right to the top. */
function sink<Item>(heap: Entry<Item>[], from: number): void {
  const entry = heap[from]!;
  let place = from;
  for (;;) {
    const left = 2 * place + 1;
    const right = left + 1;
    const child = right < heap.length && isBefore(heap[right]!, heap[left]!) ? right : left;
    if (child >= heap.length || !isBefore(heap[child]!, entry)) break;
    heap[place] = heap[child]!;
    place = child;
  }
  heap[place] = entry;
}

function isBefore<Item>(a: Entry<Item>, b: Entry<Item>): boolean {
  return a.dueNs < b.dueNs || (a.dueNs === b.dueNs && a.serial < b.serial);
}
