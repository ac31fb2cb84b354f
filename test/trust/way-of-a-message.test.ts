// Each message's way through both hosts, as the path saw it: the instants are in the order in which things happen, and
// head-of-line blocking is what lies between a message's bytes and those before it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { labRun, needsTools, workshop } from './across.ts';

const SCENARIO = `
title: The way of a message
question: Where is it, and when?
lookFor: That nothing happens before its cause.
transports: [tcp, udp]
links: { lossy: { delay: 10ms, loss: 3% } }
workload: { users: 4, ratePerSecond: 400, duration: 2s, bodyBytes: { from: 24, to: 2000 } }
repetitions: 1
waitingTime: 3s
`;

const DELAY_NS = 10e6;
/** Instants are written in whole ns, and one clock is read in several processes. */
const ROUNDING_NS = 2;

interface Row {
  readonly transport: string;
  readonly instants: Readonly<Record<string, number>>;
  readonly fate: string;
}

test('the instants of every message are in the order of its way; what was held back is what blocked', async (context) => {
  needsTools(context);
  const { result, out } = await labRun(workshop(), SCENARIO);
  const rows = readRows(join(out, 'messages.csv.gz'));
  for (const { account, transport } of result.cells) {
    const own = rows.filter((row) => row.transport === transport);
    expect(account).toMatchObject({ sent: 800, unexplained: 0 });
    expect(own.filter(({ fate }) => fate === 'delivered')).toHaveLength(account!.delivered);
    for (const { instants, fate } of own) if (fate === 'delivered') expectWay(instants);
  }
  const tcp = rows.filter(({ transport }) => transport === 'tcp').map(({ instants }) => blockedNs(instants));
  const figures = result.cells.find(({ transport }) => transport === 'tcp')!.figures!;
  expect(figures['blocked']!.value).toBeCloseTo(tcp.filter((ns) => ns > 0).length / 800, 6);
  expect(figures['blocked-mean']!.value).toBeCloseTo(tcp.reduce((sum, ns) => sum + ns, 0) / 800 / 1e6, 3);
  expect(figures['blocked-longest']!.value).toBeGreaterThan(2 * (DELAY_NS / 1e6));
  expect(figures['release-largest']!.value).toBeGreaterThan(1);
  const udp = result.cells.find(({ transport }) => transport === 'udp')!;
  expect(udp.figures).not.toHaveProperty('blocked');
  expect(new Set(Object.keys(udp.account!.lost))).toEqual(new Set(['down: loss', 'up: loss']));
}, 60_000);

test.for(['ping-pong', '{ window: 4 }'])(
  'so they are where messages are numbered while they are sent: %s',
  { timeout: 60_000 },
  async (arrivals, context) => {
    needsTools(context);
    const workload = `workload: { users: 4, arrivals: ${arrivals}, duration: 1s, bodyBytes: 100 }`;
    const { result, out } = await labRun(workshop(), SCENARIO.replace(/workload: .*/, workload).replace('3s', '500ms'));
    const rows = readRows(join(out, 'messages.csv.gz'));
    for (const { account } of result.cells) expect(account).toMatchObject({ unexplained: 0 });
    const delivered = rows.filter(({ fate }) => fate === 'delivered');
    expect(delivered.length).toBeGreaterThan(50);
    for (const { instants } of delivered) expectWay(instants);
  },
);

function expectWay(at: Row['instants']): void {
  const { planned_ns, sent_ns, at_server_ns, at_clients_ns, arrived_ns } = at;
  // Over UDP nothing is held back.
  const { released_at_server_ns = at_server_ns, released_at_clients_ns = at_clients_ns } = at;
  const way = [
    planned_ns,
    sent_ns,
    at_server_ns,
    released_at_server_ns,
    at_clients_ns,
    released_at_clients_ns,
    arrived_ns,
  ];
  for (let step = 1; step < way.length; step++) expect(way[step]!).toBeGreaterThanOrEqual(way[step - 1]! - ROUNDING_NS);
  expect(at_server_ns! - planned_ns!).toBeGreaterThanOrEqual(DELAY_NS - ROUNDING_NS);
  expect(at_clients_ns! - released_at_server_ns!).toBeGreaterThanOrEqual(DELAY_NS - ROUNDING_NS);
}

function blockedNs(at: Row['instants']): number {
  return at['released_at_server_ns']! - at['at_server_ns']! + (at['released_at_clients_ns']! - at['at_clients_ns']!);
}

function readRows(file: string): Row[] {
  const [head, ...lines] = gunzipSync(readFileSync(file)).toString().trim().split('\n');
  const names = head!.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    const instants = names.flatMap((name, i) =>
      name.endsWith('_ns') && fields[i] !== '' ? [[name, Number(fields[i])]] : [],
    );
    return {
      transport: fields[names.indexOf('transport')]!,
      fate: fields[names.indexOf('fate')]!,
      instants: Object.fromEntries(instants),
    };
  });
}
