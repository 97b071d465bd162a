/** Copies what is saved from the system's memory into a dataset, point by point. */
import { DatasetBuilder, type AnalysisKind, type ColumnDescription } from '../../waveform/index.js';
import { slopeWeights } from '../integration/predictor.js';
import type { StepHistory } from '../integration/step-history.js';
import type { Readable } from '../system/access.js';
import type { PointBlock } from '../system/point-block.js';
import type { System } from '../system/system.js';

export interface RecorderOptions {
  readonly slopes?: boolean;
  /** How many points there will be, where that is known. */
  readonly points?: number;
}

/** Room for points to begin with: a circuit of a million nodes may have a column for each. */
const unknownCount = 16;
const mostReserved = 2 ** 24;

export class Recorder {
  readonly dataset: DatasetBuilder;
  readonly columns: readonly Readable[];
  /** Number of columns before the saved ones: time, frequency or the swept value. */
  readonly #scales: number;
  readonly #system: System;
  readonly #needsOutputs: boolean;
  /** Numbers of the groups that these are of. */
  readonly #speaking: readonly number[];
  /** [columns] unknowns, 0 for outputs; the same with −1 for what has no slope. */
  readonly #unknowns: Int32Array;
  readonly #smooth: Int32Array;
  readonly #weights = new Float64Array(3);
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
    const read = new Set(columns.map(({ output }) => output?.values));
    this.#speaking = [...system.memory.groups.keys()].filter((k) =>
      read.has(system.memory.groups[k].instance),
    );
    const { dynamicColumn } = system.linkage;
    this.#unknowns = Int32Array.from(columns, ({ unknown, output }) => (output ? 0 : unknown));
    this.#smooth = Int32Array.from(columns, ({ unknown, output }) =>
      output === undefined && dynamicColumn[unknown] === 1 ? unknown : -1,
    );
    const described = columns.map(({ name, quantity }) => ({ name, quantity }));
    const description = {
      title: system.circuit.title,
      analysis: kind,
      columns: [...(scale ? [scale] : []), ...described],
      complex: kind === 'ac',
      ...(more.slopes ? { slopes: true } : {}),
    };
    const room = Math.max(unknownCount, Math.floor(mostReserved / (columns.length + 1)));
    const points = Math.min(more.points ?? unknownCount, room);
    this.dataset = new DatasetBuilder(description, points);
    const width = columns.length + this.#scales;
    this.#rows = [new Float64Array(width), new Float64Array(width)];
    this.#slopes = [new Float64Array(width), new Float64Array(width)];
  }

  /**
   * Takes a point as it stands in memory now; `scale` is its time or swept value.
   * @param history has the point in front of those before it, if slopes are wanted
   */
  capture(scale: number, history?: StepHistory): void {
    const row = this.#rows[this.#captured];
    const slopes = this.#slopes[this.#captured];
    this.#captured++;
    this.#system.evaluateOutputs(this.#speaking);
    const { x } = this.#system.memory;
    if (this.#scales === 1) {
      row[0] = scale;
      slopes[0] = 1;
    }
    const unknowns = this.#unknowns;
    for (let c = 0, k = this.#scales; c < unknowns.length; c++, k++) row[k] = x[unknowns[c]];
    if (this.#needsOutputs) this.#readOutputs(row);
    if (history) this.#findSlopes(history, slopes);
  }

  #readOutputs(row: Float64Array): void {
    this.columns.forEach(({ output }, c) => {
      if (output) row[c + this.#scales] = output.values[output.position];
    });
  }

  /** Whether `captureBlock` can be used: outputs are computed point by point. */
  get takesBlocks(): boolean {
    return !this.#needsOutputs && this.#scales === 1;
  }

  /** Takes the points `first` to `last` (exclusive) of a transient at once. */
  captureBlock(block: PointBlock, first: number, last: number): void {
    const values = [block.time, ...Array.from(this.#unknowns, (u) => block.x[u])];
    const slopes = [1, ...Array.from(this.#smooth, (u) => (u < 0 ? NaN : block.slopes[u]))];
    this.dataset.appendBlock(values, slopes, first, last);
  }

  /** What no charge depends on may jump: it has no slope. */
  #findSlopes(history: StepHistory, slopes: Float64Array): void {
    const weights = this.#weights;
    slopeWeights(history, weights);
    const w0 = weights[0];
    const w1 = weights[1];
    const w2 = weights[2];
    const x0 = history.x[0];
    const x1 = history.x[1];
    const x2 = history.x[2];
    const smooth = this.#smooth;
    for (let c = 0, k = this.#scales; c < smooth.length; c++, k++) {
      const u = smooth[c];
      slopes[k] = u < 0 ? NaN : w0 * x0[u] + w1 * x1[u] + w2 * x2[u];
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
