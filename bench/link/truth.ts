// Is it true? Every trial on one emulated network, one after the other.
import { PROGRAMS } from '../../cli/programs.ts';
import { latenessQuantileNs } from '../../src/link/lateness.ts';
import { MTU_LIMITS, startNetwork } from '../../src/link/tun/network.ts';
import type { Finding } from './finding.ts';
import { TRIALS } from './trials.ts';

export interface Truth {
  readonly findings: readonly Finding[];
  /** How late the emulator was, by trial: to be looked at before an error is believed to be the link's. */
  readonly latenessP99Ms: Readonly<Record<string, number>>;
}

export async function measureTruth(told: (words: string) => void): Promise<Truth> {
  const network = await startNetwork({ program: PROGRAMS.emulator, mtuBytes: MTU_LIMITS.usual });
  const findings: Finding[] = [];
  const latenessP99Ms: Record<string, number> = {};
  try {
    for (const [index, trial] of TRIALS.entries()) {
      const { name, profile, chance, checks } = trial;
      told(`truth: ${index + 1} of ${TRIALS.length}, ${name}`);
      await network.emulator.open({ profile, chance, recordsPackets: false });
      for (const check of checks) {
        for (const finding of await check(network, trial)) findings.push({ profile: name, ...finding });
      }
      const { lateness } = await network.emulator.close(undefined);
      latenessP99Ms[name] = (latenessQuantileNs(lateness, 0.99) ?? 0) / 1e6;
    }
    return { findings, latenessP99Ms };
  } finally {
    await network.close();
  }
}
