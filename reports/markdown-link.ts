// What the carrier itself counted, as tables of Markdown: what crossed the wire, and what the link did to it.
import type { Cell, LinkCount, RunResult } from '../src/bench/result.ts';
import { figureOf, placeOf } from './figure-of.ts';
import { table } from './markdown-table.ts';
import { count, milliseconds, reading } from './numbers.ts';

const WIRE_KINDS = ['tcp data', 'tcp retransmission', 'tcp ack', 'tcp syn/fin', 'udp datagram', 'fragment'];

/** What the hosts sent for one byte of payload delivered: only a carrier of packets can tell. */
export function wire({ cells }: RunResult): string {
  const counted = cells.flatMap((cell) => {
    const packets = packetsByKind(countsOf(cell));
    return packets.size === 0 ? [] : [{ cell, packets }];
  });
  if (counted.length === 0) return '';
  const others = new Set(counted.flatMap(({ packets }) => [...packets.keys()]));
  const kinds = [...new Set([...WIRE_KINDS, ...others])].filter((kind) =>
    counted.some(({ packets }) => (packets.get(kind) ?? 0) > 0),
  );
  const rows = counted.map(({ cell, packets }) => [
    placeOf(cell, true),
    cell.transport,
    ...kinds.map((kind) => count(packets.get(kind) ?? 0)),
    reading(figureOf(cell, 'wire-bytes-per-byte'), 'ratio'),
  ]);
  const note =
    'Packets as their host sent them, both directions, from the first message on. Every message crosses twice.';
  const head = ['link', 'over', ...kinds, 'bytes per byte delivered'];
  return `## What crossed the wire\n\n${note}\n\n${table(head, rows)}`;
}

/** Over all repetitions; run.json has each of them. */
export function carrier({ cells }: RunResult): string {
  const rows = cells.flatMap((cell) => {
    const counts = countsOf(cell);
    return counts.length === 0 ? [] : [[placeOf(cell, true), cell.transport, ...carrierCells(counts)]];
  });
  if (rows.length === 0) return '';
  const head = ['link', 'over', 'packets', 'dropped', 'duplicated', 'corrupted', 'reordered', 'late p99, ms'];
  const note =
    'Counted by the link itself, both directions, over all repetitions. Late: by how much the link itself was late for 99 % of the packets, in the worst repetition.';
  return `## What the link did\n\n${note}\n\n${table(head, rows)}`;
}

function carrierCells(counts: readonly LinkCount[]): string[] {
  const sum = (of: (each: LinkCount) => number) => count(counts.reduce((total, each) => total + of(each), 0));
  const drops = new Map<string, number>();
  for (const { droppedPackets } of counts) {
    for (const [cause, packets] of Object.entries(droppedPackets)) drops.set(cause, (drops.get(cause) ?? 0) + packets);
  }
  const lateness = counts.flatMap(({ latenessP99Ms }) => latenessP99Ms ?? []);
  return [
    sum(({ offeredPackets }) => offeredPackets),
    [...drops]
      .filter(([, packets]) => packets > 0)
      .map(([cause, packets]) => `${count(packets)} ${cause}`)
      .join(', ') || '0',
    sum(({ duplicatedPackets }) => duplicatedPackets),
    sum(({ corruptedPackets }) => corruptedPackets),
    sum(({ reorderedPackets }) => reorderedPackets),
    milliseconds(lateness.length === 0 ? undefined : Math.max(...lateness)),
  ];
}

function countsOf({ repetitions }: Cell): LinkCount[] {
  return repetitions.flatMap(({ outcome }) =>
    outcome.kind === 'measured' && outcome.link !== undefined ? [outcome.link] : [],
  );
}

function packetsByKind(counts: readonly LinkCount[]): Map<string, number> {
  const kinds = new Map<string, number>();
  for (const { traffic } of counts) {
    for (const direction of traffic === undefined ? [] : [traffic.up, traffic.down]) {
      for (const [kind, { packets }] of Object.entries(direction)) kinds.set(kind, (kinds.get(kind) ?? 0) + packets);
    }
  }
  return kinds;
}
