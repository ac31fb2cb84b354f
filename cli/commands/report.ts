import type { CommandModule } from 'yargs';
import type { Language } from '../../reports/language/language.ts';
import { LANG_OPTION, languageOf } from '../language.ts';
import type { ReportFormat } from '../run/print-report.ts';

interface ReportArguments {
  run: string;
  format: ReportFormat;
  lang: Language | undefined;
  open: boolean;
}

export const reportCommand: CommandModule<object, ReportArguments> = {
  command: 'report <run>',
  describe: 'render a run again',
  builder: (args) =>
    args
      .positional('run', { type: 'string', demandOption: true, describe: 'a folder that lab run wrote' })
      .option('format', {
        choices: ['terminal', 'html', 'markdown', 'json', 'csv'] as const,
        default: 'terminal' as const,
        describe: 'how',
      })
      .option('lang', LANG_OPTION)
      .option('open', { type: 'boolean', default: false, describe: 'make report.html anew, and show it in a browser' })
      .example('$0 report runs/2026-01-31T12-00-00-intro', 'print a run')
      .example('$0 report RUN --format html > report.html', 'a page that needs nothing but itself')
      .example('$0 report RUN --lang pt-BR --open', 'em português, no navegador')
      .example('$0 report RUN --format markdown > report.md', 'a text for a repository')
      .example('$0 report RUN --format csv > figures.csv', 'every figure and its interval, a line for each'),
  handler: async ({ run, format, lang, open }) => {
    const { openReport, printReport } = await import('../run/print-report.ts');
    const language = languageOf(lang);
    await (open ? openReport(run, language) : printReport(run, format, language));
  },
};
