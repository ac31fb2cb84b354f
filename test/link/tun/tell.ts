// What an emulator tells an observer of one packet, said by a test.
import type { Direction } from '../../../src/link/impairment.ts';
import type { Fate } from '../../../src/link/model.ts';
import type { PathObserver } from '../../../src/link/tun/emulator.ts';

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
  observer.offered(direction, bytes, bytes.length, { ...DELIVERED, ...fate }, atNs);
}

export function tellArrived(observer: PathObserver, { direction, bytes, atNs }: Seen, isDamaged = false): void {
  observer.arrived(direction, bytes, bytes.length, atNs, isDamaged);
}

export function tellLostHere(observer: PathObserver, { direction, bytes, atNs }: Seen): void {
  observer.lostHere(direction, bytes, bytes.length, atNs);
}
