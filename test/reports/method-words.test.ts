// How a run was done, in words: the knobs of a contestant, and the load.
import { expect, test } from 'vitest';
import { told } from '../../reports/language/told.ts';
import { methodLines } from '../../reports/method-words.ts';
import type { ContestantSummary, ScenarioSummary, WorkloadSummary } from '../../src/bench/result.ts';
import { LOAD, point, result } from './results.ts';

function linesOf(changes: Partial<ScenarioSummary>): string[] {
  const scenario = { ...result().scenario, ...changes };
  return methodLines(told(result({ scenario }), 'en')).map(({ text }) => text);
}

test.each<[ContestantSummary, string[]]>([
  [{ name: 'tcp', transport: 'tcp', knobs: {}, kernel: {} }, []],
  [{ name: 'usual', transport: 'tcp', knobs: {}, kernel: {} }, ['usual: tcp, all defaults.']],
  [
    {
      name: 'old',
      transport: 'tcp',
      knobs: { nagle: true, batching: false },
      kernel: { 'net.ipv4.tcp_congestion_control': 'reno', 'net.ipv4.tcp_wmem': '4096 8000 8000' },
    },
    ['old: tcp, Nagle on; batching off; net.ipv4.tcp_congestion_control = reno; net.ipv4.tcp_wmem = 4096 8000 8000.'],
  ],
  [
    { name: 'udp', transport: 'udp', knobs: { receiveBufferBytes: 4000 }, kernel: {} },
    ['udp: udp, receive buffer 4,000 bytes asked.'],
  ],
])('the contestant %o', (contestant, lines) => {
  const own = linesOf({ contestants: [contestant] }).filter((line) => line.startsWith(`${contestant.name}: `));
  expect(own).toEqual(lines);
});

test.each<[string, Partial<WorkloadSummary>, string]>([
  [
    'as it is',
    {},
    'Load: pairs, 8 users, 4 flows; constant arrivals (an open loop), 500 messages/s in all for 1 s; bodies of 200 bytes; 1 worker process.',
  ],
  [
    'bursts of some sizes',
    { arrivals: { kind: 'bursts', size: 20 }, sizes: { kind: 'uniform', fromBytes: 24, toBytes: 1200 } },
    'Load: pairs, 8 users, 4 flows; bursts of 20 arrivals (an open loop), 500 messages/s in all for 1 s; bodies of 24 to 1,200 bytes; 1 worker process.',
  ],
  [
    'of all at once, as people chat',
    { arrivals: { kind: 'incast', size: 8 }, sizes: { kind: 'chat' }, workers: 2 },
    'Load: pairs, 8 users, 4 flows; bursts of 8, from all senders at once arrivals (an open loop), 500 messages/s in all for 1 s; bodies of chat-like sizes (log-normal, median 60 bytes); 2 worker processes.',
  ],
  [
    'a closed loop beside a transfer',
    {
      arrivals: { kind: 'window', size: 64 },
      isClosedLoop: true,
      ratePerSecond: 0,
      bulk: { bytes: 60_000, window: 8 },
    },
    'Load: pairs, 8 users, 4 flows; window of 64 (a closed loop) for 1 s; bodies of 200 bytes; 1 worker process; beside it 8 messages of 60,000 bytes on their way over TCP.',
  ],
  [
    'a question and its answer',
    { arrivals: { kind: 'ping-pong' }, isClosedLoop: true, ratePerSecond: 0 },
    'Load: pairs, 8 users, 4 flows; ping-pong (a closed loop) for 1 s; bodies of 200 bytes; 1 worker process.',
  ],
])('the load: %s', (_what, changes, line) => {
  const points = [{ ...point(), workload: { ...LOAD, ...changes } }];
  expect(linesOf({ points }).filter((text) => text.startsWith('Load: '))).toEqual([line]);
});
