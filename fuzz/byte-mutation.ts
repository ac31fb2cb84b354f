// Legal bytes, changed a little: what still looks legal for a while goes deeper into a reader than noise does.
import fc from 'fast-check';
import { writeU32 } from '../src/core/bytes.ts';
import { MAX_FRAME_BYTES } from '../src/core/limits.ts';

/** Bytes, and where in them a length stands and a text begins. */
export interface Marked {
  readonly bytes: Uint8Array;
  readonly lengths: readonly { readonly at: number; readonly sizeBytes: 1 | 4 }[];
  readonly texts: readonly number[];
}

/** How, where and with what: small numbers, so that a failure can be told with smaller ones. */
export type Mutation = readonly [how: number, where: number, what: number];

type Change = (bytes: Uint8Array, where: number, what: number, marked: Marked, other: () => Uint8Array) => Uint8Array;

export const LENGTH_EDGES = [
  0,
  1,
  2,
  63,
  64,
  65,
  127,
  128,
  254,
  255,
  256,
  MAX_FRAME_BYTES - 1,
  MAX_FRAME_BYTES,
  MAX_FRAME_BYTES + 1,
  2 ** 16,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
];

/** RFC 3629 forbids: overlong forms, surrogates, what is above U+10FFFF, a start without its rest, a rest without a start. */
const BAD_UTF8 = [[0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80], [0xff]].map(
  (bytes) => Uint8Array.from(bytes),
);

const CHANGES: readonly Change[] = [
  function flip(bytes, where, what) {
    const changed = bytes.slice();
    if (changed.length > 0) changed[where % changed.length]! ^= 1 << (what & 7);
    return changed;
  },
  function setByte(bytes, where, what) {
    const changed = bytes.slice();
    if (changed.length > 0) changed[where % changed.length] = LENGTH_EDGES[what % LENGTH_EDGES.length]!;
    return changed;
  },
  (bytes, where) => bytes.slice(0, where % (bytes.length + 1)),
  function lengthen(bytes, where, what) {
    return spliced(bytes, where % (bytes.length + 1), 0, new Uint8Array(1 + (what % 70)).fill(what >> 8));
  },
  (bytes, where, what) => spliced(bytes, where % (bytes.length + 1), 1 + (what % 9), NOTHING),
  function double(bytes, where, what) {
    const at = where % (bytes.length + 1);
    return spliced(bytes, at, 0, bytes.subarray(at, at + 1 + (what % 40)));
  },
  function setLength(bytes, where, what, { lengths }) {
    const changed = bytes.slice();
    const field = lengths[where % lengths.length];
    if (field === undefined || field.at + field.sizeBytes > bytes.length) return changed;
    const edge = LENGTH_EDGES[what % LENGTH_EDGES.length]!;
    if (field.sizeBytes === 1) changed[field.at] = edge;
    else writeU32(changed, field.at, edge);
    return changed;
  },
  function spoilText(bytes, where, what, { texts }) {
    const at = (texts[where % texts.length] ?? where) + (what >> 4);
    const bad = BAD_UTF8[what % BAD_UTF8.length]!;
    return spliced(bytes, at % (bytes.length + 1), (what & 8) === 0 ? bad.length : 0, bad);
  },
  function splice(bytes, where, what, _, other) {
    const tail = other();
    return spliced(bytes, where % (bytes.length + 1), bytes.length, tail.subarray(what % (tail.length + 1)));
  },
];

const NOTHING = new Uint8Array(0);

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.tuple(fc.nat(CHANGES.length - 1), fc.nat(0xffff), fc.nat(0xffff)),
  { maxLength: 4 },
);

/** @param other legal bytes to splice with, made from a number */
export function mutated(marked: Marked, all: readonly Mutation[], other: (seed: number) => Uint8Array): Uint8Array {
  return all.reduce(
    (bytes, [how, where, what]) => CHANGES[how]!(bytes, where, what, marked, () => other(what)),
    marked.bytes,
  );
}

function spliced(bytes: Uint8Array, at: number, removed: number, inserted: Uint8Array): Uint8Array {
  const rest = bytes.subarray(at + removed);
  const made = new Uint8Array(at + inserted.length + rest.length);
  made.set(bytes.subarray(0, at), 0);
  made.set(inserted, at);
  made.set(rest, at + inserted.length);
  return made;
}
