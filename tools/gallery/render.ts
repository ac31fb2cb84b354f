// The page of every run that is kept, and the index of them.
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { galleryPage } from '../../reports/html/gallery-page.ts';
import { htmlReport } from '../../reports/html/page.ts';
import { told } from '../../reports/language/told.ts';
import { type GalleryEntry, markdownGallery } from '../../reports/markdown-gallery.ts';
import { readResult } from '../../src/bench/folder/read-result.ts';
import { REFERENCE } from './places.ts';

export async function render(): Promise<void> {
  const folders = (await readdir(REFERENCE, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const entries: GalleryEntry[] = [];
  // The introduction first, then by name.
  const names = folders
    .map(({ name }) => name)
    .sort((a, b) => Number(b === 'intro') - Number(a === 'intro') || (a < b ? -1 : 1));
  for (const name of names) {
    const result = told(await readResult(join(REFERENCE, name)), 'en');
    await writeFile(join(REFERENCE, name, 'report.html'), htmlReport(result));
    entries.push({ href: `${name}/report.html`, result });
  }
  await writeFile(join(REFERENCE, 'index.html'), galleryPage(entries));
  await writeFile(join(REFERENCE, 'README.md'), markdownGallery(entries));
  console.log(`${entries.length} reports and their index are in ${REFERENCE}`);
}
