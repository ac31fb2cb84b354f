import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { writeU32 } from '../../src/core/bytes.ts';
import { encodeWho } from '../../src/core/client-frame.ts';
import { FrameDecoder, LENGTH_BYTES } from '../../src/tcp/framing.ts';
import { hex, joined, unhex } from '../support/hex.ts';
import { tableUnder } from '../support/protocol-doc.ts';

const LIMIT = 1_000;

function decode(chunks: Iterable<Uint8Array>, decoder = new FrameDecoder(LIMIT)) {
  const frames: string[] = [];
  for (const chunk of chunks) {
    // As a socket would do, who may use its buffer again: a frame must not change when that does.
    const lent = chunk.slice();
    const fault = decoder.feed(lent, (frame) => frames.push(hex(frame)));
    lent.fill(0xee);
    if (fault !== undefined) return { frames, fault };
  }
  return { frames, isInside: decoder.insideFrame };
}

function framed(frame: Uint8Array): Uint8Array {
  const bytes = joined(new Uint8Array(LENGTH_BYTES), frame);
  writeU32(bytes, 0, frame.length);
  return bytes;
}

const ofSize = (sizeBytes: number) => Uint8Array.from({ length: sizeBytes }, (_, i) => i % 251);
const over = (sizeBytes: number) => `a frame of ${sizeBytes} bytes is announced and the limit is ${LIMIT}`;

const cases: [string, Uint8Array, { frames: string[]; isInside?: boolean; fault?: string }][] = [
  ['nothing', unhex(''), { frames: [], isInside: false }],
  ['one frame', unhex('00 00 00 02 61 62'), { frames: ['61 62'], isInside: false }],
  ['two frames', unhex('00 00 00 02 61 62 00 00 00 01 63'), { frames: ['61 62', '63'], isInside: false }],
  ['a keep-alive', unhex('00 00 00 00'), { frames: [''], isInside: false }],
  [
    'keep-alives around a frame',
    unhex('00 00 00 00 00 00 00 00 00 00 00 01 61 00 00 00 00'),
    { frames: ['', '', '61', ''], isInside: false },
  ],
  ['a frame that holds what looks like another', framed(unhex('00 00 00 01 61')), { frames: ['00 00 00 01 61'] }],
  ['a frame of exactly the limit', framed(ofSize(LIMIT)), { frames: [hex(ofSize(LIMIT))], isInside: false }],
  ['a part of a length', unhex('00 00 00 01 61 00 00'), { frames: ['61'], isInside: true }],
  ['a length alone', unhex('00 00 00 05'), { frames: [], isInside: true }],
  ['a frame cut short', unhex('00 00 00 05 61 62'), { frames: [], isInside: true }],
  ['a frame one over the limit', unhex('00 00 03 e9 61'), { frames: [], fault: over(1_001) }],
  ['4 GiB less a byte', unhex('ff ff ff ff 61'), { frames: [], fault: over(4_294_967_295) }],
  ['2 GiB', unhex('80 00 00 00 61'), { frames: [], fault: over(2_147_483_648) }],
  [
    'a frame, then text that is none',
    unhex('00 00 00 01 61 47 45 54 20 2f'),
    { frames: ['61'], fault: over(0x47455420) },
  ],
];

const bytesOf = (stream: Uint8Array) => [...stream].map((byte) => Uint8Array.of(byte));

describe.each(cases)('%s', (_, stream, expected) => {
  test('fed whole', () => {
    expect(decode([stream])).toMatchObject(expected);
  });

  test('fed byte by byte', () => {
    expect(decode(bytesOf(stream))).toMatchObject(expected);
  });

  test('fed in two pieces, cut at every place', () => {
    for (let cut = 0; cut <= stream.length; cut++) {
      expect(decode([stream.subarray(0, cut), stream.subarray(cut)]), `cut at ${cut}`).toMatchObject(expected);
    }
  });

  test('fed with a frame behind it, which is the next one if the stream is sound', () => {
    const isOpen = expected.fault === undefined && !expected.isInside;
    const { frames } = decode([joined(stream, unhex('00 00 00 01 7a'))]);
    expect(frames.at(-1) === '7a').toBe(isOpen);
  });
});

const stream = fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 12 });

test('any partition of a stream gives the same frames', () => {
  fc.assert(
    fc.property(stream, fc.array(fc.nat(300), { maxLength: 60 }), (frames, sizes) => {
      const whole = joined(...frames.map(framed));
      const chunks: Uint8Array[] = [];
      let offset = 0;
      for (const sizeBytes of sizes) {
        chunks.push(whole.subarray(offset, offset + sizeBytes));
        offset += sizeBytes;
      }
      chunks.push(whole.subarray(offset));
      expect(decode(chunks)).toEqual({ frames: frames.map(hex), isInside: false });
    }),
  );
});

test('no bytes make it throw, nor give a frame over the limit', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 10 }), (chunks) => {
      const { frames } = decode(chunks, new FrameDecoder(20));
      expect(frames.every((frame) => unhex(frame).length <= 20)).toBe(true);
    }),
  );
});

describe('memory held', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test('grows with what came, not with what was announced', () => {
    let largest = 0;
    class Counted extends Uint8Array {
      constructor(...made: [number]) {
        super(...made);
        largest = Math.max(largest, this.byteLength);
      }
    }
    vi.stubGlobal('Uint8Array', Counted);
    const decoder = new FrameDecoder(1e9);
    let comeBytes = 0;
    const feed = (chunk: Uint8Array) => {
      comeBytes += chunk.length;
      decoder.feed(chunk, () => {});
    };
    feed(unhex('3b 9a ca 00'));
    const piece = Buffer.alloc(100);
    for (let i = 0; i < 2_000; i++) {
      feed(piece);
      expect(largest).toBeLessThanOrEqual(Math.max(256, 2 * comeBytes));
    }
  });

  test('is let go when the frame is whole', () => {
    const held: Uint8Array[] = [];
    const decoder = new FrameDecoder(LIMIT);
    for (const part of bytesOf(joined(framed(ofSize(300)), framed(ofSize(9))))) decoder.feed(part, (f) => held.push(f));
    expect(held.map((frame) => frame.length)).toEqual([300, 9]);
    expect(held[0]!.buffer).not.toBe(held[1]!.buffer);
  });
});

describe('stopped', () => {
  test.each([
    ['whole', (bytes: Uint8Array) => [bytes]],
    ['byte by byte', bytesOf],
  ])('inside a chunk, fed %s, it gives no further frame', (_, split) => {
    const decoder = new FrameDecoder(LIMIT);
    const frames: string[] = [];
    for (const chunk of split(unhex('00 00 00 01 61 00 00 00 01 62 ff ff ff ff ff'))) {
      const fault = decoder.feed(chunk, (frame) => {
        frames.push(hex(frame));
        decoder.stop();
      });
      expect(fault).toBeUndefined();
    }
    expect(frames).toEqual(['61']);
  });
});

test('the golden bytes are those of docs/protocol.md', () => {
  const golden = new Map([
    ['WHO, request 258', hex(framed(encodeWho(258)))],
    ['keep-alive', hex(framed(new Uint8Array(0)))],
  ]);
  expect(golden).toEqual(tableUnder('Golden stream'));
  expect(golden.get('WHO, request 258')).toBe('00 00 00 06 01 03 00 00 01 02');
});
