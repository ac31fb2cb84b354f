// Scenario files with one thing wrong in them: the reader is told where, what, and what was expected.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LIBRARY, read } from './library.ts';

/** Counted from 1, as an editor does. */
const GOOD = [
  'title: A title', //                                            1
  'question: A question?',
  'lookFor: Something to see.',
  'transports: [tcp, udp]',
  'links:', //                                                    5
  '  clean: {}',
  '  lossy: { delay: 10ms, loss: 5% }',
  '  jittery: { delay: 20ms, jitter: 10ms }',
  'workload:',
  '  pairs: 4', //                                               10
  '  ratePerSecond: 500',
  '  duration: 1s',
  '  bodyBytes: 200',
  'repetitions: 3',
  'waitingTime: 3s', //                                          15
  'vanishing: { watch: 1s }',
  'claims:',
  '  - sentence: UDP has no connection.',
  '    test: no-connection',
  '    transport: udp', //                                       20
].join('\n');

function complaintAbout(text: string): string {
  try {
    read(text);
  } catch (error) {
    expect(error).toMatchObject({ name: 'CallerError' });
    return (error as Error).message;
  }
  throw new Error('The scenario was taken for a good one.');
}

test.each(readdirSync(LIBRARY))('%s of the library is as it must be', (file) => {
  const { links, transports } = readScenario(readFileSync(LIBRARY + file, 'utf8'), file, KNOWN);
  expect([links.size > 0, transports.length > 0]).toEqual([true, true]);
});

describe('a good one', () => {
  test('is the example of the guide', () => {
    const guide = readFileSync(new URL('../../docs/adding-a-scenario.md', import.meta.url), 'utf8');
    const [, example] = /```yaml\n(.*?)```/s.exec(guide)!;
    expect(read(example!)).toMatchObject({
      transports: ['tcp', 'udp'],
      mtuBytes: undefined,
      vanishing: { watchMs: 1000 },
    });
  });

  test('is read whole, with its defaults', () => {
    const { links, ...rest } = read(GOOD);
    expect([...links.keys()]).toEqual(['clean', 'lossy', 'jittery']);
    expect(rest).toMatchObject({
      title: 'A title',
      transports: ['tcp', 'udp'],
      chance: { mode: 'time', slotMs: 1 },
      workload: { pattern: 'pairs', arrivals: 'constant', pairs: 4, ratePerSecond: 500, durationMs: 1000, workers: 1 },
      waitingMs: 3000,
      seed: 44765,
      mtuBytes: undefined,
      vanishing: { watchMs: 1000 },
      claims: [{ sentence: 'UDP has no connection.', test: 'no-connection', transport: 'udp' }],
    });
  });

  test('needs neither claims nor an end of the server', () => {
    expect(read(GOOD.split('\n').slice(0, 15).join('\n'))).toMatchObject({ claims: [], vanishing: undefined });
  });
});

const FIELDS =
  'title, question, lookFor, transports, links, chance, workload, repetitions, waitingTime, seed, mtu, claims, vanishing';

describe('told with its place:', () => {
  test.each<[what: string, before: string, after: string, complaint: string]>([
    ['an unknown key', 'repetitions: 3', 'repetitons: 3', `14:1: repetitons: unknown; known here: ${FIELDS}`],
    [
      'an unknown key inside',
      'pairs: 4',
      'pears: 4',
      '10:3: workload.pears: unknown; known here: pattern, arrivals, pairs, ratePerSecond, duration, bodyBytes, workers',
    ],
    [
      'an unknown impairment',
      'loss: 5%',
      'lost: 5%',
      '7:31: links.lossy.lost: unknown; known here: rate, queue, delay, jitter, loss, reorder, duplicate, corrupt',
    ],
    ['a wrong type', 'repetitions: 3', 'repetitions: three', '14:14: repetitions: "three" is not a number'],
    ['a number as text', 'pairs: 4', 'pairs: "4"', '10:10: workload.pairs: "4" is not a number'],
    ['half a pair', 'pairs: 4', 'pairs: 4.5', '10:10: workload.pairs: 4.5 is not a whole number'],
    ['a list that is none', '[tcp, udp]', 'tcp', '4:13: transports: "tcp" is not a list'],
    ['fields that are none', '{ watch: 1s }', 'soon', '16:12: vanishing: "soon" is not a set of fields'],
    ['a missing field', 'waitingTime: 3s\n', '', '1:1: waitingTime: is missing; write a time such as 1s'],
    ['a missing field inside', '  bodyBytes: 200\n', '', '10:3: workload.bodyBytes: is missing; write a number'],
    ['an empty title', 'title: A title', 'title: ""', '1:8: title: is empty; write some text'],
    [
      'no link',
      '  clean: {}\n  lossy: { delay: 10ms, loss: 5% }\n  jittery: { delay: 20ms, jitter: 10ms }',
      '  {}',
      '6:3: links: name at least one link',
    ],
    ['no transport', '[tcp, udp]', '[]', '4:13: transports: is empty; name at least one'],
    ['an unknown transport', '[tcp, udp]', '[tcp, sctp]', '4:19: transports.1: unknown "sctp"; known: tcp, udp'],
    ['a transport twice', '[tcp, udp]', '[tcp, tcp]', '4:19: transports.1: tcp is there twice'],
    [
      'a link name with a comma',
      '  clean: {}',
      '  "a,b": {}',
      '6:3: links.a,b: a link name has 1 to 40 letters, digits, spaces, ".", "%", "_" or "-"',
    ],
    [
      'an unknown profile',
      'clean: {}',
      'clean: dls',
      '6:10: links.clean: no profile is named "dls"; known: clean, lan, wifi, fibre, cable, dsl, lte, 4g, 3g, edge, satellite, transatlantic, bufferbloat, lossy, bursty',
    ],
    [
      'a loss of 120 %',
      'loss: 5%',
      'loss: 120%',
      '7:31: links.lossy.loss: "120%" is more than 100%; write a percentage from 0% to 100%',
    ],
    [
      'a loss without its sign',
      'loss: 5%',
      'loss: 5',
      '7:31: links.lossy.loss: 5 is not a percentage; write a percentage such as 2% (units: %)',
    ],
    [
      'a negative delay',
      'delay: 10ms',
      'delay: -10ms',
      '7:19: links.lossy.delay: "-10ms" is negative; the least is 0; write a time such as 20ms (units: us, ms, s)',
    ],
    [
      'a jitter over its delay',
      'jitter: 10ms',
      'jitter: 30ms',
      `8:35: links.jittery.jitter: 30ms is more than the delay of 20ms; a packet can't arrive before it was sent: use more delay or less jitter`,
    ],
    [
      'a bad time',
      'duration: 1s',
      'duration: soon',
      '12:13: workload.duration: "soon" is not a time; write a time such as 20ms (units: us, ms, s)',
    ],
    [
      'a time without a unit',
      'duration: 1s',
      'duration: 1',
      '12:13: workload.duration: 1 is not a time; write a time such as 20ms (units: us, ms, s)',
    ],
    ['no time', 'waitingTime: 3s', 'waitingTime: 0s', '15:14: waitingTime: "0s" is no time at all; write more than 0'],
    [
      'more than an hour',
      'waitingTime: 3s',
      'waitingTime: 3601s',
      '15:14: waitingTime: "3601s" is too long; the limit is 3600s',
    ],
    ['no repetition', 'repetitions: 3', 'repetitions: 0', '14:14: repetitions: 0 is too small; the least is 1'],
    [
      'a body with no room for its number',
      'bodyBytes: 200',
      'bodyBytes: 23',
      '13:14: workload.bodyBytes: 23 is too small; the least is 24',
    ],
    [
      'a rate of nothing',
      'ratePerSecond: 500',
      'ratePerSecond: 0',
      '11:18: workload.ratePerSecond: 0 is too small; it must be more than 0',
    ],
    [
      'a rate without an end',
      'ratePerSecond: 500',
      'ratePerSecond: .inf',
      '11:18: workload.ratePerSecond: infinity is too large; write a number',
    ],
    [
      'too many messages',
      'ratePerSecond: 500\n  duration: 1s',
      'ratePerSecond: 1000000\n  duration: 11s',
      '11:18: workload.ratePerSecond: 1000000 a second are 11000000 messages a trial, and the limit is 10000000; lower it, or the duration',
    ],
    [
      'a claim about another transport',
      '[tcp, udp]',
      '[tcp]',
      `20:16: claims.0.transport: udp is not among this scenario's transports`,
    ],
    [
      'a claim without what it needs',
      'vanishing: { watch: 1s }\n',
      '',
      '18:11: claims.0.test: no-connection is tested by killing the server; add "vanishing: { watch: 1s }"',
    ],
    [
      'a test that there is not',
      'test: no-connection',
      'test: is-fast',
      '19:11: claims.0.test: unknown "is-fast"; known: delivers-everything, no-connection, may-lose-or-reorder',
    ],
  ])('%s', (_what, before, after, complaint) => {
    const text = GOOD.replace(before, after);
    expect(text).not.toBe(GOOD);
    expect(complaintAbout(text)).toBe(`my.yaml:${complaint}`);
  });
});

describe('no YAML, or not one scenario:', () => {
  test.each<[what: string, text: string, complaint: string]>([
    [
      'a list that does not end',
      GOOD.replace('[tcp, udp]', '[tcp, udp'),
      '5:1: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a key twice', `${GOOD}\ntitle: Another`, '21:1: Map keys must be unique'],
    ['a tab', GOOD.replace('  pairs', '\tpairs'), '10:1: Tabs are not allowed as indentation'],
    ['two documents', `${GOOD}\n---\n${GOOD}`, '21:1: a second document begins here; a file holds one scenario'],
    [
      'an anchor that is not there',
      GOOD.replace('title: A title', 'title: *nowhere'),
      ' Unresolved alias (the anchor must be set before the alias): nowhere',
    ],
    ['nothing', '', ' the file is empty; see docs/adding-a-scenario.md'],
    ['a comment alone', '# nothing\n', ' the file is empty; see docs/adding-a-scenario.md'],
    ['a text', 'hello', '1:1: "hello" is not a set of fields'],
    ['a list', '- 1', '1:1: [1] is not a set of fields'],
  ])('%s', (_what, text, complaint) => {
    expect(complaintAbout(text)).toBe(`my.yaml:${complaint}`);
  });
});
