// What differs between the contestants besides what is measured.
import { describe, expect, test } from 'vitest';
import { fairness, summariseContestant } from '../../../src/bench/figures/fairness.ts';
import type { Cell, ContestantSummary, FairnessRow, FairnessTopic, FairnessValue } from '../../../src/bench/result.ts';
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

const NONE: FairnessValue = { kind: 'none' };
const UNKNOWN: FairnessValue = { kind: 'unknown' };
const named = (name: string): FairnessValue => ({ kind: 'name', name });
const number = (value: number): FairnessValue => ({ kind: 'number', value });

function rowsOf(cells: readonly Cell[] = []): Record<string, FairnessRow['values']> {
  return Object.fromEntries(
    fairness(contestants, cells, { kernel: KERNEL }, FACTS).map(({ what, values }) => [what, values]),
  );
}

type Row = [what: FairnessTopic, tcp: FairnessValue, old: FairnessValue, udp: FairnessValue, small: FairnessValue];

test.each<Row>([
  ['transport', named('tcp'), named('tcp'), named('udp'), named('udp')],
  ['nagle', { kind: 'off' }, { kind: 'on' }, NONE, NONE],
  [
    'batching',
    { kind: 'write-a-turn' },
    { kind: 'write-a-message' },
    { kind: 'datagram-a-message' },
    { kind: 'datagram-a-message' },
  ],
  ['congestion-control', named('cubic'), named('reno'), NONE, NONE],
  ['send-buffer', named('4096 16384 4194304'), named('4096 8000 8000'), UNKNOWN, UNKNOWN],
  [
    'receive-buffer',
    named('4096 131072 6291456'),
    named('4096 16000 16000'),
    named('212992'),
    { kind: 'bytes-asked', bytes: 4000 },
  ],
  ['framing-bytes', number(4), number(4), number(9), number(9)],
  ['keep-alive-ms', number(5000), number(5000), number(2500), number(2500)],
  ['set-up-p50', UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN],
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
    const { tcp, udp, 'udp small': small } = rowsOf(cells)['set-up-p50']!;
    expect([tcp, udp, small]).toEqual([
      { kind: 'span', least: 1.23456, most: 40 },
      { kind: 'span', least: 2, most: 2 },
      UNKNOWN,
    ]);
  });

  test('has the lateness of the lab beside it', () => {
    const none = { kind: 'span', least: 0, most: 0 };
    expect(rowsOf(cells)['timer-error-p99']).toMatchObject({ tcp: none, udp: none });
  });
});

test('a transport of which nothing is known has that said of it', () => {
  const rows = fairness(contestants, [], { kernel: {} }, new Map());
  for (const what of ['framing-bytes', 'keep-alive-ms', 'congestion-control']) {
    expect(rows.find((row) => row.what === what)!.values['tcp']).toEqual(UNKNOWN);
  }
});

describe('a contestant in short: what of it is turned', () => {
  test.each<[keyof typeof KNOBS, ContestantSummary['knobs'], ContestantSummary['kernel']]>([
    ['tcp', {}, {}],
    [
      'tcp old',
      { nagle: true, batching: false },
      {
        'net.ipv4.tcp_congestion_control': 'reno',
        'net.ipv4.tcp_wmem': '4096 8000 8000',
        'net.ipv4.tcp_rmem': '4096 16000 16000',
      },
    ],
    ['udp small', { receiveBufferBytes: 4000 }, {}],
  ])('%s', (name, knobs, kernel) => {
    const contestant = contestants.get(name)!;
    expect(summariseContestant(name, contestant)).toStrictEqual({
      name,
      transport: contestant.transport,
      knobs,
      kernel,
    });
  });
});
