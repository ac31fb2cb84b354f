// What a worker notes while a trial runs: columns of numbers, so that a million messages cost megabytes and not objects.
// Where their length is known beforehand they never grow. Instants are whole nanoseconds since the trial's origin: a run
// that is taken up again reads the same numbers from its tables.

/** Where the bytes of a message lie in a stream: they end before `end`. Undefined over a transport without streams. */
export interface StreamPlaces {
  readonly end: Float64Array;
  readonly bytes: Uint32Array;
}

export interface SentColumns {
  readonly message: Uint32Array;
  /** NaN where the transport did not take the message. */
  readonly sentNs: Float64Array;
  /** Only of messages that stand in no plan. */
  readonly unplanned?: UnplannedColumns;
  readonly places?: StreamPlaces;
}

export interface UnplannedColumns {
  readonly plannedNs: Float64Array;
  readonly sizeBytes: Uint32Array;
}

/** One entry for each copy that arrived whole, in the order of arrival. */
export interface ArrivedColumns {
  readonly message: Uint32Array;
  readonly arrivedNs: Float64Array;
  readonly places?: StreamPlaces;
}

const SOME_ROWS = 1024;

export class SentLog {
  readonly #message: Column<Uint32Array>;
  readonly #sentNs: Column<Float64Array>;
  readonly #unplanned: { plannedNs: Column<Float64Array>; sizeBytes: Column<Uint32Array> } | undefined;
  readonly #places: PlaceLog | undefined;

  /** @param planned how many messages stand in the plan; undefined: there is none */
  constructor(hasPlaces: boolean, planned: number | undefined) {
    const rows = planned ?? SOME_ROWS;
    this.#message = new Column(new Uint32Array(rows));
    this.#sentNs = new Column(new Float64Array(rows));
    if (planned === undefined) {
      this.#unplanned = {
        plannedNs: new Column(new Float64Array(rows)),
        sizeBytes: new Column(new Uint32Array(rows)),
      };
    }
    if (hasPlaces) this.#places = new PlaceLog(rows);
  }

  add(message: number, plannedNs: number, sentNs: number, sizeBytes: number): void {
    this.#message.push(message);
    this.#sentNs.push(Math.round(sentNs));
    this.#unplanned?.plannedNs.push(Math.round(plannedNs));
    this.#unplanned?.sizeBytes.push(sizeBytes);
  }

  addPlace(end: number, bytes: number): void {
    this.#places?.add(end, bytes);
  }

  get rows(): number {
    return this.#message.length;
  }

  /** Some of the rows, from one up to another. */
  columns(from: number, to: number): SentColumns {
    const unplanned = this.#unplanned && {
      plannedNs: this.#unplanned.plannedNs.slice(from, to),
      sizeBytes: this.#unplanned.sizeBytes.slice(from, to),
    };
    return {
      message: this.#message.slice(from, to),
      sentNs: this.#sentNs.slice(from, to),
      ...(unplanned && { unplanned }),
      ...(this.#places && { places: this.#places.columns(from, to) }),
    };
  }
}

export class ArrivalLog {
  readonly #message: Column<Uint32Array>;
  readonly #arrivedNs: Column<Float64Array>;
  readonly #places: PlaceLog | undefined;

  /** @param expected how many messages are to come, where that is known */
  constructor(hasPlaces: boolean, expected = SOME_ROWS) {
    this.#message = new Column(new Uint32Array(expected));
    this.#arrivedNs = new Column(new Float64Array(expected));
    if (hasPlaces) this.#places = new PlaceLog(expected);
  }

  add(message: number, arrivedNs: number): void {
    this.#message.push(message);
    this.#arrivedNs.push(Math.round(arrivedNs));
  }

  addPlace(end: number, bytes: number): void {
    this.#places?.add(end, bytes);
  }

  get rows(): number {
    return this.#message.length;
  }

  /** Some of the rows, from one up to another. */
  columns(from: number, to: number): ArrivedColumns {
    return {
      message: this.#message.slice(from, to),
      arrivedNs: this.#arrivedNs.slice(from, to),
      ...(this.#places && { places: this.#places.columns(from, to) }),
    };
  }
}

class PlaceLog {
  readonly #end: Column<Float64Array>;
  readonly #bytes: Column<Uint32Array>;

  constructor(rows: number) {
    this.#end = new Column(new Float64Array(rows));
    this.#bytes = new Column(new Uint32Array(rows));
  }

  add(end: number, bytes: number): void {
    this.#end.push(end);
    this.#bytes.push(bytes);
  }

  columns(from: number, to: number): StreamPlaces {
    return { end: this.#end.slice(from, to), bytes: this.#bytes.slice(from, to) };
  }
}

class Column<A extends Uint32Array | Float64Array> {
  #values: A;
  #length = 0;

  /** @param room for the first of them */
  constructor(room: A) {
    this.#values = room;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#values = grown(this.#values);
    this.#values[this.#length++] = value;
  }

  get length(): number {
    return this.#length;
  }

  /** A copy: a view of a larger column would take all of that to another process. */
  slice(from: number, to: number): A {
    return this.#values.slice(from, Math.min(to, this.#length)) as A;
  }
}

function grown<A extends Uint32Array | Float64Array>(column: A): A {
  const length = Math.max(SOME_ROWS, Math.ceil(column.length * 1.5));
  const larger = column instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length);
  larger.set(column);
  return larger as A;
}
