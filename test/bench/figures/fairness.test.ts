// What differs between the contestants besides what is measured.
import { describe, expect, test } from 'vitest';
import { describeContestant, fairness } from '../../../src/bench/figures/fairness.ts';
import type { Cell, FairnessRow } from '../../../src/bench/result.ts';
import { cellOf } from '../made-run.ts';
import { scenarioWith } from '../scenario/library.ts';

const KNOBS = {
  tcp: {},
  'tcp old': {
    transport: 'tcp',
    nagle: true,
    batching: false,
    congestionControl: 'reno',
    sendBuffer: '8kB',
    receiveBuffer: '16kB',
  },
  udp: {},
  'udp small': { transport: 'udp', receiveBuffer: '4kB' },
};
const { contestants } = scenarioWith({ transports: KNOBS }).points[0];
const KERNEL = {
  'net.ipv4.tcp_congestion_control': 'cubic',
  'net.ipv4.tcp_wmem': '4096 16384 4194304',
  'net.ipv4.tcp_rmem': '4096 131072 6291456',
  'net.core.rmem_default': '212992',
};
const FACTS = new Map([
  ['tcp', { framingBytes: 4, keepAliveMs: 5000 }],
  ['udp', { framingBytes: 9, keepAliveMs: 2500 }],
]);

function rowsOf(cells: readonly Cell[] = []): Record<string, FairnessRow['values']> {
  return Object.fromEntries(
    fairness(contestants, cells, { kernel: KERNEL }, FACTS).map(({ what, values }) => [what, values]),
  );
}

test.each<[what: string, tcp: string, old: string, udp: string, small: string]>([
  ['transport', 'tcp', 'tcp', 'udp', 'udp'],
  ["Nagle's algorithm", 'off', 'on', 'has none', 'has none'],
  [
    'batching of sends',
    'one write a turn of the event loop',
    'one write a message',
    'one datagram a message',
    'one datagram a message',
  ],
  ['congestion control', 'cubic', 'reno', 'has none', 'has none'],
  ['send buffer', '4096 16384 4194304', '4096 8000 8000', 'not known', 'not known'],
  ['receive buffer', '4096 131072 6291456', '4096 16000 16000', '212992', '4000 bytes asked'],
  ['framing bytes a message', '4', '4', '9', '9'],
  ['keep-alive after', '5 s', '5 s', '2.5 s', '2.5 s'],
  ['set-up p50, ms', 'not known', 'not known', 'not known', 'not known'],
])('%s', (what, ...values) => {
  expect(Object.values(rowsOf()[what]!)).toEqual(values);
  expect(Object.keys(rowsOf()[what]!)).toEqual(Object.keys(KNOBS));
});

describe('what was measured', () => {
  const cells = [
    cellOf([{ transport: 'tcp', link: 'a', setUpsMs: [1.23456] }]),
    cellOf([{ transport: 'tcp', link: 'b', setUpsMs: [40] }]),
    cellOf([{ transport: 'udp', link: 'a', setUpsMs: [2] }]),
    cellOf([{ transport: 'udp', link: 'b', setUpsMs: [2] }]),
  ].map((cell) => cell.cell(1));

  test('goes from the least to the largest of its cells', () => {
    const { tcp, udp, 'udp small': small } = rowsOf(cells)['set-up p50, ms']!;
    expect([tcp, udp, small]).toEqual(['1.23 to 40', '2', 'not known']);
  });

  test('has the lateness of the lab beside it', () => {
    expect(rowsOf(cells)['timer error p99, ms']).toMatchObject({ tcp: '0', udp: '0' });
  });
});

test('a transport of which nothing is known has that said of it', () => {
  const rows = fairness(contestants, [], { kernel: {} }, new Map());
  for (const what of ['framing bytes a message', 'keep-alive after', 'congestion control']) {
    expect(rows.find((row) => row.what === what)!.values['tcp']).toBe('not known');
  }
});

describe('a contestant in words', () => {
  test.each<[keyof typeof KNOBS, string[]]>([
    ['tcp', []],
    [
      'tcp old',
      [
        'Nagle on',
        'batching off',
        'net.ipv4.tcp_congestion_control = reno',
        'net.ipv4.tcp_wmem = 4096 8000 8000',
        'net.ipv4.tcp_rmem = 4096 16000 16000',
      ],
    ],
    ['udp small', ['receive buffer 4000 bytes asked']],
  ])('%s', (name, knobs) => {
    const contestant = contestants.get(name)!;
    expect(describeContestant(name, contestant)).toEqual({ name, transport: contestant.transport, knobs });
  });
});
