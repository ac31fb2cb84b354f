// docs/security.md names for every threat the tests that show its defence: they must be there.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DOC = readFileSync(`${ROOT}docs/security.md`, 'utf8');

/** Rows of the table of threats: what stands in each cell. */
const ROWS = DOC.split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('../test/'))
  .map((line) => line.slice(2, -2).split(' | '));

test('the table has all that the lab is to hold against', () => {
  expect(ROWS.length).toBeGreaterThan(25);
  for (const row of ROWS) expect(row).toHaveLength(3);
});

describe('every threat is shown by tests that exist', () => {
  test.each(ROWS)('%s', (_threat, _defence, shown) => {
    const claims = [...shown!.matchAll(/\]\(\.\.\/(test\/[^)]+)\): ((?:\*[^*]+\*(?:, )?)+)/g)];
    expect(claims.length).toBeGreaterThan(0);
    for (const [, file, titles] of claims) {
      expect(existsSync(ROOT + file!), file).toBe(true);
      const source = readFileSync(ROOT + file!, 'utf8').replaceAll("\\'", "'");
      for (const [, title] of titles!.matchAll(/\*([^*]+)\*/g)) expect(source).toContain(title);
    }
  });
});
