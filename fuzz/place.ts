// Where a process that fuzzes stands, in a file of its own: it can be read whatever becomes of the process.
import { openSync, readFileSync, writeSync } from 'node:fs';

export interface Place {
  /** Among all targets. */
  readonly target: number;
  /** Of the batch. */
  readonly seed: number;
  /** How many inputs of the batch were begun. */
  readonly inputs: number;
}

const FIELDS = 3;

export function placeWriter(file: string): (place: Place) => void {
  const open = openSync(file, 'w');
  const fields = new Int32Array(FIELDS);
  return ({ target, seed, inputs }) => {
    fields.set([target, seed, inputs]);
    writeSync(open, fields, 0, fields.byteLength, 0);
  };
}

/** Undefined where the process has written none yet. */
export function readPlace(file: string): Place | undefined {
  try {
    const bytes = readFileSync(file);
    const [target, seed, inputs] = new Int32Array(Uint8Array.from(bytes).buffer);
    return inputs === undefined ? undefined : { target: target!, seed: seed!, inputs };
  } catch {
    return undefined;
  }
}
