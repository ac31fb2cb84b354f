// Plain data, changed at one node or a few of them: what a person leaves out, writes twice or mistypes, and what a program writes
// that means no good.
import fc from 'fast-check';
import type { Mutation } from './byte-mutation.ts';

type Holder = unknown[] | Record<string, unknown>;

interface Place {
  readonly holder: Holder;
  readonly key: string;
}

/** Each is put where another value was. */
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  0.5,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 53,
  '',
  ' ',
  'x',
  '0',
  '100%',
  '1s',
  '1e999',
  '999999999999gbit',
  '٣',
  '\u{202e}<script>"\'&',
  'line\nline',
  '\ud800',
  'y'.repeat(3_000),
  [],
  {},
  [[]],
  ['tcp', 'udp'],
  { kind: 'x' },
  { from: 24, to: 1400 },
];

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'length',
  '',
  '0',
  'a.b',
];

type Change = (place: Place, what: number, places: readonly Place[], most: number) => void;

const CHANGES: readonly Change[] = [
  function drop({ holder, key }) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  },
  function double({ holder, key }, what) {
    if (Array.isArray(holder)) holder.splice(Number(key), 0, structuredClone(valueAt({ holder, key })));
    else put({ holder, key: `${key}${what % 3}` }, structuredClone(valueAt({ holder, key })));
  },
  (place, what) => put(place, structuredClone(VALUES[what % VALUES.length])),
  (place, what) => put(place, structuredClone(VALUES[what % VALUES.length])),
  function scale(place, what) {
    const value = valueAt(place);
    if (typeof value === 'number') put(place, value * [10, 1e6, -1, 1e300, 0.1][what % 5]!);
    if (typeof value === 'string') put(place, value.replace(/\d+/, '9'.repeat(1 + (what % 400))));
  },
  function nest(place, what, _, most) {
    let value = valueAt(place);
    for (let depth = what % most; depth > 0; depth--) value = what % 2 === 0 ? [value] : { a: value };
    put(place, value);
  },
  function rename({ holder, key }, what) {
    if (Array.isArray(holder)) return;
    const value = valueAt({ holder, key });
    delete holder[key];
    put({ holder, key: NAMES[what % NAMES.length]! }, value);
  },
  function name(place, what) {
    const value = valueAt(place);
    const holder = isHolder(value) ? value : place.holder;
    if (Array.isArray(holder)) return;
    put({ holder, key: NAMES[what % NAMES.length]! }, structuredClone(VALUES[(what >> 4) % VALUES.length]));
  },
  (place, what, places) => put(place, structuredClone(valueAt(places[what % places.length]!))),
  function many(place, what, _, most) {
    const value = valueAt(place);
    const count = 1 + (what % most);
    if (Array.isArray(value))
      put(
        place,
        Array.from({ length: count }, (_, at) => value[at % value.length] ?? at),
      );
    else if (isHolder(value)) for (let at = 0; at < count; at++) put({ holder: value, key: `k${at}` }, at);
    else put(place, String(value).repeat(Math.min(count, 400)));
  },
];

export const treeMutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.tuple(fc.nat(CHANGES.length - 1), fc.nat(0xffff), fc.nat(0xffff)),
  { maxLength: 4 },
);

/** What has become so large is not made larger. */
const LARGEST_TREE = 4_000;

/** @param most how deep, and how many, something may become by one change */
export function mutatedTree<Tree>(tree: Tree, all: readonly Mutation[], most: number): unknown {
  const root = { tree: structuredClone(tree) as unknown };
  for (const [how, where, what] of all) {
    const places = placesIn(root);
    if (places.length === 0 || places.length > LARGEST_TREE) break;
    CHANGES[how]!(places[where % places.length]!, what, places, most);
  }
  return root.tree ?? null;
}

/** Every value in it, the whole first. It may be deep: no recursion. */
function placesIn(root: Holder): Place[] {
  const places: Place[] = [];
  const left: Holder[] = [root];
  for (let holder = left.pop(); holder !== undefined; holder = left.pop()) {
    for (const key of Object.keys(holder)) {
      const place = { holder, key };
      if (places.push(place) > LARGEST_TREE) return places;
      const value = valueAt(place);
      if (isHolder(value)) left.push(value);
    }
  }
  return places;
}

function valueAt({ holder, key }: Place): unknown {
  return Object.getOwnPropertyDescriptor(holder, key)?.value;
}

/** An own property, whatever its name. */
function put({ holder, key }: Place, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

/** An object or a list. */
export function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null;
}
