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

function rise<Item>(heap: Entry<Item>[], from: number): void {
  for (let child = from; child > 0; ) {
    const parent = (child - 1) >> 1;
    if (!isBefore(heap[child]!, heap[parent]!)) return;
    swap(heap, child, parent);
    child = parent;
  }
}

function sink<Item>(heap: Entry<Item>[], from: number): void {
  for (let parent = from; ; ) {
    const left = 2 * parent + 1;
    const right = left + 1;
    const child = right < heap.length && isBefore(heap[right]!, heap[left]!) ? right : left;
    if (child >= heap.length || !isBefore(heap[child]!, heap[parent]!)) return;
    swap(heap, child, parent);
    parent = child;
  }
}

function isBefore<Item>(a: Entry<Item>, b: Entry<Item>): boolean {
  return a.dueNs < b.dueNs || (a.dueNs === b.dueNs && a.serial < b.serial);
}

function swap<Item>(heap: Entry<Item>[], i: number, j: number): void {
  const held = heap[i]!;
  heap[i] = heap[j]!;
  heap[j] = held;
}
