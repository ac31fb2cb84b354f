// A run that is on disk, in the form that is asked for.
import { markdownReport } from '../../reports/markdown.ts';
import { terminalReport } from '../../reports/terminal.ts';
import { readResult } from '../../src/bench/read-result.ts';
import { paintFor } from '../paint.ts';

export async function printReport(folder: string, format: 'terminal' | 'markdown' | 'json'): Promise<void> {
  const result = await readResult(folder);
  switch (format) {
    case 'terminal':
      return console.log(terminalReport(result, paintFor(process.stdout)));
    case 'markdown':
      return void process.stdout.write(markdownReport(result));
    case 'json':
      return console.log(JSON.stringify(result, null, 2));
  }
}
