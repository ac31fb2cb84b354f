// The chat server of a run, in a process of its own.

import type { ServerApi } from '../../src/bench/server-process.ts';
import { expose } from '../../src/rpc.ts';
import { serve } from '../../src/serve.ts';

expose<ServerApi>({
  listen: async ({ transports, host }) => (await serve({ transports, host, port: 0 })).port,
});
