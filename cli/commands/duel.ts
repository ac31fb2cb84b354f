import type { CommandModule } from 'yargs';
import type { Language } from '../../reports/language/language.ts';
import type { BackendChoice } from '../across/live-link.ts';
import { LANG_OPTION, languageOf } from '../language.ts';
import { linkWordsIn, withCarrierOptions } from '../link/link-options.ts';
import { checkServerPort } from '../port.ts';
import { readSecretFile, SECRET_FILE_OPTION } from '../secret-file.ts';

interface DuelArguments {
  [option: string]: unknown;
  host: string | undefined;
  port: number | undefined;
  'secret-file': string | undefined;
  script: string | undefined;
  json: boolean;
  lang: Language | undefined;
  backend: BackendChoice;
}

export const duelCommand: CommandModule<object, DuelArguments> = {
  command: 'duel',
  describe: 'the same messages over TCP and UDP at once, side by side, across the same bad link',
  builder: (args) =>
    withCarrierOptions(args, 'link')
      .option('host', { type: 'string', describe: "a server's address; default: a server of its own" })
      .option('port', { type: 'number', describe: "a server's port (44765)" })
      .option('secret-file', SECRET_FILE_OPTION)
      .option('script', {
        type: 'string',
        nargs: 1,
        describe: 'what to send, from a file (- is a pipe): nobody needs to watch',
      })
      .option('json', { type: 'boolean', default: false, describe: "a script's result for a program" })
      .option('lang', LANG_OPTION)
      .example('$0 duel', 'type once, and see it come twice; 20 % loss and 100 ms each way')
      .example('$0 duel --link bursty', 'across a link known by name (lab link lists them)')
      .example("echo '/flood 50' | $0 duel --script -", 'fifty messages over each, and the score'),
  handler: async (args) => {
    const { host, port, script, json, backend, 'secret-file': secretFile } = args;
    if (port !== undefined) checkServerPort(port);
    const isElsewhere = host !== undefined || port !== undefined;
    const { DEFAULT_HOST, DEFAULT_PORT } = await import('../../src/serve.ts');
    const { runDuel } = await import('../duel/run-duel.ts');
    await runDuel({
      words: linkWordsIn(args, 'link'),
      backend,
      server: isElsewhere ? { host: host ?? DEFAULT_HOST, port: port ?? DEFAULT_PORT } : undefined,
      secret: secretFile === undefined ? undefined : readSecretFile(secretFile),
      script,
      isJson: json,
      language: languageOf(args.lang),
    });
  },
};
