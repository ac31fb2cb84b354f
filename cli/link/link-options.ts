// The options that describe a link, alike wherever there is one.
import type { Argv } from 'yargs';
import type { Chance } from '../../src/link/chance.ts';
import type { BackendChoice } from '../across/live-link.ts';
import type { LinkWords } from './link-words.ts';

const IMPAIRMENTS: Readonly<Record<string, string>> = {
  rate: 'bottleneck, such as 10mbit',
  queue: 'drop-tail buffer before it, such as 64kB or 100p',
  delay: 'each way, such as 20ms',
  jitter: "such as 5ms, or '{time: 5ms, distribution: normal, reorder: true}'",
  loss: "such as 2%, or '{kind: gilbert-elliott, p: 1%, r: 25%}', '{kind: list, packets: [3, 7]}'",
  reorder: 'share that skips the delay, such as 1%',
  duplicate: 'such as 1%',
  corrupt: 'share with a flipped bit, such as 0.1%',
};

const GROUP = 'The link:';

/** @param profileOption what the option is called that names a link */
export function withLinkOptions<T>(args: Argv<T>, profileOption: string): Argv<T> {
  for (const [name, describe] of Object.entries(IMPAIRMENTS)) {
    args.option(name, { type: 'string', describe, group: GROUP });
  }
  return args
    .option('up', {
      type: 'string',
      describe: "clients to server alone, such as 'delay: 20ms, loss: 2%'",
      group: GROUP,
    })
    .option('down', { type: 'string', describe: 'server to clients alone', group: GROUP })
    .option(profileOption, {
      type: 'string',
      describe: 'a link known by name; other options change it (lab link lists them)',
      group: GROUP,
    })
    .option('chance', {
      choices: ['time', 'packet'] as const,
      default: 'time' as const,
      describe: 'what chance is a function of',
      group: GROUP,
    })
    .option('seed', { type: 'number', default: 44765, describe: 'of all chance', group: GROUP }) as unknown as Argv<T>;
}

export function linkWordsIn(args: Readonly<Record<string, unknown>>, profileOption: string): LinkWords {
  const text = (name: string) => args[name] as string | undefined;
  return {
    impairments: Object.fromEntries(Object.keys(IMPAIRMENTS).map((name) => [name, text(name)])),
    up: text('up'),
    down: text('down'),
    profile: text(profileOption),
    profileOption: `--${profileOption}`,
    chance: args['chance'] as Chance['mode'],
    seed: args['seed'] as number,
  };
}

/** Whether any link was asked for. */
export function asksForLink({ impairments, up, down, profile }: LinkWords): boolean {
  return [up, down, profile, ...Object.values(impairments)].some((words) => words !== undefined);
}

/** The same, with what carries it. */
export function withCarrierOptions<T>(args: Argv<T>, profileOption: string): Argv<T & { backend: BackendChoice }> {
  return withLinkOptions(args, profileOption).option('backend', {
    choices: ['auto', 'tun', 'relay'] as const,
    default: 'auto' as const,
    describe: 'what carries it: packets (tun) where this machine can emulate them, else a relay',
    group: GROUP,
  }) as unknown as Argv<T & { backend: BackendChoice }>;
}
