import type { CommandModule } from 'yargs';
import { SECRET_FILE_OPTION } from '../secret-file.ts';

interface ServeArguments {
  transport: 'tcp' | 'udp' | 'both';
  host: string;
  port: number;
  'secret-file': string | undefined;
  'max-users': number;
  'max-per-address': number;
  'max-rate': number;
  json: boolean;
}

export const serveCommand: CommandModule<object, ServeArguments> = {
  command: 'serve',
  describe: 'start the chat server',
  builder: (args) =>
    args
      .option('transport', {
        choices: ['tcp', 'udp', 'both'] as const,
        default: 'both' as const,
        describe: 'what to listen on; with both, a TCP user can write to a UDP user',
      })
      .option('host', { type: 'string', default: '127.0.0.1', describe: 'address to listen on' })
      .option('port', { type: 'number', default: 44765, describe: 'port to listen on; 0 takes a free one' })
      .option('secret-file', SECRET_FILE_OPTION)
      .option('max-users', { type: 'number', default: 1000, describe: 'refuse more users than this' })
      .option('max-per-address', {
        type: 'number',
        default: 256,
        describe: 'refuse more users than this from one address (IPv6: from one /64)',
      })
      .option('max-rate', {
        type: 'number',
        default: 1000,
        describe: 'deliveries a second that one user may cause (per KiB), and five times that after a pause',
      })
      .option('json', { type: 'boolean', default: false, describe: 'one line of JSON per event' })
      .example('$0 serve', 'listen on TCP and UDP at 127.0.0.1:44765')
      .example('$0 serve --host ::1 --transport udp', 'UDP alone, over IPv6')
      .example('$0 serve --host 0.0.0.0 --secret-file secret', 'for other machines, whose users know the secret')
      .example('$0 serve --json | jq .event', 'events for a program'),
  handler: async (args) => {
    const { runServer } = await import('../serve/run-server.ts');
    await runServer({
      ...args,
      secretFile: args['secret-file'],
      maxUsers: args['max-users'],
      maxPerAddress: args['max-per-address'],
      maxRate: args['max-rate'],
    });
  },
};
