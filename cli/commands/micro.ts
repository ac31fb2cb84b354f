import type { CommandModule } from 'yargs';

interface MicroArguments {
  time: number;
  json: boolean;
}

export const microCommand: CommandModule<object, MicroArguments> = {
  command: 'micro',
  describe: 'micro-benchmarks of codec, framing, router and link model',
  builder: (args) =>
    args
      .option('time', { type: 'number', default: 500, describe: 'milliseconds for each' })
      .option('json', { type: 'boolean', default: false, describe: 'figures for a program' })
      .example('$0 micro', 'about ten seconds, a table')
      .example('$0 micro --time 2000 --json', 'longer, for a program'),
  handler: async (args) => {
    const { runMicro } = await import('../micro/run-micro.ts');
    await runMicro(args);
  },
};
