// The page as text: what stands in it, and what can't become markup. test/browser shows it to a browser.
import { createHash } from 'node:crypto';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { html, trusted } from '../../reports/html/html.ts';
import { htmlReport } from '../../reports/html/page.ts';
import { told } from '../../reports/language/told.ts';
import type { Cell, CellName, RunResult } from '../../src/bench/result.ts';
import {
  cell,
  comparison,
  failed,
  figure,
  figures,
  LOSSY,
  NOTHING_DELIVERED,
  notAvailable,
  result,
  unfinished,
} from './results.ts';
import { sweep } from './swept.ts';

const HOSTILE = `<script>alert(1)</script>"'&\u001b[31m\u202e`;

function page(of: RunResult) {
  return parseHTML(htmlReport(told(of, 'en'))).document;
}

/** As a reader sees it: without what scripts and styles hold. */
function text(of: RunResult): string {
  const { body } = page(of);
  for (const unseen of body.querySelectorAll('script, style')) unseen.remove();
  return body.textContent!.replace(/\s+/g, ' ');
}

const sectionsOf = (of: RunResult) => [...page(of).querySelectorAll('main > section')].map(({ id }) => id);

const BAD = [{ direction: 'up', cause: 'loss', fromMs: 9, toMs: 11 }] as const;

/** With something to draw in every kind of picture. */
function drawn(of: Cell): Cell {
  const decline = { title: '', x: [1, 2, 4, 8], y: [0.5, 0.2, 0.1, 0] };
  return {
    ...of,
    figures: {
      ...of.figures,
      blocked: figure(0.2, 0.1, 0.3),
      'ipdv-p99': figure(3),
      reordered: figure(0.1, 0.05, 0.2),
    },
    curves: {
      deadlines: { title: '', x: [10, 20, 40, 80], y: [0, 0.5, 0.9, 0.95] },
      'reorder-density': { title: '', x: [-1, 0, 1], y: [0.1, 0.8, 0.1] },
      'loss-runs': { title: '', x: [1, 2], y: [3, 1.5] },
      'delay-variation': decline,
      blocking: decline,
    },
    account: { sent: 100, delivered: 90, lost: { 'up: loss': 6, 'socket buffer at server': 4 }, unexplained: 0 },
    staircase: {
      repetition: 1,
      flow: 0,
      first: 0,
      plannedMs: [0, 10, 20],
      atServerMs: [12, null, 20],
      releasedAtServerMs: [12, null, 24],
      atHostMs: [25, null, 30],
      givenMs: [26, null, 41],
      badMoments: BAD,
    },
    timeline: {
      repetition: 1,
      slotMs: 500,
      sent: [2, 0, 1],
      lost: [1, 0, 0],
      leastMs: [20, null, 21],
      medianMs: [20, null, 21],
      mostMs: [30, null, 21],
      badMoments: BAD,
    },
  };
}

const PAIRED = comparison({
  link: 'lossy',
  pairs: {
    figures: { 'other-earlier': { value: 0.7 }, 'only-baseline': { value: 0.1 } },
    differenceMs: {},
    grid: { stepsPerDecade: 20, baselineMs: [20, 20, null], otherMs: [20, null, 25], pairs: [90, 8, 2] },
  },
});

const DRAWN = result({
  cells: [drawn(cell('lossy', 'tcp', figures())), drawn(cell('lossy', 'udp', LOSSY))],
  comparisons: [PAIRED],
});

describe('HTML', () => {
  test('escapes text, in lists too, and leaves HTML alone', () => {
    expect(html`<p title="${'"'}">${HOSTILE}${[html`<b>${'<'}</b>`, '&']}${3}</p>`.markup).toBe(
      '<p title="&quot;">&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp; [31m<b>&lt;</b>&amp;3</p>',
    );
    expect(html`${trusted('<i></i>')}`.markup).toBe('<i></i>');
  });
});

describe('the page', () => {
  test('has its sections in their order', () => {
    expect(sectionsOf(DRAWN)).toEqual([
      ...['verdict', 'staircase', 'percentiles', 'deadlines', 'timeline', 'pairs', 'ledger', 'disturbances'],
      ...['side-by-side', 'figures', 'counts', 'fairness', 'every-figure', 'definitions', 'method', 'seeds'],
      'environment',
    ]);
  });

  test('asks nobody for anything, and runs its own script alone', () => {
    const document = page(DRAWN);
    const markup = htmlReport(told(DRAWN, 'en'));
    expect(/.{0,40}(?:src|href)=".{0,40}|url\((?!#).{0,40}|@import/.exec(markup)?.[0]).toBe(undefined);
    const run = [...document.querySelectorAll('script')].filter(({ type }) => type !== 'application/json');
    expect(run).toHaveLength(1);
    const [script] = /(?<=<script>)[\s\S]*?(?=<\/script>)/.exec(markup)!;
    const hash = createHash('sha256').update(script).digest('base64');
    const policy = document.querySelector('meta[http-equiv]')!.getAttribute('content');
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).toContain(`script-src 'sha256-${hash}'`);
  });

  test('says of every drawing what it shows', () => {
    const labels = [...page(DRAWN).querySelectorAll('svg.chart')].map((drawing) => [
      drawing.getAttribute('role'),
      drawing.getAttribute('aria-label')!,
    ]);
    expect(labels.map(([role]) => role)).toEqual(labels.map(() => 'img'));
    const said = labels.map(([, label]) => label);
    expect(said).toContain(
      'lossy. tcp: of 3 messages, 1 lost; the longest wait at the receiver’s host was 11.0 ms. udp: of 3 messages, 1 lost; the longest wait at the receiver’s host was 11.0 ms.',
    );
    expect(said).toContain(
      'lossy. tcp: 50 % within 20.3 ms, 99 % within 25.0 ms, 0 % lost. udp: 50 % within 20.3 ms, 99 % not reached, 9.73 % lost.',
    );
    expect(said).toContain(
      'udp against tcp, lossy. Of 100 messages, udp came earlier for 70.0 %; tcp alone delivered 10.0 %.',
    );
    expect(said.filter((label) => label.length < 20 || /undefined|NaN|null/.test(label))).toEqual([]);
  });

  test('can be read point by point', () => {
    const [staircase] = page(DRAWN).querySelectorAll('#staircase script.points');
    const points = JSON.parse(staircase!.textContent!) as [number, number, string][];
    expect(points.map(([, , said]) => said)).toContain(
      'tcp, message 3; planned 20.0 ms; given 41.0 ms; waited at the host 11.0 ms',
    );
    expect(points.map(([, , said]) => said)).toContain('udp, message 2; planned 10.0 ms; never came');
    expect(points.every(([x, y]) => x >= 0 && x <= 520 && y >= 0 && y <= 380)).toBe(true);
  });

  test('has the figures of the result', () => {
    expect(text(DRAWN)).toContain('9.73 %');
  });

  test('of a run without drawings has none of their sections', () => {
    const sections = sectionsOf(result({ cells: [cell('lossy', 'tcp', figures())], comparisons: [] }));
    for (const id of ['staircase', 'percentiles', 'timeline', 'pairs', 'sweeps']) expect(sections).not.toContain(id);
  });

  test('of a sweep draws its figures along it, and shows four places of many', () => {
    const whole = sweep();
    expect(sectionsOf(whole)).toContain('sweeps');
    const cells = Array.from({ length: 7 }, (_, at) => ({
      ...drawn(cell('lossy', 'tcp', figures())),
      point: `at ${at}`,
    }));
    const document = page(result({ cells }));
    expect(document.querySelectorAll('#staircase > .charts figure')).toHaveLength(4);
    expect(document.querySelectorAll('#staircase details figure')).toHaveLength(3);
    expect(document.querySelector('#staircase summary')!.textContent).toBe('3 places more');
  });

  test('draws the model beside what was measured, where there is one', () => {
    const whole = sweep();
    const cells = whole.cells.map((own) => ({
      ...own,
      ...(own.transport === 'tcp' && { prediction: { model: 'square-root', goodputBitsPerSecond: 9e5 } as const }),
    }));
    const models = (of: RunResult) =>
      [...page(of).querySelectorAll('#sweeps text')].filter(({ textContent }) => textContent === 'model');
    expect([models({ ...whole, cells }).length, models(whole).length]).toEqual([1, 0]);
  });

  test('says of a figure along a sweep where it was not reached', () => {
    const points = [...page(sweep()).querySelectorAll('#sweeps script.points')].flatMap(({ textContent }) =>
      (JSON.parse(textContent!) as [number, number, string][]).map(([, , said]) => said),
    );
    expect(points).toContain('udp, loss 10%: not reached');
    expect(points).toContain('tcp, loss 10%: 400 ms');
  });

  test.each([
    ['in which nothing was delivered', [drawn(cell('dead', 'udp', NOTHING_DELIVERED))]],
    [
      'in which nothing was measured',
      [notAvailable('lossy', 'tcp'), unfinished('lossy', 'udp', [failed(1, 'it died')])],
    ],
    ['of one message', [oneMessage(20)]],
    ['of one message that never came', [oneMessage(null)]],
    ['without cells', []],
  ])('of a run %s is a page all the same', (_, cells) => {
    const whole = result({ cells, comparisons: [] });
    expect(text(whole)).toContain('Method');
    expect(oddNumbers(whole)).toEqual([]);
  });

  test('says what could not be measured', () => {
    const none = [notAvailable('lossy', 'tcp'), unfinished('lossy', 'udp', [failed(1, 'it died')])];
    expect(text(result({ cells: none }))).toContain(
      'lossy over udp, repetition 1, failed: it died'.replace('lossy over udp', 'udp over lossy'),
    );
  });

  test('makes no markup of what somebody calls himself', () => {
    const scripts = page(DRAWN).querySelectorAll('script').length;
    const hostile = hostileRun();
    const document = page(hostile);
    expect(document.querySelectorAll('script')).toHaveLength(scripts);
    expect(document.querySelectorAll('script:not([type])')).toHaveLength(1);
    expect(document.querySelector('h1')!.textContent).toContain('<script>alert(1)</script>');
    const markup = htmlReport(told(hostile, 'en'));
    expect(['\u001b', '\u202e'].filter((character) => markup.includes(character))).toEqual([]);
  });
});

/** Outside the script, which may speak of them. */
function oddNumbers(of: RunResult): string[] {
  const markup = htmlReport(told(of, 'en')).replace(/<script>[\s\S]*?<\/script>/, '');
  return [...markup.matchAll(/.{0,60}(?:NaN|undefined|Infinity(?!"))/g)].map(([odd]) => odd);
}

/** @param ms when it came; null: never */
function oneMessage(ms: number | null): Cell {
  const count = ms === null ? 0 : 1;
  const delays = ['delay-min', 'delay-p50', 'delay-p99'].map((id) => [id, figure(ms)]);
  return {
    ...cell('lossy', 'udp', {
      ...figures({ sent: figure(1), delivered: figure(count), loss: figure(1 - count) }),
      ...Object.fromEntries(delays),
    }),
    curves: { deadlines: { title: '', x: [10, 20, 40], y: ms === null ? [0, 0, 0] : [0, 1, 1] } },
    account: { sent: 1, delivered: count, lost: { 'up: loss': 1 - count }, unexplained: 0 },
    staircase: {
      repetition: 1,
      flow: 0,
      first: 0,
      plannedMs: [0],
      atServerMs: [null],
      releasedAtServerMs: [null],
      atHostMs: [null],
      givenMs: [ms],
    },
    timeline: { repetition: 1, slotMs: 50, sent: [1], lost: [1 - count], leastMs: [ms], medianMs: [ms], mostMs: [ms] },
  };
}

/** Every name and text that comes from outside is hostile. */
function hostileRun(): RunResult {
  const name: CellName = { transport: HOSTILE, link: HOSTILE, point: HOSTILE };
  const cells = DRAWN.cells.map((own) => ({
    ...own,
    ...name,
    account: { sent: 2, delivered: 1, lost: { [HOSTILE]: 1 }, unexplained: 0 },
    repetitions: [...own.repetitions, failed(9, HOSTILE)],
  }));
  const { scenario } = DRAWN;
  return {
    ...DRAWN,
    cells,
    comparisons: [{ ...PAIRED, ...name, baseline: HOSTILE, other: HOSTILE }],
    metrics: Object.fromEntries(
      Object.entries(DRAWN.metrics).map(([id, metric]) => [id, { ...metric, title: HOSTILE, formula: HOSTILE }]),
    ),
    scenario: {
      ...scenario,
      title: HOSTILE,
      question: HOSTILE,
      lookFor: HOSTILE,
      teaches: HOSTILE,
      links: [HOSTILE],
      contestants: [{ name: HOSTILE, transport: HOSTILE, knobs: {}, kernel: { [HOSTILE]: HOSTILE } }],
      points: [{ ...scenario.points[0]!, name: HOSTILE, links: { [HOSTILE]: HOSTILE } }],
    },
    backendWhy: HOSTILE,
    command: HOSTILE,
    environment: { ...DRAWN.environment, processor: HOSTILE, kernel: { [HOSTILE]: HOSTILE } },
    status: { kind: 'incomplete', why: [{ kind: 'not-written', said: HOSTILE }] },
    warnings: [{ kind: 'unexplained', cell: name, messages: 1 }],
  };
}

test.each<[what: string, x: number[], y: number[]]>([
  ['falls', [10, 20, 30, 40], [0, 0, 0.5, 0]],
  ['has fewer delays than shares', [10], [0, 0, 0.5, 0.9]],
])('a curve that %s is not drawn, and the page is made', (_what, x, y) => {
  const curves = { deadlines: { title: '', x, y } };
  expect(text(result({ cells: [{ ...cell('clean', 'tcp', figures()), curves }] }))).toContain('clean');
});
