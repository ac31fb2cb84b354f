// What the users of a soak do all day, from a seed: they come, write to one another and to all, ask who is here, send what can't be
// read, stop reading, and go, with a word or without one.
import { seededChance, uniform } from '../../src/bench/load/chance.ts';
import { encodePing, encodeWho } from '../../src/core/client-frame.ts';
import type { Crowd } from '../crowd/crowd.ts';
import type { LightUser } from '../crowd/light-user.ts';

const TICK_MS = 100;
/** Each in a tick, for one user. */
const CHANCES = {
  writes: 0.1,
  writesToAll: 0.0005,
  asks: 0.002,
  pings: 0.005,
  stammers: 0.0005,
  stopsReading: 0.00005,
};
const WANTS_PRESENCE = 0.1;
const LONGEST_STAY_MS = 120_000;
const VANISHES = 0.4;
/** A slow reader is written to until the server sends him away, over TCP, or until his time is over. */
const BURST = { messages: 4, bytes: 50_000 };

export class Life {
  readonly #crowd: Crowd;
  readonly #random: () => number;
  readonly #population: number;
  readonly #slow = new Set<LightUser>();
  readonly #leavesAtTick = new Map<LightUser, number>();
  readonly counts = { joins: 0, notLetIn: 0, left: 0, vanished: 0, written: 0, toAll: 0, heard: 0, stoppedReading: 0 };
  /** How much more often all happens: a server that is warm has compiled what it needs, and its buffers have their size. */
  pace = 1;
  #timer: NodeJS.Timeout | undefined;
  #tick = 0;

  constructor(crowd: Crowd, population: number, seed: number) {
    this.#crowd = crowd;
    this.#population = population;
    const chance = seededChance(seed, 0);
    this.#random = () => uniform(chance);
    crowd.hear = () => void this.counts.heard++;
  }

  begin(): void {
    this.#timer = setInterval(() => this.#live(), TICK_MS);
  }

  /** Everybody goes, one way or the other. */
  end(): void {
    clearInterval(this.#timer);
    for (const user of [...this.#crowd.users]) this.#go(user);
  }

  #live(): void {
    this.#tick++;
    // A few at a time, so that a new server fills within seconds and not at once.
    for (let i = 0; i < 10 && this.#crowd.users.size < this.#population; i++) void this.#come();
    const here = [...this.#leavesAtTick.keys()].filter((user) => user.state === 'here');
    for (const [user, atTick] of this.#leavesAtTick) {
      if (user.state === 'gone') this.#forget(user);
      else if (atTick <= this.#tick) this.#go(user);
      else this.#act(user, here);
    }
  }

  async #come(): Promise<void> {
    this.counts.joins++;
    const wire = this.counts.joins % 2 === 0 ? 'tcp' : 'udp';
    const { user, joinedAtNs } = await this.#crowd.join(wire, this.#random() < WANTS_PRESENCE);
    if (joinedAtNs === undefined) this.counts.notLetIn++;
    else this.#leavesAtTick.set(user, this.#tick + (this.#random() * LONGEST_STAY_MS) / this.pace / TICK_MS);
  }

  #go(user: LightUser): void {
    this.#forget(user);
    if (this.#random() < VANISHES) {
      this.counts.vanished++;
      user.vanish();
    } else {
      this.counts.left++;
      user.leave();
    }
  }

  #forget(user: LightUser): void {
    this.#leavesAtTick.delete(user);
    this.#slow.delete(user);
  }

  #act(user: LightUser, here: readonly LightUser[]): void {
    if (user.state !== 'here') return;
    if (this.#happens('writes')) this.#write(user, this.#oneOf(here).name, 20 + this.#random() * 500);
    if (this.#happens('writesToAll')) {
      this.counts.toAll++;
      this.#write(user, '*', 100);
    }
    if (this.#happens('asks')) user.send(encodeWho(this.#tick));
    if (this.#happens('pings')) user.send(encodePing(this.#tick));
    if (this.#happens('stammers')) user.send(Uint8Array.of(1, 99));
    if (this.#happens('stopsReading')) {
      this.counts.stoppedReading++;
      this.#slow.add(user);
      user.stopReading();
    }
    if (this.#slow.has(user)) {
      for (let i = 0; i < BURST.messages; i++) this.#write(this.#oneOf(here), user.name, BURST.bytes);
    }
  }

  #write(user: LightUser, to: string, sizeBytes: number): void {
    this.counts.written++;
    user.write(to, new Uint8Array(Math.floor(sizeBytes)).fill(0x61));
  }

  #happens(what: keyof typeof CHANCES): boolean {
    return this.#random() < CHANCES[what] * this.pace;
  }

  #oneOf<T>(of: readonly T[]): T {
    return of[Math.floor(this.#random() * of.length)]!;
  }
}
