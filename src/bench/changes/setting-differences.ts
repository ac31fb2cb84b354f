// What differs between two runs besides what was measured: each may be what made a change.
import type { RunResult, SettingDifference } from '../result.ts';

export function settingDifferences(before: RunResult, after: RunResult): SettingDifference[] {
  const [own, others] = [settingsOf(before), settingsOf(after)];
  return [...new Set([...own.keys(), ...others.keys()])].flatMap((what) => {
    const [a, b] = [own.get(what) ?? '', others.get(what) ?? ''];
    return a === b ? [] : [{ what, before: a, after: b }];
  });
}

function settingsOf({ scenario, backend, seed, environment, cells }: RunResult): Map<string, string> {
  const { lab, node, system, processor, cores, memoryBytes, kernel } = environment;
  const repetitions = Math.max(scenario.repetitions, ...cells.map((cell) => cell.repetitions.length));
  return new Map([
    ['scenario', scenario.name],
    ['backend', backend],
    ['seed', String(seed)],
    ['repetitions', String(repetitions)],
    ['lab', lab],
    ['node', node],
    ['system', system],
    ['processor', processor],
    ['cores', String(cores)],
    ['memory', `${Math.round(memoryBytes / 2 ** 30)} GiB`],
    ...scenario.contestants.map(({ name, ...knobs }) => [`contestant ${name}`, JSON.stringify(knobs)] as const),
    ...Object.entries(kernel),
  ]);
}
