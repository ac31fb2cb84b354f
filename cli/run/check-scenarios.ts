// Reads scenarios as a run would, says what each would be, and runs nothing.
import { type ExpectedTime, expectedTime } from '../../src/bench/run/expected-time.ts';
import { CallerError } from '../../src/core/errors.ts';
import { transports } from '../../src/transports.ts';
import { printable } from '../printable.ts';
import { findScenario } from './scenario-library.ts';

export interface CheckSettings {
  readonly scenario: readonly string[];
  readonly repetitions: number | undefined;
  readonly json: boolean;
}

type Checked = { readonly given: string } & ({ readonly expected: ExpectedTime } | { readonly problem: string });

const EXIT_WRONG = 2;

export async function checkScenarios({ scenario, repetitions, json }: CheckSettings): Promise<void> {
  const all = await Promise.all(scenario.map((given) => check(given, repetitions)));
  if (json) console.log(JSON.stringify(all.map(plain), null, 2));
  else for (const checked of all) tell(checked);
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

function tell(checked: Checked): void {
  if ('problem' in checked) process.stderr.write(`lab: ${printable(checked.problem)}\n`);
  else console.log(`${printable(checked.given)}: ok, ${inWords(checked.expected)}`);
}

function inWords({ trials, ms }: ExpectedTime): string {
  return `${trials} ${trials === 1 ? 'trial' : 'trials'}, about ${Math.max(1, Math.round(ms / 1000))} s`;
}

/** `ok` tells the two shapes apart. */
function plain(checked: Checked) {
  const { given } = checked;
  if ('problem' in checked) return { scenario: given, ok: false, problem: checked.problem };
  return { scenario: given, ok: true, trials: checked.expected.trials, seconds: checked.expected.ms / 1000 };
}
