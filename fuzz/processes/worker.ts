// A process that does its part of the inputs of each target, one target after the other.
import { fuzz } from '../fuzz.ts';
import type { Job } from '../job.ts';
import { placeWriter } from '../place.ts';
import type { Failure } from '../target.ts';
import { partOf, TARGETS } from '../targets.ts';

process.on('disconnect', () => process.exit());
process.once('message', async (job: Job) => {
  const failures = await work(job);
  process.send!(failures, () => process.disconnect());
});

async function work({ targets, inputs, seed, job, jobs, placeFile }: Job): Promise<Failure[]> {
  const write = placeWriter(placeFile);
  const failures: Failure[] = [];
  for (const [number, target] of TARGETS.entries()) {
    if (!targets.includes(target.name)) continue;
    const place = { target: number, seed: 0, inputs: 0 };
    const watcher = {
      batch: (batchSeed: number) => {
        place.seed = batchSeed;
        place.inputs = 0;
        write(place);
      },
      input: () => {
        place.inputs++;
        write(place);
      },
    };
    const share = { inputs: partOf(target.name, targets, inputs), seed, job, jobs };
    const failure = await fuzz(await target.load(), share, watcher);
    if (failure !== undefined) failures.push(failure);
  }
  return failures;
}
