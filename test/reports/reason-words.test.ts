// Why something is not there, or is to be doubted: what a reader is told of each reason.
import { describe, expect, test } from 'vitest';
import { told } from '../../reports/language/told.ts';
import { endingWords, noIntervalWords, obstacleWords, warningWords } from '../../reports/reason-words.ts';
import type { Ending, NoInterval, Obstacle, Warning } from '../../src/bench/result.ts';
import { cellName, result } from './results.ts';

const english = told(result(), 'en');
const CELL = cellName('udp', 'clean', 'loss 1%');

test.each<[Warning, string]>([
  [
    { kind: 'unexplained', cell: CELL, messages: 3 },
    '3 messages of udp over clean at loss 1% are lost without an explanation',
  ],
  [
    { kind: 'lost-by-the-machine', cell: CELL, packets: 5 },
    'the machine itself lost 5 packets of udp over clean at loss 1%, and no link was meant to',
  ],
  [
    { kind: 'counts-disagree', cell: cellName('udp', 'clean'), what: 'datagrams-received', by: 'server', off: 3 },
    'udp over clean: the hosts and the path differ by 3 in datagrams received by server',
  ],
  [
    { kind: 'stood-still', cell: CELL, process: 'worker', ms: 5_012.3 },
    'udp over clean at loss 1%: a worker stood still for 5,012 ms while it was measured, and its figures tell of that, too: measure it again',
  ],
  [{ kind: 'late-link', latenessMs: 3.456 }, 'the link itself was up to 3.46 ms late for 1 % of the packets'],
  [
    {
      kind: 'within-timer-error',
      place: { link: 'clean', point: '' },
      baseline: 'tcp',
      other: 'udp',
      metrics: ['delay-p50', 'delay-p99', 'a-new-one'],
      timerErrorMs: 2,
    },
    "udp against tcp over clean: the difference in delay p50, delay p99, a-new-one is smaller than the lab's own lateness (timer error p99 2.00 ms), and may be of its making",
  ],
])('the warning %o', (warning, words) => expect(warningWords(warning, english)).toBe(words));

test.each<[NoInterval | undefined, string]>([
  [{ kind: 'under-way' }, 'the run has not come to its end'],
  [{ kind: 'total' }, 'a total grows with the number of repetitions'],
  [{ kind: 'extreme' }, 'the bootstrap knows no interval of an extreme'],
  [{ kind: 'neither-reached' }, 'neither side is reached, and two infinite values have no difference'],
  [
    { kind: 'too-few-repetitions', repetitions: 3, least: 6, confidence: 0.95 },
    "3 repetitions can't support a 95 % interval; the least is 6",
  ],
  [
    { kind: 'too-few-repetitions', repetitions: 1, least: 11, confidence: 0.999 },
    "1 repetition can't support a 99.9 % interval; the least is 11",
  ],
  [undefined, 'no interval'],
])('no interval: %o', (why, words) => expect(noIntervalWords(why, english.say)).toBe(words));

test.each<[Obstacle, string]>([
  [
    { kind: 'loopback-impairs-nothing', backend: 'loopback', asked: ['up: delay 1ms | down: no impairment'] },
    'loopback has nothing between the hosts to impair (asked: up: delay 1ms | down: no impairment)',
  ],
  [
    { kind: 'relay-cannot-touch-segments', backend: 'relay', asked: ['jitter 5ms', 'reorder 1%'] },
    "the relay stands above the kernel: a TCP stream can't lose, reorder or duplicate segments there (asked: jitter 5ms, reorder 1%)",
  ],
  [
    { kind: 'server-elsewhere', backend: 'remote', asked: ['delay 1ms', 'mtu 900'] },
    'the way to a server elsewhere is what it is (asked: delay 1ms, mtu 900)',
  ],
  [
    { kind: 'no-hosts-to-set', backend: 'loopback', asked: ['net.ipv4.tcp_congestion_control = reno'] },
    'loopback has no hosts of its own to set (asked: net.ipv4.tcp_congestion_control = reno)',
  ],
  [{ kind: 'relay-knows-not', transport: 'quic' }, 'the relay knows tcp and udp, not quic'],
  [{ kind: 'relay-carries-one' }, 'the relay carries one transport at a time, and none beside it'],
  [
    { kind: 'no-congestion-control', asked: 'bbr', known: ['reno', 'cubic'] },
    'this kernel has no congestion control "bbr" (it has: reno, cubic); modprobe tcp_bbr may bring it',
  ],
])('not available: %o', (obstacle, words) => expect(obstacleWords(obstacle, english.say)).toBe(words));

describe('a run that is not whole', () => {
  test.each<[Ending, string]>([
    [
      { kind: 'under-way', ended: 3, planned: 8 },
      'after 3 of 8 trials it is still under way, or was ended from outside',
    ],
    [{ kind: 'stopped', ended: 2, planned: 6 }, 'stopped after 2 of 6 trials'],
    [{ kind: 'trials-failed', failed: 1, planned: 2 }, '1 of 2 trials failed'],
    [
      { kind: 'link-ended', backend: 'loopback', trial: 1, planned: 10 },
      'the loopback link ended in trial 1 of 10, and nothing was tried after that',
    ],
    [
      { kind: 'end-not-seen', transport: 'udp', said: 'no answer' },
      'the end of the server under udp was not seen: no answer',
    ],
    [{ kind: 'not-written', said: 'ENOSPC: the disk is full' }, 'no more could be written (ENOSPC: the disk is full)'],
  ])('%o', (ending, words) => expect(endingWords([ending], english.say)).toBe(words));

  test('says all of it', () => {
    const endings: Ending[] = [
      { kind: 'trials-failed', failed: 1, planned: 1 },
      { kind: 'link-ended', backend: 'relay', trial: 1, planned: 1 },
    ];
    expect(endingWords(endings, english.say)).toBe(
      '1 of 1 trials failed; the relay link ended in trial 1 of 1, and nothing was tried after that',
    );
  });
});
