// The chat server of a run, in a process of its own.

import type { ServerApi } from '../../src/bench/run/server-process.ts';
import { standstillMeter } from '../../src/link/standstill.ts';
import { expose } from '../../src/rpc.ts';
import { serve } from '../../src/serve.ts';
import { knobsAsOptions } from '../knobs.ts';

/** As patient as the workers are: across a bad link a join is sent again and again. */
const TIMING = { joinDeadlineMs: 60_000 };

const stoodStillMs = standstillMeter();

expose<ServerApi>({
  listen: async ({ transports, host, knobs }) =>
    (await serve({ transports, host, port: 0, timing: TIMING, ...knobsAsOptions(knobs) })).port,
  load: () => {
    const { user, system } = process.cpuUsage();
    return { cpuMs: (user + system) / 1000, stoodStillMs: stoodStillMs() };
  },
});
