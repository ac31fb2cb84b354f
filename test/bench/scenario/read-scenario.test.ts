// Scenario files with one thing wrong in them: the reader is told where, what, and what was expected.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { changed, complaintAbout, GOOD } from './complaint.ts';
import { LIBRARY, read } from './library.ts';

test.each(readdirSync(LIBRARY).filter((file) => file.endsWith('.yaml')))(
  '%s of the library is as it must be',
  (file) => {
    const { points, teaches } = read(readFileSync(LIBRARY + file, 'utf8'), file);
    expect([points.length > 0, points[0].links.size > 0, typeof teaches]).toEqual([true, true, 'string']);
  },
);

describe('a good one', () => {
  test('is any example of the guide, or has room for it', () => {
    const guide = readFileSync(new URL('../../../docs/adding-a-scenario.md', import.meta.url), 'utf8');
    const [whole, part, bulk] = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(([, example]) => example!);
    expect(read(whole!).points.map(({ name }) => name)).toEqual(['delay 15ms', 'delay 50ms']);
    expect(read(`${GOOD}\n${part}`).points).toHaveLength(6);
    expect(read(bulk!).points).toHaveLength(3);
  });

  test('is read whole, with its defaults', () => {
    const { points, ...rest } = read(GOOD);
    expect(rest).toEqual({
      title: 'A title',
      question: 'A question?',
      lookFor: 'Something to see.',
      teaches: '',
      translations: {},
      chance: { mode: 'time', slotMs: 1 },
      repetitions: 3,
      waitingMs: 3000,
      seed: 44765,
      mtuBytes: undefined,
      comparisons: [['tcp', 'udp']],
      vanishing: { watchMs: 1000 },
      claims: [{ sentence: 'UDP has no connection.', test: 'no-connection', transport: 'udp' }],
    });
    expect(points).toHaveLength(1);
    const [{ name, values, contestants, links, workload }] = points;
    expect([name, values]).toEqual(['', {}]);
    expect([...links.keys()]).toEqual(['clean', 'lossy', 'jittery']);
    expect([...contestants].map(([contestant, { transport, kernel }]) => [contestant, transport, kernel])).toEqual([
      ['tcp', 'tcp', {}],
      ['udp', 'udp', {}],
    ]);
    expect(workload).toEqual({
      pattern: 'pairs',
      users: 8,
      arrivals: { kind: 'constant' },
      sizes: { kind: 'fixed', bytes: 200 },
      ratePerSecond: 500,
      durationMs: 1000,
      workers: 1,
      bulk: undefined,
    });
  });

  test('needs neither claims nor an end of the server', () => {
    expect(read(GOOD.split('\n').slice(0, 15).join('\n'))).toMatchObject({ claims: [], vanishing: undefined });
  });

  test('says what else there is to say', () => {
    const more =
      'teaches: A lesson.\nhosts: { mtu: 1400 }\nchance: { mode: packet, slot: 5ms }\nseed: 9007199254740991\n';
    expect(read(`${more}${GOOD}`)).toMatchObject({
      teaches: 'A lesson.',
      mtuBytes: 1400,
      chance: { mode: 'packet', slotMs: 5 },
      seed: Number.MAX_SAFE_INTEGER,
    });
  });

  test('compares the first with each other, or what it asks to', () => {
    const three = changed(['[tcp, udp]', '{ tcp: {}, udp: {}, tcp Nagle: { transport: tcp, nagle: true } }']);
    expect(read(three).comparisons).toEqual([
      ['tcp', 'udp'],
      ['tcp', 'tcp Nagle'],
    ]);
    expect(read(`${three}\ncompare: [[udp, tcp Nagle]]`).comparisons).toEqual([['udp', 'tcp Nagle']]);
    expect(read(`${three}\ncompare: []`).comparisons).toEqual([]);
    expect(read(changed(['[tcp, udp]', '[udp]'])).comparisons).toEqual([]);
  });
});

const FIELDS =
  'title, question, lookFor, teaches, transports, links, hosts, chance, workload, sweep, repetitions, waitingTime, seed, compare, claims, vanishing, translations';

describe('told with its place:', () => {
  test.each<[what: string, before: string, after: string, complaint: string]>([
    ['an unknown key', 'repetitions: 3', 'repetitons: 3', `14:1: repetitons: unknown; known here: ${FIELDS}`],
    [
      'an unknown key inside',
      'users: 8',
      'uzers: 8',
      '10:3: workload.uzers: unknown; known here: pattern, users, arrivals, ratePerSecond, duration, bodyBytes, workers, bulk',
    ],
    [
      'an unknown impairment',
      'loss: 5%',
      'lost: 5%',
      '7:31: links.lossy.lost: unknown; known here: rate, queue, delay, jitter, loss, reorder, duplicate, corrupt',
    ],
    ['a wrong type', 'repetitions: 3', 'repetitions: three', '14:14: repetitions: "three" is not a number'],
    ['a number as text', 'users: 8', 'users: "8"', '10:10: workload.users: "8" is not a number'],
    ['half a user', 'users: 8', 'users: 8.5', '10:10: workload.users: 8.5 is not a whole number'],
    ['fields that are none', '{ watch: 1s }', 'soon', '16:12: vanishing: "soon" is not a set of fields'],
    ['a missing field', 'waitingTime: 3s\n', '', '1:1: waitingTime: is missing; write a time such as 1s'],
    ['a missing field inside', '  users: 8\n', '', '10:3: workload.users: is missing; write a number'],
    ['an empty title', 'title: A title', 'title: ""', '1:8: title: is empty; write some text'],
    [
      'no link',
      '  clean: {}\n  lossy: { delay: 10ms, loss: 5% }\n  jittery: { delay: 20ms, jitter: 10ms }',
      '  {}',
      '6:3: links: name at least one link',
    ],
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
    [
      'too many of them',
      'repetitions: 3',
      'repetitions: 1001',
      '14:14: repetitions: 1001 is too large; the limit is 1000',
    ],
    ['a negative seed', 'repetitions: 3', 'seed: -1\nrepetitions: 3', '14:7: seed: -1 is too small; the least is 0'],
    [
      'a seed that no number holds',
      'repetitions: 3',
      'seed: 9007199254740993\nrepetitions: 3',
      '14:7: seed: 9007199254740992 is too large; the limit is 9007199254740991',
    ],
    [
      'a mode of chance that there is not',
      'workload:',
      'chance: { mode: often }\nworkload:',
      '9:17: chance.mode: unknown "often"; known: time, packet',
    ],
    [
      'a slot of no time',
      'workload:',
      'chance: { slot: 0ms }\nworkload:',
      '9:17: chance.slot: "0ms" is no time at all; write more than 0',
    ],
    [
      'a small mtu',
      'workload:',
      'hosts: { mtu: 575 }\nworkload:',
      '9:15: hosts.mtu: 575 is too small; the least is 576',
    ],
    [
      'a large mtu',
      'workload:',
      'hosts: { mtu: 65536 }\nworkload:',
      '9:15: hosts.mtu: 65536 is too large; the limit is 65535',
    ],
    ['an mtu in its old place', 'workload:', 'mtu: 1500\nworkload:', `9:1: mtu: unknown; known here: ${FIELDS}`],
    [
      'a host setting that is none',
      'workload:',
      'hosts: { mtuu: 1 }\nworkload:',
      '9:10: hosts.mtuu: unknown; known here: mtu, kernel',
    ],
    [
      'a comparison with a stranger',
      'workload:',
      'compare: [[tcp, quic]]\nworkload:',
      '9:17: compare.0.1: "quic" is no transport of this scenario; it has: tcp, udp',
    ],
    [
      'a comparison with itself',
      'workload:',
      'compare: [[tcp, tcp]]\nworkload:',
      "9:11: compare.0: tcp can't be compared with itself",
    ],
    [
      'half a comparison',
      'workload:',
      'compare: [[tcp]]\nworkload:',
      '9:11: compare.0: ["tcp"] will not do; write a pair of transports, as in [tcp, udp]',
    ],
    [
      'one comparison that should be a list of them',
      'workload:',
      'compare: [tcp, udp]\nworkload:',
      '9:11: compare.0: "tcp" will not do; write a pair of transports, as in [tcp, udp]',
    ],
    [
      'an impairment in one direction',
      'loss: 5%',
      'loss: 5%, up: { loss: 5% }',
      '7:19: links.lossy.delay: unknown; known here: up, down',
    ],
    [
      'a queue without a rate',
      'loss: 5%',
      'queue: 10p',
      '7:32: links.lossy.queue: a queue fills only before a bottleneck; add a rate such as 10mbit',
    ],
    ['no repetition', 'repetitions: 3', 'repetitions: 0', '14:14: repetitions: 0 is too small; the least is 1'],
  ])('%s', (_what, before, after, complaint) => {
    expect(complaintAbout(changed([before, after]))).toBe(complaint);
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
    ['a tab', GOOD.replace('  users', '\tusers'), '10:1: Tabs are not allowed as indentation'],
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
    expect(complaintAbout(text)).toBe(complaint);
  });
});

describe('what would take all time or all memory is refused at once:', () => {
  const TOO_DEEP = ' it nests more than 32 levels deep; no scenario needs so many';
  const nested = (open: string, close = '') =>
    changed(['title: A title', `title: ${open.repeat(40)}x${close.repeat(40)}`]);
  const bomb = ['x0: &x0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]']
    .concat(Array.from({ length: 9 }, (_, at) => `x${at + 1}: &x${at + 1} [${Array(10).fill(`*x${at}`)}]`))
    .join('\n');

  test.each<[what: string, text: string, complaint: string | RegExp]>([
    ['lists in lists', nested('[', ']'), /^1:39: it nests more than 32 levels/],
    ['more of them than the parser can follow', '['.repeat(50_000), /it nests more than 32 levels/],
    ['more on one line than the parser can follow', '- '.repeat(40_000), /it nests more than 32 levels/],
    ['fields in fields', nested('{ a: ', '}'), /it nests more than 32 levels/],
    ['keys in keys', `? ${'? '.repeat(2_000)}`, /this is no key|it nests more/],
    ['a few of them', '? ? ? ? a', '1:3: this is no key; a key is some text'],
    ['a key of bytes in older YAML', '%YAML 1.1\n---\n!!binary aGk=: 1', '3:10: this is no key; a key is some text'],
    ['a key that is elsewhere', `${GOOD}\nx: &x [a]\n*x : 1`, '22:1: this is no key; a key is some text'],
    ['what leads into itself', `${GOOD}\nx: &x [*x]`, TOO_DEEP],
    ['what leads into itself by fields', changed(['  clean: {}', '  clean: &x { loss: *x }']), TOO_DEEP],
    ['ten lines that mean ten thousand million', `${GOOD}\n${bomb}`, / Excessive alias count/],
    ['a very long file', `${GOOD}\n#${' '.repeat(100_000)}`, /^ it has 100\d{3} characters, and the limit is 100000; /],
  ])('%s', (_what, text, complaint) => {
    const told = complaintAbout(text);
    if (typeof complaint === 'string') expect(told).toBe(complaint);
    else expect(told).toMatch(complaint);
    expect(told).not.toContain('\n');
  });

  test('and a long value is not told whole', () => {
    const told = complaintAbout(changed(['repetitions: 3', `repetitions: ${'x'.repeat(9_000)}`]));
    expect(told).toMatch(/^14:14: repetitions: "x{199}… is not a number$/);
  });
});
