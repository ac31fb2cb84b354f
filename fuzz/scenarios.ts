// The reader of scenario files: the library's files, changed as text and as the tree that they mean. What is wrong with one is the
// caller's fault and told as such; what is read as legal can be planned, told and crossed.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { VOCABULARY } from '../cli/run/vocabulary.ts';
import { summarise } from '../src/bench/figures/summarise.ts';
import { expectedTime } from '../src/bench/run/expected-time.ts';
import { cellNames, planRepetitions } from '../src/bench/run/plan.ts';
import { readScenario } from '../src/bench/scenario/read-scenario.ts';
import type { Scenario } from '../src/bench/scenario/scenario.ts';
import { CallerError } from '../src/core/errors.ts';
import { linkModel } from '../src/link/model.ts';
import { parseLinkProfile } from '../src/link/parse-profile.ts';
import type { LinkProfile } from '../src/link/profile.ts';
import { LinkProfileError } from '../src/link/profile-error.ts';
import type { Mutation } from './byte-mutation.ts';
import { ROOT } from './root.ts';
import { must, target } from './target.ts';
import { isHolder, mutatedTree, treeMutations } from './tree-mutation.ts';

interface Input {
  readonly file: number;
  readonly tree: readonly Mutation[];
  readonly text: readonly Mutation[];
}

const FOLDER = new URL('scenarios/', ROOT);
const TEXTS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'));
/** Without the translations: they are half of it, and one like the other. */
const TREES = TEXTS.map((text) => {
  const { translations: _, ...tree } = parse(text) as Record<string, unknown>;
  return tree;
});
const WITHOUT_TRANSLATIONS = TEXTS.map((text) => text.replace(/\ntranslations:\n[\s\S]*/, '\n'));

const textMutations = fc.array(fc.tuple(fc.nat(5), fc.nat(0xffff), fc.nat(0xffff)), { maxLength: 3 });

export const scenarios = target<Input>({
  name: 'scenarios',
  batchInputs: 500,
  inputs: fc.record(
    { file: fc.nat(TEXTS.length - 1), tree: treeMutations, text: textMutations },
    { noNullPrototype: true },
  ),
  check: (input) => {
    checkReader(textOf(input));
    checkLinks(treeOf(input));
  },
  show: (input) => textOf(input).split('\n'),
});

const MOST_IN_TREE = 300;

function treeOf({ file, tree }: Input): unknown {
  return mutatedTree(TREES[file]!, tree, MOST_IN_TREE);
}

/** JSON is YAML. */
function textOf(input: Input): string {
  const text = input.tree.length === 0 ? WITHOUT_TRANSLATIONS[input.file]! : JSON.stringify(treeOf(input));
  return input.text.reduce(withTextChange, text).slice(0, LONGEST_TEXT);
}

/** The parser's time grows with how deep it is led, until its stack is full. */
const MOST_OPENED = 1_500;

const LONGEST_TEXT = 30_000;

const PIECES = [
  ...['&a ', '*a', '<<: *a', '!!binary ', '!!set ', '!!omap ', '!!timestamp ', '!x ', '? ', '- ', ': ', '~', '|', '>'],
  ...[
    '%YAML 1.1\n---\n',
    '---\n',
    '...\n',
    '"',
    "'",
    '\t',
    '\0',
    '{',
    '[',
    '}',
    ']',
    '#',
    '\u{feff}',
    '\r',
    '\u{2028}',
  ],
  ...['.inf', '-.inf', '.nan', '0x7fffffffffffffffff', '1e999', '1_000', '2001-12-14', '__proto__: ', '!!merge <<: '],
  'a: &a [*a]\n',
  'title: &a { b: *a }\n',
  'links: &l { l: *l }\n',
];

/** Each line stands for ten of the line before it, or for one that is in itself. */
const BOMB = ['a: &a0 [x, x, x, x, x, x, x, x, x]']
  .concat(Array.from({ length: 9 }, (_, at) => `b${at}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(', ')}]`))
  .join('\n');

function withTextChange(text: string, [how, where, what]: Mutation): string {
  const at = where % (text.length + 1);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  switch (how) {
    case 0:
      return before + PIECES[what % PIECES.length]! + after;
    case 1:
      return before + after.slice(1 + (what % 40));
    case 2:
      return before + after.slice(0, what % 400) + after;
    case 3:
      return before;
    case 4: {
      const opened = ['[', '{a: ', '- ', '? ', '!x [', '"'][what % 6]!;
      return before + opened.repeat(what % MOST_OPENED) + after;
    }
    default:
      return what % 2 === 0 ? `${BOMB}\n${text}` : `${text.replace('links:', `links: *a${what % 9}\nx:`)}\n${BOMB}\n`;
  }
}

function checkReader(text: string): void {
  let scenario: Scenario;
  try {
    scenario = readScenario(text, 'my.yaml', VOCABULARY);
  } catch (error) {
    if (!(error instanceof CallerError)) throw error;
    must(/^my\.yaml(:\d+:\d+)?: /.test(error.message), `an error names no place: ${error.message}`);
    must(!error.message.includes('\n'), `an error has more lines than one: ${error.message}`);
    must(error.message.length < MOST_WORDS, `an error has ${error.message.length} characters`);
    return;
  }
  checkScenario(scenario);
}

/** A person reads it. */
const MOST_WORDS = 20_000;

function checkScenario(scenario: Scenario): void {
  const cells = cellNames(scenario);
  const { trials, ms } = expectedTime(scenario, (transport) => transport === 'tcp');
  must(Number.isFinite(ms) && ms > 0 && trials >= cells.length, `${trials} trials take ${ms} ms`);
  const { value: first } = planRepetitions(scenario, scenario.seed, () => true).next();
  must(first.length === cells.length, `${first.length} of ${cells.length} cells are planned`);
  must(JSON.stringify(summarise('my', scenario)).length > 0, 'a scenario can not be told');
  for (const profile of scenario.points[0].links.values()) checkCrossing(profile);
}

function checkLinks(tree: unknown): void {
  const links = isHolder(tree) && 'links' in tree ? tree['links'] : tree;
  // The values of a text would be its characters.
  for (const link of [links, ...(isHolder(links) ? Object.values(links) : [])].slice(0, 20)) {
    try {
      checkCrossing(parseLinkProfile(link));
    } catch (error) {
      if (!(error instanceof LinkProfileError)) throw error;
    }
  }
}

/** Packets cross the link: whatever becomes of them, it is an instant, and not before they were sent. */
function checkCrossing(profile: LinkProfile): void {
  for (const direction of ['up', 'down'] as const) {
    const model = linkModel(profile[direction], direction, { seed: 1, mode: 'time' });
    for (let packet = 1; packet <= 5; packet++) {
      const { dropped, dueNs, copies } = model.offer({ sizeBytes: 100, offeredNs: packet * 1e6 });
      must(dropped !== undefined || dueNs >= packet * 1e6, `a packet arrives at ${dueNs} ns`);
      must(copies >= 1, `there are ${copies} copies`);
    }
  }
}
