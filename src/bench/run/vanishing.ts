// What a user learns when the server is killed: over a link without impairment, at the end of a run.

import type { VanishObservation } from '../result.ts';
import type { Crew } from './crew.ts';
import type { TrialOptions } from './trial.ts';
import { wordsOf } from './trial.ts';

export type Seen =
  | { readonly kind: 'seen'; readonly observation: VanishObservation }
  | { readonly kind: 'failed'; readonly why: string };

/** @param name of a contestant */
export async function watchVanishing(
  name: string,
  watchMs: number,
  { scenario, rig, clock }: TrialOptions,
  crew: Crew,
): Promise<Seen> {
  const contestant = scenario.points[0].contestants.get(name)!;
  const { transport, knobs, kernel } = contestant;
  try {
    await rig.tune(kernel);
    const server = await crew.server(contestant, []);
    const chance = { ...scenario.chance, seed: 0 };
    const link = await rig.openLink({ transport, profile: NO_IMPAIRMENT, chance, serverPort: server.port });
    const worker = crew.workers(1)[0]!;
    await worker.join({ server: { transport, host: link.host, port: link.port }, knobs, users: [0] });
    const fromNs = clock();
    server.kill();
    const { noticedAfterMs = null } = await worker.watch({ fromNs, watchMs });
    await worker.leave(undefined);
    await link.close();
    return { kind: 'seen', observation: { transport: name, watchedMs: watchMs, noticedAfterMs } };
  } catch (error) {
    return { kind: 'failed', why: wordsOf(error) };
  }
}

const NO_IMPAIRMENT = { up: {}, down: {} };
