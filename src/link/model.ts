// One direction of an emulated link, in virtual time: a packet and an instant in, its fate out. The same calls give the
// same fates for ever. It creates no object per packet. It knows no socket, no clock and nobody's traffic but what it is offered.
//
//   offer ─► queue ─► rate ─┬─► loss ─► duplicate ─► corrupt ─► reorder( delay ─► jitter ) ─► due
//            the bottleneck │   the channel, whose state counts at the instant the packet leaves the bottleneck
//                         sentNs

import { type Chance, type Dice, dice } from './chance.ts';
import { corrupt } from './impairment/corrupt.ts';
import { delay } from './impairment/delay.ts';
import { duplicate } from './impairment/duplicate.ts';
import { jitter } from './impairment/jitter.ts';
import { loss } from './impairment/loss.ts';
import { queue } from './impairment/queue.ts';
import { rate } from './impairment/rate.ts';
import { reorder } from './impairment/reorder.ts';
import { chain, type Direction, type Impairment, type Packet } from './impairment.ts';
import type { DirectionProfile, ImpairmentName } from './profile.ts';

/** What becomes of a packet. One object per model, overwritten by the next offer: copy what must last. */
export type Fate = Readonly<Packet>;

/** A packet as it comes to the link, which keeps nothing of it: one object may serve for all, and costs none then. */
export interface Offered {
  readonly sizeBytes: number;
  /** Since the link's origin, and never earlier than that of the packet before. */
  readonly offeredNs: number;
}

export interface LinkModel {
  offer(packet: Offered): Fate;
  /** What stands in the bottleneck at an instant not earlier than the latest offer. */
  backlogBytesAt(nowNs: number): number;
  backlogPacketsAt(nowNs: number): number;
}

export function linkModel(profile: DirectionProfile, direction: Direction, chance: Chance): LinkModel {
  const bottleneck = profile.rate && queue(profile.queue, rate(profile.rate));
  const channel = channelOf(profile, (name) => dice(chance, `${direction}/${name}`));
  const packet = newPacket();
  const order = { latestDueNs: Number.NEGATIVE_INFINITY };

  return {
    offer(offered) {
      enter(packet, offered);
      bottleneck?.pass(packet);
      if (packet.dropped !== undefined) return packet;
      packet.dueNs = packet.sentNs;
      channel.pass(packet);
      if (packet.dropped !== undefined) return packet;
      packet.reordered = packet.dueNs < order.latestDueNs;
      order.latestDueNs = Math.max(order.latestDueNs, packet.dueNs);
      return packet;
    },
    backlogBytesAt: (nowNs) => bottleneck?.bytesAt(nowNs) ?? 0,
    backlogPacketsAt: (nowNs) => bottleneck?.packetsAt(nowNs) ?? 0,
  };
}

function channelOf(profile: DirectionProfile, diceOf: (name: ImpairmentName) => Dice): Impairment {
  const delayLine = chain([
    ...(profile.delay ? [delay(profile.delay)] : []),
    ...(profile.jitter ? [jitter(profile.jitter, diceOf('jitter'))] : []),
  ]);
  return chain([
    ...(profile.loss ? [loss(profile.loss, diceOf('loss'))] : []),
    ...(profile.duplicate ? [duplicate(profile.duplicate, diceOf('duplicate'))] : []),
    ...(profile.corrupt ? [corrupt(profile.corrupt, diceOf('corrupt'))] : []),
    profile.reorder ? reorder(profile.reorder, diceOf('reorder'), delayLine) : delayLine,
  ]);
}

function newPacket(): Packet {
  return {
    number: 0,
    sizeBytes: 0,
    sentNs: 0,
    dueNs: 0,
    dropped: undefined,
    copies: 1,
    corruptBit: -1,
    reordered: false,
  };
}

function enter(packet: Packet, { sizeBytes, offeredNs }: Offered): void {
  packet.number += 1;
  packet.sizeBytes = sizeBytes;
  packet.sentNs = offeredNs;
  packet.dueNs = offeredNs;
  packet.dropped = undefined;
  packet.copies = 1;
  packet.corruptBit = -1;
  packet.reordered = false;
}
