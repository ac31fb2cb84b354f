import { describe, expect, test } from 'vitest';
import { Census } from '../../src/core/census.ts';

const NO_LIMIT = Number.POSITIVE_INFINITY;
const HERE = '192.0.2.7:1';
const SECOND_NS = 1e9;

/** Comes, if it may; answers whether it did. */
function comes(census: Census, remote: string, atNs: number): boolean {
  if (census.turnsAway(remote, atNs) !== undefined) return false;
  census.joined(remote);
  return true;
}

describe('users of one network', () => {
  test('are counted apart from those of another, and make room when they go', () => {
    const census = new Census({ maxUsers: NO_LIMIT, maxUsersPerNetwork: 2 });
    expect([1, 2].map((port) => comes(census, `192.0.2.7:${port}`, 0))).toEqual([true, true]);
    expect(census.turnsAway('192.0.2.7:3', SECOND_NS)).toEqual({ code: 'too-many-here', about: '2' });
    expect(comes(census, '192.0.2.8:1', 0)).toBe(true);
    census.left(HERE);
    expect(comes(census, '192.0.2.7:3', 20 * SECOND_NS)).toBe(true);
  });

  test('who comes and goes without end may do so a tenth as often a second as there are places', () => {
    const census = new Census({ maxUsers: NO_LIMIT, maxUsersPerNetwork: 20 });
    let joins = 0;
    for (let ms = 0; ms < 10_000; ms++) {
      if (!comes(census, HERE, ms * 1e6)) continue;
      joins++;
      census.left(HERE);
    }
    expect(joins).toBe(40 + 20);
    comes(census, HERE, 10 * SECOND_NS);
    expect(census.turnsAway(HERE, 10 * SECOND_NS)).toEqual({ code: 'joins-too-fast', about: '2' });
    expect(comes(census, '192.0.2.8:1', 10 * SECOND_NS)).toBe(true);
  });
});

test('who comes and goes without end from everywhere is held to what there are places in all', () => {
  const census = new Census({ maxUsers: 10, maxUsersPerNetwork: NO_LIMIT });
  const joins = Array.from({ length: 100 }, (_, host) => comes(census, `192.0.2.${host}:1`, 0));
  expect(joins.filter((came) => came)).toHaveLength(20);
  expect(comes(census, HERE, SECOND_NS + 1)).toBe(true);
});

test('networks that nobody is from any more are forgotten', () => {
  const census = new Census({ maxUsers: NO_LIMIT, maxUsersPerNetwork: 2 });
  comes(census, HERE, 0);
  for (let host = 0; host < 250; host++) {
    const remote = `198.51.100.${host}:1`;
    comes(census, remote, 0);
    census.left(remote);
  }
  expect(census.networkCount).toBe(251);
  for (let second = 1; second <= 200; second++) comes(census, '203.0.113.1:1', second * SECOND_NS);
  expect(census.networkCount).toBe(2);
});

test('where there is no limit all may come, and nothing is kept of them', () => {
  const census = new Census({ maxUsers: NO_LIMIT, maxUsersPerNetwork: NO_LIMIT });
  for (let port = 0; port < 1000; port++) expect(comes(census, `192.0.2.7:${port}`, 0)).toBe(true);
  expect(census.networkCount).toBe(0);
});
