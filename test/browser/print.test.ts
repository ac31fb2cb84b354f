// On paper: no drawing is cut by the end of a page. Each gets a mark at its top and one at its end, and both of them must be
// on one page of the PDF.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { htmlReport } from '../../reports/html/page.ts';
import { told } from '../../reports/language/told.ts';
import { needs } from '../support/ability.ts';
import { openPage, shareBrowser } from './browser.ts';
import { reference } from './reference.ts';

shareBrowser();

test.for(['intro', 'head-of-line', 'sweep-loss'])(
  '%s: every drawing is on one page',
  { timeout: 60_000 },
  async (scenario, context) => {
    needs(context, spawnSync('pdftotext', ['-v']).status === 0, 'it needs pdftotext (poppler-utils)');
    const { page } = await openPage(context, htmlReport(told(await reference(scenario), 'en')));
    const drawings = (await page.evaluate(MARK_DRAWINGS)) as number;
    const folder = mkdtempSync(join(tmpdir(), 'print-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'page.pdf');
    await page.pdf({ path: file, preferCSSPageSize: true });
    const { stdout } = spawnSync('pdftotext', [file, '-'], { encoding: 'utf8', maxBuffer: 1e8 });
    const pages = stdout.split('\f');
    const pageOf = (mark: string) => pages.findIndex((text) => new RegExp(`\\b${mark}\\b`).test(text));
    const places = Array.from({ length: drawings }, (_, at) => [pageOf(`TOP${at}E`), pageOf(`END${at}E`)]);
    expect(places.flat()).not.toContain(-1);
    expect(places.filter(([top, end]) => top !== end)).toEqual([]);
  },
);

/** Those that are printed: what a reader has to open stays closed. */
const MARK_DRAWINGS = `(() => {
  const drawings = [...document.querySelectorAll('figure')].filter((figure) => figure.closest('details') === null);
  drawings.forEach((figure, at) => {
    figure.querySelector('figcaption').append(' TOP' + at + 'E');
    const svg = figure.querySelector('svg.chart');
    const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    text.setAttribute('x', svg.viewBox.baseVal.width / 2);
    text.setAttribute('y', svg.viewBox.baseVal.height);
    text.textContent = 'END' + at + 'E';
    svg.append(text);
  });
  return drawings.length;
})()`;
