// npm run soak — the server for a long time: users over both transports who come, chat and go in every way there is, and a look every
// five seconds at what it holds. Options: --minutes N (default 30), --users N (500), --seed N, --out FILE (the series, as CSV).
import { appendFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DEFAULT_TIMING } from '../../src/core/transport.ts';
import { COOKIE_LIFETIME_MS } from '../../src/udp/cookie.ts';
import { Crowd } from '../crowd/crowd.ts';
import { type ServerProcess, startServer } from '../crowd/server-process.ts';
import { table } from '../harness/table.ts';
import { Life } from './life.ts';
import { soakRows, WARM_UP } from './rows.ts';
import { CSV_HEAD, csvRow, type Look } from './series.ts';

const LOOK_EVERY_MS = 5000;
/** At the beginning, through half of the time that does not count. */
const RUSH = 10;
/** Whoever went without a word is given up by then, and no handshake of his is remembered. */
const REST_MS = 1.25 * DEFAULT_TIMING.idleLimitMs + 1.1 * COOKIE_LIFETIME_MS;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    users: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});

const minutes = Number(values.minutes);
const users = Number(values.users);
const seed = Number(values.seed);
if (minutes > 0 && Number.isInteger(users) && users > 1 && Number.isInteger(seed)) await soak();
else {
  console.error('soak: give --minutes a number above 0, --users a whole number from 2, --seed a whole number.');
  process.exitCode = 1;
}

async function soak(): Promise<void> {
  const server = await startServer({ transports: ['tcp', 'udp'] });
  const crowd = new Crowd(server.address);
  const life = new Life(crowd, users, seed);
  const startMs = performance.now();
  const look = async () =>
    noted({ ...(await server.api.look(undefined)), atSeconds: (performance.now() - startMs) / 1000 });
  try {
    if (values.out !== undefined) writeFileSync(values.out, `${CSV_HEAD}\n`);
    const empty = await look();
    life.pace = RUSH;
    life.begin();
    const looks: Look[] = [];
    for (let next = LOOK_EVERY_MS; next <= minutes * 60_000; next += LOOK_EVERY_MS) {
      await pause(startMs + next - performance.now());
      looks.push(await look());
      if (next >= 0.5 * WARM_UP * minutes * 60_000) life.pace = 1;
    }
    life.end();
    await pause(REST_MS);
    const rest = await look();
    console.log(table(soakRows({ minutes, users, looks, empty, rest })));
    console.log(await inWords(server, life));
  } finally {
    crowd.disperse();
    await server.stop();
  }
}

function noted(look: Look): Look {
  if (values.out !== undefined) appendFileSync(values.out, `${csvRow(look)}\n`);
  return look;
}

async function inWords({ api }: ServerProcess, { counts }: Life): Promise<string> {
  const { refusals, departures } = await api.refusedAndGone(undefined);
  const list = (of: Record<string, number>) =>
    Object.entries(of)
      .map(([what, count]) => `${what} ${count.toLocaleString('en')}`)
      .join(', ');
  return `seed ${seed}\nusers: ${list(counts)}\nserver refused: ${list(refusals)}\nserver saw leave: ${list(departures)}`;
}
