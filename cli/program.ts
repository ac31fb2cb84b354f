// The command line: which commands there are, and how their errors are told.
import yargs, { type Argv } from 'yargs';
import { chatCommand } from './commands/chat.ts';
import { compareCommand } from './commands/compare.ts';
import { duelCommand } from './commands/duel.ts';
import { explainCommand } from './commands/explain.ts';
import { linkCommand } from './commands/link.ts';
import { microCommand } from './commands/micro.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { serveCommand } from './commands/serve.ts';
import { tellError, UsageError } from './errors.ts';
import { labVersion } from './package.ts';

export async function main(args: readonly string[]): Promise<void> {
  try {
    await program(args).parseAsync();
  } catch (error) {
    process.exitCode = tellError(error);
  }
}

/** The help of `lab` itself. */
export function helpText(): Promise<string> {
  return program([]).getHelp();
}

const HELP_COLUMNS = 100;

function program(args: readonly string[]): Argv {
  return yargs(args)
    .scriptName('lab')
    .usage('The same chat over TCP and over UDP, across the same bad network.\n\nUsage: $0 COMMAND [options]')
    .command(runCommand)
    .command(serveCommand)
    .command(chatCommand)
    .command(duelCommand)
    .command(reportCommand)
    .command(compareCommand)
    .command(linkCommand)
    .command(microCommand)
    .command(explainCommand)
    .example('$0 run', 'put the three sentences of an introduction to networks to the test')
    .example('$0 serve', 'start a chat server for both transports')
    .example('$0 chat --transport udp', 'talk on it')
    .example('$0 duel', 'see the same messages come over both, across a bad link')
    .epilogue('Every command has --help with examples of its own.')
    .demandCommand(1, 'Which command? See lab --help.')
    .middleware(keepLastSaid, true)
    .strict()
    .recommendCommands()
    .version(labVersion())
    .locale('en')
    .wrap(HELP_COLUMNS)
    .help()
    .alias('help', 'h')
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    });
}

/** Those that may be given several times, and mean all that was said. */
const LISTS: ReadonlySet<string> = new Set(['_', '--', 'scenario', 'metric', 'fail-on', 'failOn']);

/** Any other option given twice means what was said last. (The parser's own setting for this cuts the lists, too.) */
function keepLastSaid(argv: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(argv)) {
    if (Array.isArray(value) && !LISTS.has(name)) argv[name] = value.at(-1);
  }
}
