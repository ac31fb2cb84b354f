// What else differs between two runs: only what does, and each once.
import { describe, expect, test } from 'vitest';
import { settingDifferences } from '../../../src/bench/changes/setting-differences.ts';
import type { RunResult, SettingDifference } from '../../../src/bench/result.ts';
import { cell, figures, measured, result } from '../../reports/results.ts';
import { contestant, inEnvironment, inScenario } from './runs.ts';

const RENO = { 'net.ipv4.tcp_congestion_control': 'reno' };
const knobs = (own: object) => JSON.stringify({ transport: 'tcp', knobs: {}, kernel: {}, ...own });
const withTcp = (own: Parameters<typeof contestant>[1]) =>
  inScenario({ contestants: [contestant('tcp', own), contestant('udp')] });

describe('of two runs that differ in one thing, it is that one:', () => {
  test.each<[what: string, own: RunResult, before: string, after: string]>([
    ['scenario', inScenario({ name: 'bursts' }), 'intro', 'bursts'],
    ['backend', result({ backend: 'loopback' }), 'relay', 'loopback'],
    ['seed', result({ seed: 7 }), '44765', '7'],
    ['repetitions', inScenario({ repetitions: 6 }), '3', '6'],
    ['lab', inEnvironment({ lab: '0.2.0' }), '0.1.0', '0.2.0'],
    ['node', inEnvironment({ node: 'v22.12.0' }), 'v20.19.0', 'v22.12.0'],
    ['system', inEnvironment({ system: 'Linux 6.6.0' }), 'Linux 6.1.0', 'Linux 6.6.0'],
    ['processor', inEnvironment({ processor: 'Another' }), 'A Processor @ 2.00GHz', 'Another'],
    ['cores', inEnvironment({ cores: 4 }), '2', '4'],
    ['memory', inEnvironment({ memoryBytes: 16 * 2 ** 30 }), '8 GiB', '16 GiB'],
    ['net.ipv4.tcp_congestion_control', inEnvironment({ kernel: RENO }), 'cubic', 'reno'],
    ['contestant tcp', withTcp({ knobs: { nagle: true } }), knobs({}), knobs({ knobs: { nagle: true } })],
    ['contestant tcp', withTcp({ kernel: RENO }), knobs({}), knobs({ kernel: RENO })],
    ['contestant tcp', withTcp({ transport: 'udp' }), knobs({}), knobs({ transport: 'udp' })],
  ])('%s', (what, own, before, after) => {
    expect(settingDifferences(result(), own)).toEqual([{ what, before, after }]);
    expect(settingDifferences(own, result())).toEqual([{ what, before: after, after: before }]);
  });

  test('a kernel’s setting that only one of them shows', () => {
    const other = inEnvironment({ kernel: { ...result().environment.kernel, 'net.core.rmem_max': '212992' } });
    const difference: SettingDifference = { what: 'net.core.rmem_max', before: '', after: '212992' };
    expect(settingDifferences(result(), other)).toEqual([difference]);
    expect(settingDifferences(other, result())).toEqual([{ ...difference, before: '212992', after: '' }]);
  });

  test('a contestant that only one of them has', () => {
    const other = inScenario({ contestants: [contestant('tcp')] });
    const udp = JSON.stringify({ transport: 'udp', knobs: {}, kernel: {} });
    expect(settingDifferences(result(), other)).toEqual([{ what: 'contestant udp', before: udp, after: '' }]);
  });

  test('repetitions that were measured because a precision was wanted', () => {
    const twelve = Array.from({ length: 12 }, (_, r) => measured(r + 1, figures()));
    const other = result({ cells: [{ ...cell('clean', 'tcp', figures()), repetitions: twelve }] });
    expect(settingDifferences(result(), other)).toEqual([{ what: 'repetitions', before: '3', after: '12' }]);
  });
});

test('several are told in one order, whichever run comes first', () => {
  const other = { ...inEnvironment({ cores: 4, kernel: RENO }), backend: 'loopback', seed: 7 };
  const whats = (differences: readonly SettingDifference[]) => differences.map(({ what }) => what);
  const order = ['backend', 'seed', 'cores', 'net.ipv4.tcp_congestion_control'];
  expect(whats(settingDifferences(result(), other))).toEqual(order);
  expect(whats(settingDifferences(other, result()))).toEqual(order);
});

describe('nothing differs', () => {
  test('in a run and itself', () => expect(settingDifferences(result(), structuredClone(result()))).toEqual([]));

  test('where a run was at another time, took longer, was asked for in other words or measured something else', () => {
    const other = {
      ...inEnvironment({ startedAt: '2027-02-01T12:00:00.000Z', tookMs: 1 }),
      command: 'lab run intro',
      cells: [],
      verdicts: [],
    };
    expect(settingDifferences(result(), other)).toEqual([]);
  });

  test('in the order of contestants or of a kernel’s settings', () => {
    const names = ['net.core.rmem_default', 'net.core.rmem_max'];
    const kernel = (order: readonly string[]) => Object.fromEntries(order.map((name) => [name, '212992']));
    const [one, other] = [names, names.toReversed()].map((order) => ({
      ...inScenario({
        contestants: (order === names ? ['tcp', 'udp'] : ['udp', 'tcp']).map((name) => contestant(name)),
      }),
      environment: { ...result().environment, kernel: kernel(order) },
    }));
    expect(settingDifferences(one!, other!)).toEqual([]);
  });

  test('in memory of which the machine keeps a little for itself', () => {
    expect(settingDifferences(result(), inEnvironment({ memoryBytes: 8 * 2 ** 30 - 1e8 }))).toEqual([]);
  });
});
