// What is installed is what runs: nothing is loaded from anywhere, and no package has to run a script of its own first.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { LAB } from '../cli/lab.ts';
import { TINY, workshop } from '../cli/tiny-scenario.ts';
import { needs } from '../support/ability.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LIMIT = { timeout: 60_000 };

test('without any network but a loopback of its own, an experiment runs and its page is made', LIMIT, (context) => {
  const alone = ['--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  needs(context, spawnSync('unshare', [...alone, 'true']).status === 0, 'it needs root, unshare and ip');
  const { file, out } = workshop(TINY);
  const run = (...args: string[]) =>
    spawnSync('unshare', [...alone, process.execPath, LAB, ...args], { encoding: 'utf8' });
  const experiment = run('run', file, '--backend', 'relay', '--out', out);
  expect([experiment.status, experiment.stderr]).toEqual([0, expect.not.stringContaining('lab:')]);
  const report = run('report', out, '--format', 'html');
  expect(report.status).toBe(0);
  expect(report.stdout.match(/(?:src|href|url)\s*[=(]\s*["']?https?:[^"')\s]*/g) ?? []).toEqual([]);
});

test('no program of the lab can fetch: none has a client for the web', () => {
  const sources = ['src', 'cli', 'reports'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect(sources.length).toBeGreaterThan(100);
  const fetching = sources.filter((name) =>
    /['"](?:node:)?(?:https?|http2|tls)['"]|globalThis\.fetch|XMLHttpRequest|WebSocket|import\(\s*['"`]https?:/.test(
      readFileSync(join(ROOT, name), 'utf8'),
    ),
  );
  expect(fetching).toEqual([]);
});

describe('no install script is needed', () => {
  const lock: Record<string, { hasInstallScript?: boolean; optional?: boolean; dev?: boolean }> = JSON.parse(
    readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
  ).packages;

  test('by the package itself, where it comes from a registry', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    for (const script of ['preinstall', 'install', 'postinstall']) expect(scripts).not.toHaveProperty(script);
  });

  test('by any package that it needs; the one that has a script is optional, and works without it', () => {
    const withScripts = Object.entries(lock).filter(([, { hasInstallScript, dev }]) => hasInstallScript && !dev);
    expect(withScripts.map(([name, { optional }]) => [name, optional])).toEqual([['node_modules/koffi', true]]);
  });
});
