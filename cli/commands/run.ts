import type { CommandModule } from 'yargs';
import type { Language } from '../../reports/language/language.ts';
import { LANG_OPTION, languageOf } from '../language.ts';

interface RunArguments {
  scenario: string[];
  backend: 'auto' | 'tun' | 'relay' | 'loopback';
  server: string | undefined;
  repetitions: number | undefined;
  until: string | undefined;
  'until-metric': string;
  'max-time': string;
  resume: string | undefined;
  seed: number | undefined;
  out: string | undefined;
  pcap: string | undefined;
  json: boolean;
  lang: Language | undefined;
  open: boolean;
  check: boolean;
}

export const runCommand: CommandModule<object, RunArguments> = {
  command: 'run [scenario..]',
  describe: 'run experiments, print the verdict, write the report (the main job)',
  builder: (args) =>
    args
      .positional('scenario', {
        type: 'string',
        array: true,
        default: ['intro'],
        describe: 'names from the library, or YAML files',
      })
      .option('backend', {
        choices: ['auto', 'tun', 'relay', 'loopback'] as const,
        default: 'auto' as const,
        describe: 'what lies between the two hosts; auto: tun where it works, else relay (lab link says why)',
      })
      .option('repetitions', { type: 'number', describe: "instead of the scenario's own number" })
      .option('until', { type: 'string', describe: 'repeat until the intervals are as narrow as ± this, such as 5%' })
      .option('until-metric', { type: 'string', default: 'delay-p50', describe: 'of which figure (lab explain)' })
      .option('max-time', { type: 'string', default: '600s', describe: 'how long --until may take' })
      .option('seed', { type: 'number', describe: "instead of the scenario's own" })
      .option('server', {
        type: 'string',
        describe: 'HOST:PORT of a "lab serve --max-rate 1000000" elsewhere, instead of one of our own',
      })
      .option('resume', { type: 'string', describe: 'a run that was ended before its time: carry out what is missing' })
      .option('out', { type: 'string', describe: 'folder to write to; default: runs/<time>-<scenario>' })
      .option('pcap', { type: 'string', describe: 'write every packet to this file (pcapng; needs --backend tun)' })
      .option('json', { type: 'boolean', default: false, describe: 'print the result as JSON and nothing else' })
      .option('lang', LANG_OPTION)
      .option('open', { type: 'boolean', default: false, describe: 'show report.html in a browser at the end' })
      .option('check', {
        type: 'boolean',
        default: false,
        describe: 'read the scenarios, say what they would be, run nothing',
      })
      .example('$0 run', 'test the sentences of an introduction to networks, in about a minute')
      .example('$0 run my.yaml --repetitions 10', 'an experiment of your own')
      .example('$0 run --check my.yaml', 'see whether it is as it must be, and how long it would take')
      .example('$0 run intro --until 5% --max-time 300s', 'until every median delay is known to ± 5 %')
      .example('$0 run --json | jq .verdicts', 'for a program')
      .epilogue(
        'Ends with 0 when all was measured, 1 when something failed, 2 when it was asked wrongly, 130 after Ctrl-C.',
      ),
  handler: async (args) => {
    if (args.check) {
      const { checkScenarios } = await import('../run/check-scenarios.ts');
      return checkScenarios({ ...args, language: languageOf(args.lang) });
    }
    if (args.resume !== undefined) {
      const { resume } = await import('../run/resume.ts');
      return resume(args.resume, { json: args.json, language: languageOf(args.lang), open: args.open });
    }
    const { runExperiments } = await import('../run/run-experiments.ts');
    await runExperiments({
      ...args,
      untilMetric: args['until-metric'],
      maxTime: args['max-time'],
      language: languageOf(args.lang),
    });
  },
};
