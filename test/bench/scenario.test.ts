// A scenario file with something wrong in it: the reader is told where, what, and what was expected.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readScenario } from '../../src/bench/read-scenario.ts';
import { introText, LIBRARY } from './scenarios.ts';

const read = (text: string) => readScenario(text, 'my.yaml', ['tcp', 'udp']);

test.each(readdirSync(LIBRARY))('%s of the library is as it must be', (file) => {
  expect(read(readFileSync(LIBRARY + file, 'utf8')).links.size).toBeGreaterThan(0);
});

test.each<[string, string, string, string]>([
  ['an unknown key', 'pairs: 4', 'pears: 4', 'workload'],
  ['a wrong type', 'repetitions: 3', 'repetitions: three', 'repetitions'],
  ['a text where YAML has none', 'transports: [tcp, udp]', 'transports: [tcp, udp', ''],
  ['a loss of 120 %', 'loss: 5%', 'loss: 120%', 'links.lossy.loss'],
  ['a negative delay', 'delay: 10ms, loss', 'delay: -10ms, loss', 'links.lossy.delay'],
  ['a jitter over its delay', 'time: 10ms', 'time: 30ms', 'links.jittery.jitter'],
  ['an unknown transport', 'transports: [tcp, udp]', 'transports: [tcp, sctp]', 'transports.1'],
  ['a bad time', 'duration: 1s', 'duration: soon', 'workload.duration'],
  ['an unknown impairment', 'loss: 5%', 'lost: 5%', 'links.lossy'],
  ['a link with a comma in its name', '  clean: {}', '  "a,b": {}', 'links'],
  ['a claim that nothing tests', 'vanishing:', '# vanishing:', 'claims.1.test'],
  ['no repetition', 'repetitions: 3', 'repetitions: 0', 'repetitions'],
])('%s is told with its place', (_what, before, after, path) => {
  const text = introText().replace(before, after);
  expect(text).not.toBe(introText());
  let message = '';
  try {
    read(text);
  } catch (error) {
    expect(error).toMatchObject({ name: 'CallerError' });
    message = (error as Error).message;
  }
  expect(message).toMatch(/^my\.yaml:\d+:\d+: /);
  expect(message).toContain(path);
  expect(message).not.toContain('\n');
  expect(message).toMatchSnapshot();
});

test('a typo is shown at its very line and column', () => {
  const text = introText().replace('repetitions: 3', 'repetitons: 3');
  const line = text.split('\n').findIndex((content) => content.startsWith('repetitons')) + 1;
  expect(() => read(text)).toThrow(new RegExp(`^my\\.yaml:${line}:1: `));
});
