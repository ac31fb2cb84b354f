// What an emulator tells an observer of one packet, said by a test.
import type { Direction } from '../../../src/link/impairment.ts';
import type { Fate } from '../../../src/link/model.ts';
import type { PathObserver, Sighting } from '../../../src/link/tun/emulator.ts';

export interface Seen {
  readonly direction: Direction;
  readonly bytes: Uint8Array;
  /** Absolute, on the machine's clock. */
  readonly atNs: number;
}

export const DELIVERED: Fate = {
  number: 1,
  sizeBytes: 128,
  dropped: undefined,
  sentNs: 2e6,
  dueNs: 20e6,
  copies: 1,
  corruptBit: -1,
  reordered: false,
};

export function tellOffered(observer: PathObserver, { direction, bytes, atNs }: Seen, fate: Partial<Fate> = {}): void {
  observer.offered(sighting({ direction, bytes, atNs }), { ...DELIVERED, ...fate });
}

export function tellArrived(observer: PathObserver, { direction, bytes, atNs }: Seen, isDamaged = false): void {
  observer.arrived({ ...sighting({ direction, bytes, atNs }), isDamaged });
}

export function tellLostHere(observer: PathObserver, { direction, bytes, atNs }: Seen): void {
  observer.lostHere(sighting({ direction, bytes, atNs }));
}

function sighting({ direction, bytes, atNs }: Seen): Sighting {
  return { direction, bytes, sizeBytes: bytes.length, nowNs: atNs, isDamaged: false };
}
