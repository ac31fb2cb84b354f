// A process of the benchmark: `child.js server|clients CANDIDATE WIRE [PORT]`. Answers each message of its parent.
import { clients } from './clients.ts';
import { total, type Window, type Wire } from './load.ts';
import { servers } from './servers.ts';

const [role, candidate = '', wire, port] = process.argv.slice(2) as [string, string, Wire, string | undefined];

if (role === 'server') await runServer();
else await runClients();

async function runServer(): Promise<void> {
  const listening = await servers[candidate]!(wire);
  process.on('message', () => process.send!(process.cpuUsage()));
  process.send!(listening);
}

async function runClients(): Promise<void> {
  const windows: Window[] = await clients[candidate]!(wire, Number(port));
  for (const window of windows) window.fill();
  setInterval(() => {
    for (const window of windows) window.tick();
  }, 200);
  process.on('message', () => process.send!(total(windows)));
  process.send!(0);
}

process.on('disconnect', () => process.exit());
