// Reads plain data (from YAML, JSON or command-line options) of which nothing is known yet.

import { LinkProfileError, type Path } from './profile-error.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object whose every key is one of `known`. A key set to undefined counts as absent. */
export function readFields<Key extends string>(
  value: unknown,
  known: readonly Key[],
  path: Path,
): Partial<Record<Key, unknown>> {
  if (!isObject(value)) {
    throw new LinkProfileError(path, `${show(value)} is no set of fields; it may have: ${known.join(', ')}`);
  }
  const present = Object.entries(value).filter(([, field]) => field !== undefined);
  const unknown = present.find(([key]) => !(known as readonly string[]).includes(key));
  if (unknown !== undefined) {
    throw new LinkProfileError([...path, unknown[0]], `unknown; known here: ${known.join(', ')}`);
  }
  return Object.fromEntries(present) as Partial<Record<Key, unknown>>;
}

export function readList(value: unknown, path: Path): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw new LinkProfileError(path, `${show(value)} is no list with at least one entry`);
}

export function readCount(value: unknown, path: Path): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
  throw new LinkProfileError(path, `${show(value)} is no whole number from 1 up`);
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Longer values are cut: an error is read by a person. */
const MOST_SHOWN = 200;

/** The value as its writer would recognise it. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value));
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}
