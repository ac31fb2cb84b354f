// Reads scenarios as a run would, says what each would be, and runs nothing.
import type { Language } from '../../reports/language/language.ts';
import { type Speech, speechIn } from '../../reports/language/speech.ts';
import { type ExpectedTime, expectedTime } from '../../src/bench/run/expected-time.ts';
import { CallerError } from '../../src/core/errors.ts';
import { transports } from '../../src/transports.ts';
import { printable } from '../printable.ts';
import { findScenario } from './scenario-library.ts';

export interface CheckSettings {
  readonly scenario: readonly string[];
  readonly repetitions: number | undefined;
  readonly json: boolean;
  readonly language: Language;
}

type Checked = { readonly given: string } & ({ readonly expected: ExpectedTime } | { readonly problem: string });

const EXIT_WRONG = 2;

export async function checkScenarios({ scenario, repetitions, json, language }: CheckSettings): Promise<void> {
  const all = await Promise.all(scenario.map((given) => check(given, repetitions)));
  if (json) console.log(JSON.stringify(all.map(plain), null, 2));
  else for (const checked of all) tell(checked, speechIn(language));
  if (all.some((checked) => 'problem' in checked)) process.exitCode = EXIT_WRONG;
}

async function check(given: string, repetitions: number | undefined): Promise<Checked> {
  try {
    const { scenario } = await findScenario(given);
    const asked = { ...scenario, repetitions: repetitions ?? scenario.repetitions };
    return { given, expected: expectedTime(asked, (name) => transports.get(name)!.promises.reliable) };
  } catch (error) {
    if (!(error instanceof CallerError)) throw error;
    return { given, problem: error.message };
  }
}

function tell(checked: Checked, say: Speech): void {
  if ('problem' in checked) process.stderr.write(`lab: ${printable(checked.problem)}\n`);
  else console.log(inWords(checked.given, checked.expected, say));
}

function inWords(given: string, { trials, ms }: ExpectedTime, say: Speech): string {
  const time = `${say.count(Math.max(1, Math.round(ms / 1000)))} s`;
  return say.terminal.checked(printable(given), say.plural(trials, 'trial'), time);
}

/** `ok` tells the two shapes apart. */
function plain(checked: Checked) {
  const { given } = checked;
  if ('problem' in checked) return { scenario: given, ok: false, problem: checked.problem };
  return { scenario: given, ok: true, trials: checked.expected.trials, seconds: checked.expected.ms / 1000 };
}
