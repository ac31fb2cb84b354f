// A cell, and a number, as sentences of a result name them.
import type { Cell } from '../result.ts';

export function cellWords({ transport, link, point }: Pick<Cell, 'transport' | 'link' | 'point'>): string {
  return `${transport} over ${placeWords({ link, point })}`;
}

/** The link, and where in the sweep. */
export function placeWords({ link, point }: Pick<Cell, 'link' | 'point'>): string {
  return point === '' ? link : `${link} at ${point}`;
}

export function inShort(value: number): string {
  return String(Number(value.toPrecision(3)));
}
