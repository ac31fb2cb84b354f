// A run that is on disk, in the form that is asked for.
import { csvReport } from '../../reports/csv.ts';
import { markdownReport } from '../../reports/markdown.ts';
import { terminalReport } from '../../reports/terminal.ts';
import { readResult } from '../../src/bench/folder/read-result.ts';
import { paintFor } from '../paint.ts';

export type ReportFormat = 'terminal' | 'html' | 'markdown' | 'json' | 'csv';

export async function printReport(folder: string, format: ReportFormat): Promise<void> {
  const result = await readResult(folder);
  switch (format) {
    case 'terminal':
      return console.log(terminalReport(result, paintFor(process.stdout)));
    case 'html': {
      const { htmlReport } = await import('../../reports/html/page.ts');
      return void process.stdout.write(htmlReport(result));
    }
    case 'markdown':
      return void process.stdout.write(markdownReport(result));
    case 'csv':
      return void process.stdout.write(csvReport(result));
    case 'json':
      return console.log(JSON.stringify(result, null, 2));
  }
}
