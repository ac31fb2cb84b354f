// What a worker notes while a trial runs, in columns of numbers: a million messages cost some 24 megabytes, and no object.
// Instants are nanoseconds since the trial's origin.

/** Where the bytes of a message lie in a stream: they end before `end`. Undefined over a transport without streams. */
export interface StreamPlaces {
  readonly end: Float64Array;
  readonly bytes: Uint32Array;
}

export interface SentColumns {
  readonly message: Uint32Array;
  /** Empty where there is a plan, which tells it; so is `sizeBytes`. */
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

export interface LogSettings {
  /** As many as are to be expected: room is made for so many at once, and for more when they come. */
  readonly rows: number;
  readonly hasPlaces: boolean;
}

export class SentLog {
  readonly #columns: Columns;
  readonly #unplanned: Columns | undefined;
  readonly #places: Columns | undefined;

  constructor({ rows, hasPlaces, isPlanned }: LogSettings & { readonly isPlanned: boolean }) {
    this.#columns = new Columns(['u32', 'f64'], rows);
    this.#unplanned = isPlanned ? undefined : new Columns(['f64', 'u32'], rows);
    this.#places = hasPlaces ? new Columns(['f64', 'u32'], rows) : undefined;
  }

  get rows(): number {
    return this.#columns.rows;
  }

  add(message: number, plannedNs: number, sentNs: number, sizeBytes: number): void {
    this.#columns.add(message, sentNs);
    this.#unplanned?.add(plannedNs, sizeBytes);
  }

  addPlace(end: number, bytes: number): void {
    this.#places?.add(end, bytes);
  }

  /** Views of some rows: what is added later may move. */
  columns(from: number, to: number): SentColumns {
    const [message, sentNs] = this.#columns.views(from, to);
    const [plannedNs, sizeBytes] = this.#unplanned?.views(from, to) ?? [new Float64Array(0), new Uint32Array(0)];
    return {
      message: message as Uint32Array,
      plannedNs: plannedNs as Float64Array,
      sentNs: sentNs as Float64Array,
      sizeBytes: sizeBytes as Uint32Array,
      ...placesOf(this.#places, from, to),
    };
  }
}

export class ArrivalLog {
  readonly #columns: Columns;
  readonly #places: Columns | undefined;

  constructor({ rows, hasPlaces }: LogSettings) {
    this.#columns = new Columns(['u32', 'f64'], rows);
    this.#places = hasPlaces ? new Columns(['f64', 'u32'], rows) : undefined;
  }

  get rows(): number {
    return this.#columns.rows;
  }

  add(message: number, arrivedNs: number): void {
    this.#columns.add(message, arrivedNs);
  }

  addPlace(end: number, bytes: number): void {
    this.#places?.add(end, bytes);
  }

  /** Views of some rows: what is added later may move. */
  columns(from: number, to: number): ArrivedColumns {
    const [message, arrivedNs] = this.#columns.views(from, to);
    return {
      message: message as Uint32Array,
      arrivedNs: arrivedNs as Float64Array,
      ...placesOf(this.#places, from, to),
    };
  }
}

function placesOf(columns: Columns | undefined, from: number, to: number): { places?: StreamPlaces } {
  if (columns === undefined) return {};
  const [end, bytes] = columns.views(from, to);
  return { places: { end: end as Float64Array, bytes: bytes as Uint32Array } };
}

type Column = Uint32Array | Float64Array;

const LEAST_ROWS = 1024;

class Columns {
  readonly #columns: Column[];
  #rows = 0;

  /** The system gives memory when it is written to: room that is not used costs nothing. */
  constructor(kinds: readonly ('u32' | 'f64')[], expectedRows: number) {
    const rows = Math.max(LEAST_ROWS, expectedRows);
    this.#columns = kinds.map((kind) => (kind === 'u32' ? new Uint32Array(rows) : new Float64Array(rows)));
  }

  get rows(): number {
    return this.#rows;
  }

  add(first: number, second: number): void {
    if (this.#rows === this.#columns[0]!.length) this.#double();
    this.#columns[0]![this.#rows] = first;
    this.#columns[1]![this.#rows] = second;
    this.#rows++;
  }

  views(from: number, to: number): Column[] {
    const end = Math.min(to, this.#rows);
    return this.#columns.map((column) => column.subarray(from, end));
  }

  /** One after the other, so that no more than one of them is there twice. */
  #double(): void {
    for (const [at, column] of this.#columns.entries()) this.#columns[at] = doubled(column);
  }
}

function doubled(column: Column): Column {
  const larger =
    column instanceof Uint32Array ? new Uint32Array(column.length * 2) : new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}
