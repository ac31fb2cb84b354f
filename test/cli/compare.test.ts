// `lab compare` and `lab report` on runs of the gallery: what is printed, in which language, and how it ends.
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import stringWidth from 'string-width';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RunResult } from '../../src/bench/result.ts';
import { until } from '../support/until.ts';
import { Lab, lab } from './lab.ts';

const REFERENCE = fileURLToPath(new URL('../../reports/reference/', import.meta.url));
const INTRO = join(REFERENCE, 'intro');

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'compare-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

/** The introduction's run with something else in it. */
function changed(change: (result: RunResult) => RunResult): string {
  const run = join(folder(), 'changed');
  mkdirSync(run);
  const result = JSON.parse(gunzipSync(readFileSync(join(INTRO, 'run.json.gz'))).toString()) as RunResult;
  writeFileSync(join(run, 'run.json'), JSON.stringify(change(result)));
  return run;
}

/** As if the delay's percentiles were longer by this factor, intervals and all. */
function slower(factor: number): string {
  return changed((result) => ({
    ...result,
    cells: result.cells.map((cell) => {
      const { value, low, high } = cell.figures!['delay-p50']!;
      const own = { value: value! * factor, low: low! * factor, high: high! * factor };
      return { ...cell, figures: { ...cell.figures, 'delay-p50': own } };
    }),
  }));
}

describe('lab compare', () => {
  test('of a run with itself nothing changed, in lines of 80 columns', async () => {
    const compared = lab('compare', INTRO, INTRO);
    expect(await compared.ends()).toBe(0);
    expect(compared.out).toContain('Nothing changed that the intervals could tell.');
    expect(compared.out.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
  });

  test('says what changed, with intervals, better or worse, and without colour off a terminal', async () => {
    const compared = lab('compare', INTRO, slower(5));
    expect(await compared.ends()).toBe(0);
    expect(compared.out).toMatch(/^lossy +udp +delay p50 +[\d.]+ ms +[\d.]+ ms +\+[\d.]+ ms \(.* +worse$/m);
    expect(compared.out.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
    expect(compared.out).not.toContain('\u001b');
  });

  test.each([
    [['--fail-on', 'p50 > 10%'], 1, /p50 > 10%: broken by udp over lossy: [\d.]+ ms before, [\d.]+ ms after\./],
    [['--fail-on', 'p50 > 900%'], 0, /Kept: p50 > 900%\./],
    [['--fail-on', 'p50 < 10%', '--fail-on', 'loss > 1 point'], 0, /Kept: p50 < 10%, loss > 1 point\./],
  ])('%j ends with %i', async (options, code, said) => {
    const compared = lab('compare', ...options, INTRO, slower(5));
    expect(await compared.ends()).toBe(code);
    expect(compared.err).toMatch(said);
  });

  test('a gate that nobody can see through stays shut', async () => {
    const few = changed((result) => ({
      ...result,
      cells: result.cells.map((cell) => ({
        ...cell,
        figures: {
          ...cell.figures,
          'delay-p99': {
            value: 9e9,
            noInterval: { kind: 'too-few-repetitions', repetitions: 2, least: 6, confidence: 0.95 },
          },
        },
      })),
    }));
    const compared = lab('compare', INTRO, few, '--fail-on', 'p99 > 10%');
    expect(await compared.ends()).toBe(1);
    expect(compared.err).toMatch(
      /p99 > 10%: can’t be told for tcp over clean: 2 repetitions can't support a 95 % interval/,
    );
    const nothing = lab('compare', INTRO, join(REFERENCE, 'head-of-line'), '--fail-on', 'p99 > 10%');
    expect(await nothing.ends()).toBe(1);
    expect(nothing.err).toContain('Nothing can be compared');
  });

  test('what can’t be compared is said, and why', async () => {
    const longer = changed((result) => ({ ...result, scenario: { ...result.scenario, waitingMs: 9000 } }));
    const compared = lab('compare', INTRO, longer);
    expect(await compared.ends()).toBe(0);
    expect(compared.out.replace(/\s+/g, ' ')).toContain('T_max differs (2000 ms before, 9000 ms after)');
  });

  test.each([
    ['no run', ['/nowhere', INTRO], '/nowhere is no run'],
    ['no limit', [INTRO, INTRO, '--fail-on', 'p99 is bad'], '--fail-on "p99 is bad" is no limit. Write a metric'],
    ['no metric', [INTRO, INTRO, '--fail-on', 'p98 > 1%'], '"p98 > 1%" is no limit'],
    ['one run', [INTRO], 'Not enough'],
  ])('%s is told, and ends with 2', async (_, args, said) => {
    const compared = lab('compare', ...args);
    expect(await compared.ends()).toBe(2);
    expect(compared.err).toContain(said);
  });

  test('as Markdown, HTML and JSON', async () => {
    const [markdown, html, json] = ['markdown', 'html', 'json'].map((format) =>
      lab('compare', INTRO, slower(5), '--format', format),
    );
    expect(await Promise.all([markdown, html, json].map((each) => each!.ends()))).toEqual([0, 0, 0]);
    expect(markdown!.out).toMatch(/^\| lossy \| udp \| delay p50 \|/m);
    expect(html!.out).toMatch(/^<!doctype html>/);
    expect(JSON.parse(json!.out)).toMatchObject({ before: { scenario: 'intro' }, incomparable: [] });
  });
});

describe('languages', () => {
  test('the environment decides, and --lang over it', async () => {
    const [portuguese, english] = [
      new Lab(['report', INTRO], { LC_ALL: 'pt_BR.UTF-8' }),
      new Lab(['report', INTRO, '--lang', 'en'], { LC_ALL: 'pt_BR.UTF-8' }),
    ];
    expect([await portuguese.ends(), await english.ends()]).toEqual([0, 0]);
    expect(portuguese.out).toMatch(/^Três frases sobre TCP e UDP/);
    expect(portuguese.out).toContain('CONFIRMA-SE');
    expect(english.out).toContain('HOLDS');
    expect(portuguese.out.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
  });

  test('a metric is explained in Portuguese', async () => {
    const explained = lab('explain', 'delay-p99', '--lang', 'pt-BR');
    expect(await explained.ends()).toBe(0);
    expect(explained.out).toContain('fórmula');
    expect(explained.out).toContain('uma em cada cem');
  });

  test('an unknown one is told with those that there are', async () => {
    const asked = lab('report', INTRO, '--lang', 'fr');
    expect(await asked.ends()).toBe(2);
    expect(asked.err).toMatch(/lang.*fr.*en.*pt-BR/s);
  });
});

describe('--open', () => {
  test('makes the page anew and hands it to the opener', async () => {
    const place = folder();
    const run = join(place, 'run');
    cpSync(INTRO, run, { recursive: true });
    rmSync(join(run, 'report.html'), { force: true });
    writeFileSync(join(place, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > ${place}/opened\n`);
    chmodSync(join(place, 'xdg-open'), 0o755);
    const opened = new Lab(['report', run, '--open'], { PATH: `${place}:${process.env['PATH']}` });
    expect(await opened.ends()).toBe(0);
    await until(() => existsSync(join(place, 'opened')), 'the opener was started');
    await until(
      () => readFileSync(join(place, 'opened'), 'utf8') === join(run, 'report.html'),
      'it was given the page',
    );
    expect(readFileSync(join(run, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/);
  });

  test('without an opener says where the page is', async () => {
    const run = join(folder(), 'run');
    cpSync(INTRO, run, { recursive: true });
    const opened = new Lab(['report', run, '--open'], { PATH: '/nowhere' });
    expect(await opened.ends()).toBe(0);
    expect(opened.err).toMatch(/report\.html was not opened: .* Open it with a browser\./);
  });
});
