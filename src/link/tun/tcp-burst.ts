// Several segments of one TCP stream that a kernel gave as one packet, cut as a network card would cut them (and Linux where
// it must itself, in `tcp_gso_segment` and `inet_gso_segment`): the headers of the whole go before the data of each, with a
// length, sequence number, identification and flags of its own.
import { checksumStartOf, type Frame, folded, leaveChecksum, onesComplementSum, segmentBytesOf } from './frame.ts';
import { u16, u32, writeU16 } from './network-order.ts';

/** IPv4 and TCP with the most options that they can have, or IPv6 and TCP with extension headers between. */
const MOST_HEADER_BYTES = 256;

const IPV4_CHECKSUM = 10;
const IPV6_HEADER_BYTES = 40;
const TCP = 6;
const TCP_CHECKSUM = 16;
const FIN = 0x01;
const PSH = 0x08;
const CWR = 0x80;

export class TcpBurst {
  count = 0;
  /** The data of each segment but the last. */
  segmentBytes = 0;
  #headerBytes = 0;
  #dataBytes = 0;
  readonly #headers = new Uint8Array(MOST_HEADER_BYTES);
  #isIpv6 = false;
  /** Where TCP's header begins. */
  #tcp = 0;
  #sequence = 0;
  #flags = 0;
  #identification = 0;
  /** Of what is the same in every segment: the words of IPv4's header, and of the pseudo-header. */
  #ipSum = 0;
  #pseudoSum = 0;

  /** @param frame the first segment in its place; the data of the others lies behind */
  begin(frame: Frame, sizeBytes: number): void {
    const { packet } = frame;
    const headers = this.#headers;
    this.#isIpv6 = packet[0]! >> 4 === 6;
    this.#tcp = checksumStartOf(frame);
    this.#headerBytes = this.#tcp + (packet[this.#tcp + 12]! >> 4) * 4;
    for (let at = 0; at < this.#headerBytes; at++) headers[at] = packet[at]!;
    this.segmentBytes = segmentBytesOf(frame);
    this.#dataBytes = sizeBytes - this.#headerBytes;
    this.count = Math.ceil(this.#dataBytes / this.segmentBytes);
    this.#sequence = u32(headers, this.#tcp + 4) | 0;
    this.#flags = headers[this.#tcp + 13]!;
    this.#identification = u16(headers, 4);
    const addresses = this.#isIpv6 ? 8 : 12;
    const addressBytes = this.#isIpv6 ? 32 : 8;
    this.#pseudoSum = TCP + onesComplementSum(headers, addresses, addresses + addressBytes);
    // What differs from segment to segment counts as 0 here.
    writeU16(headers, 2, 0);
    writeU16(headers, 4, 0);
    writeU16(headers, IPV4_CHECKSUM, 0);
    this.#ipSum = onesComplementSum(headers, 0, this.#tcp);
  }

  /** Makes a segment of the data in its place. @param index from 0 @returns its bytes */
  cut(index: number, frame: Frame): number {
    const { packet } = frame;
    const headerBytes = this.#headerBytes;
    const sentBytes = index * this.segmentBytes;
    const sizeBytes = headerBytes + Math.min(this.segmentBytes, this.#dataBytes - sentBytes);
    for (let at = 0; at < headerBytes; at++) packet[at] = this.#headers[at]!;
    if (this.#isIpv6) writeU16(packet, 4, sizeBytes - IPV6_HEADER_BYTES);
    else this.#finishIpv4(packet, index, sizeBytes);
    this.#finishTcp(packet, index, sizeBytes, this.#sequence + sentBytes);
    leaveChecksum(frame, this.#tcp, TCP_CHECKSUM);
    return sizeBytes;
  }

  #finishIpv4(packet: Uint8Array, index: number, sizeBytes: number): void {
    const identification = (this.#identification + index) & 0xffff;
    writeU16(packet, 2, sizeBytes);
    writeU16(packet, 4, identification);
    writeU16(packet, IPV4_CHECKSUM, ~folded(this.#ipSum + sizeBytes + identification));
  }

  #finishTcp(packet: Uint8Array, index: number, sizeBytes: number, sequence: number): void {
    const tcp = this.#tcp;
    // The last one ends what the whole ends, and the first one answers what the whole answers.
    const without = (index < this.count - 1 ? FIN | PSH : 0) | (index > 0 ? CWR : 0);
    writeU16(packet, tcp + 4, sequence >>> 16);
    writeU16(packet, tcp + 6, sequence);
    packet[tcp + 13] = this.#flags & ~without;
    writeU16(packet, tcp + TCP_CHECKSUM, folded(this.#pseudoSum + sizeBytes - tcp));
  }
}
