// Pieces that the schema of a scenario is made of.
import { z } from 'zod';
import { readTimeMs } from '../../link/units.ts';
import { TIME } from './link-notation.ts';
import { show } from './words.ts';

const LONGEST_MS = 3_600_000;

/** Some text on one or more lines. */
export const text = z.string().trim().min(1);

/** An object that has these fields and no others, and says so. */
export function fields<Shape extends z.core.$ZodShape>(shape: Shape) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? `unknown; known here: ${known}` : undefined),
  });
}

/** The error of a value that may have several shapes, and has none of them. @param shapes such as "a size or chat" */
export function noneOf(shapes: string): z.core.$ZodErrorMap {
  return ({ input }) =>
    input === undefined ? `is missing; write ${shapes}` : `${show(input)} will not do; write ${shapes}`;
}

/** A time as text, such as "1s"; more than 0 and at most an hour. */
export function durationMs() {
  return quantity(readDurationMs, TIME);
}

/** A quantity as text, read by `read`, which throws what is wrong. @param notation for an editor */
export function quantity<T>(read: (value: unknown) => T, notation: object) {
  return z
    .unknown()
    .transform((value, context) => {
      try {
        return read(value);
      } catch (error) {
        context.addIssue(error instanceof Error ? error.message : String(error));
        return z.NEVER;
      }
    })
    .meta({ ...notation });
}

function readDurationMs(value: unknown): number {
  if (value === undefined) throw new Error('is missing; write a time such as 1s');
  const ms = readTimeMs(value, []);
  if (ms === 0) throw new Error(`"${value}" is no time at all; write more than 0`);
  if (ms > LONGEST_MS) throw new Error(`"${value}" is too long; the limit is ${LONGEST_MS / 1000}s`);
  return ms;
}
