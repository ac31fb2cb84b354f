// The chat server in a process of its own, to be looked at from outside. Its garbage can be collected before a look
// (node --expose-gc), so that what is counted is what it holds.
import { getHeapCodeStatistics } from 'node:v8';
import { expose } from '../../../src/rpc.ts';
import { type ChatServer, serve } from '../../../src/serve.ts';
import type { ServerApi } from '../server-process.ts';

let server: ChatServer | undefined;
const departures: Record<string, number> = {};
const refusals: Record<string, number> = {};

expose<ServerApi>({
  async open(options) {
    server = await serve({
      ...options,
      port: 0,
      observer: {
        left: (_who, departure) => count(departures, departure),
        refused: (_who, code) => count(refusals, code),
      },
    });
    return { host: server.host, port: server.port };
  },
  look() {
    // Twice: what a first collection finalises, a second one lets go of.
    globalThis.gc?.();
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    const code = getHeapCodeStatistics();
    return {
      heapBytes: heapUsed,
      codeBytes: code.code_and_metadata_size + code.bytecode_and_metadata_size,
      externalBytes: external,
      rssBytes: rss,
      users: server?.userCount ?? 0,
      held: server?.held ?? { channels: 0, remembered: 0 },
      resources: resourceCounts(),
    };
  },
  userCount: () => server?.userCount ?? 0,
  cpuSeconds: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
  refusedAndGone: () => ({ refusals, departures }),
});

/** To the process that asks. */
const LINE = 'PipeWrap';

/** Of each kind of handle, timer and request that keeps the loop alive, how many there are. */
function resourceCounts(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) if (kind !== LINE) count(counts, kind);
  return counts;
}

function count(counts: Record<string, number>, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}
