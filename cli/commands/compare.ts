import type { CommandModule } from 'yargs';
import type { Language } from '../../reports/language/language.ts';
import type { ChangesFormat } from '../compare/print-changes.ts';
import { LANG_OPTION, languageOf } from '../language.ts';

interface CompareArguments {
  before: string;
  after: string;
  format: ChangesFormat;
  'fail-on': string[];
  lang: Language | undefined;
}

export const compareCommand: CommandModule<object, CompareArguments> = {
  command: 'compare <before> <after>',
  describe: 'set two runs side by side: what changed, and what can’t be compared',
  builder: (args) =>
    args
      .positional('before', { type: 'string', demandOption: true, describe: 'a folder that lab run wrote' })
      .positional('after', { type: 'string', demandOption: true, describe: 'another one' })
      .option('format', {
        choices: ['terminal', 'html', 'markdown', 'json'] as const,
        default: 'terminal' as const,
        describe: 'how',
      })
      .option('fail-on', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [],
        describe: 'end with 1 if a figure changed by more than this, such as "p99 > 10%"; may be given several times',
      })
      .option('lang', LANG_OPTION)
      .example('$0 compare runs/monday runs/tuesday', 'what changed, with intervals')
      .example("$0 compare baseline RUN --fail-on 'p99 > 10%' --fail-on 'loss > 1 point'", 'in CI')
      .example('$0 compare A B --format html > changes.html', 'a page that needs nothing but itself')
      .epilogue(
        'Ends with 0 when no limit is broken, 1 when one is or can’t be told, 2 when it was asked wrongly. A limit is broken where a figure went beyond it and the 95 % interval of the difference says that it changed at all.',
      ),
  handler: async ({ before, after, format, 'fail-on': failOn, lang }) => {
    const { printChanges } = await import('../compare/print-changes.ts');
    await printChanges({ before, after, format, failOn, language: languageOf(lang) });
  },
};
