// What this machine can emulate and why not more: each part tried by itself, and then the whole.
import { once } from 'node:events';
import { MTU_LIMITS, startNetwork } from './network.ts';
import { type ProbedPart, probeGuard, probeParts } from './parts.ts';

export interface Abilities {
  readonly parts: readonly ProbedPart[];
  /** Two hosts and a wire can be made: what an experiment needs. */
  readonly carriesRuns: boolean;
  /** And anybody's command can be run on them. */
  readonly carriesCommands: boolean;
}

/** @param program the emulator's, for the trial of the whole */
export async function probe(program: URL): Promise<Abilities> {
  const parts = await probeParts();
  const [guard, whole] = [await probeGuard(), await probeWhole(program, parts)];
  return {
    parts: [...parts, { ...guard, part: `${guard.part} (for lab link run)` }, whole],
    carriesRuns: whole.works,
    carriesCommands: whole.works && guard.works,
  };
}

async function probeWhole(program: URL, parts: readonly ProbedPart[]): Promise<ProbedPart> {
  const part = 'two hosts and a wire';
  const missing = parts.filter(({ works }) => !works);
  const [first] = missing;
  if (first !== undefined) {
    const names = missing.map((probed) => probed.part).join(', ');
    return { part, works: false, found: `was not tried: it needs ${names}`, remedy: first.remedy };
  }
  try {
    const isEntered = await enter(program);
    return isEntered
      ? { part, works: true, found: 'were made, entered and taken away again', remedy: '' }
      : { part, works: false, found: 'were made, and can not be entered', remedy: 'run as root' };
  } catch (error) {
    return { part, works: false, found: (error as Error).message, remedy: 'see the message' };
  }
}

/** Whether a program, one of those that are needed, runs on a host. */
async function enter(program: URL): Promise<boolean> {
  const network = await startNetwork({ program, mtuBytes: MTU_LIMITS.usual });
  try {
    const [code] = await once(network.spawn('clients', 'ip', ['-V'], { stdio: 'ignore' }), 'exit');
    return code === 0;
  } finally {
    await network.close();
  }
}
