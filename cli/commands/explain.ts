import type { CommandModule } from 'yargs';
import type { Language } from '../../reports/language/language.ts';
import { LANG_OPTION, languageOf } from '../language.ts';

interface ExplainArguments {
  metric: string[];
  json: boolean;
  lang: Language | undefined;
}

export const explainCommand: CommandModule<object, ExplainArguments> = {
  command: 'explain [metric..]',
  describe: 'what a metric is: its formula, unit and source, and how to read it',
  builder: (args) =>
    args
      .positional('metric', {
        type: 'string',
        array: true,
        default: [],
        describe: 'one or several, as in delay-p99; without any, all are listed',
      })
      .option('json', { type: 'boolean', default: false, describe: 'for a program' })
      .option('lang', LANG_OPTION)
      .example('$0 explain', 'all metrics, by group')
      .example('$0 explain delay-p99 pdv-p99', 'two of them in full')
      .example("$0 explain --json | jq -r '.[].id'", 'their names'),
  handler: async ({ metric, json, lang }) => {
    const { explain } = await import('../explain/explain.ts');
    explain(metric, json, languageOf(lang));
  },
};
