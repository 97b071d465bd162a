import { Dataset, type DatasetLabels } from './dataset.js';
import type { Column, Quantity } from './waveform.js';

/** A column before it has values. */
export interface ColumnDescription {
  readonly name: string;
  /** See `Column`. */
  readonly title?: string;
  readonly quantity: Quantity;
}

export interface DatasetDescription extends DatasetLabels {
  readonly columns: readonly ColumnDescription[];
  /** Points have imaginary parts (for every column but the frequency). Default false. */
  readonly complex?: boolean;
  /** Points come with slopes. Default false. */
  readonly slopes?: boolean;
}

interface Growing {
  real: Float64Array;
  imaginary?: Float64Array;
  slope?: Float64Array;
}

/** Rows that are put aside before they are sorted into columns. */
const stagedRows = 16;

/**
 * Collects points while an analysis streams them.
 *
 * The arrays grow by doubling; points that are there are never written again. A snapshot is
 * therefore a view of the arrays, made without copying, and stays what it was while more points
 * arrive: a run that is aborted at 80 % still gives its 80 %.
 */
export class DatasetBuilder {
  readonly description: DatasetDescription;
  readonly #columns: readonly Growing[];
  #capacity: number;
  #length = 0;
  /** Rows that are not in the columns yet, values and then slopes of each. */
  readonly #staged: Float64Array;
  readonly #width: number;
  #stagedRows = 0;
  #finished = false;

  constructor(description: DatasetDescription, capacity = 256) {
    this.description = description;
    this.#capacity = Math.max(1, Math.ceil(capacity));
    this.#width = description.columns.length;
    this.#staged = new Float64Array(stagedRows * 2 * this.#width);
    this.#columns = description.columns.map(({ quantity }) => ({
      real: new Float64Array(this.#capacity),
      ...(description.complex && quantity.kind !== 'frequency'
        ? { imaginary: new Float64Array(this.#capacity) }
        : {}),
      ...(description.slopes ? { slope: new Float64Array(this.#capacity) } : {}),
    }));
  }

  /** Number of points so far. */
  get length(): number {
    return this.#length + this.#stagedRows;
  }

  /** Adds a point of a real dataset. `values` and `slopes` hold one number for each column. */
  append(values: Float64Array, slopes?: Float64Array): void {
    if (this.#finished) throw new Error('a point was added to a finished dataset');
    const width = this.#width;
    const staged = this.#staged;
    let at = this.#stagedRows * 2 * width;
    for (let c = 0; c < width; c++) staged[at++] = values[c];
    if (slopes) for (let c = 0; c < width; c++) staged[at++] = slopes[c];
    else for (let c = 0; c < width; c++) staged[at++] = NaN;
    if (++this.#stagedRows === stagedRows) this.#store();
  }

  /**
   * Adds the rows `first` to `last` (exclusive) of a real dataset, which come column by column.
   * @param slopes one number for each column, or one for each row
   */
  appendBlock(
    values: readonly Float64Array[],
    slopes: readonly (number | Float64Array)[],
    first: number,
    last: number,
  ): void {
    if (this.#finished) throw new Error('a point was added to a finished dataset');
    this.#store();
    while (this.#length + last - first > this.#capacity) this.#grow();
    this.#columns.forEach(({ real, slope }, c) => {
      copyRows(values[c], first, last, real, this.#length);
      if (!slope) return;
      const given = slopes[c];
      if (typeof given === 'number') slope.fill(given, this.#length, this.#length + last - first);
      else copyRows(given, first, last, slope, this.#length);
    });
    this.#length += last - first;
  }

  /** Takes points back, all but the first ones; snapshots that had them are worth nothing then. */
  truncate(length: number): void {
    this.#store();
    this.#length = Math.min(this.#length, length);
  }

  /** Moves what is staged into the columns, column by column. */
  #store(): void {
    const rows = this.#stagedRows;
    while (this.#length + rows > this.#capacity) this.#grow();
    const stride = 2 * this.#width;
    const staged = this.#staged;
    this.#columns.forEach(({ real, slope }, c) => {
      spread(staged, c, stride, real, this.#length, rows);
      if (slope) spread(staged, c + this.#width, stride, slope, this.#length, rows);
    });
    this.#length += rows;
    this.#stagedRows = 0;
  }

  /** Adds a point of a complex dataset; the imaginary part of the frequency is not looked at. */
  appendComplex(real: Float64Array, imaginary: Float64Array): void {
    this.append(real);
    this.#store();
    for (let c = 0; c < this.#columns.length; c++) {
      const part = this.#columns[c].imaginary;
      if (part) part[this.#length - 1] = imaginary[c];
    }
  }

  /** The points so far as a dataset, without copying them. More points may follow. */
  snapshot(): Dataset {
    this.#store();
    return new Dataset(
      this.description,
      this.#columns.map((column, c) => this.#view(column, this.description.columns[c])),
    );
  }

  /** The last snapshot; adding points after it is a mistake. */
  finish(): Dataset {
    this.#finished = true;
    return this.snapshot();
  }

  #view(column: Growing, { name, title, quantity }: ColumnDescription): Column {
    const { real, imaginary, slope } = column;
    return {
      name,
      ...(title === undefined ? {} : { title }),
      quantity,
      real: real.subarray(0, this.#length),
      ...(imaginary ? { imaginary: imaginary.subarray(0, this.#length) } : {}),
      ...(slope ? { slope: slope.subarray(0, this.#length) } : {}),
    };
  }

  #grow(): void {
    this.#capacity *= 2;
    for (const column of this.#columns) {
      column.real = enlarged(column.real, this.#capacity);
      if (column.imaginary) column.imaginary = enlarged(column.imaginary, this.#capacity);
      if (column.slope) column.slope = enlarged(column.slope, this.#capacity);
    }
  }
}

function enlarged(values: Float64Array, capacity: number): Float64Array {
  const larger = new Float64Array(capacity);
  larger.set(values);
  return larger;
}

/** Every `stride`-th value from `from` on, to one place after the other. */
function spread(
  values: Float64Array,
  from: number,
  stride: number,
  to: Float64Array,
  first: number,
  count: number,
): void {
  for (let i = 0, at = from; i < count; i++, at += stride) to[first + i] = values[at];
}

/** For a few dozen rows a loop takes less than a view of them. */
function copyRows(
  from: Float64Array,
  first: number,
  last: number,
  to: Float64Array,
  at: number,
): void {
  for (let i = first; i < last; i++) to[at++] = from[i];
}
