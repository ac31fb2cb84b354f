// What is measured beside the messages' own records: streams, set-up, the wire, and the lab itself.
import { describe, expect, test } from 'vitest';
import type { MetricId } from '../../../src/bench/metrics/catalogue.ts';
import { figureOf, observed, sampleOf } from './observations.ts';

const MS = 1e6;
const UNSEEN = Number.NaN;
const two = {
  plannedNs: [0, 1 * MS],
  sizeBytes: [100, 300],
  arrivals: [
    [0, 5 * MS],
    [1, 6 * MS],
  ] as [number, number][],
};

describe('head-of-line blocking', () => {
  const path = {
    blockedUpNs: Float64Array.of(0, 3 * MS, 2 * MS, UNSEEN, UNSEEN),
    blockedDownNs: Float64Array.of(0, 4 * MS, UNSEEN, 1, UNSEEN),
    releases: Uint32Array.of(3, 1),
  };
  const observation = observed({ plannedNs: [0, 0, 0, 0, 0], arrivals: [] }, { path });

  test.each<[MetricId, object]>([
    ['blocked', { kind: 'ratio', part: 3, whole: 4 }],
    ['blocked-mean', { kind: 'ratio', part: expect.closeTo(9 + 1e-6, 12), whole: 4 }],
    ['blocked-p99', { kind: 'quantile', sorted: Float64Array.of(0, 1e-6, 2, 7), count: 4, p: 0.99 }],
    ['blocked-longest', { kind: 'largest', value: 7 }],
    ['releases', { kind: 'ratio', part: 2, whole: 5 }],
    ['release-mean', { kind: 'ratio', part: 4, whole: 2 }],
    ['release-largest', { kind: 'largest', value: 3 }],
  ])('%s: both ways added, over what was seen on one at least', (id, expected) => {
    expect(sampleOf(id, observation)).toEqual(expected);
    expect(sampleOf(id, observed(two))).toBeUndefined();
  });
});

describe('set-up', () => {
  test('is the median and the longest of all who joined', () => {
    const joined = observed(two, { setUpsMs: [40, 10, 20] });
    expect([figureOf('set-up-p50', joined), figureOf('set-up-max', joined)]).toEqual([20, 40]);
  });

  test('of nobody is not available', () => {
    expect([figureOf('set-up-p50', observed(two)), figureOf('set-up-max', observed(two))]).toEqual([NaN, undefined]);
  });
});

describe('the wire', () => {
  const tally = (packets: number, bytes: number) => ({ packets, bytes });
  const tcp = {
    up: { 'tcp data': tally(6, 900), 'tcp retransmission': tally(2, 300), 'tcp ack': tally(3, 120) },
    down: { 'tcp data': tally(2, 400), 'tcp ack': tally(3, 80), icmp: tally(4, 200) },
  };

  test.each<[MetricId, number, number]>([
    ['wire-bytes-per-byte', 2000, 400],
    ['wire-up-bytes-per-byte', 1320, 400],
    ['wire-down-bytes-per-byte', 680, 400],
    ['wire-packets-per-message', 20, 2],
    ['wire-retransmitted', 2, 10],
    ['wire-acks', 6, 20],
  ])('%s', (id, part, whole) => {
    expect(sampleOf(id, observed(two, { wire: tcp }))).toEqual({ kind: 'ratio', part, whole });
    expect(sampleOf(id, observed(two))).toBeUndefined();
  });

  test('copies are payload once, and a lost message is none', () => {
    const arrivals: [number, number][] = [
      [1, 5 * MS],
      [1, 6 * MS],
    ];
    expect(sampleOf('wire-bytes-per-byte', observed({ ...two, arrivals }, { wire: tcp }))).toMatchObject({
      whole: 300,
    });
  });

  test('without TCP nothing can be retransmitted, and no packet is an ACK', () => {
    const wire = { up: { 'udp datagram': tally(2, 456) }, down: { 'udp datagram': tally(2, 456) } };
    const udp = observed(two, { wire });
    expect(sampleOf('wire-retransmitted', udp)).toBeUndefined();
    expect(figureOf('wire-acks', udp)).toBe(0);
  });
});

describe('the lab itself', () => {
  test('timer error is over what the transport took, early or late', () => {
    const observation = { ...observed(two), sentNs: Float64Array.of(2 * MS, UNSEEN) };
    expect(sampleOf('timer-error-p99', observation)).toEqual({
      kind: 'quantile',
      sorted: Float64Array.of(2),
      count: 1,
      p: 0.99,
    });
    const early = { ...observation, sentNs: Float64Array.of(3 * MS, 0.5 * MS) };
    expect(sampleOf('timer-error-p50', early)).toMatchObject({ sorted: Float64Array.of(-0.5, 3), p: 0.5 });
  });

  test('CPU time is for each message planned', () => {
    const worked = observed(two, { cpuMs: { server: 1, workers: 3 } });
    expect([figureOf('cpu-server', worked), figureOf('cpu-workers', worked)]).toEqual([500, 1500]);
    expect(sampleOf('cpu-server', observed(two))).toBeUndefined();
  });
});
