import { expect, test } from 'vitest';
import { soakRows } from '../../bench/soak/rows.ts';
import type { Look } from '../../bench/soak/series.ts';

const EMPTY: Look = {
  atSeconds: 0,
  heapBytes: 4e6,
  codeBytes: 1e6,
  rssBytes: 5e7,
  externalBytes: 1e6,
  users: 0,
  held: { channels: 0, remembered: 0 },
  resources: { TCPServerWrap: 1, UDPWrap: 1, Timeout: 2 },
};

/** An hour; `change` is what becomes of each look. */
function soak(change: (look: Look, hour: number) => Partial<Look> = () => ({}), rest: Look = EMPTY) {
  const looks = Array.from({ length: 721 }, (_, at) => {
    const resources = { ...EMPTY.resources, TCPSocketWrap: 100 };
    const look: Look = { ...EMPTY, atSeconds: at * 5, users: 200, resources };
    return { ...look, ...change(look, at / 720) };
  });
  const rows = soakRows({ minutes: 60, users: 200, looks, empty: EMPTY, rest });
  return new Map(rows.map((row) => [row.what.replace(/^.*: (?=heap|resident|external)/, ''), row.isReached]));
}

test('a server that holds what it held, and nothing in the end, is as it should be', () => {
  const reached = [...soak().values()].filter((isReached) => isReached !== undefined);
  expect(reached).toEqual(Array(10).fill(true));
});

test('what happens while it warms up does not count', () => {
  expect(soak((look, hour) => ({ heapBytes: look.heapBytes * Math.min(1, 0.5 + hour * 3) })).get('heap')).toBe(true);
});

test('memory that goes with the users is no growth, and what grows behind it is', () => {
  const swing = (hour: number) => Math.round(20 * Math.sin(9 * hour));
  const withUsers = (look: Look, hour: number) => ({
    users: look.users + swing(hour),
    heapBytes: look.heapBytes + 2000 * swing(hour),
  });
  expect(soak(withUsers).get('heap')).toBe(true);
  const leaking = (look: Look, hour: number) => {
    const { users, heapBytes } = withUsers(look, hour);
    return { users, heapBytes: heapBytes + 0.03 * hour * look.heapBytes };
  };
  expect(soak(leaking).get('heap')).toBe(false);
});

test.each([
  [
    'heap',
    (look: Look, hour: number) => ({
      heapBytes: look.heapBytes * (1 + 0.03 * hour),
      codeBytes: look.codeBytes + look.heapBytes * 0.03 * hour,
    }),
  ],
  ['heap without compiled code', (look: Look, hour: number) => ({ codeBytes: look.codeBytes * (1 - 0.1 * hour) })],
  ['resident', (look: Look, hour: number) => ({ rssBytes: look.rssBytes * (1 + 0.03 * hour) })],
  ['users', (look: Look, hour: number) => ({ users: look.users + Math.floor(9 * hour) })],
  ['channels', (look: Look, hour: number) => ({ held: { ...look.held, channels: Math.floor(9 * hour) } })],
  ['remembered', (look: Look, hour: number) => ({ held: { ...look.held, remembered: Math.floor(9 * hour) } })],
  ['timers', (look: Look, hour: number) => ({ resources: { ...look.resources, Timeout: 2 + Math.floor(9 * hour) } })],
  ['otherHandles', (look: Look, hour: number) => ({ resources: { ...look.resources, X: Math.floor(9 * hour) } })],
])('growth of %s is seen', (what, change) => {
  const reached = soak(change);
  expect(reached.get(what)).toBe(false);
  expect([...reached.values()].filter((isReached) => isReached === false)).toHaveLength(1);
});

test('what is left when all have gone is seen', () => {
  const reached = soak(() => ({}), { ...EMPTY, resources: { ...EMPTY.resources, TCPSocketWrap: 1 } });
  expect(reached.get('when all had gone: more than before the first came')).toBe(false);
});
