// A run that is on disk, in the form that is asked for.
import { join, resolve } from 'node:path';
import { csvReport } from '../../reports/csv.ts';
import type { Language } from '../../reports/language/language.ts';
import { told } from '../../reports/language/told.ts';
import { markdownReport } from '../../reports/markdown.ts';
import { terminalReport } from '../../reports/terminal.ts';
import { readResult } from '../../src/bench/folder/read-result.ts';
import { replaceFile } from '../../src/bench/folder/replace-file.ts';
import type { RunResult } from '../../src/bench/result.ts';
import { openInBrowser } from '../open-in-browser.ts';
import { paintFor } from '../paint.ts';
import { notWritten } from '../save-file.ts';

export type ReportFormat = 'terminal' | 'html' | 'markdown' | 'json' | 'csv';

export async function printReport(folder: string, format: ReportFormat, language: Language): Promise<void> {
  const result = await readResult(folder);
  switch (format) {
    case 'terminal':
      return console.log(terminalReport(told(result, language), paintFor(process.stdout)));
    case 'html':
      return void process.stdout.write(await pageOf(result, language));
    case 'markdown':
      return void process.stdout.write(markdownReport(told(result, language)));
    case 'csv':
      return void process.stdout.write(csvReport(result));
    case 'json':
      return console.log(JSON.stringify(result, null, 2));
  }
}

/** Makes the page anew in the run's folder, and shows it. */
export async function openReport(folder: string, language: Language): Promise<void> {
  const file = resolve(join(folder, 'report.html'));
  const page = await pageOf(await readResult(folder), language);
  await replaceFile(file, page).catch(notWritten(file));
  await openInBrowser(file);
}

async function pageOf(result: RunResult, language: Language): Promise<string> {
  const { htmlReport } = await import('../../reports/html/page.ts');
  return htmlReport(told(result, language));
}
