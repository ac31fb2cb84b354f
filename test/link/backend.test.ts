import { expect, test } from 'vitest';
import { type Backend, backendCarries, loopbackCarries, relayCarries } from '../../src/link/backend.ts';
import { parseLinkProfile } from '../../src/link/parse-profile.ts';

test.each([
  [{}, { available: true }],
  [
    { up: { delay: '1ms' } },
    {
      available: false,
      obstacle: {
        kind: 'loopback-impairs-nothing',
        backend: 'loopback',
        asked: ['up: delay 1ms | down: no impairment'],
      },
    },
  ],
])('loopback carries nothing but the empty profile: %j', (data, carries) => {
  expect(loopbackCarries(parseLinkProfile(data))).toEqual(carries);
});

test.each([
  [{}, undefined],
  [{ rate: '1mbit', delay: '20ms' }, undefined],
  [{ loss: '5%' }, ['loss 5%']],
  [{ delay: '20ms', jitter: '5ms', reorder: '1%' }, ['jitter 5ms', 'reorder 1%']],
  [{ up: { loss: '5%' }, down: { duplicate: '1%' } }, ['loss 5%', 'duplicate 1%']],
  [{ down: { rate: '1mbit', queue: '10p', corrupt: '1%' } }, ['queue 10p', 'corrupt 1%']],
])('the relay carries all of %j for UDP, and for TCP all but %j', (data, asked) => {
  const profile = parseLinkProfile(data);
  expect(relayCarries(profile, 'udp')).toEqual({ available: true });
  const obstacle = { kind: 'relay-cannot-touch-segments', backend: 'relay', asked };
  expect(relayCarries(profile, 'tcp')).toEqual(
    asked === undefined ? { available: true } : { available: false, obstacle },
  );
});

test.each<[Backend, boolean, boolean]>([
  ['loopback', false, false],
  ['relay', false, true],
])('%s can (%s, %s) carry TCP and UDP across a lossy link', (backend, tcp, udp) => {
  const profile = parseLinkProfile('lossy');
  expect(backendCarries(backend, profile, 'tcp').available).toBe(tcp);
  expect(backendCarries(backend, profile, 'udp').available).toBe(udp);
});
