// What the kernel knows of the sockets here, its tables in /proc/net.
import { readFileSync } from 'node:fs';

/** Of each UDP port how many datagrams found its receive buffer full. */
export function droppedByPort(table = readFileSync('/proc/net/udp', 'utf8')): Map<number, number> {
  const dropped = new Map<number, number>();
  for (const line of table.trim().split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    const port = Number.parseInt(columns[1]!.split(':')[1]!, 16);
    dropped.set(port, (dropped.get(port) ?? 0) + Number(columns.at(-1)));
  }
  return dropped;
}

/** Of all UDP sockets of this host, other programs' too. */
export function receiveBufferErrors(table = readFileSync('/proc/net/snmp', 'utf8')): number {
  const [names = '', values = ''] = table.split('\n').filter((line) => line.startsWith('Udp:'));
  return Number(values.split(' ')[names.split(' ').indexOf('RcvbufErrors')]);
}

const PAGE_BYTES = 4096;

/** What the kernel has set aside for the buffers of all sockets of a kind, other programs' too. */
export function socketBufferBytes(wire: 'tcp' | 'udp', table = readFileSync('/proc/net/sockstat', 'utf8')): number {
  const line = table.split('\n').find((each) => each.startsWith(`${wire.toUpperCase()}:`)) ?? '';
  return PAGE_BYTES * Number(/ mem (\d+)/.exec(line)?.[1]);
}
