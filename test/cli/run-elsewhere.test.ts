// Measuring against a server elsewhere, and until a figure is precise enough.
import { expect, test } from 'vitest';
import { lab, labServe } from './lab.ts';
import { PATIENT, resultIn, TINY, workshop } from './tiny-scenario.ts';

const LIMIT_MS = 60_000;

test(
  'a server elsewhere: both ends of every message are here; what can not be set or seen there is not available',
  async () => {
    const { port } = await labServe();
    const { file, out } = workshop(PATIENT);
    const run = lab('run', file, '--server', `127.0.0.1:${port}`, '--out', out);
    expect(await run.ends(LIMIT_MS)).toBe(0);
    const { backend, cells, fairness, command } = resultIn(out);
    expect(backend).toBe('remote');
    expect(command).toContain(`--server 127.0.0.1:${port}`);
    for (const transport of ['tcp', 'udp']) {
      const clean = cells.find((cell) => cell.transport === transport && cell.link === 'clean')!;
      expect(clean.account).toMatchObject({ sent: 100, delivered: 100, unexplained: 0 });
      expect(clean.figures).not.toHaveProperty('wire-bytes-per-byte');
      expect(clean.figures).not.toHaveProperty('cpu-server');
      const lossy = cells.find((cell) => cell.transport === transport && cell.link === 'lossy')!;
      expect(lossy.notAvailable).toEqual({
        kind: 'server-elsewhere',
        backend: 'remote',
        asked: ['delay 2ms loss 20%'],
      });
    }
    expect(fairness.find(({ what }) => what === 'cpu-server')!.values).toEqual({
      tcp: { kind: 'unknown' },
      udp: { kind: 'unknown' },
    });
  },
  LIMIT_MS,
);

test.each<[string, string[], number, RegExp]>([
  ['nobody there', ['--server', '127.0.0.1:1'], 1, /127\.0\.0\.1:1/],
  ['an address that is none', ['--server', 'nowhere:99999'], 2, /Write HOST:PORT/],
  ['a backend of our own beside it', ['--server', 'x', '--backend', 'relay'], 2, /Leave one of them out/],
  ['a width that is none', ['--until', '5'], 2, /--until: .*write a percentage such as/],
  ['a width of nothing', ['--until', '0%'], 2, /--until 0% is never reached/],
  ['a metric that is none', ['--until', '5%', '--until-metric', 'speed'], 2, /There is no metric "speed"/],
  ['a time that is none', ['--until', '5%', '--max-time', 'soon'], 2, /--max-time: .*write a time such as/],
])('%s is told in one line', { timeout: LIMIT_MS }, async (_what, options, code, words) => {
  const { file, out } = workshop();
  const run = lab('run', file, '--out', out, ...options);
  expect(await run.ends(LIMIT_MS)).toBe(code);
  expect(run.err).toMatch(words);
  expect(run.err.trim().split('\n')).toHaveLength(1);
});

test(
  'until the loss is known well enough, and no longer than it may take',
  async () => {
    const once = TINY.replace('[tcp, udp]', '[udp]').replace('  clean: {}\n', '');
    const lossy = (relativeWidth: string, mostSeconds: string) => {
      const { file, out } = workshop(once);
      const options = ['--until', relativeWidth, '--until-metric', 'loss', '--max-time', mostSeconds];
      return { out, run: lab('run', file, '--backend', 'relay', '--out', out, ...options) };
    };
    const wide = lossy('40%', '60s');
    expect(await wide.run.ends(LIMIT_MS)).toBe(0);
    const [cell] = resultIn(wide.out).cells;
    const { value, low, high } = cell!.figures!['loss']!;
    expect((high! - low!) / 2 / value!).toBeLessThanOrEqual(0.4);
    expect(cell!.repetitions.length).toBeLessThan(60);

    const never = lossy('0.1%', '12s');
    expect(await never.run.ends(LIMIT_MS)).toBe(0);
    const { environment, cells } = resultIn(never.out);
    expect(environment.tookMs).toBeLessThan(16_000);
    expect(cells[0]!.repetitions.length).toBeGreaterThan(1);
  },
  LIMIT_MS,
);
