// Which network somebody comes from, as far as an address tells: whoever has one IPv6 address mostly has 2^64 of them (RFC 6177),
// so there the first half counts.

/** @param remote an address and a port as a channel shows them: `192.0.2.7:4000`, `[2001:db8::7]:4000` */
export function networkOf(remote: string): string {
  const end = remote.lastIndexOf(':');
  const host = end < 0 ? remote : remote.slice(0, end);
  if (!host.startsWith('[')) return host;
  const address = host.slice(1, -1).replace(/%.*$/, '').toLowerCase();
  // A server on both families sees IPv4 so (RFC 4291, section 2.5.5.2).
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  return mapped?.[1] ?? firstHalf(address);
}

function firstHalf(address: string): string {
  const [before = '', after] = address.split('::');
  const head = groups(before);
  const tail = groups(after ?? '');
  const zeros = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  const all = [...head, ...Array.from({ length: zeros }, () => '0'), ...tail];
  return `${all.slice(0, 4).join(':')}::/64`;
}

/** Of a part of an address, each 16 bits; an IPv4 address at its end has two of them. */
function groups(part: string): string[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => (group.includes('.') ? [group, group] : [group.replace(/^0+(?=.)/, '')]));
}
