// A link's two models on the real clock: bytes in now, delivered when they are due, as often and as broken as the
// model says. It knows no socket; who delivers is an argument.

import { monotonicNs } from '../monotonic.ts';
import type { Chance } from './chance.ts';
import type { Direction } from './impairment.ts';
import type { Lateness } from './lateness.ts';
import { countedModels, countRefused, countUndelivered, emptyLedger, type Ledger } from './ledger.ts';
import type { LinkModel } from './model.ts';
import { type LostDatagram, LostDatagrams } from './news.ts';
import type { LinkProfile } from './profile.ts';
import { startScheduler } from './scheduler.ts';

/** @param undelivered to be called if the machine could not hand the bytes over after all */
type Deliver = (bytes: Uint8Array, undelivered: () => void) => void;

export interface TimedLink {
  /** Offers the bytes as one packet, at this instant. They must not change until delivered. */
  cross(direction: Direction, bytes: Uint8Array, deliver: Deliver): void;
  /** Counts a packet that the machine had no room for. */
  refuse(direction: Direction, sizeBytes: number): void;
  readonly inFlightBytes: number;
  /** Packets that have not arrived yet, those of no bytes too. */
  readonly inFlight: number;
  /** Time, models, ledger and lateness begin anew. What is on its way arrives, and before whatever follows it. */
  begin(originNs: number): void;
  /** Makes it another link while it carries: time, chance and ledger go on. */
  change(profile: LinkProfile): void;
  ledger(): Ledger;
  /** Datagrams that the link dropped since it was last asked. */
  lost(): LostDatagram[];
  lateness(): Lateness;
  close(): void;
}

interface Epoch {
  originNs: number;
  models: Record<Direction, LinkModel>;
  ledger: Ledger;
  /** When the last packet of the epochs before is due: a stream stays in order across a new beginning. */
  notBeforeNs: Record<Direction, number>;
}

export function startTimedLink(first: LinkProfile, chance: Chance): TimedLink {
  const scheduler = startScheduler();
  const latestDueNs: Record<Direction, number> = { up: 0, down: 0 };
  const lost = new LostDatagrams();
  let profile = first;
  let epoch = newEpoch(profile, chance, monotonicNs(), { ...latestDueNs });
  let inFlightBytes = 0;

  return {
    cross(direction, bytes, deliver) {
      const { originNs, models, ledger, notBeforeNs } = epoch;
      const fate = models[direction].offer({ sizeBytes: bytes.length, offeredNs: monotonicNs() - originNs });
      if (fate.dropped !== undefined) return lost.note(direction, fate.dropped, bytes);
      const { copies } = fate;
      const arriving = fate.corruptBit < 0 ? bytes : flipped(bytes, fate.corruptBit);
      const dueNs = Math.max(originNs + fate.dueNs, notBeforeNs[direction]);
      latestDueNs[direction] = Math.max(latestDueNs[direction], dueNs);
      inFlightBytes += bytes.length;
      scheduler.at(dueNs, () => {
        inFlightBytes -= bytes.length;
        deliver(arriving, () => countUndelivered(ledger[direction], bytes.length));
        for (let copy = 1; copy < copies; copy++) deliver(arriving, () => {});
      });
    },
    refuse: (direction, sizeBytes) => countRefused(epoch.ledger[direction], sizeBytes),
    get inFlightBytes() {
      return inFlightBytes;
    },
    get inFlight() {
      return scheduler.waiting;
    },
    begin(originNs) {
      epoch = newEpoch(profile, chance, originNs, { ...latestDueNs });
      scheduler.forgetLateness();
    },
    change(next) {
      profile = next;
      const { originNs, ledger } = epoch;
      const models = countedModels(profile, chance, ledger);
      epoch = { originNs, models, ledger, notBeforeNs: { ...latestDueNs } };
    },
    ledger: () => structuredClone(epoch.ledger),
    lost: () => lost.take(),
    lateness: () => scheduler.lateness(),
    close: () => scheduler.close(),
  };
}

function newEpoch(profile: LinkProfile, chance: Chance, originNs: number, notBeforeNs: Epoch['notBeforeNs']): Epoch {
  const ledger = emptyLedger();
  const models = countedModels(profile, chance, ledger);
  return { originNs, models, ledger, notBeforeNs };
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3]! ^= 0x80 >> (bit & 7);
  return copy;
}
