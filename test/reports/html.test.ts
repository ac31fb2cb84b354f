// The page as text: what stands in it, and what can't become markup. test/reports has no browser.
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { html, trusted } from '../../reports/html/html.ts';
import { htmlReport } from '../../reports/html/page.ts';
import type { Cell, RunResult } from '../../src/bench/result.ts';
import { cell, failed, figures, LOSSY, NOTHING_DELIVERED, notAvailable, result, unfinished } from './results.ts';

const HOSTILE = `<script>alert(1)</script>"'&\u001b[31m\u202e`;

function page(of: RunResult) {
  const { document } = parseHTML(htmlReport(of));
  return document;
}

const text = (of: RunResult) => page(of).body.textContent!.replace(/\s+/g, ' ');

function drawn(of: Cell): Cell {
  return {
    ...of,
    curves: { deadlines: { title: 'deadlines', x: [10, 20, 40, 80], y: [0, 0.5, 0.9, 0.95] } },
    staircase: {
      repetition: 1,
      flow: 0,
      first: 0,
      plannedMs: [0, 10, 20],
      atServerMs: [12, null, 20],
      releasedAtServerMs: [12, null, 24],
      atHostMs: [25, null, 30],
      givenMs: [26, null, 41],
      badMoments: [{ direction: 'up', cause: 'loss', fromMs: 9, toMs: 11 }],
    },
  };
}

describe('HTML', () => {
  test('escapes text, in lists too, and leaves HTML alone', () => {
    expect(html`<p title="${'"'}">${HOSTILE}${[html`<b>${'<'}</b>`, '&']}${3}</p>`.markup).toBe(
      '<p title="&quot;">&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp; [31m<b>&lt;</b>&amp;3</p>',
    );
    expect(html`${trusted('<i></i>')}`.markup).toBe('<i></i>');
  });
});

describe('the page', () => {
  const cells = [drawn(cell('lossy', 'tcp', figures())), drawn(cell('lossy', 'udp', LOSSY))];

  test('has its sections in their order, and asks nobody for anything', () => {
    const markup = htmlReport(result({ cells }));
    const sections = [...page(result({ cells })).querySelectorAll('section')].map(({ id }) => id);
    expect(
      sections.filter((id) => ['verdict', 'staircase', 'percentiles', 'deadlines', 'figures', 'method'].includes(id)),
    ).toEqual(['verdict', 'staircase', 'percentiles', 'deadlines', 'figures', 'method']);
    expect(markup).not.toMatch(/(?:src|href)="|url\(|@import|<script/);
  });

  test('says of every drawing what it shows', () => {
    const drawings = [...page(result({ cells })).querySelectorAll('svg.chart')];
    expect(drawings).toHaveLength(3);
    for (const drawing of drawings) {
      expect(drawing.getAttribute('role')).toBe('img');
      expect(drawing.getAttribute('aria-label')).toMatch(/^lossy\. tcp: .* udp: /);
    }
    expect(drawings[0]!.getAttribute('aria-label')).toContain(
      "1 were lost; the longest wait at the receiver's host was 11.0 ms",
    );
  });

  test('has the figures of the result', () => {
    expect(text(result({ cells }))).toContain('9.73 %');
  });

  test('of a run without drawings has none of their sections', () => {
    const sections = [...page(result({ cells: [cell('lossy', 'tcp', figures())] })).querySelectorAll('section')];
    expect(sections.map(({ id }) => id)).not.toContain('staircase');
    expect(sections.map(({ id }) => id)).not.toContain('percentiles');
  });

  test('of a run in which nothing was delivered, or nothing measured, is a page all the same', () => {
    const nothing = [drawn(cell('dead', 'udp', NOTHING_DELIVERED))];
    expect(text(result({ cells: nothing }))).toContain('Method');
    const none = [notAvailable('lossy', 'tcp', 'no packets'), unfinished('lossy', 'udp', [failed(1, 'it died')])];
    expect(text(result({ cells: none }))).toContain(
      'lossy over tcp: no packets.lossy over udp, repetition 1, failed: it died.',
    );
  });

  test('makes no markup of what somebody calls himself', () => {
    const whole = result({ cells: [drawn(cell(HOSTILE, HOSTILE, figures()))] });
    const hostile = { ...whole, scenario: { ...whole.scenario, title: HOSTILE, question: HOSTILE }, command: HOSTILE };
    const { document } = parseHTML(htmlReport(hostile));
    expect(document.querySelectorAll('script')).toHaveLength(0);
    expect(document.querySelector('h1')!.textContent).toContain('<script>alert(1)</script>');
    for (const character of ['\u001b', '\u202e']) expect(htmlReport(hostile)).not.toContain(character);
  });
});
