// One trial as the metrics see it: what came later than T_max is gone, and what every metric would compute again is
// computed once. Instants are nanoseconds since the trial's origin.

export interface Observation {
  /** One entry a message, in the order of the plan. */
  readonly flow: Uint32Array;
  readonly plannedNs: Float64Array;
  /** NaN where the transport did not take the message. */
  readonly sentNs: Float64Array;
  /** Of the body. */
  readonly sizeBytes: Uint32Array;
  /** From the planned instant to the first copy; infinite for a message that is lost. */
  readonly delayNs: Float64Array;
  /** Of the messages that came, ascending. */
  readonly sortedDelaysMs: Float64Array;
  /** Copies that came, of each message. */
  readonly copies: Uint32Array;
  readonly flows: readonly FlowObservation[];
  readonly damaged: number;
  readonly refused: number;
  readonly setUpsMs: readonly number[];
  /** Of each user, as the path saw them. */
  readonly setUpRoundTrips?: readonly number[];
  /** Of each request that was answered, sorted; and how many were sent. Only where messages were answered. */
  readonly roundTrips?: { readonly sortedNs: Float64Array; readonly sent: number };
  /** Only where the backend sees packets. */
  readonly path?: PathObservation;
  readonly wire?: WireObservation;
  /** Of the processes of this trial, while it ran. */
  readonly cpuMs?: CpuTimes;
}

/** The server's is not known where it is elsewhere. */
export interface CpuTimes {
  readonly server?: number;
  readonly workers: number;
}

/** The messages of one sender to one receiver. A message's number in its flow counts from 0, in the order of the plan. */
export interface FlowObservation {
  /** The message of each number. */
  readonly messages: Uint32Array;
  /** Whether the message of each number is lost. */
  readonly lost: Uint8Array;
  /** First copies in the order of their arrival: number and instant. */
  readonly arrivedNumber: Uint32Array;
  readonly arrivedNs: Float64Array;
}

/** What the path saw of each message of a stream; NaN where it was not seen. Undefined over a transport without streams. */
export interface PathObservation {
  /** How long a message whose bytes were all at the receiving host waited there for bytes before it: on its way up, and down. */
  readonly blockedUpNs: Float64Array;
  readonly blockedDownNs: Float64Array;
  /** For every gap that was closed: how many messages it released at once. */
  readonly releases: Uint32Array;
}

/** Packets and bytes on the link during the trial, both directions, headers included. */
export interface WireObservation {
  readonly up: Readonly<Record<string, WireTally>>;
  readonly down: Readonly<Record<string, WireTally>>;
}

export interface WireTally {
  readonly packets: number;
  readonly bytes: number;
}
