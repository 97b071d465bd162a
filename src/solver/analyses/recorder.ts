/** Copies what is saved from the system's memory into a dataset, point by point. */
import { DatasetBuilder, type AnalysisKind, type ColumnDescription } from '../../waveform/index.js';
import type { Readable } from '../system/access.js';
import type { System } from '../system/system.js';

export interface RecorderOptions {
  readonly slopes?: boolean;
  /** How many points there will be, where that is known. */
  readonly points?: number;
}

/** Room for points to begin with: a circuit of a million nodes may have a column for each. */
const unknownCount = 16;
const mostReserved = 65536;

export class Recorder {
  readonly dataset: DatasetBuilder;
  readonly columns: readonly Readable[];
  /** Number of columns before the saved ones: time, frequency or the swept value. */
  readonly #scales: number;
  readonly #system: System;
  readonly #needsOutputs: boolean;
  /** Rows that are captured but not committed; two at most. */
  readonly #rows: Float64Array[];
  readonly #slopes: Float64Array[];
  #captured = 0;

  constructor(
    system: System,
    kind: AnalysisKind,
    scale: ColumnDescription | undefined,
    columns: readonly Readable[],
    more: RecorderOptions = {},
  ) {
    this.#system = system;
    this.columns = columns;
    this.#scales = scale ? 1 : 0;
    this.#needsOutputs = columns.some(({ output }) => output !== undefined);
    const described = columns.map(({ name, quantity }) => ({ name, quantity }));
    const description = {
      title: system.circuit.title,
      analysis: kind,
      columns: [...(scale ? [scale] : []), ...described],
      complex: kind === 'ac',
      ...(more.slopes ? { slopes: true } : {}),
    };
    const points = Math.min(more.points ?? unknownCount, mostReserved);
    this.dataset = new DatasetBuilder(description, points);
    const width = columns.length + this.#scales;
    this.#rows = [new Float64Array(width), new Float64Array(width)];
    this.#slopes = [new Float64Array(width), new Float64Array(width)];
  }

  /** Takes a point as it stands in memory now; `scale` is its time or swept value. */
  capture(scale: number, slope?: (unknown: number) => number): void {
    const row = this.#rows[this.#captured];
    const slopes = this.#slopes[this.#captured];
    this.#captured++;
    if (this.#needsOutputs) this.#system.evaluateOutputs();
    const { x } = this.#system.memory;
    if (this.#scales === 1) {
      row[0] = scale;
      slopes[0] = 1;
    }
    for (let c = 0; c < this.columns.length; c++) {
      const { unknown, output } = this.columns[c];
      row[c + this.#scales] = output ? output.values[output.position] : x[unknown];
      slopes[c + this.#scales] = slope && !output ? slope(unknown) : NaN;
    }
  }

  /** Forgets what was captured since the last commit. */
  drop(): void {
    this.#captured = 0;
  }

  commit(): void {
    for (let k = 0; k < this.#captured; k++) this.dataset.append(this.#rows[k], this.#slopes[k]);
    this.#captured = 0;
  }

  /** One point at once. */
  record(scale: number): void {
    this.capture(scale);
    this.commit();
  }
}
