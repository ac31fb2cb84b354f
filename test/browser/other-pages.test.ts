// Pages beside the report of one run: two runs set side by side, the gallery's index; and a page of hostile texts.
import { describe, expect, test } from 'vitest';
import { toldChanges } from '../../reports/changes/told-changes.ts';
import { htmlChanges } from '../../reports/html/changes-page.ts';
import { galleryPage } from '../../reports/html/gallery-page.ts';
import { htmlReport } from '../../reports/html/page.ts';
import { LANGUAGES } from '../../reports/language/language.ts';
import { told } from '../../reports/language/told.ts';
import { changesBetween } from '../../src/bench/changes/changes.ts';
import type { RunResult } from '../../src/bench/result.ts';
import { openPage, seriousFaults, shareBrowser } from './browser.ts';
import { reference } from './reference.ts';

shareBrowser();

const [intro, jittery] = await Promise.all([reference('intro'), reference('jitter-and-reordering')]);

/** As if everything took longer by so many per cent. */
function slower(result: RunResult, percent: number): RunResult {
  const longer = <T>(value: T) => (typeof value === 'number' ? value * (1 + percent / 100) : value);
  const cells = result.cells.map((cell) => {
    const { value, low, high } = cell.figures!['delay-p50']!;
    const later = { value: longer(value), low: longer(low)!, high: longer(high)! };
    return { ...cell, figures: { ...cell.figures, 'delay-p50': later } };
  });
  return { ...result, cells };
}

describe.each(LANGUAGES)('two runs side by side, in %s', (language) => {
  const run = (folder: string, result: RunResult) => ({ folder, result });

  test('what changed is drawn and told, and nobody is kept out', { timeout: 60_000 }, async (context) => {
    const changes = changesBetween(run('a', intro), run('b', slower(intro, 400)));
    const { page, complaints } = await openPage(context, htmlChanges(toldChanges(changes, language)));
    expect(await page.locator('#changed tbody tr').count()).toBe(intro.cells.length);
    expect(await page.locator('#changed figure').count()).toBe(1);
    expect(complaints).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });

  test('what can’t be compared is said', async (context) => {
    const changes = changesBetween(run('a', intro), run('b', jittery));
    const { page, complaints } = await openPage(context, htmlChanges(toldChanges(changes, language)));
    expect(await page.locator('#incomparable li').count()).toBe(2);
    expect(await page.locator('#changed figure').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

test('the index of the gallery leads to each report', { timeout: 60_000 }, async (context) => {
  const entries = [intro, jittery].map((result) => ({
    href: `${result.scenario.name}/report.html`,
    result: told(result, 'en'),
  }));
  const { page, complaints } = await openPage(context, galleryPage(entries));
  const all = await page.locator('.gallery a').all();
  const links = await Promise.all(all.map((link) => link.getAttribute('href')));
  expect(links).toEqual(['intro/report.html', 'jitter-and-reordering/report.html']);
  expect(complaints).toEqual([]);
  expect(await seriousFaults(page)).toEqual([]);
});

test('hostile texts are read, and never run', async (context) => {
  const hostile = told(hostileCopy(intro), 'en');
  const { page, complaints } = await openPage(context, htmlReport(hostile));
  expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
  expect(await page.locator('img, iframe, [onerror], [onload], [onclick]').count()).toBe(0);
  expect(await page.locator('h1').textContent()).toContain('<img src=x onerror=hacked=1>');
  expect(await page.locator('figure svg.chart').count()).toBeGreaterThan(10);
  expect(complaints).toEqual([]);
});

test('what gets into the page all the same is not run', async (context) => {
  const page = htmlReport(told(intro, 'en')).replace('<main>', '<main><script>globalThis.hacked = 1</script>');
  const { page: open, complaints } = await openPage(context, page);
  expect(await open.evaluate('globalThis.hacked')).toBeUndefined();
  expect(complaints.join()).toMatch(/Content Security Policy/);
});

const ATTACKS = [
  '<img src=x onerror=hacked=1>',
  '</script><script>hacked=1</script>',
  '"><svg onload=hacked=1>',
  "javascript:hacked=1 ' onclick='hacked=1",
  '\u001b]0;title\u0007\u202e<b>',
].join(' ');

/** Every text of a run, and every name in it, with an attack behind it; words that the lab itself wrote stay. */
function hostileCopy(result: RunResult): RunResult {
  const names = new Map<string, string>();
  for (const { link, transport } of result.cells) for (const name of [link, transport]) names.set(name, name + ATTACKS);
  const attack = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => attack(each, key));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, own]) => [names.get(name) ?? name, attack(own, name)] as const),
      );
    }
    if (typeof value !== 'string') return value;
    return TEXTS.has(key) ? value + ATTACKS : (names.get(value) ?? value);
  };
  return attack({ ...result, scenario: { ...result.scenario, translations: {} } }, '') as RunResult;
}

const TEXTS = new Set([
  'title',
  'question',
  'lookFor',
  'teaches',
  'sentence',
  'command',
  'formula',
  'source',
  'reading',
]);
