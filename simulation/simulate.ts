// One simulation: a server and some users over both transports, in virtual time, under a network and accidents that come from a
// seed. First they chat; then accidents end and what is under way arrives; then all leave, and nothing may be left of them.
import type { LinkProfile } from '../src/link/profile.ts';
import { SharedSecret } from '../src/shared-secret.ts';
import { DatagramNetwork } from './datagrams.ts';
import { Host } from './host.ts';
import { Judge } from './judge.ts';
import { SimulatedServer } from './simulated-server.ts';
import { SimulatedUser } from './simulated-user.ts';
import { SimulatedSocket } from './streams.ts';
import { World } from './world.ts';

export interface Outcome {
  readonly seed: number;
  /** Empty where all held. */
  readonly violations: readonly string[];
  readonly counts: Judge['counts'];
  readonly steps: number;
}

/** So that a hundred thousand seeds take some ten minutes on two processors. */
const CHAT_MS = 30_000;
/** Longer than a silent end is waited for, so that everybody knows of everybody's end. */
const CALM_MS = 50_000;
/** After the calm has begun: a silent end is known by then, and there is time for what is said. */
const ROLL_CALL_MS = 30_000;
/** Longer than a handshake is remembered. */
const FAREWELL_MS = 80_000;
const MOST_QUEUED_BYTES = 1024 * 1024 + 64 * 1024;

/** @param trace told of every action and accident */
export function simulate(seed: number, trace?: (what: string) => void): Outcome {
  return new Simulation(seed, trace).run();
}

class Simulation {
  readonly #seed: number;
  readonly #world: World;
  readonly #judge: Judge;
  readonly #datagrams: DatagramNetwork;
  readonly #server: SimulatedServer;
  readonly #users: SimulatedUser[];
  readonly #trace: (what: string) => void;
  readonly #serverHost: Host;
  readonly #secret: SharedSecret | undefined;
  /** Where nobody stays, little of what is sent can be accounted for; where nobody goes, nobody comes. */
  readonly #restlessness: number;
  /** Who had a port, or has it: each attempt to join has its own. */
  readonly #userAt = new Map<number, SimulatedUser>();
  #lastPort = 1_000;
  #joining = 0;
  #isCalm = false;

  constructor(seed: number, trace?: (what: string) => void) {
    const world = new World(seed);
    this.#seed = seed;
    this.#world = world;
    this.#trace = (what) => trace?.(`${(world.nowNs / 1e6).toFixed(3)} ms: ${what}`);
    this.#restlessness = world.pick([0.05, 1]);
    this.#secret = world.roll() < 0.3 ? SECRET : undefined;
    this.#judge = new Judge(world.clock, this.#secret);
    this.#serverHost = new Host(world);
    const profile = badProfile(world);
    this.#datagrams = new DatagramNetwork(world, profile, { mode: 'packet', seed });
    this.#server = new SimulatedServer({
      world,
      host: this.#serverHost,
      secret: this.#secret,
      rate: world.roll() < 0.3 ? LOW_RATE : undefined,
      observer: {
        joined: (person, remote) => this.#judge.joined(person, remote),
        left: (person) => this.#judge.left(person),
      },
      sendDatagram: (bytes, port) => this.#sendDown(bytes, port),
    });
    this.#users = Array.from({ length: 2 + world.below(7) }, (_, number) => this.#newUser(number));
  }

  run(): Outcome {
    try {
      this.#play();
    } catch (error) {
      // No machine may throw, whatever it is given; and time must pass.
      this.#complain((error as Error).stack ?? String(error));
    }
    const { violations, counts } = this.#judge;
    return { seed: this.#seed, violations, counts, steps: this.#world.steps };
  }

  #play(): void {
    for (const user of this.#users) this.#world.after(this.#world.between(0, 3_000), () => this.#live(user));
    this.#planAccidents();
    const check = () => this.#checkNow();
    this.#world.run(CHAT_MS, check);
    this.#calm();
    this.#world.run(CHAT_MS + CALM_MS, check);
    this.#judge.closeAccount();
    for (const user of this.#users) if (user.state !== 'out') this.#go(user, 'leave');
    this.#world.run(CHAT_MS + CALM_MS + FAREWELL_MS, check);
    this.#checkNothingIsLeft();
  }

  #newUser(number: number): SimulatedUser {
    const world = this.#world;
    const host = new Host(world);
    const user: SimulatedUser = new SimulatedUser(number, world.roll() < 0.5 ? 'tcp' : 'udp', {
      world,
      host,
      secret: world.roll() < 0.8 ? SECRET : world.pick([OTHER_SECRET, undefined]),
      freshPort: () => {
        this.#userAt.set(++this.#lastPort, user);
        return this.#lastPort;
      },
      connect: (port) => this.#connect(port, host),
      sendDatagram: (bytes, { port }) => this.#sendUp(bytes, port),
      heard: (user, event) => this.#judge.heard(user, event),
      settled: () => {
        this.#joining--;
        this.#trace(`user ${user.number} is ${user.state === 'in' ? `in as ${user.name}` : 'not let in'}`);
      },
    });
    return user;
  }

  #sendUp(bytes: Uint8Array, port: number): void {
    const lost = () => this.#judge.lostDatagram(bytes, 'up');
    this.#datagrams.send('up', bytes, lost, (arriving) => {
      if (!this.#server.receiveDatagram(arriving, port)) lost();
    });
  }

  #sendDown(bytes: Uint8Array, port: number): void {
    const lost = () => this.#judge.lostDatagram(bytes, port);
    this.#datagrams.send('down', bytes, lost, (arriving) => {
      if (this.#userAt.get(port)?.receiveDatagram(arriving, port) === false) lost();
    });
  }

  #connect(clientPort: number, host: Host): SimulatedSocket {
    const world = this.#world;
    // Most segments are on time; one that was lost and sent again is late by its time-out.
    const delayMs = () => 1 + world.roll() * 30 + (world.roll() < 0.03 ? 200 * 2 ** world.below(4) : 0);
    const hosts = { client: host, server: this.#serverHost };
    const { client, server } = SimulatedSocket.pair(world, { delayMs }, hosts, { client: clientPort, server: 44_765 });
    client.connect(() => this.#server.acceptStream(server));
    return client;
  }

  /** What a user does next, again and again. */
  #live(user: SimulatedUser): void {
    if (this.#isCalm) return;
    // Who is stopped does nothing.
    if (user.state === 'out' && !user.host.isStopped) this.#join(user);
    else if (user.state === 'in' && !user.host.isStopped) this.#act(user);
    this.#world.after(this.#world.between(50, 2_000), () => this.#live(user));
  }

  #join(user: SimulatedUser): void {
    const name = this.#world.roll() < 0.6 ? this.#world.pick(NAMES) : undefined;
    this.#judge.counts.joins++;
    this.#joining++;
    this.#trace(`user ${user.number} joins over ${user.transport} as ${name ?? 'anybody'}`);
    user.join(name);
  }

  #act(user: SimulatedUser): void {
    const roll = this.#world.roll();
    if (roll < 0.7) return this.#send(user, this.#someName());
    if (roll < 0.76) return this.#send(user, '*');
    if (roll < 0.84) return user.who();
    if (roll < 0.96 && this.#world.roll() > this.#restlessness) return this.#send(user, this.#someName());
    if (roll < 0.9) return this.#go(user, 'leave');
    if (roll < 0.94) return this.#go(user, 'kill');
    if (roll < 0.96) return this.#go(user, 'losePower');
    if (roll < 0.97) return this.#stop(user.host, `user ${user.number}`);
    if (roll < 0.975) return this.#stepClock(user.host, `user ${user.number}`);
    user.pauseReading(this.#world.between(100, 8_000));
  }

  #send(user: SimulatedUser, to: string): void {
    for (let message = this.#world.roll() < 0.1 ? 30 : 1; message > 0; message--) {
      if (!this.#sendOne(user, to)) return;
    }
  }

  /** Answers whether it was taken. */
  #sendOne(user: SimulatedUser, to: string): boolean {
    const id = this.#judge.nextId();
    const body = this.#judge.bodyOf(id, this.#world.roll() < 0.02 ? 50_000 : this.#world.below(200));
    const sequence = user.send(to, body);
    if (sequence === undefined) return false;
    this.#judge.sent(user, id, to, body, sequence);
    this.#trace(`user ${user.number} sends message ${id} to ${to}`);
    return true;
  }

  #go(user: SimulatedUser, how: 'leave' | 'kill' | 'losePower'): void {
    this.#trace(`user ${user.number} goes: ${how}`);
    this.#judge.ended(user);
    user[how]();
  }

  #someName(): string {
    const names = this.#users.map(({ name }) => name).filter((name) => name !== undefined);
    return this.#world.roll() < 0.9 && names.length > 0 ? this.#world.pick(names) : this.#world.pick(NAMES);
  }

  #stop(host: Host, who: string): void {
    this.#trace(`${who} is stopped`);
    host.stop();
    // Longer than a silence is borne, now and then.
    this.#world.after(this.#world.between(10, this.#world.roll() < 0.7 ? 6_000 : 30_000), () => {
      this.#trace(`${who} goes on`);
      host.resume();
    });
  }

  #stepClock(host: Host, whose: string): void {
    const byMs = this.#world.roll() < 0.5 ? this.#world.between(1, 60_000) : -this.#world.between(1, 5_000);
    this.#trace(`the clock of ${whose} steps by ${byMs.toFixed(0)} ms`);
    host.stepClock(byMs);
  }

  #planAccidents(): void {
    const world = this.#world;
    if (world.roll() < 0.4) {
      world.after(world.between(3_000, 24_000), () => this.#stop(this.#serverHost, 'the server'));
    }
    if (world.roll() < 0.2) {
      world.after(world.between(3_000, 24_000), () => this.#stepClock(this.#serverHost, 'the server'));
    }
    if (world.roll() < 0.4) {
      world.after(world.between(5_000, 21_000), () => {
        this.#trace('the server crashes');
        this.#server.crash();
        this.#judge.serverCrashed();
        world.after(world.between(1, 8_000), () => {
          this.#trace('the server comes again');
          this.#server.start();
        });
      });
    }
    if (world.roll() < 0.3) {
      world.after(world.between(5_000, 18_000), () => {
        this.#trace('no datagram passes');
        this.#datagrams.isCut = true;
        world.after(world.between(100, 30_000), () => {
          this.#trace('datagrams pass again');
          this.#datagrams.isCut = false;
        });
      });
    }
  }

  /**
   * Nothing goes wrong any more that has not gone wrong already, and the network is as bad as it is. Whoever is out comes, and
   * when all know of everybody's end, everybody writes to everybody: whatever has happened, that must work.
   */
  #calm(): void {
    this.#trace('calm');
    this.#isCalm = true;
    this.#datagrams.isCut = false;
    if (!this.#server.isUp) this.#server.start();
    for (const host of [this.#serverHost, ...this.#users.map((user) => user.host)]) host.resume();
    for (const user of this.#users) {
      this.#world.after(this.#world.between(1_000, 8_000), () => {
        if (user.state === 'out') this.#join(user);
      });
    }
    this.#world.after(ROLL_CALL_MS, () => this.#callRoll());
  }

  #callRoll(): void {
    const here = this.#users.filter(({ state }) => state === 'in');
    for (const user of here) {
      for (const to of ['*', ...here.map(({ name }) => name ?? '')]) this.#sendOne(user, to);
    }
  }

  #checkNow(): void {
    const { users, longestQueueBytes } = this.#server.holdings();
    if (users !== this.#judge.hereCount)
      this.#complain(`the server holds ${users} users, and ${this.#judge.hereCount} are here`);
    if (longestQueueBytes > MOST_QUEUED_BYTES) this.#complain(`a queue holds ${longestQueueBytes} bytes`);
  }

  #checkNothingIsLeft(): void {
    const { users, streams, sessions, handshakes } = this.#server.holdings();
    const left = Object.entries({ users, streams, sessions, handshakes }).filter(([, count]) => count > 0);
    for (const [what, count] of left) this.#complain(`all have gone, and ${count} ${what} are left`);
    if (this.#joining !== 0) this.#complain(`${this.#joining} attempts to join have no end`);
  }

  #complain(what: string): void {
    this.#judge.complain(what);
  }
}

/** Made once: it takes its time, on purpose. */
const SECRET = new SharedSecret('known to most of the users');
const OTHER_SECRET = new SharedSecret('known to somebody else');

/** So few that a burst is refused now and then. */
const LOW_RATE = { perSecond: 20, burst: 60 };

const NAMES = ['Ana', 'Rui', 'Zoe', 'Bia', 'Ivo'];

/** From none at all to one over which hardly anything passes. */
function badProfile(world: World): LinkProfile {
  const direction = () => {
    const delayMs = world.between(1, 120);
    const jitterMs = world.roll() < 0.5 ? world.between(0, delayMs) : 0;
    const probability = world.pick([0, 0, 0.02, 0.1, 0.3]);
    return {
      delay: { delayMs },
      ...(jitterMs > 0 && { jitter: { jitterMs, distribution: 'uniform' as const, mayReorder: true } }),
      ...(probability > 0 && { loss: { kind: 'random' as const, probability } }),
      ...(world.roll() < 0.4 && { duplicate: { probability: 0.1 } }),
    };
  };
  return { up: direction(), down: direction() };
}
