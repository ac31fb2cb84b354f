// The square-root model, by hand: and it says nothing where it does not speak of what is measured.
import { describe, expect, test } from 'vitest';
import { predictGoodput, squareRootModel } from '../../../src/bench/models/square-root.ts';
import type { Contestant } from '../../../src/bench/scenario/scenario.ts';
import type { Workload } from '../../../src/bench/scenario/workload.ts';
import { parseLinkProfile } from '../../../src/link/parse-profile.ts';

test.each([
  // 1250 bytes are 10,000 bits: 100,000 bit/s in windows of one segment; √(1.5 / 0.015) is 10, √(1.5 / 0.06) is 5.
  [1250, 0.1, 0.015, 1_000_000],
  [1250, 0.1, 0.06, 500_000],
  [1250, 0.2, 0.06, 250_000],
  [1448, 0.04, 0.015, 2_896_000],
])('%i bytes a segment, a round trip of %d s, a loss of %d', (mss, roundTrip, loss, expected) => {
  expect(squareRootModel(mss, roundTrip, loss)).toBeCloseTo(expected, 3);
});

describe('a prediction', () => {
  const RENO = { transport: 'tcp', kernel: { 'net.ipv4.tcp_congestion_control': 'reno' } } as unknown as Contestant;
  const WINDOW = { arrivals: { kind: 'window' } } as Workload;
  const LOSSY = { up: { delay: '30ms', loss: '1.5%' }, down: { delay: '10ms' } };
  const predicted = (link: object, contestant = RENO, workload = WINDOW, mode = 'packet', mtu?: number) =>
    predictGoodput(contestant, parseLinkProfile(link), workload, mode, mtu)?.goodputBitsPerSecond;

  test('counts both ways, and the headers of a packet', () => {
    expect(predicted(LOSSY)).toBeCloseTo(2_896_000, 3);
    expect(predicted(LOSSY, RENO, WINDOW, 'packet', 1302)).toBeCloseTo(2_500_000, 3);
  });

  test.each([
    ['another congestion control', predicted(LOSSY, { ...RENO, kernel: {} })],
    ['another transport', predicted(LOSSY, { ...RENO, transport: 'udp' })],
    ['messages at a pace', predicted(LOSSY, RENO, { arrivals: { kind: 'constant' } } as Workload)],
    ['chance per time', predicted(LOSSY, RENO, WINDOW, 'time')],
    ['no loss', predicted({ delay: '20ms' })],
    ['no delay', predicted({ loss: '1%' })],
    ['a bottleneck', predicted({ ...LOSSY, down: { delay: '10ms', rate: '10mbit' } })],
    ['loss in bursts', predicted({ ...LOSSY, down: { loss: { kind: 'gilbert-elliott', p: '1%', r: '10%' } } })],
  ])('is none for %s', (_, prediction) => {
    expect(prediction).toBeUndefined();
  });
});
