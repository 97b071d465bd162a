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
  #finished = false;

  constructor(description: DatasetDescription, capacity = 256) {
    this.description = description;
    this.#capacity = Math.max(1, Math.ceil(capacity));
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
    return this.#length;
  }

  /** Adds a point of a real dataset. `values` and `slopes` hold one number for each column. */
  append(values: Float64Array, slopes?: Float64Array): void {
    if (this.#finished) throw new Error('a point was added to a finished dataset');
    if (this.#length === this.#capacity) this.#grow();
    const i = this.#length;
    for (let c = 0; c < this.#columns.length; c++) {
      const column = this.#columns[c];
      column.real[i] = values[c];
      if (column.slope) column.slope[i] = slopes ? slopes[c] : NaN;
    }
    this.#length++;
  }

  /** Adds a point of a complex dataset; the imaginary part of the frequency is not looked at. */
  appendComplex(real: Float64Array, imaginary: Float64Array): void {
    this.append(real);
    for (let c = 0; c < this.#columns.length; c++) {
      const part = this.#columns[c].imaginary;
      if (part) part[this.#length - 1] = imaginary[c];
    }
  }

  /** The points so far as a dataset, without copying them. More points may follow. */
  snapshot(): Dataset {
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
