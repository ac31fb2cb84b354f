// What there is to fuzz. A target is loaded where it is needed: some bring half of the lab with them.
import type { Target } from './target.ts';

export interface ListedTarget {
  readonly name: string;
  /** Its part of all inputs, compared with the others' parts: what costs little gets most. */
  readonly share: number;
  readonly load: () => Promise<Target>;
}

export const TARGETS: readonly ListedTarget[] = [
  { name: 'codec', share: 450, load: async () => (await import('./codec.ts')).codec },
  { name: 'framing', share: 400, load: async () => (await import('./framing.ts')).framing },
  { name: 'pcapng', share: 100, load: async () => (await import('./pcapng.ts')).pcapng },
  { name: 'sessions', share: 40, load: async () => (await import('./sessions.ts')).sessions },
  { name: 'scenarios', share: 7, load: async () => (await import('./scenarios.ts')).scenarios },
  { name: 'run-folders', share: 3, load: async () => (await import('./run-folders.ts')).runFolders },
];

/** The targets' shares, in whole inputs; the first has what is left. */
export function partOf(name: string, targets: readonly string[], inputs: number): number {
  const chosen = TARGETS.filter((target) => targets.includes(target.name));
  const all = chosen.reduce((sum, { share }) => sum + share, 0);
  const parts = chosen.map(({ share }) => Math.floor((inputs * share) / all));
  const at = chosen.findIndex((target) => target.name === name);
  return at === 0 ? inputs - parts.slice(1).reduce((sum, part) => sum + part, 0) : parts[at]!;
}
