// Sentences to test: about what a transport promises, and about figures.
import { describe, expect, test } from 'vitest';
import { changed, complaintAbout } from './complaint.ts';
import { read } from './library.ts';

const SWEEP: [string, string] = ['workload:', 'sweep: { loss: [1%, 2%] }\nworkload:'];

/** The claim begins in line 18. */
const claim = (...lines: string[]): [string, string] => [
  '    test: no-connection\n    transport: udp',
  lines.map((line) => `    ${line}`).join('\n'),
];

describe('a claim', () => {
  test.each(['delivers-everything', 'no-connection', 'may-lose-or-reorder'])(
    'may be about a promise: %s',
    (promise) => {
      expect(read(changed(claim(`test: ${promise}`, 'transport: tcp'))).claims).toEqual([
        { sentence: 'UDP has no connection.', test: promise, transport: 'tcp' },
      ]);
    },
  );

  test.each(['above', 'below', 'alike'])('may be about figures of cells: %s', (order) => {
    const text = changed(
      claim(
        `test: ${order}`,
        'metric: delay-p99',
        'of: { transport: tcp, link: lossy, point: loss 2% }',
        'than: { transport: udp }',
      ),
      SWEEP,
    );
    expect(read(text).claims).toEqual([
      {
        sentence: 'UDP has no connection.',
        test: order,
        metric: 'delay-p99',
        of: { transport: 'tcp', link: 'lossy', point: 'loss 2%' },
        than: { transport: 'udp', link: undefined, point: undefined },
      },
    ]);
  });

  test('may set a figure of all cells against a number', () => {
    const { claims } = read(changed(claim('test: below', 'metric: loss', 'of: {}', 'than: 0.01')));
    expect(claims).toMatchObject([{ than: 0.01, of: { transport: undefined, link: undefined, point: undefined } }]);
  });
});

describe('told with its place:', () => {
  const above = (...lines: string[]) => claim('test: above', 'metric: loss', ...lines);

  test.each<[what: string, change: [string, string], complaint: string]>([
    [
      'a test that there is not',
      claim('test: is-fast'),
      '19:11: claims.0.test: unknown "is-fast"; known: delivers-everything, no-connection, may-lose-or-reorder, above, below, alike',
    ],
    [
      'no sentence',
      ['sentence: UDP has no connection.', 'sentence: " "'],
      '18:15: claims.0.sentence: is empty; write some text',
    ],
    [
      'a promise of nobody',
      claim('test: no-connection'),
      '18:5: claims.0.transport: is missing; write which of the transports',
    ],
    [
      'a promise of a stranger',
      claim('test: no-connection', 'transport: quic'),
      '20:16: claims.0.transport: "quic" is no transport of this scenario; it has: tcp, udp',
    ],
    [
      'a promise with a metric',
      claim('test: no-connection', 'transport: udp', 'metric: loss'),
      '21:5: claims.0.metric: has no meaning here: no-connection is about a transport alone',
    ],
    [
      'figures of a transport',
      above('transport: tcp', 'of: { link: clean }', 'than: 1'),
      '21:5: claims.0.transport: has no meaning here: above is about cells; write of: { transport: … }',
    ],
    [
      'figures of nothing',
      above('than: 1'),
      '18:5: claims.0.of: is missing; write which cells, as in { transport: tcp }',
    ],
    [
      'figures without another side',
      above('of: { transport: tcp }'),
      '18:5: claims.0.than: is missing; write which cells, as in { transport: udp }, or a number',
    ],
    [
      'no metric',
      claim('test: above', 'of: {}', 'than: 1'),
      '18:5: claims.0.metric: is missing; write a metric (lab explain lists them)',
    ],
    [
      'a stranger',
      above('of: { transport: quic }', 'than: 1'),
      '21:22: claims.0.of.transport: "quic" is no transport of this scenario; it has: tcp, udp',
    ],
    [
      'a strange link',
      above('of: { link: far }', 'than: 1'),
      '21:17: claims.0.of.link: "far" is no link of this scenario; it has: clean, lossy, jittery',
    ],
    [
      'a point without a sweep',
      above('of: { point: loss 3% }', 'than: 1'),
      '21:18: claims.0.of.point: "loss 3%" is no point of the sweep of this scenario; it has: none',
    ],
    [
      'a stranger on the other side',
      above('of: {}', 'than: { link: far }'),
      '22:19: claims.0.than.link: "far" is no link of this scenario; it has: clean, lossy, jittery',
    ],
    [
      'a key that there is not',
      above('of: { trasport: tcp }', 'than: 1'),
      '21:11: claims.0.of.trasport: unknown; known here: transport, link, point',
    ],
    [
      'one on the other side',
      above('of: {}', 'than: { lnk: clean }'),
      '22:13: claims.0.than.lnk: unknown; known here: transport, link, point',
    ],
    [
      'a number in words',
      above('of: {}', 'than: four'),
      '22:11: claims.0.than: "four" will not do; write cells, as in { transport: udp }, or a number',
    ],
    [
      'cells against themselves',
      above('of: { transport: tcp }', 'than: { transport: tcp }'),
      '22:11: claims.0.than: means the same cells as "of"; write what is different about them',
    ],
    [
      'cells against nothing else',
      above('of: { transport: tcp }', 'than: {}'),
      '22:11: claims.0.than: means the same cells as "of"; write what is different about them',
    ],
  ])('%s', (_what, change, complaint) => {
    expect(complaintAbout(changed(change))).toBe(complaint);
  });

  test('a metric that there is not, with those that there are', () => {
    const text = changed(claim('test: above', 'metric: speed', 'of: {}', 'than: 1'));
    expect(complaintAbout(text)).toMatch(/^20:13: claims\.0\.metric: unknown "speed"; known: .*delay-p99.*goodput/);
  });

  test('a point that the sweep has not', () => {
    const text = changed(above('of: { point: loss 3% }', 'than: 1'), SWEEP);
    expect(complaintAbout(text)).toBe(
      '22:18: claims.0.of.point: "loss 3%" is no point of the sweep of this scenario; it has: loss 1%, loss 2%',
    );
  });

  test('no-connection where no server is killed', () => {
    expect(complaintAbout(changed(['vanishing: { watch: 1s }\n', '']))).toBe(
      '18:11: claims.0.test: no-connection is tested by killing the server; add "vanishing: { watch: 1s }"',
    );
  });
});
