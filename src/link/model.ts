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

export interface LinkModel {
  /** @param nowNs since the link's origin, and never earlier than in the offer before */
  offer(sizeBytes: number, nowNs: number): Fate;
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
    offer(sizeBytes, nowNs) {
      enter(packet, sizeBytes, nowNs);
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

function enter(packet: Packet, sizeBytes: number, nowNs: number): void {
  packet.number += 1;
  packet.sizeBytes = sizeBytes;
  packet.sentNs = nowNs;
  packet.dueNs = nowNs;
  packet.dropped = undefined;
  packet.copies = 1;
  packet.corruptBit = -1;
  packet.reordered = false;
}
