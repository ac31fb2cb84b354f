// What comes from a host, packet by packet. What its kernel gave as one is cut in place: the headers of a segment are written
// over the end of the data of the one before it, which has gone its way by then.
import { FRAME_HEADER_BYTES, Frame, segmentBytesOf } from './frame.ts';
import { TcpBurst } from './tcp-burst.ts';

const LARGEST_PACKET_BYTES = 65_535;

/** How many sizes of segments have their places remembered: there are as many as there are MTUs and sets of options. */
const MOST_SIZES = 16;

export class Incoming {
  /** The present packet's place, until the next one is taken. */
  frame: Frame;
  sizeBytes = 0;
  readonly #read: (into: Uint8Array) => number;
  readonly #mtuBytes: number;
  /** Room behind the largest for the place of its last segment, which is as long as all of them. */
  readonly #memory: ArrayBuffer;
  readonly #whole: Uint8Array;
  readonly #first: Frame;
  /** Of the first place, as many bytes as have so many bits: a small packet is not copied with all the room behind it. */
  readonly #beginnings: readonly Uint8Array[];
  readonly #burst = new TcpBurst();
  #segmentsLeft = 0;
  #places: readonly Frame[] = [];
  readonly #placesBySize = new Map<number, readonly Frame[]>();

  /** @param read puts a frame here, or answers 0 or less where there is none */
  constructor(read: (into: Uint8Array) => number, mtuBytes: number) {
    this.#read = read;
    this.#mtuBytes = mtuBytes;
    this.#memory = new ArrayBuffer(FRAME_HEADER_BYTES + LARGEST_PACKET_BYTES + FRAME_HEADER_BYTES + mtuBytes);
    this.#whole = new Uint8Array(this.#memory, 0, FRAME_HEADER_BYTES + LARGEST_PACKET_BYTES);
    this.#first = new Frame(this.#memory, 0, mtuBytes);
    this.frame = this.#first;
    const { bytes } = this.#first;
    this.#beginnings = Array.from({ length: bitsOf(bytes.length) + 1 }, (_, bits) => bytes.subarray(0, 2 ** bits));
  }

  /** Makes the next packet the present one; answers false where there is none. */
  next(): boolean {
    if (this.#segmentsLeft > 0) return this.#cut();
    const frameBytes = this.#read(this.#whole);
    if (frameBytes <= FRAME_HEADER_BYTES) return false;
    return segmentBytesOf(this.#first) === 0 ? this.#take(frameBytes) : this.#begin(frameBytes);
  }

  /** Copies the present packet to another place. */
  copyTo({ bytes }: Frame): void {
    const isFirst = this.frame === this.#first;
    bytes.set(isFirst ? this.#beginnings[bitsOf(FRAME_HEADER_BYTES + this.sizeBytes)]! : this.frame.bytes);
  }

  #take(frameBytes: number): boolean {
    this.frame = this.#first;
    // A host that raised its device's MTU sends what this link has no room for.
    this.sizeBytes = Math.min(frameBytes - FRAME_HEADER_BYTES, this.#mtuBytes);
    return true;
  }

  #begin(frameBytes: number): boolean {
    this.#burst.begin(this.#first, frameBytes - FRAME_HEADER_BYTES);
    this.#segmentsLeft = this.#burst.count;
    this.#places = this.#placesOf(this.#burst.segmentBytes);
    return this.#cut();
  }

  #cut(): boolean {
    const index = this.#burst.count - this.#segmentsLeft--;
    this.frame = this.#places[index]!;
    this.sizeBytes = Math.min(this.#burst.cut(index, this.frame), this.#mtuBytes);
    return true;
  }

  #placesOf(segmentBytes: number): readonly Frame[] {
    const known = this.#placesBySize.get(segmentBytes);
    if (known !== undefined) return known;
    if (this.#placesBySize.size === MOST_SIZES) this.#placesBySize.clear();
    const count = Math.ceil(LARGEST_PACKET_BYTES / segmentBytes);
    const places = Array.from({ length: count }, (_, index) => {
      return new Frame(this.#memory, index * segmentBytes, this.#mtuBytes);
    });
    this.#placesBySize.set(segmentBytes, places);
    return places;
  }
}

function bitsOf(count: number): number {
  return 32 - Math.clz32(count);
}
