// The buffer before the bottleneck's line, drop-tail: what finds no room is dropped, and nothing already in is.
// A packet holds its room until its last bit has left, so a full buffer stands for limit × 8 / rate.

import type { Impairment, Packet } from '../impairment.ts';
import { show } from '../plain-data.ts';
import { LinkProfileError, type Path } from '../profile-error.ts';
import { isPackets, readPackets, readSizeBytes, writeSize } from '../units.ts';

export type QueueSettings = { limitBytes: number } | { limitPackets: number };

export interface Queue extends Impairment {
  /** What waits or is being sent. An instant must not be earlier than the latest one asked or passed. */
  bytesAt(nowNs: number): number;
  packetsAt(nowNs: number): number;
}

const LARGEST_PACKET_BYTES = 1500;

/** "64kB" or "100p" */
export function parseQueue(value: unknown, path: Path): QueueSettings {
  if (isPackets(value)) {
    const limitPackets = readPackets(value, path);
    if (limitPackets >= 1 && Number.isInteger(limitPackets)) return { limitPackets };
    throw new LinkProfileError(path, `${show(value)} holds no whole packet; the least is 1p`);
  }
  const limitBytes = readSizeBytes(value, path);
  if (limitBytes >= LARGEST_PACKET_BYTES) return { limitBytes };
  throw new LinkProfileError(
    path,
    `${show(value)} is smaller than a packet; the least is ${LARGEST_PACKET_BYTES}B or 1p`,
  );
}

export function describeQueue(settings: QueueSettings): string {
  return 'limitBytes' in settings ? `queue ${writeSize(settings.limitBytes)}` : `queue ${settings.limitPackets}p`;
}

/** @param settings without them the buffer has no end */
export function queue(settings: QueueSettings | undefined, line: Impairment): Queue {
  const limitBytes =
    settings !== undefined && 'limitBytes' in settings ? settings.limitBytes : Number.POSITIVE_INFINITY;
  const limitPackets =
    settings !== undefined && 'limitPackets' in settings ? settings.limitPackets : Number.POSITIVE_INFINITY;
  const backlog = new Backlog();
  return {
    pass(packet) {
      backlog.nowNs = packet.sentNs;
      backlog.leave();
      if (backlog.packets + 1 > limitPackets || backlog.bytes + packet.sizeBytes > limitBytes) {
        packet.dropped = 'queue';
        return;
      }
      line.pass(packet);
      backlog.enter(packet);
    },
    bytesAt(nowNs) {
      backlog.nowNs = nowNs;
      backlog.leave();
      return backlog.bytes;
    },
    packetsAt(nowNs) {
      backlog.nowNs = nowNs;
      backlog.leave();
      return backlog.packets;
    },
  };
}

/** A ring of who leaves when; it doubles when full, so it allocates a few times and never per packet. */
class Backlog {
  bytes = 0;
  packets = 0;
  /** A field, because an argument could cost an object. */
  nowNs = 0;
  #head = 0;
  #leavesNs = new Float64Array(64);
  #sizeBytes = new Float64Array(64);

  enter(packet: Packet): void {
    if (this.packets === this.#leavesNs.length) this.#double();
    const tail = (this.#head + this.packets) % this.#leavesNs.length;
    this.#leavesNs[tail] = packet.sentNs;
    this.#sizeBytes[tail] = packet.sizeBytes;
    this.packets += 1;
    this.bytes += packet.sizeBytes;
  }

  /** All whose last bit has left by now. */
  leave(): void {
    while (this.packets > 0 && this.#leavesNs[this.#head]! <= this.nowNs) {
      this.bytes -= this.#sizeBytes[this.#head]!;
      this.packets -= 1;
      this.#head = (this.#head + 1) % this.#leavesNs.length;
    }
  }

  #double(): void {
    this.#leavesNs = unrolled(this.#leavesNs, this.#head);
    this.#sizeBytes = unrolled(this.#sizeBytes, this.#head);
    this.#head = 0;
  }
}

function unrolled(full: Float64Array<ArrayBuffer>, head: number): Float64Array<ArrayBuffer> {
  const ring = new Float64Array(full.length * 2);
  ring.set(full.subarray(head));
  ring.set(full.subarray(0, head), full.length - head);
  return ring;
}
