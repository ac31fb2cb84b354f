import type { CommandModule } from 'yargs';

interface ServeArguments {
  transport: 'tcp' | 'udp' | 'both';
  host: string;
  port: number;
  'max-users': number | undefined;
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
      .option('max-users', { type: 'number', describe: 'refuse more users than this' })
      .option('json', { type: 'boolean', default: false, describe: 'one line of JSON per event' })
      .example('$0 serve', 'listen on TCP and UDP at 127.0.0.1:44765')
      .example('$0 serve --host ::1 --transport udp', 'UDP alone, over IPv6')
      .example('$0 serve --json | jq .event', 'events for a program'),
  handler: async (args) => {
    const { runServer } = await import('../serve/run-server.ts');
    await runServer({ ...args, maxUsers: args['max-users'] });
  },
};
