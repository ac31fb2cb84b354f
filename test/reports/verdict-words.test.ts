// A verdict in words: what a reader is told of each outcome, and by what it is carried.
import { expect, test } from 'vitest';
import { verdictWords } from '../../reports/verdict-words.ts';
import type { CellEvidence, Verdict } from '../../src/bench/result.ts';

const MAY_LOSE: Verdict = {
  sentence: 'Over UDP, data may arrive out of order or be lost.',
  test: 'may-lose-or-reorder',
  transport: 'udp',
  outcome: 'held',
  evidence: [],
  vanishing: [],
  untested: [],
};

function evidence(link: string, changes: Partial<CellEvidence> = {}): CellEvidence {
  return { link, sent: 1500, lost: 0, duplicates: 0, reordered: 0, damaged: 0, ...changes };
}

const told = (milliseconds: number | null) => ({ transport: 'udp', watchedMs: 1000, noticedAfterMs: milliseconds });

test.each<[string, Partial<Verdict>, string, string[]]>([
  [
    'every fault',
    { outcome: 'refuted', evidence: [evidence('bad', { lost: 15, reordered: 2, duplicates: 1, damaged: 3 })] },
    'does not hold',
    ['bad: of 1,500 messages, 15 lost (1.00 %), 2 out of order, 1 delivered again, 3 damaged.'],
  ],
  [
    'no fault',
    { outcome: 'held', evidence: [evidence('clean', { sent: 1 })] },
    'holds',
    ['clean: of 1 message, all delivered once, in order, undamaged.'],
  ],
  [
    'looked for and not seen',
    { outcome: 'not-tested', evidence: [evidence('clean')] },
    'was not seen',
    ['clean: of 1,500 messages, all delivered once, in order, undamaged.'],
  ],
  [
    'looked at nowhere',
    {
      outcome: 'not-tested',
      evidence: [],
      untested: [
        { link: 'a', kind: 'not-available', why: 'x' },
        { link: 'b', kind: 'not-available', why: 'y' },
        { link: 'c', kind: 'not-measured', why: 'z' },
      ],
    },
    'not tested',
    [
      "Not tested over a, b: the relay backend can't put UDP there (reasons below).",
      'Not tested over c: no repetition came to its end.',
    ],
  ],
  [
    'a server that vanished unnoticed',
    { test: 'no-connection', outcome: 'held', vanishing: [told(null)] },
    'holds',
    ['When the server was killed, the user on UDP was told nothing in 1 s.'],
  ],
  [
    'a server that was seen to vanish',
    { test: 'no-connection', outcome: 'refuted', vanishing: [told(3.349)] },
    'does not hold',
    ['When the server was killed, the user on UDP was told within 3.35 ms.'],
  ],
  [
    'a server that nobody killed',
    { test: 'no-connection', outcome: 'not-tested', vanishing: [{ ...told(2), transport: 'tcp' }] },
    'not tested',
    [
      'When the server was killed, the user on TCP was told within 2.00 ms.',
      'Nobody watched what a user on UDP learns when the server is killed: the run ended before.',
    ],
  ],
])('%s', (_what, changes, outcome, because) => {
  expect(verdictWords({ ...MAY_LOSE, ...changes }, 'relay')).toEqual({ outcome, because });
});
