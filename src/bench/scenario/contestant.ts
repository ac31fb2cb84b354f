// What is compared: a transport and its knobs, as plain data in and a legal contestant out.
import { z } from 'zod';
import { readSizeBytes } from '../../link/units.ts';
import { SIZE } from './link-notation.ts';
import { type Contestant, ScenarioError } from './scenario.ts';
import { fields, noneOf, quantity } from './schema-parts.ts';

/** Smaller ones the kernel enlarges by itself; larger ones need a setting of the whole machine. */
const SMALLEST_BUFFER_BYTES = 256;
const LARGEST_BUFFER_BYTES = 64 * 2 ** 20;

const CONTROL = 'net.ipv4.tcp_congestion_control';
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} .,%+_-]{0,39}$/u;
const NAME_RULE = 'a name has 1 to 40 letters, digits, spaces, ".", ",", "%", "+", "_" or "-"';

/** Settings of the hosts' kernels. */
export const kernelSchema = z
  .record(
    z.string().regex(/^net(\.[\w-]+)+$/, 'a setting of a host has a name such as net.ipv4.tcp_sack'),
    z.union([z.string().regex(/^[\w .:-]{1,80}$/, 'a setting is a word or some numbers'), z.number()], {
      error: noneOf('a word or a number'),
    }),
  )
  .describe('sysctl settings of both hosts, such as net.ipv4.tcp_sack: 0');

function bufferBytes() {
  return quantity((value) => {
    const bytes = readSizeBytes(value, []);
    if (bytes >= SMALLEST_BUFFER_BYTES && bytes <= LARGEST_BUFFER_BYTES) return Math.floor(bytes);
    throw new Error(
      `${String(value)} is out of range; write ${SMALLEST_BUFFER_BYTES}B to ${LARGEST_BUFFER_BYTES / 2 ** 20}MiB`,
    );
  }, SIZE).optional();
}

const knobFields = {
  nagle: z.boolean().optional().describe('tcp: small segments wait for an acknowledgement (default: no)'),
  batching: z.boolean().optional().describe('tcp: one write for each turn of the event loop (default: yes)'),
  congestionControl: z
    .string()
    .regex(/^[a-z0-9_]{1,15}$/, 'write a name such as cubic, reno or bbr')
    .optional()
    .describe("tcp: the hosts' congestion control"),
  sendBuffer: bufferBytes().describe('tcp: the most a socket buffers on its way out, such as 64kB'),
  receiveBuffer: bufferBytes().describe('the most a socket buffers on its way in, such as 64kB'),
  kernel: kernelSchema.optional(),
};

export function contestantsSchema(transports: readonly string[]) {
  const transport = z.enum(transports);
  return z.union(
    [
      z.array(transport).min(1),
      z.record(z.string().regex(NAME, NAME_RULE), fields({ transport: transport.optional(), ...knobFields })),
    ],
    {
      error: noneOf('transports, as in [tcp, udp] or { tcp: {}, tcp Nagle: { transport: tcp, nagle: true } }'),
    },
  );
}

type ContestantsData = z.infer<ReturnType<typeof contestantsSchema>>;
type Settings = Exclude<ContestantsData, string[]>[string];

/** @param hostsKernel of both hosts, whatever the transport */
export function makeContestants(
  data: ContestantsData,
  known: readonly string[],
  hostsKernel: Readonly<Record<string, string>>,
): ReadonlyMap<string, Contestant> {
  if (Array.isArray(data)) checkOnce(data);
  const entries: [string, Settings][] = Array.isArray(data) ? data.map((name) => [name, {}]) : Object.entries(data);
  if (entries.length === 0) throw new ScenarioError(['transports'], 'is empty; name at least one');
  return new Map(
    entries.map(([name, settings]) => {
      const path = ['transports', name];
      const transport = settings.transport ?? known.find((each) => each === name);
      if (transport === undefined) {
        throw new ScenarioError(path, `which transport is "${name}"? Add transport: ${known.join(' or ')}`);
      }
      return [name, makeContestant(transport, settings, hostsKernel, path)];
    }),
  );
}

function makeContestant(
  transport: string,
  settings: Settings,
  hostsKernel: Readonly<Record<string, string>>,
  path: readonly string[],
): Contestant {
  const { nagle, batching, congestionControl, sendBuffer, receiveBuffer, kernel = {} } = settings;
  for (const [key, value] of Object.entries({ nagle, batching, congestionControl, sendBuffer })) {
    if (value !== undefined && transport !== 'tcp') {
      throw new ScenarioError([...path, key], `${key} is a knob of tcp, and this is ${transport}; leave it out`, 'key');
    }
  }
  const isTcp = transport === 'tcp';
  return {
    transport,
    knobs: { nagle, batching, receiveBufferBytes: isTcp ? undefined : receiveBuffer },
    kernel: {
      ...hostsKernel,
      ...(congestionControl === undefined ? {} : { [CONTROL]: congestionControl }),
      ...(sendBuffer === undefined ? {} : { 'net.ipv4.tcp_wmem': threeSizes(sendBuffer) }),
      ...(isTcp && receiveBuffer !== undefined ? { 'net.ipv4.tcp_rmem': threeSizes(receiveBuffer) } : {}),
      ...plainSettings(kernel),
    },
  };
}

export function plainSettings(kernel: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(kernel).map(([name, value]) => [name, String(value)]));
}

/** The kernel's least, first and largest size of a TCP buffer. */
function threeSizes(bytes: number): string {
  return [Math.min(4096, bytes), bytes, bytes].join(' ');
}

function checkOnce(names: readonly string[]): void {
  const again = names.findIndex((name, index) => names.indexOf(name) < index);
  if (again !== -1) throw new ScenarioError(['transports', again], `${names[again]} is there twice`);
}
