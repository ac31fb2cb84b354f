// A pipe may bring a line without an end, and readline keeps what it has of a line: of one that is longer than any message can be, the
// rest is not passed on. It is refused when it ends, as any that is too long.
import { Transform } from 'node:stream';

/** Many times a message, so that what is refused is told nearly as it was. */
const MOST_LINE_BYTES = 2 ** 20;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export function boundedLines(mostLineBytes = MOST_LINE_BYTES): Transform {
  /** Of the line that has not ended yet. */
  let lineBytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (let from = 0; from < chunk.length; ) {
        const end = lineEnd(chunk, from);
        const to = end ?? chunk.length;
        const room = Math.max(0, mostLineBytes - lineBytes);
        if (room > 0) this.push(chunk.subarray(from, Math.min(to, from + room)));
        lineBytes += to - from;
        if (end === undefined) break;
        this.push(chunk.subarray(end, end + 1));
        lineBytes = 0;
        from = end + 1;
      }
      done();
    },
  });
}

/** Where the sign stands that ends the line; undefined: not in this chunk. */
function lineEnd(chunk: Buffer, from: number): number | undefined {
  for (let at = from; at < chunk.length; at++) {
    if (chunk[at] === LINE_FEED || chunk[at] === CARRIAGE_RETURN) return at;
  }
  return undefined;
}
