// A run of as many messages as one likes: a real one whose cells are made up.
import { compareCells } from '../../src/bench/figures/comparisons.ts';
import { GrowingCell } from '../../src/bench/figures/growing-cell.ts';
import type { RunResult } from '../../src/bench/result.ts';
import { analyse, noteTrial, SEED, workloadOf } from '../made-up-trials.ts';

const LINK = 'made up';

/** @param messages of the whole run */
export function millionMessages(
  shell: RunResult,
  { messages, repetitions }: { readonly messages: number; readonly repetitions: number },
): RunResult {
  const names = shell.scenario.contestants.map(({ name }) => name);
  const workload = workloadOf(messages / repetitions / names.length);
  const cells = names.map(
    (transport) => new GrowingCell({ transport, link: LINK, point: '' }, { durationMs: workload.durationMs }),
  );
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    for (const cell of cells) {
      const noted = noteTrial(workload, repetition, cell.name.transport === 'udp');
      cell.add(analyse(noted, workload, repetition, cell));
    }
  }
  const [baseline, other] = cells as [GrowingCell, GrowingCell];
  return {
    ...shell,
    scenario: { ...shell.scenario, links: [LINK], repetitions },
    cells: cells.map((cell) => cell.cell(SEED)),
    comparisons: [compareCells(baseline, other, false, SEED)!],
    verdicts: [],
    warnings: [],
  };
}
