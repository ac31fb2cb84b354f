// The README's pictures: single drawings of reference reports, as a browser shows them.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { PICTURES, REFERENCE } from './places.ts';

const SHOWN = [
  { picture: 'staircase.png', scenario: 'head-of-line', drawing: '#staircase figure >> nth=0' },
  { picture: 'percentiles.png', scenario: 'intro', drawing: '#percentiles figure >> nth=1' },
];

export async function takePictures(): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, deviceScaleFactor: 2 });
    for (const { picture, scenario, drawing } of SHOWN) {
      await page.goto(pathToFileURL(join(REFERENCE, scenario, 'report.html')).href);
      // What is for a hand is not for a picture.
      await page.addStyleTag({ content: '.buttons{display:none}figure{padding:12px;background:#fff}' }).catch(() => {});
      await page.locator(drawing).screenshot({ path: join(PICTURES, picture) });
    }
  } finally {
    await browser.close();
  }
  console.log(`${SHOWN.length} pictures are in ${PICTURES}`);
}
