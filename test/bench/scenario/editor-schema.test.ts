// The schema that editors read: it is the one that the lab itself would write, and takes what the lab takes.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { VOCABULARY } from '../../../cli/run/vocabulary.ts';
import { editorSchema } from '../../../src/bench/scenario/editor-schema.ts';
import { NAMED_PROFILES } from '../../../src/link/named-profiles.ts';
import { LIBRARY, read } from './library.ts';

const FILE = 'scenario.schema.json';
const text = readFileSync(LIBRARY + FILE, 'utf8');
// An editor knows letters of all scripts; zod's reader of patterns does not.
const schema = z.fromJSONSchema(JSON.parse(text.replaceAll('\\\\p{L}', 'A-Za-z').replaceAll('\\\\p{N}', '0-9')));
const library = readdirSync(LIBRARY).filter((file) => file.endsWith('.yaml'));

test('the file is what the format says now; npm run schema writes it anew', () => {
  expect(text === editorSchema(VOCABULARY)).toBe(true);
});

test.each(library)('%s names it in its first line, and is taken', (file) => {
  const scenario = readFileSync(LIBRARY + file, 'utf8');
  expect(scenario.split('\n')[0]).toBe(`# yaml-language-server: $schema=${FILE}`);
  expect(schema.safeParse(parse(scenario)).error).toBeUndefined();
});

test('every property says what it is for, or what it may be', () => {
  for (const [name, property] of Object.entries<Record<string, unknown>>(JSON.parse(text).properties)) {
    expect([name, Object.keys(property).some((key) => key === 'description' || key === 'properties')]).toEqual([
      name,
      true,
    ]);
  }
});

const WHOLE = `
title: A title
question: A question?
lookFor: Something.
teaches: A lesson.
transports:
  tcp: {}
  tcp small: { transport: tcp, nagle: true, batching: false, congestionControl: reno, sendBuffer: 16kB, receiveBuffer: 16KiB }
  udp: { receiveBuffer: 8 KIB, kernel: { net.core.rmem_max: 4096 } }
links:
  clean: {}
  home: dsl
  one: { rate: 10mbit, queue: 100p, delay: 20ms, jitter: 5ms, loss: 2%, reorder: 1%, duplicate: 0.1%, corrupt: 0.01% }
  two:
    up: { delay: 1.5s, jitter: { time: 5ms, distribution: pareto, reorder: true }, loss: { kind: gilbert-elliott, p: 1%, r: 10% } }
    down: { rate: 1MBIT, queue: 64kb, delay: 1us, reorder: { probability: 2%, gap: 3 }, loss: { kind: list, packets: [3] } }
  three: { loss: { kind: schedule, outages: [{ at: 2s, for: 500ms }], every: 5s } }
  four: { loss: { kind: random, probability: 2% } }
hosts: { mtu: 1400, kernel: { net.ipv4.tcp_sack: 0, net.ipv4.tcp_rmem: 4096 8192 16384 } }
chance: { mode: packet, slot: 2ms }
workload:
  pattern: all-to-all
  users: 4
  arrivals: { bursts: 5 }
  ratePerSecond: 10.5
  duration: 1s
  bodyBytes: { from: 24, to: 100 }
  workers: 2
  bulk: { bodyBytes: 1000, window: 2 }
sweep:
  workload.bodyBytes: [100, chat]
  links.one.delay: [10ms, 20ms]
  transports.tcp.nagle: [true, false]
  hosts.kernel.net.ipv4.tcp_sack: { with: 1, without: 0 }
repetitions: 3
waitingTime: 1s
seed: 9007199254740991
compare: [[tcp, udp]]
vanishing: { watch: 1s }
claims:
  - { sentence: It holds., test: no-connection, transport: udp }
  - { sentence: It is more., test: above, metric: loss, of: { transport: udp, link: one }, than: { transport: tcp } }
  - { sentence: It is little., test: below, metric: loss, of: {}, than: 0.5 }
`;

describe('of a scenario with every key', () => {
  test('it takes what the lab takes', () => {
    expect(read(WHOLE).points).toHaveLength(16);
    expect(schema.safeParse(parse(WHOLE)).error).toBeUndefined();
  });

  test.each(Object.keys(NAMED_PROFILES))('it takes the link %s', (name) => {
    expect(schema.safeParse(parse(WHOLE.replace('dsl', name))).success).toBe(true);
  });

  test.each([
    ['title: A title', 'titel: A title'],
    ['dsl', 'dls'],
    ['rate: 10mbit', 'rate: 10mbps'],
    ['loss: 2%', 'loss: 2'],
    ['loss: 2%', 'lost: 2%'],
    ['kind: list', 'kind: lost'],
    ['users: 4', 'users: 1'],
    ['{ bursts: 5 }', 'soon'],
    ['{ from: 24, to: 100 }', '23'],
    ['duration: 1s', 'duration: 1'],
    ['nagle: true', 'naggle: true'],
    ['16kB', '16p'],
    ['[[tcp, udp]]', '[tcp, udp]'],
    ['metric: loss', 'metric: speed'],
    ['links.one.delay', 'lins.one.delay'],
    ['[100, chat]', '[]'],
    ['repetitions: 3', 'repetitions: 0'],
  ])('where %s becomes %s it objects, and so does the lab', (before, after) => {
    const text = WHOLE.replace(before, after);
    expect(text).not.toBe(WHOLE);
    expect(schema.safeParse(parse(text)).success).toBe(false);
    expect(() => read(text)).toThrow(/^my\.yaml:\d+:\d+: /);
  });
});
