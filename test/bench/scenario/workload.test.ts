// Who writes to whom, when and how much: every key, every limit, and what does not go together.
import { describe, expect, test } from 'vitest';
import {
  flowCount,
  isClosedLoop,
  messageCount,
  PATTERNS,
  type Workload,
} from '../../../src/bench/scenario/workload.ts';
import { changed, complaintAbout } from './complaint.ts';
import { read } from './library.ts';

function workloadOf(...changes: [string, string][]): Workload {
  return read(changed(...changes)).points[0].workload;
}

const more = (text: string): [string, string] => ['  users: 8', `  users: 8\n  ${text}`];
const WITHOUT_RATE: [string, string] = ['  ratePerSecond: 500\n', ''];

describe('is read:', () => {
  test.each(PATTERNS)('the pattern %s', (pattern) => {
    expect(workloadOf(more(`pattern: ${pattern}`)).pattern).toBe(pattern);
  });

  test.each([
    ['poisson', { kind: 'poisson' }],
    ['constant', { kind: 'constant' }],
    ['{ bursts: 10 }', { kind: 'bursts', size: 10 }],
    ['{ incast: 10000 }', { kind: 'incast', size: 10_000 }],
  ])('an open loop, arrivals: %s', (text, arrivals) => {
    const workload = workloadOf(more(`arrivals: ${text}`));
    expect([workload.arrivals, isClosedLoop(workload)]).toEqual([arrivals, false]);
  });

  test.each([
    ['ping-pong', { kind: 'ping-pong' }],
    ['{ window: 16 }', { kind: 'window', size: 16 }],
  ])('a closed loop, arrivals: %s', (text, arrivals) => {
    const workload = workloadOf(more(`arrivals: ${text}`), WITHOUT_RATE);
    expect([workload.arrivals, workload.ratePerSecond, isClosedLoop(workload)]).toEqual([arrivals, 0, true]);
  });

  test.each([
    ['24', { kind: 'fixed', bytes: 24 }],
    ['60000', { kind: 'fixed', bytes: 60_000 }],
    ['{ from: 24, to: 24 }', { kind: 'uniform', fromBytes: 24, toBytes: 24 }],
    ['chat', { kind: 'chat' }],
  ])('bodies of %s', (text, sizes) => {
    expect(workloadOf(['bodyBytes: 200', `bodyBytes: ${text}`]).sizes).toEqual(sizes);
  });

  test('a transfer beside the chat, and what it is if nothing is said of it', () => {
    expect(workloadOf(more('bulk: {}')).bulk).toEqual({ bytes: 30_000, window: 8 });
    expect(workloadOf(more('bulk: { bodyBytes: 24, window: 1 }')).bulk).toEqual({ bytes: 24, window: 1 });
  });
});

describe('has', () => {
  test.each([
    ['pairs', 4],
    ['ring', 8],
    ['fan-in', 7],
    ['fan-out', 7],
    ['all-to-all', 56],
  ] as const)('of %s among eight users %i flows', (pattern, flows) => {
    expect(flowCount({ pattern, users: 8 })).toBe(flows);
  });

  test.each<[what: string, ratePerSecond: number, durationMs: number, messages: number]>([
    ['of a second', 500, 1000, 500],
    ['without a part of one', 10, 250, 2],
    ['of a product a hair below a whole number', 4.35, 100_000, 435],
    ['one at least', 1, 10, 1],
  ])('the messages %s, and in a fan-out so many for each receiver', (_what, ratePerSecond, durationMs, messages) => {
    const workload = { ...workloadOf(), ratePerSecond, durationMs };
    expect(messageCount(workload)).toBe(messages);
    expect(messageCount({ ...workload, pattern: 'fan-out' })).toBe(7 * messages);
  });
});

const ARRIVALS = 'write constant, poisson, ping-pong, { bursts: 10 }, { incast: 10 } or { window: 16 }';
const SIZES = 'write a size from 24 to 60000, { from: 24, to: 1400 } or chat';

describe('told with its place:', () => {
  test.each<[what: string, changes: [string, string][], complaint: string]>([
    [
      'an unknown pattern',
      [more('pattern: star')],
      '11:12: workload.pattern: unknown "star"; known: pairs, ring, fan-in, fan-out, all-to-all',
    ],
    ['one user', [['users: 8', 'users: 1']], '10:10: workload.users: 1 is too small; the least is 2'],
    ['too many users', [['users: 8', 'users: 10002']], '10:10: workload.users: 10002 is too large; the limit is 10000'],
    [
      'a user without a partner',
      [['users: 8', 'users: 7']],
      "10:10: workload.users: 7 can't be paired; write an even number",
    ],
    [
      'too many flows',
      [['users: 8', 'users: 1002\n  pattern: all-to-all']],
      '10:10: workload.users: 1002 users who all write to each other are 1003002 flows, and the limit is 1000000',
    ],
    ['unknown arrivals', [more('arrivals: soon')], `11:13: workload.arrivals: "soon" will not do; ${ARRIVALS}`],
    [
      'arrivals in a list',
      [more('arrivals: [constant]')],
      `11:13: workload.arrivals: ["constant"] will not do; ${ARRIVALS}`,
    ],
    [
      'arrivals by no known key',
      [more('arrivals: { burst: 3 }')],
      `11:13: workload.arrivals: {"burst":3} will not do; ${ARRIVALS}`,
    ],
    [
      'arrivals of two kinds',
      [more('arrivals: { bursts: 3, window: 3 }')],
      `11:13: workload.arrivals: {"bursts":3,"window":3} will not do; ${ARRIVALS}`,
    ],
    ['arrivals of no kind', [more('arrivals: {}')], `11:13: workload.arrivals: {} will not do; ${ARRIVALS}`],
    [
      'a burst of one',
      [more('arrivals: { bursts: 1 }')],
      '11:23: workload.arrivals.bursts: 1 is too small; the least is 2',
    ],
    [
      'a burst of many',
      [more('arrivals: { bursts: 10001 }')],
      '11:23: workload.arrivals.bursts: 10001 is too large; the limit is 10000',
    ],
    [
      'half a message in a burst',
      [more('arrivals: { bursts: 2.5 }')],
      '11:23: workload.arrivals.bursts: 2.5 is not a whole number',
    ],
    [
      'an incast of one',
      [more('arrivals: { incast: 1 }')],
      '11:23: workload.arrivals.incast: 1 is too small; the least is 2',
    ],
    ['no window', [more('arrivals: { window: 0 }')], '11:23: workload.arrivals.window: 0 is too small; the least is 1'],
    [
      'a window in words',
      [more('arrivals: { window: wide }')],
      '11:23: workload.arrivals.window: "wide" is not a number',
    ],
    [
      'a large window',
      [more('arrivals: { window: 10001 }')],
      '11:23: workload.arrivals.window: 10001 is too large; the limit is 10000',
    ],
    ['an open loop without a rate', [WITHOUT_RATE], '10:3: workload.ratePerSecond: is missing; write a number'],
    [
      'a rate of nothing',
      [['Second: 500', 'Second: 0']],
      '11:18: workload.ratePerSecond: 0 is too small; it must be more than 0',
    ],
    [
      'a rate without an end',
      [['Second: 500', 'Second: .inf']],
      '11:18: workload.ratePerSecond: infinity is too large; write a number',
    ],
    [
      'a rate that is no number',
      [['Second: 500', 'Second: .nan']],
      '11:18: workload.ratePerSecond: NaN is not a number',
    ],
    [
      'a rate that no machine has',
      [['Second: 500', 'Second: 1000001']],
      '11:18: workload.ratePerSecond: 1000001 is too large; the limit is 1000000',
    ],
    [
      'too many messages',
      [['Second: 500\n  duration: 1s', 'Second: 1000000\n  duration: 11s']],
      '11:18: workload.ratePerSecond: 1000000 a second are 11000000 messages a trial, and the limit is 10000000; lower it, or the duration',
    ],
    [
      'too many to everybody',
      [
        ['users: 8', 'users: 10000\n  pattern: fan-out'],
        ['duration: 1s', 'duration: 3s'],
      ],
      '12:18: workload.ratePerSecond: 500 a second are 14998500 messages a trial, and the limit is 10000000; lower it, or the duration',
    ],
    [
      'a rate in a closed loop',
      [more('arrivals: ping-pong')],
      '12:18: workload.ratePerSecond: ping-pong sends when the network lets it: a rate has no meaning; leave it out',
    ],
    [
      'answers to everybody',
      [more('arrivals: ping-pong\n  pattern: fan-out'), WITHOUT_RATE],
      '11:13: workload.arrivals: a message to everybody has many answers; use another pattern, or an open loop',
    ],
    [
      'a window between two workers',
      [more('arrivals: { window: 4 }\n  pattern: ring\n  workers: 2'), WITHOUT_RATE],
      '11:13: workload.arrivals: a window needs sender and receiver in one worker; use pairs, or workers: 1',
    ],
    ['no duration', [['  duration: 1s\n', '']], '10:3: workload.duration: is missing; write a time such as 1s'],
    ['no size', [['  bodyBytes: 200\n', '']], `10:3: workload.bodyBytes: is missing; ${SIZES}`],
    [
      'a size in words',
      [['bodyBytes: 200', 'bodyBytes: long']],
      `13:14: workload.bodyBytes: "long" will not do; ${SIZES}`,
    ],
    [
      'a size with a part of a byte',
      [['bodyBytes: 200', 'bodyBytes: 24.5']],
      `13:14: workload.bodyBytes: 24.5 will not do; ${SIZES}`,
    ],
    [
      'a body with no room for its number',
      [['bodyBytes: 200', 'bodyBytes: 23']],
      '13:14: workload.bodyBytes: 23 is too small; the least is 24',
    ],
    [
      'a body that is no message',
      [['bodyBytes: 200', 'bodyBytes: 60001']],
      '13:14: workload.bodyBytes: 60001 is too large; the limit is 60000',
    ],
    [
      'a range without an end',
      [['bodyBytes: 200', 'bodyBytes: { from: 24 }']],
      '13:14: workload.bodyBytes.to: is missing; write a number',
    ],
    [
      'a range with more in it',
      [['bodyBytes: 200', 'bodyBytes: { from: 24, to: 30, by: 2 }']],
      '13:34: workload.bodyBytes.by: unknown; known here: from, to',
    ],
    [
      'a range upside down',
      [['bodyBytes: 200', 'bodyBytes: { from: 30, to: 24 }']],
      '13:14: workload.bodyBytes: from 30 to 24 is no range; put the smaller one first',
    ],
    [
      'a range that ends too far',
      [['bodyBytes: 200', 'bodyBytes: { from: 24, to: 60001 }']],
      '13:30: workload.bodyBytes.to: 60001 is too large; the limit is 60000',
    ],
    ['no worker', [more('workers: 0')], '11:12: workload.workers: 0 is too small; the least is 1'],
    ['too many workers', [more('workers: 65')], '11:12: workload.workers: 65 is too large; the limit is 64'],
    ['a transfer in a word', [more('bulk: much')], '11:9: workload.bulk: "much" is not a set of fields'],
    [
      'a transfer of small messages',
      [more('bulk: { bodyBytes: 3 }')],
      '11:22: workload.bulk.bodyBytes: 3 is too small; the least is 24',
    ],
  ])('%s', (_what, changes, complaint) => {
    expect(complaintAbout(changed(...changes))).toBe(complaint);
  });
});
