// What an IP packet says of itself, read in place: one object, filled again for every packet. It knows the headers of
// IPv4 (RFC 791), IPv6 with its fragment header (RFC 8200), TCP (RFC 9293) and UDP (RFC 768), and no further.
import { u16, u32 } from './network-order.ts';

const TCP = 6;
const UDP = 17;
const ICMP = 1;
const ICMPV6 = 58;
const IPV6_FRAGMENT = 44;
const IPV4_HEADER_BYTES = 20;
const IPV6_HEADER_BYTES = 40;
const TCP_HEADER_BYTES = 20;
const UDP_HEADER_BYTES = 8;

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;

export type Protocol = 'tcp' | 'udp' | 'icmp' | 'other';

export class IpPacket {
  protocol: Protocol = 'other';
  isIpv6 = false;
  isFragment = false;
  /** Of a fragment: which datagram it belongs to, where in it, and whether it is the last. */
  fragmentId = 0;
  fragmentOffset = 0;
  hasMoreFragments = false;
  sourcePort = 0;
  destinationPort = 0;
  /** Where the transport's payload begins, and its length; of a later fragment, where its piece does. */
  payloadOffset = 0;
  payloadBytes = 0;
  tcpFlags = 0;
  /** Modulo 2^32, as is the field. */
  sequence = 0;

  /** False where the bytes are no IP packet, or a header is shorter than it can be or ends behind them. */
  read(bytes: Uint8Array, sizeBytes: number): boolean {
    if (sizeBytes < IPV4_HEADER_BYTES) return false;
    this.isFragment = false;
    this.fragmentOffset = 0;
    this.hasMoreFragments = false;
    this.tcpFlags = 0;
    this.sourcePort = 0;
    this.destinationPort = 0;
    const version = bytes[0]! >> 4;
    if (version === 4) return this.#readIpv4(bytes, sizeBytes);
    return version === 6 && sizeBytes >= IPV6_HEADER_BYTES && this.#readIpv6(bytes, sizeBytes);
  }

  #readIpv4(bytes: Uint8Array, sizeBytes: number): boolean {
    this.isIpv6 = false;
    const headerBytes = (bytes[0]! & 0x0f) * 4;
    if (headerBytes < IPV4_HEADER_BYTES) return false;
    const totalBytes = Math.min(u16(bytes, 2), sizeBytes);
    const flagsAndOffset = u16(bytes, 6);
    this.fragmentId = u16(bytes, 4);
    this.#setFragment((flagsAndOffset & 0x1fff) * 8, (flagsAndOffset & 0x2000) !== 0);
    return this.#readTransport(bytes, bytes[9]!, headerBytes, totalBytes);
  }

  #readIpv6(bytes: Uint8Array, sizeBytes: number): boolean {
    this.isIpv6 = true;
    const totalBytes = Math.min(IPV6_HEADER_BYTES + u16(bytes, 4), sizeBytes);
    if (bytes[6] !== IPV6_FRAGMENT) return this.#readTransport(bytes, bytes[6]!, IPV6_HEADER_BYTES, totalBytes);
    if (totalBytes < IPV6_HEADER_BYTES + 8) return false;
    const offsetAndMore = u16(bytes, IPV6_HEADER_BYTES + 2);
    this.fragmentId = u32(bytes, IPV6_HEADER_BYTES + 4);
    this.#setFragment(offsetAndMore & 0xfff8, (offsetAndMore & 1) !== 0);
    return this.#readTransport(bytes, bytes[IPV6_HEADER_BYTES]!, IPV6_HEADER_BYTES + 8, totalBytes);
  }

  #setFragment(offset: number, hasMore: boolean): void {
    this.fragmentOffset = offset;
    this.hasMoreFragments = hasMore;
    this.isFragment = hasMore || offset > 0;
  }

  #readTransport(bytes: Uint8Array, protocol: number, start: number, end: number): boolean {
    this.protocol = NAMES[protocol] ?? 'other';
    if (!this.#setPayload(start, end)) return false;
    // Ports and flags stand in the first fragment alone.
    if (this.fragmentOffset > 0) return true;
    if (this.protocol === 'tcp') return this.#readTcp(bytes, start, end);
    return this.protocol === 'udp' ? this.#readUdp(bytes, start, end) : true;
  }

  #readTcp(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start < TCP_HEADER_BYTES) return false;
    this.#readPorts(bytes, start);
    this.sequence = u32(bytes, start + 4);
    this.tcpFlags = bytes[start + 13]!;
    const headerBytes = (bytes[start + 12]! >> 4) * 4;
    return headerBytes >= TCP_HEADER_BYTES && this.#setPayload(start + headerBytes, end);
  }

  #readUdp(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start < UDP_HEADER_BYTES) return false;
    this.#readPorts(bytes, start);
    return this.#setPayload(start + UDP_HEADER_BYTES, end);
  }

  #readPorts(bytes: Uint8Array, start: number): void {
    this.sourcePort = u16(bytes, start);
    this.destinationPort = u16(bytes, start + 2);
  }

  #setPayload(start: number, end: number): boolean {
    this.payloadOffset = start;
    this.payloadBytes = end - start;
    return end >= start;
  }
}

const NAMES: Readonly<Record<number, Protocol>> = { [TCP]: 'tcp', [UDP]: 'udp', [ICMP]: 'icmp', [ICMPV6]: 'icmp' };
