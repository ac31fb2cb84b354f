// Results of sweeps that never took place.
import type { Figures, RunResult } from '../../src/bench/result.ts';
import { cell, figure, figures, notAvailable, point, result } from './results.ts';

export interface Swept {
  readonly contestants?: readonly string[];
  readonly links?: readonly string[];
  /** What the sweep sets at each of its points, by key. */
  readonly values?: readonly Readonly<Record<string, string>>[];
  readonly of?: (transport: string, at: number) => Figures | undefined;
}

/** A run at several settings: over udp loss grows, and over tcp the delay does. */
export function sweep(
  {
    contestants = ['tcp', 'udp'],
    links = ['home'],
    values = ['0%', '1%', '2%', '5%', '10%'].map((loss) => ({ loss })),
    of = growing,
  }: Swept = {},
  changes: Partial<RunResult> = {},
): RunResult {
  const points = values.map((each) =>
    point(
      Object.entries(each)
        .map(([key, value]) => `${key} ${value}`)
        .join(', '),
      each,
    ),
  );
  const cells = points.flatMap(({ name }, at) =>
    links.flatMap((link) =>
      contestants.map((transport) => {
        const own = of(transport, at);
        return own === undefined ? { ...notAvailable(link, transport), point: name } : cell(link, transport, own, name);
      }),
    ),
  );
  const { scenario } = result();
  return result({
    scenario: {
      ...scenario,
      contestants: contestants.map((name) => ({ name, transport: 'tcp', knobs: {}, kernel: {} })),
      links,
      points,
    },
    cells,
    comparisons: [],
    verdicts: [],
    ...changes,
  });
}

function growing(transport: string, at: number): Figures {
  return transport === 'udp'
    ? figures({ loss: figure(at / 50, at / 60, at / 40), 'delay-p99': figure(at > 2 ? null : 21 + at) })
    : figures({ 'delay-p99': figure(25 * 2 ** at) });
}
