// What a worker notes while a trial runs: columns that grow by doubling, so that a million messages cost megabytes and not
// objects. Instants are nanoseconds since the trial's origin.

/** Where the bytes of a message lie in a stream: they end before `end`. Undefined over a transport without streams. */
export interface StreamPlaces {
  readonly end: Float64Array;
  readonly bytes: Uint32Array;
}

export interface SentColumns {
  readonly message: Uint32Array;
  readonly plannedNs: Float64Array;
  /** NaN where the transport did not take the message. */
  readonly sentNs: Float64Array;
  readonly sizeBytes: Uint32Array;
  readonly places?: StreamPlaces;
}

/** One entry for each copy that arrived whole, in the order of arrival. */
export interface ArrivedColumns {
  readonly message: Uint32Array;
  readonly arrivedNs: Float64Array;
  readonly places?: StreamPlaces;
}

export class SentLog {
  readonly #columns = new Columns(['u32', 'f64', 'f64', 'u32']);
  readonly #places: Columns | undefined;

  constructor(hasStreams: boolean) {
    this.#places = hasStreams ? new Columns(['f64', 'u32']) : undefined;
  }

  add(message: number, plannedNs: number, sentNs: number, sizeBytes: number): void {
    this.#columns.add(message, plannedNs, sentNs, sizeBytes);
  }

  addPlace(end: number, bytes: number): void {
    this.#places?.add(end, bytes);
  }

  finish(): SentColumns {
    const [message, plannedNs, sentNs, sizeBytes] = this.#columns.finish();
    return {
      message: message as Uint32Array,
      plannedNs: plannedNs as Float64Array,
      sentNs: sentNs as Float64Array,
      sizeBytes: sizeBytes as Uint32Array,
      ...placesOf(this.#places),
    };
  }
}

export class ArrivalLog {
  readonly #columns = new Columns(['u32', 'f64']);
  readonly #places: Columns | undefined;

  constructor(hasStreams: boolean) {
    this.#places = hasStreams ? new Columns(['f64', 'u32']) : undefined;
  }

  add(message: number, arrivedNs: number): void {
    this.#columns.add(message, arrivedNs);
  }

  addPlace(end: number, bytes: number): void {
    this.#places?.add(end, bytes);
  }

  finish(): ArrivedColumns {
    const [message, arrivedNs] = this.#columns.finish();
    return { message: message as Uint32Array, arrivedNs: arrivedNs as Float64Array, ...placesOf(this.#places) };
  }
}

function placesOf(columns: Columns | undefined): { places?: StreamPlaces } {
  if (columns === undefined) return {};
  const [end, bytes] = columns.finish();
  return { places: { end: end as Float64Array, bytes: bytes as Uint32Array } };
}

const FIRST_ROWS = 1024;

class Columns {
  #columns: (Uint32Array | Float64Array)[];
  #rows = 0;

  constructor(kinds: readonly ('u32' | 'f64')[]) {
    this.#columns = kinds.map((kind) => (kind === 'u32' ? new Uint32Array(FIRST_ROWS) : new Float64Array(FIRST_ROWS)));
  }

  add(...values: number[]): void {
    if (this.#rows === this.#columns[0]!.length) this.#columns = this.#columns.map(doubled);
    for (let i = 0; i < values.length; i++) this.#columns[i]![this.#rows] = values[i]!;
    this.#rows++;
  }

  finish(): (Uint32Array | Float64Array)[] {
    return this.#columns.map((column) => column.slice(0, this.#rows));
  }
}

function doubled(column: Uint32Array | Float64Array): Uint32Array | Float64Array {
  const larger =
    column instanceof Uint32Array ? new Uint32Array(column.length * 2) : new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}
