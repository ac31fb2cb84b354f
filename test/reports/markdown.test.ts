// The report as Markdown: tables that every renderer reads as tables, text that none reads as markup, and every part that
// there is something to say in.
import { expect, test } from 'vitest';
import { told } from '../../reports/language/told.ts';
import { markdownReport } from '../../reports/markdown.ts';
import type { HostsCount, LinkCount, RunResult } from '../../src/bench/result.ts';
import {
  BLOCKED,
  cell,
  cellName,
  comparison,
  failed,
  figure,
  figures,
  LOSSY,
  measured,
  NOTHING_DELIVERED,
  notAvailable,
  obstacle,
  result,
  underWay,
  unfinished,
  verdict,
} from './results.ts';
import { sweep } from './swept.ts';

const report = (changes: Partial<RunResult> = {}) => markdownReport(told(result(changes), 'en'));

test('a whole run', () => expect(report()).toMatchSnapshot());

const COUNTED: LinkCount = {
  offeredPackets: 6123,
  droppedPackets: { loss: 146, queue: 0 },
  duplicatedPackets: 0,
  corruptedPackets: 0,
  reorderedPackets: 3,
  latenessP99Ms: 0.064,
  lateness: { count: 6012, maxMs: 0.31, belowPowerOf2Us: [0, 0, 0, 12, 4000, 1500, 450, 40, 8, 2] },
  traffic: { up: { 'udp datagram': { packets: 1500, bytes: 400_000 } }, down: {} },
};

const AGREEING: HostsCount = {
  server: {},
  clients: {},
  agreement: [{ what: 'datagrams-received', by: 'clients', hosts: 1500, path: 1499 }],
};

const counted = {
  ...cell('lossy', 'udp', { ...LOSSY, 'wire-bytes-per-byte': figure(1.48) }),
  repetitions: [
    measured(1, LOSSY, { link: COUNTED, hosts: AGREEING }),
    measured(2, LOSSY, { link: { ...COUNTED, droppedPackets: { loss: 4, queue: 2 }, latenessP99Ms: 2.1 } }),
    failed(3, 'no | answer'),
  ],
};

test.each<[string, RunResult]>([
  ['a run', result()],
  ['nothing delivered', result({ cells: [cell('dead', 'udp', NOTHING_DELIVERED)], verdicts: [] })],
  ['names with pipes', result({ cells: [cell('a|b', 'tcp|udp', figures(BLOCKED))] })],
  ['a link that counted', result({ cells: [counted] })],
  ['a run under way', result({ cells: [cell('clean', 'tcp', underWay(figures()))], comparisons: [], verdicts: [] })],
  ['a sweep', sweep()],
  ['ten contestants', sweep({ contestants: Array.from({ length: 10 }, (_, at) => `tcp | ${at}`) })],
])('the tables of %s have as many cells in each row as in their head', (_name, run) => {
  const text = markdownReport(told(run, 'en'));
  const tables = text
    .split(/\n\n+/)
    .filter((block) => block.startsWith('|'))
    .map((block) => block.trimEnd().split('\n'));
  expect(tables.length).toBeGreaterThan(1);
  for (const [head, rule, ...rows] of tables) {
    expect(rule).toMatch(/^\|( -{3}:? \|)+$/);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of [rule!, ...rows]) expect(cellsOf(row)).toBe(cellsOf(head!));
  }
  expect(text).not.toMatch(/NaN|Infinity|undefined|null/);
});

/** A pipe behind a backslash is text. */
function cellsOf(row: string): number {
  expect(row).toMatch(/^\| .* \|$/);
  return row.replaceAll('\\|', '').split('|').length;
}

test('what was there by which deadline, with what each share can be relied on for', () => {
  const { metrics } = result();
  const share = (title: string) => ({ ...metrics['loss']!, title });
  const text = report({
    metrics: { ...metrics, 'in-time-50ms': share('in time, 50 ms'), 'in-time-500ms': share('in time, 500 ms') },
    cells: [
      cell('lossy', 'udp', {
        ...LOSSY,
        'in-time-50ms': figure(0.906, 0.89, 0.92),
        'in-time-500ms': figure(1, 0.997, 1),
      }),
    ],
  });
  expect(text).toContain('## By which deadline\n\nOf all messages sent, the share that was there in time.');
  expect(text).toContain('| link | over | in time, 50 ms | in time, 500 ms |');
  expect(text).toContain('| lossy | udp | 90.6 % (89.0 to 92.0) | 100 % (99.7 to 100) |');
});

test('what the link counted over all repetitions, and what crossed the wire for a byte delivered', () => {
  const text = report({ cells: [counted] });
  expect(text).toContain(
    '| lossy | udp | delay 10ms loss 5% | 12,246 | 150 (1.22 %) loss, 2 (0.016 %) queue | 0 | 0 | 6 (0.049 %) | 2.10 |',
  );
  expect(text).toContain(
    '| link | over | udp datagram | bytes per byte delivered |\n| --- | --- | ---: | ---: |\n| lossy | udp | 3,000 | 1.48 |',
  );
  expect(text).toContain('| lossy | udp | datagrams received by clients | 1,500 | 1,499 |');
  expect(text).toContain('| lossy | udp | 1,500 | 1,354 | 146 on the link | 0 |');
});

test('a text of several lines stays in its heading, its item or its quotation', () => {
  const text = report({
    status: { kind: 'incomplete', why: [{ kind: 'not-written', said: 'the disk\nis full' }] },
    scenario: { ...result().scenario, title: 'One\nthing' },
    cells: [unfinished('clean', 'tcp', [failed(1, 'line one\nline two')])],
    verdicts: [verdict({ sentence: 'A sentence\nof two lines.' })],
  });
  expect(text).toMatch(/^# One thing\n\n> \*\*Incomplete:\*\* no more could be written \(the disk is full\)\.\n/);
  expect(text).toContain('repetition 1, failed: line one line two.\n');
  expect(text).toContain('1. “A sentence of two lines.”');
});

/** What a renderer would not show as it is written. */
const MARKUP = '<script>alert(1)</script> &lt; *a* _b_ [c](d) `e` ~~f~~ $g$ \\h';
const ESCAPED = '\\<script>alert(1)\\</script> \\&lt; \\*a\\* \\_b\\_ \\[c\\](d) \\`e\\` \\~\\~f\\~\\~ \\$g\\$ \\\\h';

test('text stands for itself, wherever it is', () => {
  const { scenario } = result();
  const text = report({
    status: { kind: 'incomplete', why: [{ kind: 'end-not-seen', transport: MARKUP, said: MARKUP }] },
    backendWhy: MARKUP,
    scenario: {
      ...scenario,
      title: MARKUP,
      question: MARKUP,
      lookFor: MARKUP,
      teaches: MARKUP,
      contestants: [{ name: MARKUP, transport: 'tcp', knobs: {}, kernel: { [MARKUP]: MARKUP } }],
    },
    cells: [
      cell(MARKUP, MARKUP, { ...LOSSY, ...BLOCKED }),
      unfinished('x', MARKUP, [failed(1, MARKUP)]),
      notAvailable(MARKUP, 'y', obstacle(MARKUP)),
    ],
    comparisons: [comparison({ link: MARKUP, other: MARKUP })],
    fairness: [{ what: 'congestion-control', values: { [MARKUP]: { kind: 'name', name: MARKUP } } }],
    verdicts: [verdict({ sentence: MARKUP })],
    warnings: [{ kind: 'unexplained', cell: cellName(MARKUP, MARKUP, MARKUP), messages: 1 }],
    metrics: { loss: { title: MARKUP, unit: 'share', formula: MARKUP, source: MARKUP, reading: MARKUP } },
  });
  expect(text.split(ESCAPED).length).toBeGreaterThan(20);
  expect(text.replaceAll(ESCAPED, '')).not.toMatch(/script|\(1\)/);
});

test('a paragraph is neither a heading, an item nor a quotation, whatever it begins with', () => {
  const { scenario } = result();
  const beginning = (question: string) => report({ scenario: { ...scenario, question } }).split('\n\n')[1];
  expect(['# a', '- a', '+ a', '> a', '1. a', '2) a', '===', '---'].map(beginning)).toEqual([
    '\\# a',
    '\\- a',
    '\\+ a',
    '\\> a',
    '1\\. a',
    '2\\) a',
    '\\===',
    '\\---',
  ]);
  expect(['1.5 % a', 'a_b <0.001 R&D'].map(beginning)).toEqual(['1.5 % a', 'a_b <0.001 R&D']);
});

test('code with backticks is still code', () => {
  expect(report({ command: 'lab run `a`' })).toContain('To repeat: `` lab run `a` ``\n');
});

test('where nothing came there are words and no numbers', () => {
  const text = report({ cells: [cell('dead', 'udp', NOTHING_DELIVERED)], verdicts: [], comparisons: [] });
  expect(text).toContain('| dead | udp | 1,500 | 0 | 100 % (99.7 to 100) | 0 | 0 |');
  expect(text).toContain(`| dead | udp | ${Array(5).fill('not reached').join(' | ')} |`);
});

test('the spread goes from the lowest to the highest repetition, and what was not reached is the highest', () => {
  const worse = { ...LOSSY, loss: figure(0.6), 'delay-p50': figure(null) };
  const repetitions = [measured(1, worse), measured(2, LOSSY), failed(3, 'lost')];
  const text = report({ cells: [{ ...cell('lossy', 'udp', LOSSY), repetitions }] });
  expect(text).toContain('| lossy | udp | 2 | 9.73 % – 60.0 % | 20.3 – not reached | not reached |');
});

test('where nothing was measured, no table claims anything', () => {
  const text = report({
    cells: [notAvailable('lossy', 'tcp', obstacle('mtu 900'))],
    verdicts: [],
    comparisons: [],
    metrics: {},
  });
  expect(text).toContain(
    '## Not available, and why\n\n- tcp over lossy: relay has no hosts of its own to set (asked: mtu 900).\n',
  );
  expect(text).not.toMatch(/## (Verdict|From repetition|What the link did|What crossed|What arrived|Every|Where)/);
});

test('a part is there where a cell has something in it, and has that cell alone', () => {
  const cells = [cell('clean', 'tcp', figures()), cell('lossy', 'tcp', figures(BLOCKED)), cell('lossy', 'udp', LOSSY)];
  const part = (title: string) =>
    report({ cells })
      .split('## ')
      .find((each) => each.startsWith(title));
  expect(part('Head-of-line blocking')!.trim().split('\n').slice(4)).toEqual([
    '| link | over | blocked | blocked mean, ms |',
    '| --- | --- | ---: | ---: |',
    '| lossy | tcp | 21.4 % (19.7 to 23.2) | 4.32 (2.92 to 6.36) |',
  ]);
  expect(part('Round trips')).toBeUndefined();
});

test('every figure of a sweep: a table for each point, with a column for each contestant', () => {
  const text = markdownReport(told(sweep(), 'en'));
  const places = text.slice(text.indexOf('## Every figure')).split('### ').slice(1);
  expect(places.map((place) => place.split('\n')[0])).toEqual(
    ['0%', '1%', '2%', '5%', '10%'].map((loss) => `home, loss ${loss}`),
  );
  for (const place of places) expect(place).toContain('| figure | tcp | udp |\n| --- | ---: | ---: |\n');
});

test('it says why it was not the backend that one would expect, and what the contestants are', () => {
  const { scenario } = result();
  const contestants = [
    { name: 'tcp', transport: 'tcp', knobs: {}, kernel: {} },
    { name: 'slow', transport: 'tcp', knobs: { nagle: true }, kernel: {} },
  ];
  const text = report({ backendWhy: 'There is no\n/dev/net/tun here.', scenario: { ...scenario, contestants } });
  expect(text).toContain(
    '- Carrier between the hosts: `relay`\n- Why that one: The packet emulator does not work here, so the relay carries this run: There is no /dev/net/tun here.\n- slow: tcp, Nagle on.\n- Link clean: ',
  );
});
