// Columns that came in parts, as one: from several workers, or piece by piece from one.
import type { StreamPlaces } from './worker/logs.ts';

interface Columns {
  readonly places?: StreamPlaces;
}

/** One part's rows behind the other's. */
export function joinColumns<C extends Columns>(parts: readonly C[]): C {
  const [first, ...others] = parts;
  if (others.length === 0) return first!;
  const joined: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(first!)) {
    if (name === 'places') continue;
    joined[name] = concat(parts.map((part) => (part as Record<string, unknown>)[name] as typeof column));
  }
  const places = parts.flatMap((part) => (part.places === undefined ? [] : [part.places]));
  if (places.length === parts.length) {
    joined['places'] = { end: concat(places.map(({ end }) => end)), bytes: concat(places.map(({ bytes }) => bytes)) };
  }
  return joined as C;
}

function concat<A extends Uint32Array | Float64Array>(parts: readonly A[]): A {
  const length = parts.reduce((rows, part) => rows + part.length, 0);
  const whole = parts[0] instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole as A;
}
