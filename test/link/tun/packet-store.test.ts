import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PacketStore } from '../../../src/link/tun/packet-store.ts';

const SLOT_BYTES = 8;

function push(store: PacketStore, slot: number, sizeBytes: number, dueNs: number, tag: number): void {
  store.sizeBytes[slot] = sizeBytes;
  store.dueNs[slot] = dueNs;
  store.tag[slot] = tag;
  store.push(slot);
}

/** The slot of the packet that is due first: no longer waiting, and not free yet. */
function pop(store: PacketStore): number {
  const slot = store.first;
  store.pop();
  return slot;
}

function nextDueNs(store: PacketStore): number {
  return store.first < 0 ? Number.POSITIVE_INFINITY : store.dueNs[store.first]!;
}

function tagOf(store: PacketStore, slot: number): number {
  return store.tag[slot]!;
}

function sizeOf(store: PacketStore, slot: number): number {
  return store.sizeBytes[slot]!;
}

function pushAll(store: PacketStore, dues: readonly number[]): void {
  for (const [serial, due] of dues.entries()) push(store, store.take(), 1, due, serial);
}

function popAll(store: PacketStore): { due: number; serial: number }[] {
  const out = [];
  while (store.waiting > 0) {
    const due = nextDueNs(store);
    const slot = pop(store);
    out.push({ due, serial: tagOf(store, slot) });
    store.release(slot);
  }
  return out;
}

test('the packet that is due first comes first, and of two at one instant the one that came first', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.nat(20), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })), {
        maxLength: 600,
        size: 'max',
      }),
      (dues) => {
        const store = new PacketStore(SLOT_BYTES, 600);
        pushAll(store, dues);
        const sorted = dues.map((due, serial) => ({ due, serial })).toSorted((a, b) => a.due - b.due);
        expect(popAll(store)).toEqual(sorted);
      },
    ),
  );
});

test('what is remembered of a packet is its own', () => {
  const store = new PacketStore(SLOT_BYTES, 2);
  const [first, second] = [store.take(), store.take()];
  push(store, first, 3, 20, 7);
  push(store, second, 5, 10, 9);
  expect([nextDueNs(store), pop(store), nextDueNs(store)]).toEqual([10, second, 20]);
  expect([sizeOf(store, first), tagOf(store, first)]).toEqual([3, 7]);
  expect([sizeOf(store, second), tagOf(store, second)]).toEqual([5, 9]);
});

test('where none waits, the next is due never', () => {
  const store = new PacketStore(SLOT_BYTES, 1);
  expect([store.waiting, nextDueNs(store)]).toEqual([0, Number.POSITIVE_INFINITY]);
  push(store, store.take(), 1, 5, 0);
  pop(store);
  expect([store.waiting, nextDueNs(store)]).toEqual([0, Number.POSITIVE_INFINITY]);
});

// 256 slots are a block of memory: fewer, exactly one, one more, and several that don't come out even.
test.each([1, 255, 256, 257, 600])('%i slots, none twice, none over another, and then no more', (capacity) => {
  const store = new PacketStore(SLOT_BYTES, capacity);
  const slots = Array.from({ length: capacity }, () => store.take());
  expect(new Set(slots).size).toBe(capacity);
  expect(slots).not.toContain(-1);
  expect(store.take()).toBe(-1);
  for (const slot of slots) store.frame(slot).packet.fill(slot % 251);
  for (const slot of slots) expect(store.frame(slot).packet).toEqual(new Uint8Array(SLOT_BYTES).fill(slot % 251));
  store.release(slots[0]!);
  expect(store.take()).toBe(slots[0]);
  expect(store.take()).toBe(-1);
});

type Step = { readonly do: 'take' | 'pop' | 'release' } | { readonly do: 'push'; readonly due: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom<Step>({ do: 'take' }, { do: 'pop' }, { do: 'release' }),
  fc.nat(50).map((due): Step => ({ do: 'push', due })),
);

test('whatever the order of taking, pushing, popping and releasing, no slot is lost or held twice', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(step, { maxLength: 200, size: 'max' }), (capacity, steps) => {
      const store = new PacketStore(SLOT_BYTES, capacity);
      const held: number[] = [];
      const waiting: { slot: number; due: number }[] = [];
      for (const next of steps) {
        if (next.do === 'take') {
          const slot = store.take();
          expect(slot === -1).toBe(held.length + waiting.length === capacity);
          if (slot === -1) continue;
          expect([...held, ...waiting.map((one) => one.slot)]).not.toContain(slot);
          store.frame(slot).packet.fill(slot);
          held.push(slot);
        } else if (next.do === 'push' && held.length > 0) {
          const slot = held.shift()!;
          push(store, slot, SLOT_BYTES, next.due, slot);
          waiting.push({ slot, due: next.due });
          waiting.sort((a, b) => a.due - b.due);
        } else if (next.do === 'pop' && waiting.length > 0) {
          const slot = pop(store);
          expect(slot).toBe(waiting.shift()!.slot);
          expect(store.frame(slot).packet).toEqual(new Uint8Array(SLOT_BYTES).fill(slot));
          held.push(slot);
        } else if (next.do === 'release' && held.length > 0) store.release(held.pop()!);
        expect(store.waiting).toBe(waiting.length);
        expect(nextDueNs(store)).toBe(waiting[0]?.due ?? Number.POSITIVE_INFINITY);
      }
    }),
  );
});
