// The page of a run in a real browser: whole, quiet, readable by all, and with the figures of its run.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { htmlReport } from '../../reports/html/page.ts';
import { LANGUAGES } from '../../reports/language/language.ts';
import { numbersIn } from '../../reports/language/numbers.ts';
import { told } from '../../reports/language/told.ts';
import type { RunResult } from '../../src/bench/result.ts';
import { openPage, seriousFaults, shareBrowser } from './browser.ts';
import { reference } from './reference.ts';

shareBrowser();

const swept = await reference('head-of-line');
const jittery = await reference('jitter-and-reordering');

const pageOf = (result: RunResult) => htmlReport(told(result, 'en'));

describe.each(LANGUAGES)('in %s', (language) => {
  const html = htmlReport(told(swept, language));

  test('every section is there, in order, and nothing is complained of or asked for', async (context) => {
    const { page, complaints } = await openPage(context, html);
    const sections = await page.locator('main > section').all();
    const ids = await Promise.all(sections.map((section) => section.getAttribute('id')));
    expect(ids.filter((id) => id !== 'warnings')).toEqual([
      ...['verdict', 'staircase', 'percentiles', 'deadlines', 'timeline', 'pairs', 'ledger', 'disturbances', 'sweeps'],
      ...['side-by-side', 'figures', 'counts', 'fairness', 'every-figure', 'definitions', 'method', 'seeds'],
      'environment',
    ]);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(complaints).toEqual([]);
  });

  test.for(['light', 'dark'] as const)('nobody is kept out, %s', { timeout: 60_000 }, async (colorScheme, context) => {
    const { page } = await openPage(context, html, { colorScheme });
    expect(await seriousFaults(page)).toEqual([]);
  });

  test.for([360, 2560])('nothing is wider than %i pixels', async (width, context) => {
    const { page } = await openPage(context, html, { viewport: { width, height: 900 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });
});

test('dark and light differ, and both have ink on paper', async (context) => {
  const colours = async (colorScheme: 'light' | 'dark') => {
    const { page } = await openPage(context, pageOf(jittery), { colorScheme });
    return page.evaluate(
      '[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]',
    ) as Promise<string[]>;
  };
  const [light, dark] = [await colours('light'), await colours('dark')];
  expect(light[1]).toBe('rgb(255, 255, 255)');
  expect([dark[0], dark[1]]).not.toContain(light[0]);
  expect(dark[1]).not.toBe(light[1]);
});

test('every figure in the tables is that of the run', async (context) => {
  const { page } = await openPage(context, pageOf(swept));
  const tables = await page.evaluate(`[...document.querySelectorAll('#every-figure tbody')].map((body) =>
    [...body.rows].map((row) => [...row.cells].slice(1).map((cell) => cell.dataset.key ?? null)))`);
  const places = [...new Set(swept.cells.map(({ point }) => point))];
  const expected = places.map((point) => {
    const cells = swept.cells.filter((cell) => cell.point === point);
    return Object.keys(swept.metrics)
      .filter((id) => cells.some(({ figures }) => figures?.[id] !== undefined))
      .map((id) =>
        cells.map(({ figures }) => {
          const value = figures?.[id]?.value;
          return value === undefined ? null : String(value ?? Number.POSITIVE_INFINITY);
        }),
      );
  });
  expect(tables).toEqual(expected);
});

describe('with the script', () => {
  test('the value beneath the pointer is told, and it is that of the run', async (context) => {
    const { page } = await openPage(context, pageOf(swept));
    const { plot, staircase } = await firstStaircase(page);
    const message = staircase.givenMs.findIndex((ms) => ms !== null);
    await pointAt(page, message);
    const startMs = staircase.plannedMs[0]!;
    const { milliseconds } = numbersIn('en');
    const told = await plot.locator('.tip').textContent();
    expect(told).toContain(`message ${staircase.first + message + 1};`);
    expect(told).toContain(`planned ${milliseconds(staircase.plannedMs[message]! - startMs)} ms`);
    expect(told).toContain(`given ${milliseconds(staircase.givenMs[message]! - startMs)} ms`);
    expect(await plot.locator('.tip').isVisible()).toBe(true);
    await page.mouse.move(0, 0);
    expect(await plot.locator('.tip').isVisible()).toBe(false);
  });

  test('arrow keys go from point to point', async (context) => {
    const { page } = await openPage(context, pageOf(swept));
    const plot = page.locator('#deadlines .plot').first();
    await plot.focus();
    await page.keyboard.press('ArrowRight');
    const first = await plot.locator('.tip').textContent();
    await page.keyboard.press('ArrowRight');
    expect(await plot.locator('.tip').textContent()).not.toBe(first);
    await page.keyboard.press('Escape');
    expect(await plot.locator('.tip').isVisible()).toBe(false);
  });

  test('the staircase is zoomed, its ticks with it, and values are still told where they are', async (context) => {
    const { page } = await openPage(context, pageOf(swept));
    const { plot, staircase } = await firstStaircase(page);
    const figure = page.locator('#staircase figure').first();
    const ticks = () => figure.locator('[data-part="x-axis tick label"] text').allTextContents();
    const whole = await ticks();
    const middle = Math.floor(staircase.plannedMs.length / 2);
    for (const _ of [1, 2]) {
      const [x, y] = await pointAt(page, middle);
      await page.mouse.dblclick(x, y);
    }
    expect(await ticks()).not.toEqual(whole);
    await page.mouse.move(0, 0);
    await pointAt(page, middle);
    expect(await plot.locator('.tip').textContent()).toContain(`message ${staircase.first + middle + 1};`);
    await figure.locator('.buttons button').last().click();
    expect(await ticks()).toEqual(whole);
  });

  test('one contestant is lit up everywhere', async (context) => {
    const { page } = await openPage(context, pageOf(swept));
    const dark = (series: number) => page.locator(`.mark.s${series}.dark`).count();
    await page.locator('#percentiles .legend button').first().click();
    await page.mouse.move(0, 0);
    expect([await dark(0), (await dark(1)) > 10]).toEqual([0, true]);
    expect(await page.locator('#pairs .mark.s1.dark').count()).toBeGreaterThan(0);
    await page.locator('#percentiles .legend button').first().click();
    await page.mouse.move(0, 0);
    expect(await dark(1)).toBe(0);
  });

  test('tables are sorted by what stands behind their figures, both ways', async (context) => {
    const { page } = await openPage(context, pageOf(swept));
    const table = page.locator('#figures table').nth(1);
    const column = table.locator('tbody td:nth-child(6)');
    const keys = async () => {
      const cells = await column.all();
      return Promise.all(cells.map(async (cell) => Number(await cell.getAttribute('data-key'))));
    };
    const sorted = (await keys()).toSorted((a, b) => a - b);
    const button = table.locator('thead th:nth-child(6) button');
    await button.click();
    expect(await keys()).toEqual(sorted);
    await button.click();
    expect(await keys()).toEqual(sorted.toReversed());
    expect(await table.locator('thead th:nth-child(6)').getAttribute('aria-sort')).toBe('descending');
  });

  test('the command that repeats the run is copied', async (context) => {
    const { page } = await openPage(context, pageOf(swept), { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('#method .copy').click();
    await page.locator('#method .copy', { hasText: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(swept.command);
  });
});

test('without the script everything is there to be read', async (context) => {
  const { page } = await openPage(context, pageOf(swept), { javaScriptEnabled: false });
  expect(await page.locator('figure svg.chart').count()).toBeGreaterThan(10);
  expect(await page.locator('button').count()).toBe(0);
});

async function firstStaircase(page: Page) {
  const plot = page.locator('#staircase .plot').first();
  await plot.scrollIntoViewIfNeeded();
  return { plot, staircase: swept.cells[0]!.staircase! };
}

/** Goes to where that point of the first staircase is now, whatever the zoom. */
async function pointAt(page: Page, index: number): Promise<[number, number]> {
  const place = `(${PLACE_OF_POINT})(document.querySelector('#staircase .plot'), ${index})`;
  const [x, y] = (await page.evaluate(place)) as [number, number];
  await page.mouse.move(x, y);
  return [x, y];
}

const PLACE_OF_POINT = `(plot, index) => {
  const svg = plot.querySelector('svg');
  const area = svg.getBoundingClientRect();
  const [x, y] = JSON.parse(plot.querySelector('script').textContent)[index];
  const [zx, zy] = plot.zoomed?.(x, y) ?? [x, y];
  const scale = area.width / svg.viewBox.baseVal.width;
  return [area.left + zx * scale, area.top + zy * scale];
}`;
