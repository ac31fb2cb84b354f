// lab run --check: every file is read, all that is wrong is told, and nothing is run.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lab } from './lab.ts';

const GOOD = `
title: A title
question: A question?
lookFor: Something.
transports: [tcp, udp]
links: { clean: {} }
workload: { users: 2, ratePerSecond: 100, duration: 100ms, bodyBytes: 100 }
repetitions: 1
waitingTime: 1s
`;

function files(texts: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'lab-check-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return Object.entries(texts).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
}

test('good ones are told with what they would be, whether files or of the library', async () => {
  const given = files({ 'one.yaml': GOOD, 'long.yaml': GOOD.replace('100ms', '99.75s') });
  const check = lab('run', '--check', ...given, 'intro');
  expect(await check.ends()).toBe(0);
  expect(check.out.split('\n')).toEqual([
    `${given[0]}: ok, 2 trials, about 1 s`,
    `${given[1]}: ok, 2 trials, about 200 s`,
    expect.stringMatching(/^intro: ok, 48 trials, about \d+ s$/),
    '',
  ]);
  expect(check.err).toBe('');
});

test('all that are wrong are told, each in one line, and the good ones beside them', async () => {
  const [good, bad, worse] = files({
    'good.yaml': GOOD,
    'bad.yaml': GOOD.replace('users: 2', 'users: 3'),
    'worse.yaml': GOOD.replace('title', 'titel'),
  });
  const check = lab('run', bad!, good!, worse!, 'nonsense', '--check');
  expect(await check.ends()).toBe(2);
  expect(check.out).toBe(`${good}: ok, 2 trials, about 1 s\n`);
  expect(check.err.trimEnd().split('\n')).toEqual([
    `lab: ${bad}:7:20: workload.users: 3 can't be paired; write an even number`,
    expect.stringContaining(`lab: ${worse}:2:1: titel: unknown; known here: title, `),
    expect.stringContaining('lab: There is no scenario "nonsense". The library has: '),
  ]);
});

test('for a program: one list, in the order asked, and no other word', async () => {
  const given = files({ 'bad.yaml': '[', 'good.yaml': GOOD });
  const check = lab('run', '--check', '--json', '--repetitions', '3', '--repetitions', '5', ...given);
  expect(await check.ends()).toBe(2);
  expect(JSON.parse(check.out)).toEqual([
    { scenario: given[0], ok: false, problem: expect.stringContaining(`${given[0]}:1:`) },
    { scenario: given[1], ok: true, trials: 10, seconds: expect.closeTo(3.5) },
  ]);
  expect(check.err).toBe('');
});

test('nothing is run, and nothing written', async () => {
  const [good] = files({ 'good.yaml': GOOD });
  const check = lab('run', '--check', good!, '--out', join(good!, '..', 'out'));
  expect(await check.ends()).toBe(0);
  expect(readdirSync(join(good!, '..'))).toEqual(['good.yaml']);
});
