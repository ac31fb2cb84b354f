// What somebody who watches a link while it carries is told of its packets: the datagrams that were lost, and when the
// pieces of streams arrived. Nothing of it is kept longer than until it is asked for.

import type { Fate } from '../model.ts';
import { type LostDatagram, LostDatagrams } from '../news.ts';
import { ArrivalRecorder, type ArrivalTable } from './arrivals.ts';
import type { PathObserver, Sighting } from './emulator.ts';
import { IpPacket } from './ip-packet.ts';
import { fragmentKey } from './packet-labels.ts';

/** What nobody asks for is not kept for ever. */
const MOST_ARRIVALS = 100_000;
const MOST_FRAGMENTED = 1_000;

export class NewsRecorder implements PathObserver {
  readonly #packet = new IpPacket();
  readonly #lost = new LostDatagrams();
  readonly #arrivals = new ArrivalRecorder();
  /** The beginning of each datagram that goes in pieces: those behind the first don't tell whose they are. */
  readonly #beginnings = new Map<number, Uint8Array>();

  offered(seen: Sighting, fate: Fate): void {
    if (!this.#packet.read(seen.bytes, seen.sizeBytes) || this.#packet.protocol !== 'udp') return;
    if (this.#packet.isFragment) this.#noteBeginning(seen);
    if (fate.dropped !== undefined) this.#noteLost(seen, fate.dropped);
    else if (fate.corruptBit >= 0) this.#noteLost(seen, 'corrupt');
  }

  arrived({ direction, bytes, sizeBytes, nowNs, isDamaged }: Sighting): void {
    if (isDamaged || !this.#packet.read(bytes, sizeBytes) || this.#packet.protocol !== 'tcp') return;
    if (this.#arrivals.table.arrivedNs.length >= MOST_ARRIVALS) this.#arrivals.take();
    this.#arrivals.record(direction, this.#packet, nowNs);
  }

  lostHere(seen: Sighting): void {
    if (!this.#packet.read(seen.bytes, seen.sizeBytes) || this.#packet.protocol !== 'udp') return;
    this.#noteLost(seen, 'carrier');
  }

  /** Since the last time. */
  take(): { lost: LostDatagram[]; arrivals: ArrivalTable } {
    return { lost: this.#lost.take(), arrivals: this.#arrivals.take() };
  }

  #noteBeginning({ direction, bytes }: Sighting): void {
    if (this.#packet.fragmentOffset > 0) return;
    const [oldest] = this.#beginnings.keys();
    if (this.#beginnings.size >= MOST_FRAGMENTED) this.#beginnings.delete(oldest!);
    this.#beginnings.set(fragmentKey(direction, this.#packet), Uint8Array.from(payloadOf(bytes, this.#packet)));
  }

  #noteLost({ direction, bytes }: Sighting, cause: LostDatagram['cause']): void {
    const isLater = this.#packet.fragmentOffset > 0;
    const payload = isLater
      ? this.#beginnings.get(fragmentKey(direction, this.#packet))
      : payloadOf(bytes, this.#packet);
    if (payload !== undefined) this.#lost.note(direction, cause, payload);
  }
}

function payloadOf(bytes: Uint8Array, { payloadOffset, payloadBytes }: IpPacket): Uint8Array {
  return bytes.subarray(payloadOffset, payloadOffset + payloadBytes);
}
