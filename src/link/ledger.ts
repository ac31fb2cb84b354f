// What a link did, in packets and bytes: offered = delivered + dropped, cause by cause. Plain data, and a model around
// a model that keeps it, so that the model itself counts nothing.

import type { Chance } from './chance.ts';
import type { Direction, DropCause } from './impairment.ts';
import { type Fate, type LinkModel, linkModel } from './model.ts';
import type { LinkProfile } from './profile.ts';

export type Ledger = Record<Direction, DirectionLedger>;

export interface DirectionLedger {
  offered: Tally;
  /** Each packet once, however many copies arrive; what is still on its way is counted already. */
  delivered: Tally;
  /** `carrier`: what the emulating machine itself lost, and no channel was meant to. */
  dropped: Record<DropCause | 'carrier', Tally>;
  /** The copies beyond the first. */
  duplicated: Tally;
  corrupted: Tally;
  /** Due before a packet that was offered earlier. */
  reordered: Tally;
}

export interface Tally {
  packets: number;
  bytes: number;
}

export function emptyLedger(): Ledger {
  return { up: emptyDirection(), down: emptyDirection() };
}

/** The models of both directions, each keeping its part of the ledger. */
export function countedModels({ up, down }: LinkProfile, chance: Chance, ledger: Ledger): Record<Direction, LinkModel> {
  return {
    up: counted(linkModel(up, 'up', chance), ledger.up),
    down: counted(linkModel(down, 'down', chance), ledger.down),
  };
}

/** The same model, keeping the ledger. */
export function counted(model: LinkModel, ledger: DirectionLedger): LinkModel {
  return {
    ...model,
    offer(packet) {
      const fate = model.offer(packet);
      count(ledger, fate);
      return fate;
    },
  };
}

/** A packet that never reached the model: the machine had no room for it. */
export function countRefused(ledger: DirectionLedger, sizeBytes: number): void {
  add(ledger.offered, sizeBytes);
  add(ledger.dropped.carrier, sizeBytes);
}

/** A packet that the model delivered and the machine then failed to hand over. */
export function countUndelivered(ledger: DirectionLedger, sizeBytes: number): void {
  ledger.delivered.packets -= 1;
  ledger.delivered.bytes -= sizeBytes;
  add(ledger.dropped.carrier, sizeBytes);
}

function count(ledger: DirectionLedger, { sizeBytes, dropped, copies, corruptBit, reordered }: Fate): void {
  add(ledger.offered, sizeBytes);
  if (dropped !== undefined) {
    add(ledger.dropped[dropped], sizeBytes);
    return;
  }
  add(ledger.delivered, sizeBytes);
  for (let copy = 1; copy < copies; copy++) add(ledger.duplicated, sizeBytes);
  if (corruptBit >= 0) add(ledger.corrupted, sizeBytes);
  if (reordered) add(ledger.reordered, sizeBytes);
}

function add(tally: Tally, sizeBytes: number): void {
  tally.packets += 1;
  tally.bytes += sizeBytes;
}

function emptyDirection(): DirectionLedger {
  return {
    offered: nothing(),
    delivered: nothing(),
    dropped: { queue: nothing(), loss: nothing(), list: nothing(), outage: nothing(), carrier: nothing() },
    duplicated: nothing(),
    corrupted: nothing(),
    reordered: nothing(),
  };
}

function nothing(): Tally {
  return { packets: 0, bytes: 0 };
}
