import type { CommandModule } from 'yargs';
import type { Language } from '../../reports/language/language.ts';
import { UsageError } from '../errors.ts';
import { LANG_OPTION, languageOf } from '../language.ts';
import { asksForLink, linkWordsIn, withCarrierOptions } from '../link/link-options.ts';
import { checkServerPort } from '../port.ts';
import { readSecretFile, SECRET_FILE_OPTION } from '../secret-file.ts';

interface ChatArguments {
  [option: string]: unknown;
  transport: 'tcp' | 'udp';
  host: string;
  port: number;
  name: string | undefined;
  'secret-file': string | undefined;
  screen: boolean | undefined;
  lang: Language | undefined;
  backend: 'auto' | 'tun' | 'relay';
}

export const chatCommand: CommandModule<object, ChatArguments> = {
  command: 'chat',
  describe: 'talk on a chat server, over either transport',
  builder: (args) =>
    withCarrierOptions(args, 'link')
      .option('transport', {
        choices: ['tcp', 'udp'] as const,
        default: 'tcp' as const,
        describe: 'what carries your messages',
      })
      .option('host', { type: 'string', default: '127.0.0.1', describe: "the server's address" })
      .option('port', { type: 'number', default: 44765, describe: "the server's port" })
      .option('name', {
        type: 'string',
        describe: 'the name to ask for; without one the server gives Usuario0, Usuario1, …',
      })
      .option('secret-file', SECRET_FILE_OPTION)
      .option('screen', {
        type: 'boolean',
        describe: 'the whole terminal, or line by line; default: the whole where there is one',
      })
      .option('lang', LANG_OPTION)
      .example('$0 chat', 'join over TCP; on a terminal the chat takes the whole of it')
      .example('$0 chat --no-screen', 'line by line: recipient, subject and message are asked for')
      .example('$0 chat --transport udp --name Ana', 'join over UDP under a name of your own')
      .example('$0 chat --transport udp --link 3g', 'across an emulated link; /link loss 30% changes it')
      .example('$0 chat --loss 20% --delay 200ms', 'TCP, too, where this machine can emulate packets')
      .example("printf '*\\nHello\\nHello all\\n' | $0 chat", 'send one message to everybody from a script'),
  handler: async (args) => {
    if (args.name === '') throw new UsageError('--name is empty. Give a name, or leave it out to be given one.');
    const words = linkWordsIn(args, 'link');
    const { transport, host, port, name, screen, 'secret-file': secretFile } = args;
    const secret = secretFile === undefined ? undefined : readSecretFile(secretFile);
    const choice = { transport, host, port, name, secret, isScreen: screen, language: languageOf(args.lang) };
    const { openChat } = await import('../chat/open-chat.ts');
    if (!asksForLink(words)) return openChat(choice);
    checkServerPort(port);
    const { performAcross } = await import('../across/perform-across.ts');
    await performAcross({
      task: { kind: 'chat', choice },
      words,
      backend: args.backend,
      server: { host, port },
      needs: [transport],
      uses: [],
      heard: async () => [],
    });
  },
};
