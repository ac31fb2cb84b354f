// How long a scenario would take: its trials, each with what it waits for.
import { expect, test } from 'vitest';
import { expectedTime } from '../../../src/bench/run/expected-time.ts';
import { scenarioWith } from '../scenario/library.ts';

const isReliable = (transport: string) => transport === 'tcp';
const workload = { users: 2, ratePerSecond: 100, duration: '3s', bodyBytes: 100 };
const closed = { users: 2, arrivals: 'ping-pong', duration: '3s', bodyBytes: 100 };

test.each([
  ['where nothing is lost, the copies too many are waited for', {}, 2 * 2, 4 * 3250],
  ['at most T_max', { waitingTime: '100ms' }, 4, 4 * 3100],
  ['T_max where a datagram may be lost', { links: { lossy: { loss: '1%' } } }, 4, 2 * 3250 + 2 * 5000],
  ['so it may by a full queue', { links: { slow: { rate: '1mbit', queue: '64kB' } } }, 4, 2 * 3250 + 2 * 5000],
  ['and by damage, in one direction', { links: { bad: { down: { corrupt: '1%' } } } }, 4, 2 * 3250 + 2 * 5000],
  ['delay alone loses nothing', { links: { far: { delay: '1s' } } }, 4, 4 * 3250],
  ['a closed loop ends with its last answer', { workload: closed }, 4, 4 * 3000],
  ['every point of a sweep is measured', { sweep: { loss: ['0%', '1%', '2%'] } }, 12, 6 * 3250 + 6 * 5000],
  ['each at its own', { sweep: { 'workload.duration': ['1s', '2s'] } }, 8, 4 * 1250 + 4 * 2250],
  ['a server is killed under each', { vanishing: { watch: '4s' } }, 4, 4 * 3250 + 2 * 4000],
  ['repetitions', { repetitions: 10, transports: ['tcp'] }, 10, 10 * 3250],
])('%s', (_what, changes, trials, ms) => {
  expect(expectedTime(scenarioWith({ workload, waitingTime: '2s', ...changes }), isReliable)).toEqual({ trials, ms });
});
