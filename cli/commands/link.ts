import type { CommandModule } from 'yargs';

interface LinkRunArguments {
  [option: string]: unknown;
  '--'?: string[];
}

const IMPAIRMENTS: Readonly<Record<string, string>> = {
  rate: 'bottleneck, such as 10mbit',
  queue: 'drop-tail buffer before it, such as 64kB or 100p',
  delay: 'each way, such as 20ms',
  jitter: "such as 5ms, or '{time: 5ms, distribution: normal, reorder: true}'",
  loss: "such as 2%, or '{kind: gilbert-elliott, p: 1%, r: 25%}', '{kind: list, packets: [3, 7]}'",
  reorder: 'share that skips the delay, such as 1%',
  duplicate: 'such as 1%',
  corrupt: 'share with a flipped bit, such as 0.1%',
};

const runAcross: CommandModule<object, LinkRunArguments> = {
  command: 'run',
  describe: 'run any command across an emulated link: lab link run [options] -- COMMAND',
  builder: (args) => {
    for (const [name, describe] of Object.entries(IMPAIRMENTS)) args.option(name, { type: 'string', describe });
    return args
      .option('up', { type: 'string', describe: "clients to server alone, such as 'delay: 20ms, loss: 2%'" })
      .option('down', { type: 'string', describe: 'server to clients alone' })
      .option('profile', {
        type: 'string',
        describe: 'a link known by name; other options change it (lab link lists them)',
      })
      .option('chance', {
        choices: ['time', 'packet'] as const,
        default: 'time' as const,
        describe: 'what chance is a function of',
      })
      .option('seed', { type: 'number', default: 44765, describe: 'of all chance' })
      .option('mtu', { type: 'number', default: 1500, describe: "of both hosts' devices, in bytes" })
      .option('pcap', { type: 'string', describe: 'write every packet to this file (pcapng)' })
      .option('server', { type: 'string', describe: 'a shell command to run on host server first' })
      .option('json', { type: 'boolean', default: false, describe: 'print the ledger as JSON, to stderr' })
      .parserConfiguration({ 'populate--': true })
      .example('$0 link run --delay 20ms -- ping -c 5 10.77.0.1', 'the server is 10.77.0.1 and fd77::1')
      .example("$0 link run --profile dsl --server 'iperf3 -s -1' -- iperf3 -c 10.77.0.1", 'a server of your own, too')
      .example("$0 link run --loss 2% --pcap lossy.pcapng -- sh -c 'curl http://$LAB_SERVER/'", 'see what was lost');
  },
  handler: async (args) => {
    const { runAcrossLink } = await import('../link/run-across.ts');
    const impairments = Object.fromEntries(
      Object.keys(IMPAIRMENTS).map((name) => [name, args[name] as string | undefined]),
    );
    process.exitCode = await runAcrossLink({
      impairments,
      up: args['up'] as string | undefined,
      down: args['down'] as string | undefined,
      profile: args['profile'] as string | undefined,
      chance: args['chance'] as 'time' | 'packet',
      seed: args['seed'] as number,
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
