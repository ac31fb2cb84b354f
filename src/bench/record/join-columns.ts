// Columns that came in parts, as one: from several workers, or piece by piece from one.
import type { ArrivedColumns, SentColumns, StreamPlaces } from '../worker/logs.ts';

/** One part's rows behind the other's. A part without rows has nothing to say, and no streams. */
export function joinSent(parts: readonly SentColumns[]): SentColumns {
  const [first, ...others] = telling(parts);
  if (others.length === 0) return first!;
  const all = [first!, ...others];
  const unplanned = all.flatMap((part) => part.unplanned ?? []);
  return {
    message: concat(all.map(({ message }) => message)),
    sentNs: concat(all.map(({ sentNs }) => sentNs)),
    ...(unplanned.length > 0 && {
      unplanned: {
        plannedNs: concat(unplanned.map(({ plannedNs }) => plannedNs)),
        sizeBytes: concat(unplanned.map(({ sizeBytes }) => sizeBytes)),
      },
    }),
    ...joinPlaces(all),
  };
}

export function joinArrived(parts: readonly ArrivedColumns[]): ArrivedColumns {
  const [first, ...others] = telling(parts);
  if (others.length === 0) return first!;
  const all = [first!, ...others];
  return {
    message: concat(all.map(({ message }) => message)),
    arrivedNs: concat(all.map(({ arrivedNs }) => arrivedNs)),
    ...joinPlaces(all),
  };
}

/** Those with rows; the first where there are none. */
function telling<C extends { readonly message: Uint32Array }>(parts: readonly C[]): readonly C[] {
  const some = parts.filter(({ message }) => message.length > 0);
  return some.length > 0 ? some : parts.slice(0, 1);
}

function joinPlaces(parts: readonly { readonly places?: StreamPlaces }[]): { places?: StreamPlaces } {
  const places = parts.flatMap((part) => part.places ?? []);
  if (places.length < parts.length) return {};
  return { places: { end: concat(places.map(({ end }) => end)), bytes: concat(places.map(({ bytes }) => bytes)) } };
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
