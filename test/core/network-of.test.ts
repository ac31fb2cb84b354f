import { expect, test } from 'vitest';
import { Census } from '../../src/core/census.ts';
import { networkOf } from '../../src/core/network-of.ts';

test.each([
  ['192.0.2.7:4000', '192.0.2.7'],
  ['[2001:db8:1:2:3:4:5:6]:4000', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::6]:4000', '2001:db8:1:2::/64'],
  ['[2001:db8::6]:4000', '2001:db8:0:0::/64'],
  ['[2001:DB8:0001:0002::]:4000', '2001:db8:1:2::/64'],
  ['[::1]:4000', '0:0:0:0::/64'],
  ['[fe80::1%eth0]:4000', 'fe80:0:0:0::/64'],
  ['[::ffff:192.0.2.7]:4000', '192.0.2.7'],
  ['[64:ff9b::192.0.2.7]:4000', '64:ff9b:0:0::/64'],
  ['casa', 'casa'],
])('%s is of network %s', (remote, network) => {
  expect(networkOf(remote)).toBe(network);
});

test('a census counts each network by itself, and forgets those that are gone', () => {
  const census = new Census(2);
  for (const port of [1, 2]) census.add(`192.0.2.7:${port}`);
  expect([census.hasRoomFor('192.0.2.7:3'), census.hasRoomFor('192.0.2.8:3')]).toEqual([false, true]);
  census.remove('192.0.2.7:1');
  expect(census.hasRoomFor('192.0.2.7:3')).toBe(true);
});

test('a census without a limit always has room', () => {
  const census = new Census(Number.POSITIVE_INFINITY);
  for (let port = 0; port < 1000; port++) census.add(`192.0.2.7:${port}`);
  expect(census.hasRoomFor('192.0.2.7:1000')).toBe(true);
});
