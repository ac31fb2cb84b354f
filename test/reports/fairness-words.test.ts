// What differs between the contestants, as a table: a word or a number for each.
import { expect, test } from 'vitest';
import { fairnessTable } from '../../reports/fairness-words.ts';
import { told } from '../../reports/language/told.ts';
import type { FairnessTopic, FairnessValue } from '../../src/bench/result.ts';
import { result } from './results.ts';

test.each<[FairnessTopic, FairnessValue, FairnessValue, string[]]>([
  ['transport', { kind: 'name', name: 'tcp' }, { kind: 'name', name: 'udp' }, ['transport', 'tcp', 'udp']],
  ['nagle', { kind: 'on' }, { kind: 'none' }, ["Nagle's algorithm", 'on', 'has none']],
  ['nagle', { kind: 'off' }, { kind: 'unknown' }, ["Nagle's algorithm", 'off', 'not known']],
  [
    'batching',
    { kind: 'write-a-turn' },
    { kind: 'datagram-a-message' },
    ['batching of sends', 'one write a turn of the event loop', 'one datagram a message'],
  ],
  [
    'batching',
    { kind: 'write-a-message' },
    { kind: 'datagram-a-message' },
    ['batching of sends', 'one write a message', 'one datagram a message'],
  ],
  [
    'receive-buffer',
    { kind: 'name', name: '4096 131072 6291456' },
    { kind: 'bytes-asked', bytes: 4000 },
    ['receive buffer', '4096 131072 6291456', '4,000 bytes asked'],
  ],
  ['framing-bytes', { kind: 'number', value: 4 }, { kind: 'number', value: 9 }, ['framing bytes a message', '4', '9']],
  [
    'keep-alive-ms',
    { kind: 'number', value: 5000 },
    { kind: 'number', value: 2500 },
    ['keep-alive after, ms', '5,000', '2,500'],
  ],
  [
    'set-up-p50',
    { kind: 'span', least: 1.234_56, most: 40 },
    { kind: 'span', least: 2, most: 2 },
    ['set-up p50, ms', '1.23 – 40.0', '2.00'],
  ],
  [
    'timer-error-p99',
    { kind: 'span', least: 0, most: null },
    { kind: 'span', least: null, most: null },
    ['timer error p99, ms', '0 – not reached', 'not reached'],
  ],
])('%s: %o, %o', (what, tcp, udp, row) => {
  const { head, rows } = fairnessTable(told(result({ fairness: [{ what, values: { tcp, udp } }] }), 'en'))!;
  expect([head, ...rows]).toEqual([['', 'tcp', 'udp'], row]);
});

test('of nothing known is none', () => {
  expect(fairnessTable(told(result({ fairness: [] }), 'en'))).toBeUndefined();
});
