// npm run bench:load — the server with ten thousand users: the real one in a process of its own, each user with a socket of his own,
// over the loopback. Takes some thirteen minutes. Options: --users N, --seconds N (how long users chat), --transport tcp|udp and
// --only joins|chat|fan-out|slow-readers|churn|floods (both repeatable), --receive-buffer BYTES (of the server's UDP socket), --json.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Row, table } from '../harness/table.ts';
import { type Measured, PARTS } from './parts.ts';
import { type LoadSettings, whatIsMissing } from './settings.ts';

const SMALLEST_CROWD = 20;

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '60' },
    transport: { type: 'string', multiple: true, default: ['tcp', 'udp'] },
    only: { type: 'string', multiple: true, default: Object.keys(PARTS) },
    'receive-buffer': { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const users = Number(values.users);
const seconds = Number(values.seconds);
const receiveBufferBytes = Number(values['receive-buffer'] ?? 0);
const missing = misuse() ?? whatIsMissing(users);
if (missing === undefined) await measureAll();
else {
  console.error(`bench:load: ${missing}`);
  process.exitCode = 1;
}

async function measureAll(): Promise<void> {
  const rows: Row[] = [];
  const all: ({ part: string; settings: LoadSettings } & Measured)[] = [];
  for (const wire of ['tcp', 'udp'] as const) {
    for (const name of Object.keys(PARTS)) {
      if (!values.transport.includes(wire) || !values.only.includes(name)) continue;
      if (!values.json) console.error(`measuring: ${name} over ${wire}`);
      const settings = { wire, users, seconds, ...(receiveBufferBytes > 0 ? { receiveBufferBytes } : {}) };
      const measured = await measure(name, settings);
      all.push({ part: name, settings, ...measured });
      rows.push(...measured.rows);
    }
  }
  console.log(values.json ? JSON.stringify(all, null, 2) : table(rows));
}

function misuse(): string | undefined {
  if (!(Number.isInteger(users) && users >= SMALLEST_CROWD))
    return `--users ${values.users} is not allowed: give a whole number from ${SMALLEST_CROWD}.`;
  if (!(seconds >= 1)) return `--seconds ${values.seconds} is not allowed: give a number from 1.`;
  if (!(Number.isInteger(receiveBufferBytes) && receiveBufferBytes >= 0))
    return `--receive-buffer ${values['receive-buffer']} is not allowed: give a number of bytes.`;
  const unknown = values.only.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) return `--only ${unknown} is no part: give one of ${Object.keys(PARTS).join(', ')}.`;
  const transport = values.transport.find((name) => name !== 'tcp' && name !== 'udp');
  return transport === undefined ? undefined : `--transport ${transport} is not allowed: give tcp or udp.`;
}

/** @throws where it ends without having found anything; it has said why by then */
async function measure(part: string, settings: LoadSettings): Promise<Measured> {
  const child = fork(fileURLToPath(new URL('./child.js', import.meta.url)), [part, JSON.stringify(settings)]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the measurement of ${part} over ${settings.wire} ended with ${code}`);
  });
  const [measured] = await Promise.race([once(child, 'message'), ended]);
  await ended.catch(() => {});
  return measured;
}
