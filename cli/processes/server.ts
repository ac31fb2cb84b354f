// The chat server of a run, in a process of its own.

import type { ServerApi } from '../../src/bench/run/server-process.ts';
import { expose } from '../../src/rpc.ts';
import { serve } from '../../src/serve.ts';
import { knobsAsOptions } from '../knobs.ts';

expose<ServerApi>({
  listen: async ({ transports, host, knobs }) =>
    (await serve({ transports, host, port: 0, ...knobsAsOptions(knobs) })).port,
  cpuMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
});
