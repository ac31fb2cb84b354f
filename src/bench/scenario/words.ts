// What is wrong with a value of a scenario, in one line: what was found, and what was expected. zod's own words are for
// programmers.
import type { z } from 'zod';
import { show as showPlain } from '../../link/plain-data.ts';

/** @returns undefined where zod's own message, or the one that stands in the schema, is the better one */
export function wordsFor(issue: z.core.$ZodRawIssue): string | undefined {
  const { input } = issue;
  switch (issue.code) {
    case 'invalid_type':
      // zod takes infinity for no number at all.
      if (input === Number.POSITIVE_INFINITY) return 'infinity is too large; write a number';
      return input === undefined
        ? `is missing; write ${nounFor(issue.expected)}`
        : `${show(input)} is not ${nounFor(issue.expected)}`;
    case 'invalid_value': {
      const known = issue.values.map(String).join(', ');
      return input === undefined ? `is missing; one of: ${known}` : `unknown ${show(input)}; known: ${known}`;
    }
    case 'too_small':
      if (issue.origin === 'string') return 'is empty; write some text';
      if (issue.origin === 'array') return 'is empty; name at least one';
      return `${show(input)} is too small; ${issue.inclusive ? `the least is ${issue.minimum}` : `it must be more than ${issue.minimum}`}`;
    case 'too_big':
      return `${show(input)} is too large; the limit is ${issue.maximum}`;
    default:
      return undefined;
  }
}

/** YAML knows `.inf` and `.nan`, JSON does not. */
export function show(input: unknown): string {
  return typeof input === 'number' ? String(input) : showPlain(input);
}

const NOUNS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  int: 'a whole number',
  array: 'a list',
  object: 'a set of fields',
  record: 'a set of fields',
};

function nounFor(expected: string): string {
  return NOUNS[expected] ?? expected;
}
