// A link in the words of the command line, and of /link while it carries.
import { describe, expect, test } from 'vitest';
import { asksForLink, linkWordsIn } from '../../cli/link/link-options.ts';
import { chanceOf, changedProfile, type LinkWords, profileOf } from '../../cli/link/link-words.ts';
import { CallerError } from '../../src/core/errors.ts';
import { NAMED_PROFILES } from '../../src/link/named-profiles.ts';
import { parseLinkProfile } from '../../src/link/parse-profile.ts';
import { describeProfile } from '../../src/link/profile.ts';

const NOTHING: LinkWords = {
  impairments: {},
  up: undefined,
  down: undefined,
  profile: undefined,
  profileOption: '--link',
  chance: 'time',
  seed: 1,
};

/** What it throws. */
function faultOf(deed: () => unknown): unknown {
  try {
    deed();
  } catch (error) {
    return error;
  }
  return undefined;
}

function expectCallerError(deed: () => unknown, words: string): void {
  const fault = faultOf(deed);
  expect(fault).toBeInstanceOf(CallerError);
  expect((fault as Error).message).toContain(words);
  expect((fault as Error).message).not.toContain('\n');
}

describe('options make a link', () => {
  test.each<[Partial<LinkWords>, string]>([
    [{}, 'no impairment'],
    [{ impairments: { loss: '2%', delay: '20ms', jitter: undefined } }, 'delay 20ms loss 2%'],
    [{ impairments: { loss: '{kind: list, packets: [3, 7]}' } }, 'loss packets 3,7'],
    [{ profile: 'dsl' }, 'up: rate 384kbit delay 25ms | down: rate 1500kbit delay 25ms'],
    [{ profile: 'lossy', impairments: { loss: '5%' } }, 'delay 20ms loss 5%'],
    [{ up: 'loss: 2%, delay: 5ms' }, 'up: delay 5ms loss 2% | down: no impairment'],
    [{ down: 'loss: 2%' }, 'up: no impairment | down: loss 2%'],
    [{ up: '' }, 'no impairment'],
    [{ impairments: { delay: '20ms' }, up: 'loss: 2%' }, 'up: delay 20ms loss 2% | down: delay 20ms'],
    [{ impairments: { delay: '20ms' }, down: 'delay: 5ms' }, 'up: delay 20ms | down: delay 5ms'],
    [
      { profile: 'lossy', up: 'loss: {kind: list, packets: [1]}' },
      'up: delay 20ms loss packets 1 | down: delay 20ms loss 2%',
    ],
  ])('%j', (of, words) => expect(describeProfile(profileOf({ ...NOTHING, ...of }))).toBe(words));

  test.each<[Partial<LinkWords>, string]>([
    [{ profile: 'nowhere', profileOption: '--profile' }, '--profile: no profile is named "nowhere"'],
    [{ profile: 'nowhere' }, '--link: no profile is named "nowhere"; known: clean, lan'],
    [{ impairments: { loss: '200%' } }, 'loss: "200%" is more than 100%'],
    [{ impairments: { loss: '{kind: list' } }, '--loss {kind: list: '],
    [{ impairments: { jitter: '5ms' } }, 'jitter: 5ms is more than the delay of 0ms'],
    [{ up: 'speed: 1' }, 'up.speed: unknown; known here: rate'],
    [{ down: 'loss: 200%' }, 'down.loss: "200%" is more than 100%'],
    [{ up: 'loss 2%' }, 'up.loss 2%: unknown'],
    [{ up: '}' }, '--up '],
  ])('but not %j', (of, words) => expectCallerError(() => profileOf({ ...NOTHING, ...of }), words));
});

describe('chance', () => {
  test('has the seed that was given', () => {
    expect(chanceOf({ ...NOTHING, chance: 'packet', seed: -3 })).toEqual({ mode: 'packet', seed: -3 });
  });

  test.each([1.5, Number.NaN, 2 ** 53])('has no seed %d', (seed) =>
    expectCallerError(() => chanceOf({ ...NOTHING, seed }), `--seed ${seed} is not allowed`),
  );
});

describe('a link is asked for', () => {
  test.each<[Partial<LinkWords>, boolean]>([
    [{}, false],
    [{ impairments: { loss: undefined, delay: undefined } }, false],
    [{ chance: 'packet', seed: 7 }, false],
    [{ impairments: { loss: undefined, delay: '0ms' } }, true],
    [{ up: 'loss: 2%' }, true],
    [{ up: '' }, true],
    [{ down: 'loss: 2%' }, true],
    [{ profile: 'clean' }, true],
  ])('by %j: %s', (of, isAsked) => expect(asksForLink({ ...NOTHING, ...of })).toBe(isAsked));

  test('by options, whatever else there is among them', () => {
    const common = { chance: 'time', seed: 1, name: 'Ana', profile: 'not this one' };
    expect(asksForLink(linkWordsIn(common, 'link'))).toBe(false);
    expect(asksForLink(linkWordsIn({ ...common, link: '3g' }, 'link'))).toBe(true);
    expect(linkWordsIn({ ...common, link: '3g', loss: '2%', up: 'delay: 1ms' }, 'link')).toMatchObject({
      impairments: { loss: '2%', delay: undefined },
      up: 'delay: 1ms',
      profile: '3g',
      profileOption: '--link',
    });
    expect(linkWordsIn({ ...common, profile: '3g' }, 'profile')).toMatchObject({ profileOption: '--profile' });
  });
});

describe('/link changes the link that there is', () => {
  const BEFORE = parseLinkProfile({ up: { delay: '20ms', loss: '2%' }, down: { delay: '10ms' } });

  test.each([
    ['loss 30%', 'up: delay 20ms loss 30% | down: delay 10ms loss 30%'],
    ['loss 30% delay 100ms', 'delay 100ms loss 30%'],
    ['  loss   30%  delay\t100ms ', 'delay 100ms loss 30%'],
    ['up loss 30%', 'up: delay 20ms loss 30% | down: delay 10ms'],
    ['down loss 30% delay 1ms', 'up: delay 20ms loss 2% | down: delay 1ms loss 30%'],
    ['loss 30% loss 40%', 'up: delay 20ms loss 40% | down: delay 10ms loss 40%'],
    ['up loss {kind: list, packets: [3, 7]}', 'up: delay 20ms loss packets 3,7 | down: delay 10ms'],
    ['loss {kind: list, packets: [3, 7]} delay 5ms', 'delay 5ms loss packets 3,7'],
    [
      'up loss {kind: schedule, every: 5s, outages: [{at: 2s, for: 1s}]} delay 5ms',
      'up: delay 5ms loss outage at 2s for 1s every 5s | down: delay 10ms',
    ],
    ['loss: 30%, delay: 100ms', 'delay 100ms loss 30%'],
    ['up loss: 30%, delay: 5ms', 'up: delay 5ms loss 30% | down: delay 10ms'],
    ['up: loss 30%', 'up: delay 20ms loss 30% | down: delay 10ms'],
    [
      'down: loss: {kind: list, packets: [3, 7]}, delay: 1ms',
      'up: delay 20ms loss 2% | down: delay 1ms loss packets 3,7',
    ],
    ['lossy', 'delay 20ms loss 2%'],
    [' clean ', 'no impairment'],
  ])('%j', (words, after) => {
    expect(describeProfile(changedProfile(BEFORE, words))).toBe(after);
    expect(describeProfile(BEFORE)).toBe('up: delay 20ms loss 2% | down: delay 10ms');
  });

  test.each(Object.keys(NAMED_PROFILES))('into the one that is called %s', (name) => {
    expect(changedProfile(BEFORE, name)).toEqual(NAMED_PROFILES[name]!.profile);
  });

  test.each([
    ['nowhere', 'no profile is named "nowhere"; known: clean, lan'],
    [
      'loss 30% delay',
      '/link loss 30% delay: delay has no value. Write it as in: /link 3g, or /link loss 30% delay 100ms',
    ],
    ['loss', '/link loss: loss has no value'],
    ['loss:', 'loss has no value'],
    ['up', 'up has no value'],
    ['down', 'down has no value'],
    ['up loss', 'loss has no value'],
    ['3g loss 30%', '3g is the name of a link, and stands alone'],
    ['lossy up', 'lossy is the name of a link, and stands alone'],
    ['speed 30%', 'speed: unknown'],
    ['down speed 30%', 'down.speed: unknown'],
    ['loss 200%', 'loss: "200%" is more than 100%'],
    ['down loss 200%', 'down.loss: "200%" is more than 100%'],
    ['loss {kind: list', '/link loss {kind: list: '],
    // It is the link as it is now that must be legal with the change.
    ['jitter 15ms', 'jitter: 15ms is more than the delay of 10ms'],
    ['__proto__ 1', 'unknown'],
    ['constructor', 'no profile is named "constructor"'],
  ])('but not by %j', (words, fault) => expectCallerError(() => changedProfile(BEFORE, words), fault));

  test.each(['speed 30%', 'loss 200%', 'jitter 15ms'])(
    'and does not speak of a direction where nobody did: %j',
    (words) => {
      expect((faultOf(() => changedProfile(BEFORE, words)) as Error).message).not.toMatch(/\b(?:up|down)\./);
    },
  );
});
