// Everybody writes to somebody else once a second, each at an instant of his own in it. What became of every message is counted
// at its reader; the delay is from the instant that was planned, so that a sender who is late hides nothing.

import { Letter } from '../../src/core/letter.ts';
import type { ServerFrame } from '../../src/core/server-frame.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import type { LightUser } from '../crowd/light-user.ts';
import { onTime } from '../crowd/on-time.ts';
import { numberedBody, numberIn } from './numbered-body.ts';

const BODY_BYTES = 64;
const LEAD_NS = 20e6;

/** No two messages of a process bear one number. */
let numbersUsed = 0;

export class Conversation {
  readonly writers: readonly LightUser[];
  readonly #names: ReadonlySet<string>;
  readonly #count: number;
  readonly #firstNumber = numbersUsed;
  readonly #intervalNs: number;
  readonly #arrivedNs: Float64Array;
  #originNs = Number.NaN;
  sent = 0;
  delivered = 0;
  twice = 0;
  strayed = 0;
  refused = 0;
  /** How long after its instant the message was sent that was sent latest. */
  latestMs = 0;

  constructor(writers: readonly LightUser[], seconds: number) {
    this.writers = writers;
    this.#names = new Set(writers.map(({ name }) => name));
    this.#count = Math.round(writers.length * seconds);
    this.#intervalNs = 1e9 / writers.length;
    this.#arrivedNs = new Float64Array(this.#count).fill(Number.NaN);
    numbersUsed += this.#count;
  }

  /** Resolves when the last has been sent. */
  async hold(): Promise<void> {
    this.#originNs = monotonicNs() + LEAD_NS;
    await onTime({ originNs: this.#originNs, count: this.#count, intervalNs: this.#intervalNs }, (index) =>
      this.#write(index),
    );
  }

  hear(user: LightUser, frame: ServerFrame, atNs: number): void {
    if (frame.kind === 'refused' && this.#names.has(frame.about)) this.refused++;
    if (frame.kind !== 'deliver') return;
    const index = numberIn(new Letter(frame.letter).bodyBytes) - this.#firstNumber;
    if (index < 0 || index >= this.#count) return;
    if (this.#recipient(index) !== user) this.strayed++;
    else if (Number.isNaN(this.#arrivedNs[index]!)) {
      this.delivered++;
      this.#arrivedNs[index] = atNs;
    } else this.twice++;
  }

  sortedDelaysMs(): Float64Array {
    const delaysMs = this.#arrivedNs.map((atNs, index) => (atNs - this.#plannedNs(index)) / 1e6);
    return delaysMs.filter((delayMs) => !Number.isNaN(delayMs)).sort();
  }

  #write(index: number): void {
    const writer = this.writers[index % this.writers.length]!;
    if (writer.state !== 'here') return;
    this.latestMs = Math.max(this.latestMs, (monotonicNs() - this.#plannedNs(index)) / 1e6);
    writer.write(this.#recipient(index).name, numberedBody(this.#firstNumber + index, BODY_BYTES));
    this.sent++;
  }

  #plannedNs(index: number): number {
    return this.#originNs + index * this.#intervalNs;
  }

  /** Somebody else every second, and everybody is written to once in it. */
  #recipient(index: number): LightUser {
    const { length } = this.writers;
    const second = Math.floor(index / length);
    const further = 1 + ((second * 7919) % (length - 1));
    return this.writers[((index % length) + further) % length]!;
  }
}
