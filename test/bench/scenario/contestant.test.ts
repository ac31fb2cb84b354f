// What is compared: transports as a list, or by names of their own with knobs.
import { describe, expect, test } from 'vitest';
import type { Contestant } from '../../../src/bench/scenario/scenario.ts';
import { changed, complaintAbout } from './complaint.ts';
import { read } from './library.ts';

const transports = (text: string) => changed(['[tcp, udp]', text]);

function contestants(text: string, ...more: [string, string][]): Record<string, Contestant> {
  const changes = [['[tcp, udp]', text], ...more] as [string, string][];
  const scenario = read(
    changed(
      ...changes,
      ['vanishing: { watch: 1s }\nclaims:', '#'],
      ['  - sentence', '#'],
      ['    test', '#'],
      ['    transport', '#'],
    ),
  );
  return Object.fromEntries(scenario.points[0].contestants);
}

const NOTHING = { nagle: undefined, batching: undefined, receiveBufferBytes: undefined };

describe('a contestant', () => {
  test('is a transport without a knob turned', () => {
    expect(contestants('[udp]')).toEqual({ udp: { transport: 'udp', knobs: NOTHING, kernel: {} } });
    expect(contestants('{ udp: {} }')).toEqual(contestants('[udp]'));
  });

  test('has a name of its own, or that of its transport', () => {
    const { tcp, 'tcp, 16 kB + Nagle': other } = contestants(
      '{ tcp: { nagle: true }, "tcp, 16 kB + Nagle": { transport: tcp } }',
    );
    expect([tcp!.transport, tcp!.knobs.nagle, other!.transport, other!.knobs.nagle]).toEqual([
      'tcp',
      true,
      'tcp',
      undefined,
    ]);
  });

  test('tells its ends of its knobs, and its hosts of its settings', () => {
    const text = `{ tcp: { nagle: true, batching: false, congestionControl: reno, sendBuffer: 16kB, receiveBuffer: 1KiB } }`;
    expect(contestants(text)['tcp']).toEqual({
      transport: 'tcp',
      knobs: { nagle: true, batching: false, receiveBufferBytes: undefined },
      kernel: {
        'net.ipv4.tcp_congestion_control': 'reno',
        'net.ipv4.tcp_wmem': '4096 16000 16000',
        'net.ipv4.tcp_rmem': '1024 1024 1024',
      },
    });
  });

  test('asks for a buffer at its socket, where that is a datagram socket', () => {
    expect(contestants('{ udp: { receiveBuffer: 8kB } }')['udp']).toEqual({
      transport: 'udp',
      knobs: { ...NOTHING, receiveBufferBytes: 8000 },
      kernel: {},
    });
  });

  test('has the settings of all hosts, and its own before those', () => {
    const hosts: [string, string] = [
      'workload:',
      'hosts: { kernel: { net.ipv4.tcp_sack: 0, net.ipv4.tcp_ecn: 1 } }\nworkload:',
    ];
    const text = '{ tcp: { kernel: { net.ipv4.tcp_sack: 1, net.ipv4.tcp_rmem: 4096 8192 16384 } }, udp: {} }';
    const { tcp, udp } = contestants(text, hosts);
    expect(tcp!.kernel).toEqual({
      'net.ipv4.tcp_sack': '1',
      'net.ipv4.tcp_ecn': '1',
      'net.ipv4.tcp_rmem': '4096 8192 16384',
    });
    expect(udp!.kernel).toEqual({ 'net.ipv4.tcp_sack': '0', 'net.ipv4.tcp_ecn': '1' });
  });

  test.each(['256B', '64MiB'])('may have a buffer of %s', (size) => {
    expect(() => contestants(`{ tcp: { sendBuffer: ${size} } }`)).not.toThrow();
  });
});

const KNOBS = 'transport, nagle, batching, congestionControl, sendBuffer, receiveBuffer, kernel';
const SHAPES = 'write transports, as in [tcp, udp] or { tcp: {}, tcp Nagle: { transport: tcp, nagle: true } }';
const NAME = 'a name has 1 to 40 letters, digits, spaces, ".", ",", "%", "+", "_" or "-"';
const SETTING = 'a setting of a host has a name such as net.ipv4.tcp_sack';
const SIZE = 'write a size such as 64kB (units: B, kB, MB, KiB, MiB)';

describe('told with its place:', () => {
  test.each<[what: string, text: string, complaint: string]>([
    ['one that is no list', 'tcp', `4:13: transports: "tcp" will not do; ${SHAPES}`],
    ['none in a list', '[]', '4:13: transports: is empty; name at least one'],
    ['none in a set', '{}', '4:13: transports: is empty; name at least one'],
    ['an unknown one', '[tcp, sctp]', '4:19: transports.1: unknown "sctp"; known: tcp, udp'],
    ['one twice', '[tcp, tcp]', '4:19: transports.1: tcp is there twice'],
    ['knobs in a list', '[tcp, { udp: {} }]', '4:19: transports.1: unknown {"udp":{}}; known: tcp, udp'],
    [
      'a name that is no transport',
      '{ tcp: {}, slow: {} }',
      '4:30: transports.slow: which transport is "slow"? Add transport: tcp or udp',
    ],
    [
      'an unknown one by a name',
      '{ slow: { transport: sctp } }',
      '4:34: transports.slow.transport: unknown "sctp"; known: tcp, udp',
    ],
    ['nothing behind a name', '{ tcp: , udp: {} }', '4:20: transports.tcp: null is not a set of fields'],
    ['a name with a slash', '{ tcp/1: { transport: tcp } }', `4:15: transports.tcp/1: ${NAME}`],
    [
      'a name that is too long',
      `{ ${'x'.repeat(41)}: { transport: tcp } }`,
      `4:15: transports.${'x'.repeat(41)}: ${NAME}`,
    ],
    ['an unknown knob', '{ tcp: { naggle: true } }', `4:22: transports.tcp.naggle: unknown; known here: ${KNOBS}`],
    [
      'a knob in words',
      '{ tcp: { nagle: sometimes } }',
      '4:29: transports.tcp.nagle: "sometimes" is not true or false',
    ],
    [
      'Nagle without a stream',
      '{ udp: { nagle: true } }',
      '4:22: transports.udp.nagle: nagle is a knob of tcp, and this is udp; leave it out',
    ],
    [
      'batching of datagrams',
      '{ udp: { batching: false } }',
      '4:22: transports.udp.batching: batching is a knob of tcp, and this is udp; leave it out',
    ],
    [
      'congestion control without congestion',
      '{ udp: { congestionControl: bbr } }',
      '4:22: transports.udp.congestionControl: congestionControl is a knob of tcp, and this is udp; leave it out',
    ],
    [
      'a send buffer of datagrams',
      '{ udp: { sendBuffer: 8kB } }',
      '4:22: transports.udp.sendBuffer: sendBuffer is a knob of tcp, and this is udp; leave it out',
    ],
    [
      'congestion control in words',
      '{ tcp: { congestionControl: the best } }',
      '4:41: transports.tcp.congestionControl: write a name such as cubic, reno or bbr',
    ],
    [
      'a small buffer',
      '{ tcp: { sendBuffer: 255B } }',
      '4:34: transports.tcp.sendBuffer: 255B is out of range; write 256B to 64MiB',
    ],
    [
      'a large buffer',
      '{ tcp: { receiveBuffer: 65MiB } }',
      '4:37: transports.tcp.receiveBuffer: 65MiB is out of range; write 256B to 64MiB',
    ],
    [
      'a buffer of packets',
      '{ udp: { receiveBuffer: 5p } }',
      `4:37: transports.udp.receiveBuffer: "5p" is not a size; ${SIZE}`,
    ],
    [
      'a setting by half its name',
      '{ tcp: { kernel: { tcp_sack: 0 } } }',
      `4:32: transports.tcp.kernel.tcp_sack: ${SETTING}`,
    ],
    [
      'a setting outside of net',
      '{ tcp: { kernel: { vm.swappiness: 0 } } }',
      `4:32: transports.tcp.kernel.vm.swappiness: ${SETTING}`,
    ],
    [
      'a setting that is a list',
      '{ tcp: { kernel: { net.a: [1] } } }',
      '4:39: transports.tcp.kernel.net.a: [1] will not do; write a word or a number',
    ],
    [
      'a setting with a shell in it',
      '{ tcp: { kernel: { net.a: "1; rm" } } }',
      '4:39: transports.tcp.kernel.net.a: a setting is a word or some numbers',
    ],
  ])('%s', (_what, text, complaint) => {
    expect(complaintAbout(transports(text))).toBe(complaint);
  });

  test('a setting of all hosts by half its name', () => {
    const text = changed(['workload:', 'hosts: { kernel: { tcp_sack: 0 } }\nworkload:']);
    expect(complaintAbout(text)).toBe(`9:20: hosts.kernel.tcp_sack: ${SETTING}`);
  });
});
