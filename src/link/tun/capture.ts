// A capture file as the packets pass: each once on the interface of the host that sent it, with what the link did to it
// as a comment, and once on that of the host that it reached.
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { Direction } from '../impairment.ts';
import { LinkMachineError, systemCode } from '../machine-error.ts';
import type { Fate } from '../model.ts';
import type { PathObserver, Sighting } from './emulator.ts';
import { interfaceDescription, packetBlockBytes, type Stamp, sectionHeader, writePacket } from './pcapng.ts';

export interface Capture extends PathObserver {
  /**
   * Writes what is left.
   * @throws LinkMachineError where not all could be written; the file holds the packets before that, whole
   */
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
  let writtenBytes = 0;
  let failure: LinkMachineError | undefined;

  const flush = () => {
    let at = 0;
    try {
      // A disk that fills takes a part first, and says so when it is offered the rest.
      while (at < used) at += writeSync(fd, buffer, at, used - at);
      writtenBytes += used;
    } catch (error) {
      failure = unwritable(file, error);
      cutTo(fd, writtenBytes + wholeBlocksBytes(buffer, at));
    }
    used = 0;
  };
  const put = (side: number, { bytes, sizeBytes, nowNs }: Sighting, comment: string) => {
    if (failure !== undefined) return;
    if (used + packetBlockBytes(sizeBytes, comment) > BUFFER_BYTES) flush();
    used = writePacket(buffer, used, side, stampOf(nowNs), bytes, sizeBytes, comment);
  };
  for (const block of [
    sectionHeader('transport-lab'),
    interfaceDescription('clients'),
    interfaceDescription('server'),
  ]) {
    buffer.set(block, used);
    used += block.length;
  }
  // A disk that is full already is told before anything crosses.
  flush();
  if (failure !== undefined) {
    closeSync(fd);
    throw failure;
  }

  return {
    offered: (seen, fate) => put(sender(seen.direction), seen, inWords(fate)),
    arrived: (seen) => put(1 - sender(seen.direction), seen, ''),
    lostHere: (seen) => put(sender(seen.direction), seen, 'dropped: by the machine, not by the link'),
    close() {
      flush();
      closeSync(fd);
      if (failure !== undefined) throw failure;
    },
  };
}

function openFile(file: string): number {
  try {
    return openSync(file, 'w');
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** What is no regular file, such as a pipe, can't be cut. */
function cutTo(fd: number, sizeBytes: number): void {
  try {
    ftruncateSync(fd, sizeBytes);
  } catch {}
}

/** How much of the first so many bytes are whole blocks; each has its length behind its type. */
function wholeBlocksBytes(blocks: Buffer, sizeBytes: number): number {
  let end = 0;
  while (end + 8 <= sizeBytes && end + blocks.readUInt32LE(end + 4) <= sizeBytes) end += blocks.readUInt32LE(end + 4);
  return end;
}

function unwritable(file: string, error: unknown): LinkMachineError {
  const { message } = error as Error;
  return new LinkMachineError(systemCode(error), `The capture can't be written to ${file}: ${message}.`);
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
