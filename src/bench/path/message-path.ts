// When each message was at a host, from the arrivals that the path has recorded: over a stream by the bytes in which it
// lies, as datagrams by the number that stands in them.
import type { ArrivalTable } from '../../link/tun/arrivals.ts';
import type { Flow } from '../load/flows.ts';
import type { MergedRecord, MessagePath, Places, TrialRecord } from '../record/record.ts';
import { firstArrivals, type Pieces, piecesOfStreams, streamMessages } from './stream-arrivals.ts';

export interface PathContext {
  /** Of every message's flow number; replies have flows of their own. */
  readonly flows: readonly Flow[];
  /** The port of each user on host `clients`; 0 where there is no stream. */
  readonly ports: readonly number[];
  readonly arrivals: ArrivalTable;
}

/** A message to everybody lies in its sender's stream once: only the first of its copies has a way up. */
export function messagePath({ record, places }: MergedRecord, context: PathContext): MessagePath {
  const path = emptyPath(record.plannedNs.length);
  if (places === undefined) fillFromDatagrams(path, record, context.arrivals);
  else fillFromStreams(path, record, places, context);
  return path;
}

function emptyPath(length: number): MessagePath {
  const column = () => new Float64Array(length).fill(Number.NaN);
  return {
    atServerNs: column(),
    releasedAtServerNs: column(),
    atClientsNs: column(),
    releasedAtClientsNs: column(),
  };
}

/** The first copy counts; nothing holds a datagram back. */
function fillFromDatagrams(path: MessagePath, { plannedNs }: TrialRecord, arrivals: ArrivalTable): void {
  for (const [row, message] of arrivals.message.entries()) {
    if (message < 0 || message >= plannedNs.length) continue;
    const column = arrivals.direction[row] === 'up' ? path.atServerNs : path.atClientsNs;
    if (Number.isNaN(column[message])) column[message] = arrivals.arrivedNs[row]!;
  }
}

function fillFromStreams(path: MessagePath, record: TrialRecord, places: Places, context: PathContext): void {
  const streams = piecesOfStreams(context.arrivals);
  const portOf = (message: number, end: 'from' | 'to') => context.ports[context.flows[record.flow[message]!]![end]]!;
  const up = byStream(record.sentNs.length, (message) =>
    Number.isNaN(record.sentNs[message]) ? undefined : { message, port: portOf(message, 'from') },
  );
  fill(up, places.up, streams.up, path.atServerNs, path.releasedAtServerNs);
  const down = byStream(record.arrivedMessage.length, (copy) => {
    const message = record.arrivedMessage[copy]!;
    return { message, port: portOf(message, 'to') };
  });
  fill(down, places.down, streams.down, path.atClientsNs, path.releasedAtClientsNs);
}

/** A row of `places`, and the message that lies there. */
interface Placed {
  readonly row: number;
  readonly message: number;
}

function byStream(
  rows: number,
  placeOf: (row: number) => { readonly message: number; readonly port: number } | undefined,
): Map<number, Placed[]> {
  const streams = new Map<number, Placed[]>();
  for (let row = 0; row < rows; row++) {
    const place = placeOf(row);
    if (place === undefined) continue;
    const placed = streams.get(place.port);
    if (placed === undefined) streams.set(place.port, [{ row, message: place.message }]);
    else placed.push({ row, message: place.message });
  }
  return streams;
}

function fill(
  streams: ReadonlyMap<number, Placed[]>,
  { end, bytes }: Places['up'],
  pieces: ReadonlyMap<number, Pieces>,
  atNs: Float64Array,
  releasedNs: Float64Array,
): void {
  for (const [port, all] of streams) {
    const own = pieces.get(port);
    if (own === undefined) continue;
    const placed = inStreamOrder(all, end);
    const ends = placed.map(({ row }) => end[row]!);
    const starts = placed.map(({ row }) => end[row]! - bytes[row]!);
    const seen = streamMessages(firstArrivals(own), { start: starts, end: ends });
    for (const [i, { message }] of placed.entries()) {
      atNs[message] = seen.arrivedNs[i]!;
      releasedNs[message] = seen.releasedNs[i]!;
    }
  }
}

/** Each place once. */
function inStreamOrder(placed: readonly Placed[], end: Float64Array): Placed[] {
  const sorted = [...placed].sort((a, b) => end[a.row]! - end[b.row]!);
  return sorted.filter(({ row }, at) => at === 0 || end[row] !== end[sorted[at - 1]!.row]);
}
