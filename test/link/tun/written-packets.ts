// IPv4 packets as a host would write them, without checksums: nothing that reads them here looks at those.

interface Ports {
  readonly from: number;
  readonly to: number;
}

export function udpPacket({ from, to }: Ports, payload: Uint8Array, id = 0): Uint8Array {
  const udp = Buffer.alloc(8);
  udp.writeUInt16BE(from, 0);
  udp.writeUInt16BE(to, 2);
  udp.writeUInt16BE(8 + payload.length, 4);
  return ipv4(17, Buffer.concat([udp, payload]), id, 0, false);
}

export function tcpPacket({ from, to }: Ports, sequence: number, flags: number, payloadBytes = 0): Uint8Array {
  const tcp = Buffer.alloc(20 + payloadBytes);
  tcp.writeUInt16BE(from, 0);
  tcp.writeUInt16BE(to, 2);
  tcp.writeUInt32BE(sequence >>> 0, 4);
  tcp[12] = 5 << 4;
  tcp[13] = flags;
  return ipv4(6, tcp, 0, 0, false);
}

/** The same packet in pieces, each with so many bytes behind its IP header; a multiple of 8. */
export function fragmentsOf(packet: Uint8Array, pieceBytes: number): Uint8Array[] {
  const whole = Buffer.from(packet);
  const pieces = [];
  for (let at = 20; at < whole.length; at += pieceBytes) {
    const piece = whole.subarray(at, at + pieceBytes);
    pieces.push(ipv4(whole[9]!, piece, whole.readUInt16BE(4), at - 20, at + pieceBytes < whole.length));
  }
  return pieces;
}

function ipv4(protocol: number, body: Uint8Array, id: number, offset: number, hasMore: boolean): Uint8Array {
  const header = Buffer.alloc(20);
  header[0] = 0x45;
  header.writeUInt16BE(20 + body.length, 2);
  header.writeUInt16BE(id, 4);
  header.writeUInt16BE(offset / 8 + (hasMore ? 0x2000 : 0), 6);
  header[8] = 64;
  header[9] = protocol;
  return Buffer.concat([header, body]);
}
