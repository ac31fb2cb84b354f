// A real browser for pages: Debian's chromium, or one that CHROMIUM names.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished, type TestContext } from 'vitest';
import { needs } from '../support/ability.ts';

const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));

let browser: Browser | undefined;

/** One for all tests of a file. */
export function shareBrowser(): void {
  beforeAll(async () => {
    if (executablePath !== undefined) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());
}

export interface OpenPage {
  readonly page: Page;
  /** What the page complained of, and what it asked for beside itself. */
  readonly complaints: string[];
}

/** The page on disk, as a reader opens it. */
export async function openPage(
  context: TestContext,
  html: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  needs(context, browser !== undefined, 'it needs chromium: install it, or name a browser in CHROMIUM');
  const folder = await mkdtemp(join(tmpdir(), 'page-'));
  const file = join(folder, 'report.html');
  await writeFile(file, html);
  const window = await browser!.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  onTestFinished(async () => {
    await window.close();
    await rm(folder, { recursive: true });
  });
  const page = await window.newPage();
  const complaints: string[] = [];
  const url = pathToFileURL(file).href;
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => request.url() !== url && complaints.push(`request: ${request.url()}`));
  await page.goto(url);
  return { page, complaints };
}

/** What axe finds serious or worse, in words, with the first element of each. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  // Of what is as it should be, axe need not say where it is.
  const { violations } = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as axe.AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 200)}`);
}
