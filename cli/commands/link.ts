import type { CommandModule } from 'yargs';
import { linkWordsIn, withLinkOptions } from '../link/link-options.ts';

interface LinkRunArguments {
  [option: string]: unknown;
  '--'?: string[];
}

const runAcross: CommandModule<object, LinkRunArguments> = {
  command: 'run',
  describe: 'run any command across an emulated link: lab link run [options] -- COMMAND',
  builder: (args) =>
    withLinkOptions(args, 'profile')
      .option('mtu', { type: 'number', default: 1500, describe: "of both hosts' devices, in bytes" })
      .option('pcap', { type: 'string', describe: 'write every packet to this file (pcapng)' })
      .option('server', { type: 'string', describe: 'a shell command to run on host server first' })
      .option('json', { type: 'boolean', default: false, describe: 'print the ledger as JSON, to stderr' })
      .parserConfiguration({ 'populate--': true })
      .example('$0 link run --delay 20ms -- ping -c 5 10.77.0.1', 'the server is 10.77.0.1 and fd77::1')
      .example("$0 link run --profile dsl --server 'iperf3 -s -1' -- iperf3 -c 10.77.0.1", 'a server of your own, too')
      .example("$0 link run --loss 2% --pcap lossy.pcapng -- sh -c 'curl http://$LAB_SERVER/'", 'see what was lost'),
  handler: async (args) => {
    const { runAcrossLink } = await import('../link/run-across.ts');
    process.exitCode = await runAcrossLink({
      link: linkWordsIn(args, 'profile'),
      mtuBytes: args['mtu'] as number,
      pcap: args['pcap'] as string | undefined,
      server: args['server'] as string | undefined,
      json: args['json'] as boolean,
      command: args['--'] ?? [],
    });
  },
};

export const linkCommand: CommandModule<object, { json: boolean }> = {
  command: 'link',
  describe: 'what this machine can emulate; run any command across an emulated link',
  builder: (args) =>
    args
      .command(runAcross)
      .option('json', { type: 'boolean', default: false, describe: 'for a program' })
      .example('$0 link', 'what works here, what does not, and why')
      .example('$0 link run --delay 20ms -- ping -c 5 10.77.0.1', 'ping across 20 ms each way'),
  handler: async ({ json }) => {
    const { printAbilities } = await import('../link/print-abilities.ts');
    await printAbilities(json);
  },
};
