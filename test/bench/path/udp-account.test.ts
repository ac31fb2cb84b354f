// The account of a trial over UDP: each message's end by hand, and of whole trials made up with a known truth.
import { describe, expect, test } from 'vitest';
import { type UdpCause, type UdpTrial, udpAccount, udpAgreement } from '../../../src/bench/path/udp-account.ts';
import { seeded } from '../../support/seeded.ts';

const END_NS = 1000;
const LATER_NS = 2000;

describe('one message', () => {
  const cases: [string, UdpCause, (trial: MadeTrial) => void][] = [
    ['that came is delivered, whatever the path lost', 'delivered', (t) => t.deliver(0).packet('up', 0, 'loss')],
    ['that came after T_max is late', 'late', (t) => t.comeLate(0)],
    ['that the transport did not take', 'not taken', (t) => t.refuseToTake(0)],
    ['lost up', 'up: loss', (t) => t.packet('up', 0, 'loss')],
    ['lost up by the full queue', 'up: queue', (t) => t.packet('up', 0, 'queue')],
    ['lost up by a list', 'up: list', (t) => t.packet('up', 0, 'list')],
    ['lost up in an outage', 'up: outage', (t) => t.packet('up', 0, 'outage')],
    ['damaged on its way up', 'up: damaged', (t) => t.packet('up', 0, 'damaged')],
    ['lost down', 'down: loss', (t) => t.crosses('up', 0).packet('down', 0, 'loss')],
    ['damaged on its way down', 'down: damaged', (t) => t.crosses('up', 0).packet('down', 0, 'damaged')],
    [
      'of two copies down both are lost',
      'down: outage',
      (t) => t.crosses('up', 0).packet('down', 0, 'outage').packet('down', 0, 'loss'),
    ],
    ['under way up at the end', 'up: under way', (t) => t.packet('up', 0, 'delivered', LATER_NS)],
    [
      'under way down at the end',
      'down: under way',
      (t) => t.crosses('up', 0).packet('down', 0, 'delivered', LATER_NS),
    ],
    ['there when nobody listened any more', 'down: under way', (t) => t.crosses('up', 0).crosses('down', 0, LATER_NS)],
    [
      'one copy lost and one under way',
      'down: under way',
      (t) => t.crosses('up', 0).packet('down', 0, 'loss').packet('down', 0, 'delivered', LATER_NS),
    ],
    [
      'a fragment lost and one under way',
      'up: loss',
      (t) => t.fragment('up', 0, 'delivered', LATER_NS).fragment('up', 0, 'loss'),
    ],
    [
      'all fragments there but one under way',
      'up: under way',
      (t) => t.fragment('up', 0, 'delivered').fragment('up', 0, 'delivered', LATER_NS),
    ],
    ['one fragment lost', 'up: outage', (t) => t.fragment('up', 0, 'delivered').fragment('up', 0, 'outage')],
    ['lost by the emulating machine', 'up: carrier', (t) => t.packet('up', 0, 'delivered').loseHere('up')],
    ['gone between hosts, and nobody says how', 'unexplained', (t) => t.packet('up', 0, 'delivered')],
    ['never sent by the sending host', 'send buffer at clients', (t) => t.count('clients', 'sndbufErrors')],
    ['never seen, and nobody says why', 'unexplained', () => {}],
    [
      "in the server's full buffer",
      'socket buffer at server',
      (t) => t.crosses('up', 0).count('server', 'rcvbufErrors'),
    ],
    ['refused', 'refused by the server', (t) => t.crosses('up', 0).refuse()],
    ['nobody listened at the server', 'no socket at server', (t) => t.crosses('up', 0).count('server', 'noPorts')],
    [
      'the server could not send it on',
      'send buffer at server',
      (t) => t.crosses('up', 0).count('server', 'sndbufErrors'),
    ],
    [
      'lost in the server, and nobody says how',
      'unexplained',
      (t) => t.crosses('up', 0).count('clients', 'rcvbufErrors'),
    ],
    [
      "in a client's full buffer",
      'socket buffer at clients',
      (t) => t.crosses('up', 0).crosses('down', 0).count('clients', 'rcvbufErrors'),
    ],
    [
      'its client was gone',
      'no socket at clients',
      (t) => t.crosses('up', 0).crosses('down', 0).count('clients', 'noPorts'),
    ],
    [
      'whole fragments that the server did not put together',
      'reassembly at server',
      (t) => t.fragment('up', 0, 'delivered').arrive('up', 0).count('server', 'reasmFails'),
    ],
    [
      'whole fragments that a client did not put together',
      'reassembly at clients',
      (t) => t.crosses('up', 0).fragment('down', 0, 'delivered').arrive('down', 0).count('clients', 'reasmFails'),
    ],
    [
      'never in fragments, so that reassembly explains nothing',
      'unexplained',
      (t) => t.crosses('up', 0).count('server', 'reasmFails'),
    ],
    [
      "at its client's host, and nobody says what then",
      'unexplained',
      (t) => t.crosses('up', 0).crosses('down', 0).count('server', 'rcvbufErrors'),
    ],
  ];
  test.each(cases)('%s', (_, cause, make) => {
    const trial = new MadeTrial(1);
    make(trial);
    expect(namesOf(trial)).toEqual([cause]);
  });
});

test('counters explain as many messages as they count, and no more', () => {
  const trial = new MadeTrial(5);
  for (let i = 0; i < 5; i++) trial.crosses('up', i);
  trial.count('server', 'rcvbufErrors').count('server', 'rcvbufErrors').refuse();
  const account = udpAccount(trial.made());
  expect(countsOf(account)).toEqual({ 'refused by the server': 1, 'socket buffer at server': 2, unexplained: 2 });
  expect(account.sent).toBe(5);
});

describe('a message to everybody: one packet up, one down for each', () => {
  const toThree = () => new MadeTrial(5, { group: [0, 1, 1, 1, 4], ports: [0, 51, 52, 53, 0] });

  test('lost up it is lost for all, and one event in a host is one for all', () => {
    const up = toThree().deliver(0).deliver(4).packet('up', 1, 'loss');
    expect(namesOf(up)).toEqual(['delivered', 'up: loss', 'up: loss', 'up: loss', 'delivered']);
    const atServer = toThree().deliver(0).deliver(4).crosses('up', 1).count('server', 'rcvbufErrors');
    expect(namesOf(atServer).slice(1, 4)).toEqual(Array(3).fill('socket buffer at server'));
  });

  test('down each receiver has his own packet', () => {
    const trial = toThree().deliver(0).deliver(4).crosses('up', 1);
    trial.deliver(1).crosses('down', 1, 5, 51).packet('down', 1, 'loss', 5, 52);
    expect(namesOf(trial)).toEqual(['delivered', 'delivered', 'down: loss', 'unexplained', 'delivered']);
    trial.count('server', 'sndbufErrors');
    expect(namesOf(trial)[3]).toBe('send buffer at server');
  });

  test('a packet to somebody else explains nothing', () => {
    const trial = toThree().deliver(0).deliver(4).crosses('up', 1);
    trial.packet('down', 1, 'loss', 5, 99);
    expect(namesOf(trial).slice(1, 4)).toEqual(Array(3).fill('unexplained'));
  });
});

test('what belongs to no message of the trial is left alone', () => {
  const trial = new MadeTrial(1)
    .packet('up', -1, 'loss')
    .packet('up', 7, 'loss')
    .crosses('down', 7)
    .packet('up', 0, 'queue');
  expect(namesOf(trial)).toEqual(['up: queue']);
});

test('whole trials close, with the causes that were true', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const { trial, truth } = anyTrial(seed);
    const account = udpAccount(trial.made());
    const names = [...account.cause].map((code) => account.names[code]!);
    expect(account.counts.reduce((sum, count) => sum + count, 0)).toBe(truth.length);
    expect(names.map(placeOf)).toEqual(truth.map(placeOf));
  }
});

test('kernels and path are compared with the counters that mean the same', () => {
  const trial = new MadeTrial(4)
    .packet('up', 0, 'loss')
    .crosses('up', 1)
    .crosses('down', 1)
    .fragment('up', 2, 'delivered');
  const { packets, arrivals } = trial.made();
  const clients = {
    udp: { outDatagrams: 3, inDatagrams: 1, inErrors: 4, inCsumErrors: 2, rcvbufErrors: 1, memErrors: 0, noPorts: 3 },
    tcp: {},
    ip: { fragOks: 1, fragCreates: 1 },
  };
  expect(udpAgreement({ packets, arrivals, hosts: { clients, server: { udp: {}, tcp: {}, ip: {} } } })).toEqual([
    { what: 'datagrams-sent-whole', by: 'clients', host: 2, path: 2 },
    { what: 'fragments-sent', by: 'clients', host: 1, path: 1 },
    { what: 'datagrams-received', by: 'clients', host: 5, path: 1 },
    { what: 'datagrams-sent-whole', by: 'server', host: undefined, path: 1 },
    { what: 'fragments-sent', by: 'server', host: undefined, path: 0 },
    { what: 'datagrams-received', by: 'server', host: undefined, path: 1 },
  ]);
});

/** Counters say how many, not which: causes that only they tell apart are one place. */
function placeOf(cause: string): string {
  if (/server$/.test(cause)) return 'in the server';
  return /^(socket buffer|no socket)/.test(cause) ? 'at the receiver' : cause;
}

function namesOf(trial: MadeTrial): string[] {
  const { cause, names } = udpAccount(trial.made());
  return [...cause].map((code) => names[code]!);
}

function countsOf({ names, counts }: { names: readonly string[]; counts: readonly number[] }) {
  return Object.fromEntries(names.map((name, i) => [name, counts[i]!]).filter(([, count]) => count !== 0));
}

type Counter = 'rcvbufErrors' | 'sndbufErrors' | 'noPorts' | 'reasmFails';

/** A trial put together event by event. */
class MadeTrial {
  readonly #settings: { readonly group?: number[]; readonly ports?: number[] };
  readonly #sentNs: number[];
  readonly #delayNs: number[];
  readonly #late: number[];
  readonly #packets: Record<'direction' | 'kind' | 'fate', string[]> &
    Record<'dueNs' | 'corruptBit' | 'message' | 'clientPort', number[]> = {
    direction: [],
    kind: [],
    fate: [],
    dueNs: [],
    corruptBit: [],
    message: [],
    clientPort: [],
  };
  readonly #arrivals: Record<'direction' | 'protocol', string[]> &
    Record<'destinationPort' | 'arrivedNs' | 'message', number[]> = {
    direction: [],
    protocol: [],
    destinationPort: [],
    arrivedNs: [],
    message: [],
  };
  readonly #counters = { server: counters(), clients: counters() };
  readonly #carrier = { up: 0, down: 0 };
  #refused = 0;

  constructor(messages: number, settings: { readonly group?: number[]; readonly ports?: number[] } = {}) {
    this.#settings = settings;
    this.#sentNs = Array(messages).fill(0);
    this.#delayNs = Array(messages).fill(Number.POSITIVE_INFINITY);
    this.#late = Array(messages).fill(0);
  }

  deliver(message: number): this {
    this.#delayNs[message] = 20;
    return this;
  }

  comeLate(message: number): this {
    this.#late[message] = 1;
    return this;
  }

  refuseToTake(message: number): this {
    this.#sentNs[message] = Number.NaN;
    return this;
  }

  packet(direction: 'up' | 'down', message: number, fate: string, dueNs = 5, port = 50): this {
    return this.#note('udp datagram', direction, message, fate, dueNs, port);
  }

  fragment(direction: 'up' | 'down', message: number, fate: string, dueNs = 5, port = 50): this {
    return this.#note('fragment', direction, message, fate, dueNs, port);
  }

  arrive(direction: 'up' | 'down', message: number, atNs = 5, port = 50): this {
    this.#arrivals.direction.push(direction);
    this.#arrivals.protocol.push('udp');
    this.#arrivals.destinationPort.push(direction === 'up' ? 7 : port);
    this.#arrivals.arrivedNs.push(atNs);
    this.#arrivals.message.push(message);
    return this;
  }

  crosses(direction: 'up' | 'down', message: number, atNs = 5, port = 50): this {
    return this.packet(direction, message, 'delivered', Math.min(atNs, END_NS), port).arrive(
      direction,
      message,
      atNs,
      port,
    );
  }

  count(host: 'server' | 'clients', counter: Counter): this {
    this.#counters[host][counter]++;
    return this;
  }

  loseHere(direction: 'up' | 'down'): this {
    this.#carrier[direction]++;
    return this;
  }

  refuse(): this {
    this.#refused++;
    return this;
  }

  made(): UdpTrial {
    const { group, ports } = this.#settings;
    return {
      sentNs: this.#sentNs,
      delayNs: this.#delayNs,
      late: this.#late,
      ...(group && { group }),
      ...(ports && { receiverPort: ports }),
      refused: this.#refused,
      endNs: END_NS,
      packets: this.#packets,
      arrivals: this.#arrivals,
      hosts: {
        server: { udp: this.#counters.server, tcp: {}, ip: this.#counters.server },
        clients: { udp: this.#counters.clients, tcp: {}, ip: this.#counters.clients },
      },
      carrier: this.#carrier,
    };
  }

  #note(kind: string, direction: 'up' | 'down', message: number, fate: string, dueNs: number, port: number): this {
    const isDamaged = fate === 'damaged';
    this.#packets.direction.push(direction);
    this.#packets.kind.push(kind);
    this.#packets.fate.push(isDamaged ? 'delivered' : fate);
    this.#packets.dueNs.push(isDamaged || fate === 'delivered' ? dueNs : Number.NaN);
    this.#packets.corruptBit.push(isDamaged ? 77 : -1);
    this.#packets.message.push(message);
    this.#packets.clientPort.push(port);
    return this;
  }
}

function counters(): Record<Counter, number> {
  return { rcvbufErrors: 0, sndbufErrors: 0, noPorts: 0, reasmFails: 0 };
}

/** Messages to one and to three, whole and in fragments, doubled and not, that end in every way; and how each did end. */
function anyTrial(seed: number): { trial: MadeTrial; truth: UdpCause[] } {
  const roll = seeded(seed);
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(roll() * choices.length)]!;
  const group: number[] = [];
  const ports: number[] = [];
  while (group.length < 300) {
    const base = group.length;
    for (let member = 0, size = pick([1, 1, 3]); member < size; member++) {
      group.push(base);
      ports.push(size === 1 ? 0 : 60 + member);
    }
  }
  const trial = new MadeTrial(group.length, { group, ports });
  const lossCauses = ['queue', 'loss', 'list', 'outage', 'damaged'] as const;

  /** Sends something over the link so that it ends as drawn; undefined where it gets across. */
  function cross(direction: 'up' | 'down', number: number, port: number): UdpCause | undefined {
    const send = (fate: string, dueNs = 5) =>
      roll() < 0.3
        ? trial.fragment(direction, number, 'delivered', 5, port).fragment(direction, number, fate, dueNs, port)
        : trial.packet(direction, number, fate, dueNs, port);
    const lost = pick(lossCauses);
    const end = roll();
    if (end < 0.3) {
      send(lost);
      if (roll() < 0.2) send(pick(lossCauses));
      return `${direction}: ${lost}`;
    }
    if (end < 0.35) {
      send('delivered');
      trial.loseHere(direction);
      return `${direction}: carrier`;
    }
    if (end < 0.4) {
      send('delivered', LATER_NS);
      return `${direction}: under way`;
    }
    if (roll() < 0.2) send(lost);
    send('delivered');
    trial.arrive(direction, number, 5, port);
    if (roll() < 0.2) trial.arrive(direction, number, 6, port);
    return undefined;
  }

  function inServer(): UdpCause | undefined {
    const end = roll();
    if (end < 0.05) trial.refuse();
    else if (end < 0.1) trial.count('server', 'rcvbufErrors');
    else if (end < 0.13) trial.count('server', 'noPorts');
    else if (end < 0.16) trial.count('server', 'sndbufErrors');
    if (end < 0.05) return 'refused by the server';
    if (end < 0.1) return 'socket buffer at server';
    if (end < 0.13) return 'no socket at server';
    return end < 0.16 ? 'send buffer at server' : undefined;
  }

  function toServer(base: number): UdpCause | undefined {
    if (roll() < 0.05) {
      trial.count('clients', 'sndbufErrors');
      return 'send buffer at clients';
    }
    return cross('up', base, 50) ?? inServer();
  }

  function atClient(message: number): UdpCause {
    const end = roll();
    if (end < 0.05) trial.count('clients', 'rcvbufErrors');
    else if (end < 0.1) trial.count('clients', 'noPorts');
    else if (end < 0.15) trial.comeLate(message);
    else trial.deliver(message);
    if (end < 0.05) return 'socket buffer at clients';
    if (end < 0.1) return 'no socket at clients';
    return end < 0.15 ? 'late' : 'delivered';
  }

  const truth: UdpCause[] = [];
  let before: UdpCause | undefined;
  for (const [message, base] of group.entries()) {
    if (message === base) {
      const isTaken = roll() > 0.05;
      before = isTaken ? toServer(base) : 'not taken';
    }
    if (before === 'not taken') trial.refuseToTake(message);
    truth.push(before ?? cross('down', base, ports[message]! || 50) ?? atClient(message));
  }
  return { trial, truth };
}
