import { describe, expect, test } from 'vitest';
import { NAMED_PROFILES } from '../../src/link/named-profiles.ts';
import { parseDirectionProfile, parseLinkProfile } from '../../src/link/parse-profile.ts';
import { describeDirection, describeProfile } from '../../src/link/profile.ts';
import { LinkProfileError } from '../../src/link/profile-error.ts';

describe('plain data becomes a profile, and a profile netem words', () => {
  test.each([
    [{}, 'no impairment'],
    [{ delay: '20ms', jitter: '5ms', loss: '2%' }, 'delay 20ms jitter 5ms loss 2%'],
    [{ rate: '10mbit', queue: '100p' }, 'rate 10mbit queue 100p'],
    [{ rate: '10mbit', queue: '64kB' }, 'rate 10mbit queue 64kB'],
    [
      { delay: '20ms', jitter: { time: '5ms', distribution: 'normal', reorder: true } },
      'delay 20ms jitter 5ms distribution normal may reorder',
    ],
    [{ loss: { kind: 'random', probability: '2%' } }, 'loss 2%'],
    [{ loss: { kind: 'gilbert-elliott', p: '1%', r: '10%' } }, 'loss gemodel p 1% r 10%'],
    [
      { loss: { kind: 'gilbert-elliott', p: '1%', r: '10%', lossInBad: '50%', lossInGood: '0.1%' } },
      'loss gemodel p 1% r 10% 1-h 50% 1-k 0.1%',
    ],
    [{ loss: { kind: 'list', packets: [3, 7] } }, 'loss packets 3,7'],
    [{ loss: { kind: 'schedule', outages: [{ at: '2s', for: '500ms' }] } }, 'loss outage at 2s for 500ms'],
    [
      { loss: { kind: 'schedule', outages: [{ at: '2s', for: '500ms' }], every: '5s' } },
      'loss outage at 2s for 500ms every 5s',
    ],
    [{ delay: '20ms', reorder: '25%' }, 'delay 20ms reorder 25%'],
    [{ delay: '20ms', reorder: { probability: '25%', gap: 5 } }, 'delay 20ms reorder 25% gap 5'],
    [{ duplicate: '1%', corrupt: '0.1%' }, 'duplicate 1% corrupt 0.1%'],
    [{ delay: '20ms', loss: undefined }, 'delay 20ms'],
  ])('%j', (data, words) => {
    expect(describeDirection(parseDirectionProfile(data))).toBe(words);
  });
});

describe('a link is one set for both directions, one for each, or a name', () => {
  test.each([
    [{ delay: '20ms' }, 'delay 20ms'],
    [{ up: { loss: '2%' }, down: { delay: '20ms' } }, 'up: loss 2% | down: delay 20ms'],
    [{ up: { loss: '2%' } }, 'up: loss 2% | down: no impairment'],
    ['dsl', 'up: rate 384kbit delay 25ms | down: rate 1500kbit delay 25ms'],
    ['clean', 'no impairment'],
  ])('%j', (data, words) => {
    expect(describeProfile(parseLinkProfile(data))).toBe(words);
  });
});

describe('what no link can be is refused with the path and one line', () => {
  test.each([
    [{ loss: '120%' }, ['loss'], 'loss: "120%" is more than 100%; write a percentage from 0% to 100%'],
    [{ delay: '-1ms' }, ['delay'], 'delay: "-1ms" is negative; the least is 0'],
    [{ rate: '0mbit' }, ['rate'], 'rate: "0mbit" carries nothing; the least is 1bit'],
    [{ delay: '5ms', jitter: '6ms' }, ['jitter'], 'jitter: 6ms is more than the delay of 5ms'],
    [{ jitter: '6ms' }, ['jitter'], 'jitter: 6ms is more than the delay of 0ms'],
    [{ rate: '1mbit', queue: '1499B' }, ['queue'], 'queue: "1499B" is smaller than a packet; the least is 1500B or 1p'],
    [{ rate: '1mbit', queue: '0p' }, ['queue'], 'queue: "0p" holds no whole packet; the least is 1p'],
    [{ queue: '10p' }, ['queue'], 'queue: a queue fills only before a bottleneck; add a rate such as 10mbit'],
    [{ reorder: '1%' }, ['reorder'], 'reorder: a packet overtakes by skipping the delay, and there is none'],
    [{ delai: '5ms' }, ['delai'], 'delai: unknown; known here: rate, queue, delay, jitter, loss, reorder, duplicate'],
    [{ up: {}, delay: '5ms' }, ['delay'], 'delay: unknown; known here: up, down'],
    [{ up: { loss: '120%' } }, ['up', 'loss'], 'up.loss: "120%" is more than 100%'],
    [{ down: 'fast' }, ['down'], 'down: "fast" is no set of fields'],
    [[], [], '[] is no set of fields'],
    [null, [], 'null is no set of fields'],
    ['dls', [], 'no profile is named "dls"; known: clean, lan,'],
    ['toString', [], 'no profile is named "toString"'],
    [
      { loss: { kind: 'bursts' } },
      ['loss', 'kind'],
      'loss.kind: unknown "bursts"; known: random, gilbert-elliott, list',
    ],
    [{ loss: { kind: 'random' } }, ['loss', 'probability'], 'loss.probability: undefined is not a percentage'],
    [{ loss: { kind: 'list', packets: [3, 0] } }, ['loss', 'packets', 1], 'loss.packets.1: 0 is no whole number'],
    [{ loss: { kind: 'list', packets: [] } }, ['loss', 'packets'], 'loss.packets: [] is no list with at least one'],
    [{ loss: { kind: 'gilbert-elliott', p: '0%', r: '5%' } }, ['loss', 'p'], 'loss.p: "0%" hardly ever turns'],
    [{ loss: { kind: 'gilbert-elliott', p: '100%', r: '100%' } }, ['loss'], 'loss: p and r of 100% flip the channel'],
    [
      { loss: { kind: 'schedule', outages: [{ at: '1s', for: '0s' }] } },
      ['loss', 'outages', 0, 'for'],
      'loss.outages.0.for: an outage of 0 is none',
    ],
    [
      { loss: { kind: 'schedule', outages: [{ at: '1s', for: '1s' }], every: '1.5s' } },
      ['loss', 'every'],
      'loss.every: 1500ms is over before the last outage ends, at 2s',
    ],
    [
      { delay: '5ms', jitter: { time: '1ms', distribution: 'cauchy' } },
      ['jitter', 'distribution'],
      'jitter.distribution: unknown "cauchy"; known: uniform, normal, pareto',
    ],
    [{ delay: '5ms', reorder: { probability: '1%', gap: 0.5 } }, ['reorder', 'gap'], 'reorder.gap: 0.5 is no whole'],
  ])('%j', (data, path, message) => {
    const error = errorOf(() => parseLinkProfile(data));
    expect(error.path).toEqual(path);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('\n');
  });

  test('the path begins where the caller says the profile stands', () => {
    expect(errorOf(() => parseLinkProfile({ loss: 1 }, ['links', 0])).path).toEqual(['links', 0, 'loss']);
  });
});

test.each(Object.entries(NAMED_PROFILES))('%s says where its numbers are from', (name, { profile, source }) => {
  expect(parseLinkProfile(name)).toBe(profile);
  expect(source).toMatch(/^[A-Z].{20,}\.$/);
});

function errorOf(action: () => unknown): LinkProfileError {
  try {
    action();
  } catch (error) {
    if (error instanceof LinkProfileError) return error;
  }
  throw new Error('expected a LinkProfileError');
}
