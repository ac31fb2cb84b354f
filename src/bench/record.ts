// What was seen of every message of one trial: typed arrays, so that a million messages cost megabytes and not objects.
// Instants are nanoseconds since the trial's origin.

export interface TrialRecord {
  /** One entry a message, in the order of the plan. */
  readonly flow: Uint32Array;
  /** Of the body. */
  readonly sizeBytes: Uint32Array;
  readonly plannedNs: Float64Array;
  /** NaN where the transport did not take the message. */
  readonly sentNs: Float64Array;
  /** One entry for each copy that arrived whole, in the order of arrival: which message, and when. */
  readonly arrivedMessage: Uint32Array;
  readonly arrivedNs: Float64Array;
  /** Copies that arrived with another content than was sent. */
  readonly damaged: number;
  /** Messages that the server refused. */
  readonly refused: number;
}

/** One record of what several workers saw of their own flows. */
export function mergeRecords(parts: readonly TrialRecord[]): TrialRecord {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const arrivals = parts.flatMap((part) =>
    Array.from(part.arrivedMessage, (message, i) => ({ message, ns: part.arrivedNs[i]! })),
  );
  arrivals.sort((a, b) => a.ns - b.ns);
  const sentNs = Float64Array.from(parts[0]?.sentNs ?? []);
  for (const part of parts) {
    for (const [i, ns] of part.sentNs.entries()) if (!Number.isNaN(ns)) sentNs[i] = ns;
  }
  return {
    flow: parts[0]?.flow ?? new Uint32Array(0),
    sizeBytes: parts[0]?.sizeBytes ?? new Uint32Array(0),
    plannedNs: parts[0]?.plannedNs ?? new Float64Array(0),
    sentNs,
    arrivedMessage: Uint32Array.from(arrivals, ({ message }) => message),
    arrivedNs: Float64Array.from(arrivals, ({ ns }) => ns),
    damaged: parts.reduce((sum, part) => sum + part.damaged, 0),
    refused: parts.reduce((sum, part) => sum + part.refused, 0),
  };
}

/** Collects arrivals while a trial runs. */
export class ArrivalLog {
  #message = new Uint32Array(1024);
  #ns = new Float64Array(1024);
  #length = 0;

  add(message: number, arrivedNs: number): void {
    if (this.#length === this.#message.length) this.#grow();
    this.#message[this.#length] = message;
    this.#ns[this.#length++] = arrivedNs;
  }

  finish(): Pick<TrialRecord, 'arrivedMessage' | 'arrivedNs'> {
    return { arrivedMessage: this.#message.slice(0, this.#length), arrivedNs: this.#ns.slice(0, this.#length) };
  }

  #grow(): void {
    const message = new Uint32Array(this.#length * 2);
    const ns = new Float64Array(this.#length * 2);
    message.set(this.#message);
    ns.set(this.#ns);
    this.#message = message;
    this.#ns = ns;
  }
}
