// One experiment at several settings: what varies, what each point is called, and where a wrong value is told.
import { describe, expect, test } from 'vitest';
import type { Point, Scenario } from '../../../src/bench/scenario/scenario.ts';
import { sweptPoints } from '../../../src/bench/scenario/sweep.ts';
import { changed, complaintAbout } from './complaint.ts';
import { read } from './library.ts';

/** Line 9 of the scenario. */
const sweep = (text: string): [string, string] => ['workload:', `sweep: ${text}\nworkload:`];
const KNOBS: [string, string] = ['[tcp, udp]', '{ tcp: {}, udp: {} }'];

function swept(text: string, ...more: [string, string][]): Scenario {
  return read(changed(sweep(text), ...more));
}

const namesOf = ({ points }: Scenario) => points.map(({ name }) => name);
const linksOf = ({ links }: Point) => Object.fromEntries(links);

describe('a sweep', () => {
  test('of a list has a point for each value, in its order, and their names say what varies', () => {
    const { points } = swept('{ loss: [0%, 2%] }');
    expect(points.map(({ name, values }) => [name, values])).toEqual([
      ['loss 0%', { loss: '0%' }],
      ['loss 2%', { loss: '2%' }],
    ]);
  });

  test('of an impairment changes every link, and leaves what else it has', () => {
    const [, { links }] = swept('{ loss: [0%, 2%] }').points as [Point, Point];
    const loss = { kind: 'random', probability: 0.02 };
    expect([...links.values()].map(({ up, down }) => [up.loss, down.loss])).toEqual(Array(3).fill([loss, loss]));
    expect(links.get('jittery')!.up).toMatchObject({ delay: { delayMs: 20 }, jitter: { jitterMs: 10 } });
  });

  test('of an impairment reaches into links with two directions, also where one has nothing yet', () => {
    const directions: [string, string] = ['  clean: {}', '  clean: { up: { delay: 5ms } }'];
    const [{ links }] = swept('{ loss: [2%] }', directions).points;
    expect(links.get('clean')).toMatchObject({
      up: { delay: { delayMs: 5 }, loss: { probability: 0.02 } },
      down: { loss: { probability: 0.02 } },
    });
  });

  test('of a path changes that alone', () => {
    const [first, second] = swept('{ links.lossy.delay: [1ms, 2ms] }').points;
    expect([first, second].map((point) => point!.links.get('lossy')!.up.delay)).toEqual([
      { delayMs: 1 },
      { delayMs: 2 },
    ]);
    expect({ ...linksOf(first), lossy: 0 }).toEqual({ ...linksOf(second!), lossy: 0 });
  });

  test('may put one link in the place of another', () => {
    const scenario = swept('{ links.clean: { home: dsl, lab: { delay: 1ms } } }');
    expect(namesOf(scenario)).toEqual(['clean home', 'clean lab']);
    expect(scenario.points.map(({ links }) => links.get('clean')!.down.delay)).toEqual([
      { delayMs: 25 },
      { delayMs: 1 },
    ]);
  });

  test('of named values is called by their names', () => {
    const scenario = swept('{ workload.arrivals: { even: constant, in bursts: { bursts: 5 } } }');
    expect(scenario.points.map(({ name, workload }) => [name, workload.arrivals.kind])).toEqual([
      ['arrivals even', 'constant'],
      ['arrivals in bursts', 'bursts'],
    ]);
  });

  test('of two things has every combination, the first slowest', () => {
    expect(namesOf(swept('{ loss: [1%, 2%], workload.users: [2, 4] }'))).toEqual([
      'loss 1%, users 2',
      'loss 1%, users 4',
      'loss 2%, users 2',
      'loss 2%, users 4',
    ]);
  });

  test('of two things that end alike calls them by their whole paths', () => {
    expect(namesOf(swept('{ links.clean.delay: [1ms], links.lossy.delay: [2ms] }'))).toEqual([
      'links.clean.delay 1ms, links.lossy.delay 2ms',
    ]);
  });

  test('turns knobs, sets hosts, and knows names with dots in them', () => {
    const turned = swept('{ transports.tcp.nagle: [true, false] }', KNOBS);
    expect(turned.points.map(({ contestants }) => contestants.get('tcp')!.knobs.nagle)).toEqual([true, false]);
    const set = swept('{ hosts.kernel.net.ipv4.tcp_sack: [0, 1] }');
    expect(set.points.map(({ name, contestants }) => [name, contestants.get('tcp')!.kernel])).toEqual([
      ['tcp_sack 0', { 'net.ipv4.tcp_sack': '0' }],
      ['tcp_sack 1', { 'net.ipv4.tcp_sack': '1' }],
    ]);
    const dotted = swept('{ links.loss 0.5%.delay: [1ms] }', ['clean: {}', 'loss 0.5%: {}']);
    expect(dotted.points[0].links.get('loss 0.5%')!.up.delay).toEqual({ delayMs: 1 });
  });

  test('leaves contestants and links of the same names at every point', () => {
    const { points } = swept('{ loss: [1%, 2%], workload.users: [2, 4] }');
    expect(new Set(points.map(({ links, contestants }) => [...links.keys(), ...contestants.keys()].join()))).toEqual(
      new Set(['clean,lossy,jittery,tcp,udp']),
    );
  });

  test('of far too many points makes none of them', () => {
    const sweep = { delay: Array.from({ length: 60 }, (_, i) => `${i}ms`), loss: Array<string>(1_000_000).fill('1%') };
    expect(() => sweptPoints({ links: { any: {} } }, sweep)).toThrow(
      'the sweep has 60000000 points, and the limit is 64',
    );
  });

  test('may have 64 points', () => {
    expect(swept(`{ delay: [${Array.from({ length: 64 }, (_, i) => `${20 + i}ms`)}] }`).points).toHaveLength(64);
  });
});

const EXAMPLE =
  'name an impairment of every link, such as loss, or a path, such as workload.bodyBytes or links.home.delay';

describe('told with its place:', () => {
  test.each<[what: string, text: string, complaint: string]>([
    ['a sweep that is none', '5', `9:8: sweep: 5 is no set of fields; ${EXAMPLE}, each with a list of values`],
    ['a sweep of nothing', '{}', `9:8: sweep: {} is no set of fields; ${EXAMPLE}, each with a list of values`],
    ['one value', '{ loss: 5% }', '9:16: sweep.loss: "5%" is no list of values'],
    ['no value', '{ loss: [] }', '9:16: sweep.loss: [] is no list of values'],
    ['no named value', '{ loss: {} }', '9:16: sweep.loss: {} is no list of values'],
    ['a value twice', '{ loss: [1%, 1%] }', '9:21: sweep.loss.1: 1% is there twice'],
    [
      'a value without a short name',
      '{ loss: [{ kind: list }] }',
      '9:17: sweep.loss.0: {"kind":"list"} has no short name; write a set of named values instead of a list',
    ],
    [
      'a wrong value',
      '{ loss: [1%, 120%] }',
      '9:21: sweep.loss.1: links.clean.loss: "120%" is more than 100%; write a percentage from 0% to 100%',
    ],
    [
      'a wrong value with a name',
      '{ loss: { little: 1%, gone: { kind: gilbert } } }',
      '9:36: sweep.loss.gone: links.clean.loss.kind: unknown "gilbert"; known: random, gilbert-elliott, list, schedule',
    ],
    [
      'a value of a wrong type',
      '{ workload.users: [2, many] }',
      '9:30: sweep.workload.users.1: "many" is not a number',
    ],
    [
      'a value that fits nothing else',
      '{ workload.users: [2, 3] }',
      "9:30: sweep.workload.users.1: 3 can't be paired; write an even number",
    ],
    [
      'a value of a union',
      '{ workload.arrivals: [constant, soon] }',
      '9:40: sweep.workload.arrivals.1: "soon" will not do; write constant, poisson, ping-pong, { bursts: 10 }, { incast: 10 } or { window: 16 }',
    ],
    [
      'a wrong combination',
      '{ delay: [5ms, 2ms], jitter: [3ms] }',
      "9:38: sweep.jitter.0: links.clean.jitter: 3ms is more than the delay of 2ms; a packet can't arrive before it was sent: use more delay or less jitter",
    ],
    [
      'what does not go with a value, at its own place',
      '{ workload.arrivals: [constant, ping-pong] }',
      '12:18: workload.ratePerSecond: ping-pong sends when the network lets it: a rate has no meaning; leave it out (at arrivals ping-pong)',
    ],
    ['an impairment that there is not', '{ los: [1%] }', `9:10: sweep.los: can't be swept; ${EXAMPLE}`],
    ['what can not vary', '{ title: [a, b] }', `9:10: sweep.title: can't be swept; ${EXAMPLE}`],
    ['what holds for a whole run', '{ waitingTime: [1s, 2s] }', `9:10: sweep.waitingTime: can't be swept; ${EXAMPLE}`],
    [
      'the mtu, which is of the hosts',
      '{ hosts.mtu: [1400, 1500] }',
      `9:10: sweep.hosts.mtu: can't be swept; ${EXAMPLE}`,
    ],
    ['a whole workload', '{ workload: [1, 2] }', `9:10: sweep.workload: can't be swept; ${EXAMPLE}`],
    [
      'a key that there is not',
      '{ workload.userz: [2, 4] }',
      '9:10: sweep.workload.userz: unknown; known here: pattern, users, arrivals, ratePerSecond, duration, bodyBytes, workers, bulk',
    ],
    [
      'a link that there is not',
      '{ links.home.delay: [1ms] }',
      '9:10: sweep.links.home.delay: leads to nothing in links; there is: clean, lossy, jittery',
    ],
    [
      'a part of a known link',
      '{ links.clean.delay: [1ms], links.clean.delay.x: [1] }',
      '9:36: sweep.links.clean.delay.x: leads into links.clean.delay, which is "1ms"; write it with fields first',
    ],
    [
      'a knob of a list of transports',
      '{ transports.tcp.nagle: [true] }',
      '9:10: sweep.transports.tcp.nagle: leads into transports, which is ["tcp","udp"]; write it with fields first',
    ],
    [
      'too many points',
      `{ workload.users: [2, 4, 6, 8, 10], delay: [${Array.from({ length: 13 }, (_, i) => `${20 + i}ms`).join(', ')}] }`,
      '9:51: sweep.delay: the sweep has 65 points, and the limit is 64',
    ],
  ])('%s', (_what, text, complaint) => {
    expect(complaintAbout(changed(sweep(text)))).toBe(complaint);
  });

  test('an impairment of a link that is only named', () => {
    const text = changed(sweep('{ loss: [1%] }'), ['clean: {}', 'clean: dsl']);
    expect(complaintAbout(text)).toBe(
      '9:10: sweep.loss: leads into links.clean, which is "dsl"; write it with fields first',
    );
  });

  test('a knob of the wrong transport', () => {
    const text = changed(sweep('{ transports.udp.nagle: [true] }'), KNOBS);
    expect(complaintAbout(text)).toBe(
      '9:10: sweep.transports.udp.nagle: nagle is a knob of tcp, and this is udp; leave it out',
    );
  });

  test('a transport that there is not', () => {
    const text = changed(sweep('{ transports.quic.nagle: [true] }'), KNOBS);
    expect(complaintAbout(text)).toBe(
      '9:10: sweep.transports.quic.nagle: leads to nothing in transports; there is: tcp, udp',
    );
  });
});
