// A capture file as the packets pass: each once on the interface of the host that sent it, with what the link did to it
// as a comment, and once on that of the host that it reached.
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Direction } from '../impairment.ts';
import { LinkMachineError, systemCode } from '../machine-error.ts';
import type { Fate } from '../model.ts';
import type { PathObserver, Sighting } from './emulator.ts';
import { interfaceDescription, packetBlockBytes, type Stamp, sectionHeader, writePacket } from './pcapng.ts';

export interface Capture extends PathObserver {
  /** Writes what is left. */
  close(): void;
}

const BUFFER_BYTES = 1024 * 1024;
const CLIENTS = 0;
const SERVER = 1;

/** @param clock the clock of the observed instants */
export function openCapture(file: string, clock: () => number): Capture {
  const fd = openFile(file);
  const buffer = Buffer.alloc(BUFFER_BYTES);
  const stampOf = stamper(clock());
  let used = 0;

  const flush = () => {
    writeSync(fd, buffer, 0, used);
    used = 0;
  };
  const put = (side: number, { bytes, sizeBytes, nowNs }: Sighting, comment: string) => {
    if (used + packetBlockBytes(sizeBytes, comment) > BUFFER_BYTES) flush();
    used = writePacket(buffer, used, side, stampOf(nowNs), bytes, sizeBytes, comment);
  };
  writeSync(fd, sectionHeader('transport-lab'));
  writeSync(fd, interfaceDescription('clients'));
  writeSync(fd, interfaceDescription('server'));

  return {
    offered: (seen, fate) => put(sender(seen.direction), seen, inWords(fate)),
    arrived: (seen) => put(1 - sender(seen.direction), seen, ''),
    lostHere: (seen) => put(sender(seen.direction), seen, 'dropped: by the machine, not by the link'),
    close() {
      flush();
      closeSync(fd);
    },
  };
}

function openFile(file: string): number {
  try {
    return openSync(file, 'w');
  } catch (error) {
    throw new LinkMachineError(
      systemCode(error),
      `The capture can't be written to ${file}: ${(error as Error).message}.`,
    );
  }
}

function sender(direction: Direction): number {
  return direction === 'up' ? CLIENTS : SERVER;
}

/** Empty where nothing was done to it but to let it pass. */
function inWords({ dropped, copies, corruptBit }: Fate): string {
  if (dropped !== undefined) return `dropped: ${dropped}`;
  const words = [];
  if (copies > 1) words.push(`duplicated: ${copies} copies`);
  if (corruptBit >= 0) words.push(`corrupted: bit ${corruptBit} flipped`);
  return words.join('; ');
}

/** From the monotonic clock to the time of day, exact to the nanosecond: a double can't hold that since 1970. */
function stamper(nowNs: number): (atNs: number) => Stamp {
  const base = BigInt(Date.now()) * 1_000_000n;
  const baseHigh = Number(base >> 32n);
  const baseLow = Number(base & 0xffff_ffffn);
  return (atNs) => {
    const low = baseLow + Math.round(atNs - nowNs);
    const carry = Math.floor(low / 2 ** 32);
    return { high: baseHigh + carry, low: low - carry * 2 ** 32 };
  };
}
