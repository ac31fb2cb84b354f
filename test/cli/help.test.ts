// What the program says of itself, and to those who mistype: the help that is made at build time, hints, exit codes.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LAB, Lab, lab } from './lab.ts';

const LIMIT_MS = 60_000;
const packageFile = new URL('../../package.json', import.meta.url);

test('the help made at build time is shown by lab, lab --help, lab -h and lab help', {
  timeout: LIMIT_MS,
}, async () => {
  const made = readFileSync(LAB.replace(/lab\.js$/, 'help.txt'), 'utf8');
  for (const args of [[], ['--help'], ['-h'], ['help']]) {
    const help = lab(...args);
    expect(await help.ends()).toBe(0);
    expect([help.out, help.err]).toEqual([made, '']);
  }
  for (const command of ['run', 'serve', 'chat', 'report', 'compare', 'link', 'micro', 'explain'])
    expect(made).toMatch(`lab ${command}`);
});

test('the version is that of the package', async () => {
  const version = lab('--version');
  expect(await version.ends()).toBe(0);
  expect(version.out).toBe(`${JSON.parse(readFileSync(packageFile, 'utf8')).version}\n`);
});

test.each([
  ['a command that is nearly one', ['sreve'], 'lab: Did you mean serve?\n'],
  ['a command that is none', ['quantum-entangle'], /^lab: Unknown (command|argument): quantum-entangle/],
  ['an option that is none', ['serve', '--colour', 'red'], 'lab: Unknown argument: colour\n'],
  ['a port in words', ['chat', '--port', 'twelve'], /^lab: The port NaN is not allowed\. Give a whole number .+\n$/],
  ['a missing argument', ['report'], /^lab: .+\n$/],
  [
    'a choice that is none',
    ['report', 'RUN', '--format', 'pdf'],
    /Choices: "terminal", "html", "markdown", "json", "csv"/,
  ],
  [
    'a time that is none',
    ['micro', '--time', '0'],
    /^lab: --time 0 is not allowed\. Give 1 to 60000 milliseconds\.\n$/,
  ],
  ['the last of two', ['micro', '--time', '5', '--time', '0'], /^lab: --time 0 is not allowed/],
  ['the first of several scenarios', ['run', 'nosuch', 'intro'], /^lab: There is no scenario "nosuch"/],
])('%s is told on stderr, in one line, with exit code 2', { timeout: LIMIT_MS }, async (_what, args, told) => {
  const mistaken = lab(...args);
  expect(await mistaken.ends()).toBe(2);
  if (typeof told === 'string') expect(mistaken.err).toBe(told);
  else expect(mistaken.err.replace(/\n(?=.)/g, ' ')).toMatch(told);
  expect(mistaken.err.trim().split('\n')).toHaveLength(1);
  expect(mistaken.out).toBe('');
});

test.each([
  ['in a pipe', {}],
  ['where NO_COLOR asks for none, whatever else is forced', { NO_COLOR: '1', FORCE_COLOR: '3' }],
])('no escape sequence %s', { timeout: LIMIT_MS }, async (_where, environment) => {
  const plain = { NO_COLOR: undefined, FORCE_COLOR: undefined, ...environment };
  for (const args of [
    ['--help'],
    ['run', '--help'],
    ['link'],
    ['micro', '--time', '1'],
    ['explain'],
    ['explain', 'loss'],
    ['rnu'],
  ]) {
    const program = new Lab(args, plain);
    await program.ends();
    expect(program.out + program.err).not.toContain('\x1b');
    expect(program.out + program.err).not.toBe('');
  }
});

test('every figure of a micro-benchmark is finite', { timeout: LIMIT_MS }, async () => {
  const micro = lab('micro', '--time', '5', '--json');
  expect(await micro.ends()).toBe(0);
  const figures = JSON.parse(micro.out) as Record<string, unknown>[];
  const { microCases } = await import('../../cli/micro/cases.ts');
  expect(figures.map(({ name }) => name)).toEqual(microCases().map(({ name }) => name));
  for (const { nsPerItem, itemsPerSecond, marginPercent } of figures) {
    expect([nsPerItem, itemsPerSecond, marginPercent].every(Number.isFinite)).toBe(true);
  }
});
