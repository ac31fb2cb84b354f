// A verdict in words: what a reader is told of each outcome, and by what it is carried.
import { describe, expect, test } from 'vitest';
import { told } from '../../reports/language/told.ts';
import { verdictWords } from '../../reports/verdict-words.ts';
import type { FigureEvidence, Verdict } from '../../src/bench/result.ts';
import { cellName, evidence, figureEvidence, result, verdict } from './results.ts';

const MAY_LOSE = verdict({ evidence: [] });
const english = told(result(), 'en');

const noticed = (milliseconds: number | null) => ({ transport: 'udp', watchedMs: 1000, noticedAfterMs: milliseconds });

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
    'faults in one cell of several: the others share a sentence',
    { evidence: [evidence('a'), evidence('bad', { lost: 15 }), evidence('b'), evidence('c', { sent: 100 })] },
    'holds',
    [
      'a, b and c: of 3,100 messages, all delivered once, in order, undamaged.',
      'bad: of 1,500 messages, 15 lost (1.00 %).',
    ],
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
        { link: 'a', point: '', kind: 'not-available' },
        { link: 'b', point: '', kind: 'not-available' },
        { link: 'c', point: 'loss 1%', kind: 'not-measured' },
      ],
    },
    'not tested',
    [
      "Not tested over a, b: the relay backend can't put UDP there (reasons below).",
      'Not tested over c at loss 1%: no repetition came to its end.',
    ],
  ],
  [
    'a server that vanished unnoticed',
    { test: 'no-connection', outcome: 'held', vanishing: [noticed(null)] },
    'holds',
    ['When the server was killed, the user on UDP was told nothing in 1 s.'],
  ],
  [
    'a server that was seen to vanish',
    { test: 'no-connection', outcome: 'refuted', vanishing: [noticed(3.349)] },
    'does not hold',
    ['When the server was killed, the user on UDP was told within 3.35 ms.'],
  ],
  [
    'a contestant that is no transport keeps its name',
    {
      test: 'no-connection',
      transport: 'udp, large buffer',
      vanishing: [{ ...noticed(null), transport: 'udp, large buffer' }],
    },
    'holds',
    ['When the server was killed, the user on udp, large buffer was told nothing in 1 s.'],
  ],
  [
    'a server that nobody killed',
    { test: 'no-connection', outcome: 'not-tested', vanishing: [{ ...noticed(2), transport: 'tcp' }] },
    'not tested',
    [
      'When the server was killed, the user on TCP was told within 2.00 ms.',
      'Nobody watched what a user on UDP learns when the server is killed: the run ended before.',
    ],
  ],
])('%s', (_what, changes, outcome, because) => {
  expect(verdictWords({ ...MAY_LOSE, ...changes }, english)).toEqual({ outcome, because });
});

describe('figures', () => {
  const { than: _, ...alone } = figureEvidence();
  const about = (figure: FigureEvidence, outcome: Verdict['outcome'] = 'held') =>
    verdictWords(verdict({ test: 'above', transport: '', outcome, evidence: [], figures: [figure] }), english);

  test.each<[string, FigureEvidence, string]>([
    [
      'more',
      figureEvidence(),
      'delay p99: 231 ms for tcp over lossy, 24.1 ms for udp over lossy: more, by 207 ms (180 to 240).',
    ],
    [
      'less, of a share',
      figureEvidence({
        metric: 'loss',
        value: 0.01,
        thanValue: 0.1,
        difference: { value: -0.09, low: -0.1, high: -0.05 },
        conclusion: 'less',
      }),
      'loss: 1.00 % for tcp over lossy, 10.0 % for udp over lossy: less, by 9.00 percentage points (5.00 to 10.0).',
    ],
    [
      'one that was not reached',
      figureEvidence({ value: null, difference: { value: null, low: null, high: null } }),
      'delay p99: not reached for tcp over lossy, 24.1 ms for udp over lossy: more.',
    ],
    [
      'no difference',
      figureEvidence({ thanValue: 230, difference: { value: 1, low: -3, high: null }, conclusion: 'no-difference' }),
      'delay p99: 231 ms for tcp over lossy, 230 ms for udp over lossy: no difference: 1.00 ms (at least −3.00).',
    ],
    [
      'a number',
      { ...alone, thanValue: 100, difference: { value: 131 } },
      'delay p99: 231 ms for tcp over lossy, against 100 ms: more, by 131 ms.',
    ],
    [
      'a metric that the run does not explain',
      { ...alone, metric: 'new', value: 2, thanValue: 1, difference: { value: 1 } },
      'new: 2.00 for tcp over lossy, against 1.00: more, by 1.00.',
    ],
    [
      'cells of a sweep, each with its point',
      figureEvidence({ of: cellName('tcp', 'a', 'loss 1%'), than: cellName('udp', 'a', 'loss 1%') }),
      'delay p99: 231 ms for tcp over a at loss 1%, 24.1 ms for udp over a at loss 1%: more, by 207 ms (180 to 240).',
    ],
  ])('%s', (_what, figure, words) => expect(about(figure).because).toEqual([words]));

  test('that support nothing were looked at all the same', () => {
    expect(about(figureEvidence({ conclusion: 'not-supported' }), 'not-tested')).toEqual({
      outcome: 'was not seen',
      because: [expect.stringContaining(': not enough to say')],
    });
  });
});
