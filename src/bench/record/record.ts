// What was seen of every message of one trial: typed arrays, so that a million messages cost megabytes and not objects.
// Instants are nanoseconds since the trial's origin.

import { scheduleFor } from '../load/schedule.ts';
import { flowCount, isClosedLoop, type Workload } from '../scenario/workload.ts';
import type { ArrivedColumns, SentColumns, StreamPlaces } from '../worker/logs.ts';
import type { WorkerRecord } from '../worker/worker.ts';
import { joinArrived, joinSent } from './join-columns.ts';

export interface TrialRecord {
  /** One entry a message, in the order of the plan; of a closed loop, which has none, in the order of sending. */
  readonly flow: Uint32Array;
  /** Of the body. */
  readonly sizeBytes: Uint32Array;
  readonly plannedNs: Float64Array;
  /** NaN where the transport did not take the message. */
  readonly sentNs: Float64Array;
  /** Which message each one answers, or -1; only where messages were answered. */
  readonly answers?: Int32Array;
  /** One entry for each copy that arrived whole, in the order of arrival: which message, and when. */
  readonly arrivedMessage: Uint32Array;
  readonly arrivedNs: Float64Array;
  /** Copies that arrived with another content than was sent. */
  readonly damaged: number;
  /** Messages that the server refused. */
  readonly refused: number;
  /** Only where the backend sees packets. */
  readonly path?: MessagePath;
  /** What became of each message, as a place in `names`; only where every single one could be followed. */
  readonly fate?: { readonly code: Uint8Array; readonly names: readonly string[] };
}

/**
 * When all bytes of a message were at a host, and when all before them were too, so that its kernel could hand them up. NaN
 * where that was not seen, or where the transport has no streams to hold anything back in.
 */
export interface MessagePath {
  readonly atServerNs: Float64Array;
  readonly releasedAtServerNs: Float64Array;
  readonly atClientsNs: Float64Array;
  readonly releasedAtClientsNs: Float64Array;
}

/** Where messages lie in the streams that carried them: on the way up one place a message, on the way down one a copy. */
export interface Places {
  readonly up: StreamPlaces;
  readonly down: StreamPlaces;
}

export interface MergedRecord {
  readonly record: TrialRecord;
  readonly places?: Places;
  /** The record's number of a message by the one on the wire, -1 for none; absent where they are the same. */
  readonly numberOf?: (onTheWire: number) => number;
}

/** What several workers saw of their own users' messages, as one. */
export function mergeRecords(parts: readonly WorkerRecord[], workload: Workload, seed: number): MergedRecord {
  const sent = joinSent(parts.map((part) => part.sent));
  const arrived = inOrderOfArrival(joinArrived(parts.map((part) => part.arrived)));
  const counts = { damaged: sum(parts, (part) => part.damaged), refused: sum(parts, (part) => part.refused) };
  const merged = isClosedLoop(workload)
    ? closedRecord(sent, arrived, workload)
    : plannedRecord(sent, arrived, workload, seed);
  return { ...merged, record: { ...merged.record, ...counts } };
}

type Uncounted = Omit<TrialRecord, 'damaged' | 'refused'>;
type Merged = Omit<MergedRecord, 'record'> & { record: Uncounted };

/** Messages keep their numbers in the plan. What was sent once to everybody was sent to each. */
function plannedRecord(sent: SentColumns, arrived: ArrivedColumns, workload: Workload, seed: number): Merged {
  const { flow, plannedNs, sizeBytes } = scheduleFor(workload, seed);
  const receivers = workload.pattern === 'fan-out' ? workload.users - 1 : 1;
  const sentNs = new Float64Array(flow.length).fill(Number.NaN);
  const up = emptyPlaces(flow.length);
  for (const [row, first] of sent.message.entries()) {
    for (let message = first; message < first + receivers; message++) {
      sentNs[message] = sent.sentNs[row]!;
      copyPlace(sent.places, row, up, message);
    }
  }
  const record = { flow, plannedNs, sizeBytes, sentNs, arrivedMessage: arrived.message, arrivedNs: arrived.arrivedNs };
  return withPlaces(record, sent.places && up, arrived.places);
}

/** Messages are numbered anew, in the order in which they were sent: the numbers on the wire have gaps. */
function closedRecord(sent: SentColumns, arrived: ArrivedColumns, workload: Workload): Merged {
  const flows = flowCount(workload);
  const answers = workload.arrivals.kind === 'ping-pong';
  const stride = answers ? 2 * flows : flows;
  const { plannedNs, sizeBytes } = sent.unplanned!;
  const order = sortedRows(plannedNs);
  const numberOf = new Map<number, number>();
  for (const [message, row] of order.entries()) numberOf.set(sent.message[row]!, message);
  const number = (onTheWire: number) => numberOf.get(onTheWire) ?? -1;
  const up = emptyPlaces(order.length);
  for (const [message, row] of order.entries()) copyPlace(sent.places, row, up, message);
  const onTheWire = Uint32Array.from(order, (row) => sent.message[row]!);
  // A message whose sender's worker did not live to tell of it is none.
  const known = pick(
    arrived,
    where(arrived.message, (message) => number(message) >= 0),
  );
  const record = {
    flow: onTheWire.map((message) => message % stride),
    plannedNs: Float64Array.from(order, (row) => plannedNs[row]!),
    sizeBytes: Uint32Array.from(order, (row) => sizeBytes[row]!),
    sentNs: Float64Array.from(order, (row) => sent.sentNs[row]!),
    ...(answers && {
      answers: Int32Array.from(onTheWire, (message) => (message % stride < flows ? -1 : number(message - flows))),
    }),
    arrivedMessage: known.message.map(number),
    arrivedNs: known.arrivedNs,
  };
  return { ...withPlaces(record, sent.places && up, known.places), numberOf: number };
}

function withPlaces(record: Uncounted, up: StreamPlaces | undefined, down: StreamPlaces | undefined): Merged {
  return up === undefined || down === undefined ? { record } : { record, places: { up, down } };
}

function inOrderOfArrival(arrived: ArrivedColumns): ArrivedColumns {
  const { arrivedNs } = arrived;
  if (arrivedNs.every((ns, row) => row === 0 || ns >= arrivedNs[row - 1]!)) return arrived;
  return pick(arrived, sortedRows(arrivedNs));
}

function pick({ message, arrivedNs, places }: ArrivedColumns, rows: Uint32Array): ArrivedColumns {
  return {
    message: rows.map((row) => message[row]!),
    arrivedNs: Float64Array.from(rows, (row) => arrivedNs[row]!),
    ...(places && {
      places: { end: Float64Array.from(rows, (row) => places.end[row]!), bytes: rows.map((row) => places.bytes[row]!) },
    }),
  };
}

function sortedRows(values: Float64Array): Uint32Array {
  return Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
}

function where(column: Uint32Array, isWanted: (value: number) => boolean): Uint32Array {
  return Uint32Array.from(column.keys()).filter((row) => isWanted(column[row]!));
}

function emptyPlaces(length: number): StreamPlaces {
  return { end: new Float64Array(length), bytes: new Uint32Array(length) };
}

function copyPlace(from: StreamPlaces | undefined, row: number, to: StreamPlaces, message: number): void {
  if (from === undefined) return;
  to.end[message] = from.end[row]!;
  to.bytes[message] = from.bytes[row]!;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
