/**
 * Where two levels part: while a network is trained at one level, another level carries out each read
 * and each write from the same states, inputs and pulses.
 */
import type { GridBlock } from './grid-block.js';

/** Differences of one quantity, this level minus the other. */
export interface BlockError {
  readonly count: number;
  readonly mean: number;
  readonly rms: number;
  readonly max: number;
  /** Root mean square of the quantity itself at this level: what errors are judged by. */
  readonly scale: number;
}

export class Difference {
  #count = 0;
  #sum = 0;
  #square = 0;
  #max = 0;
  #scale = 0;

  add(own: number, other: number): void {
    const e = own - other;
    this.#count++;
    this.#sum += e;
    this.#square += e * e;
    this.#max = Math.max(this.#max, Math.abs(e));
    this.#scale += own * own;
  }

  get result(): BlockError {
    const n = Math.max(1, this.#count);
    return {
      count: this.#count,
      mean: this.#sum / n,
      rms: Math.sqrt(this.#square / n),
      max: this.#max,
      scale: Math.sqrt(this.#scale / n),
    };
  }

  save(): number[] {
    return [this.#count, this.#sum, this.#square, this.#max, this.#scale];
  }

  restore([count, sum, square, max, scale]: readonly number[]): void {
    this.#count = count;
    this.#sum = sum;
    this.#square = square;
    this.#max = max;
    this.#scale = scale;
  }
}

export class BlockErrors {
  readonly #other: GridBlock;
  readonly #outputs: Float64Array;
  readonly #read = new Difference();
  readonly #write = new Difference();

  constructor(other: GridBlock, rows: number) {
    this.#other = other;
    this.#outputs = new Float64Array(rows);
  }

  /** What this level read from `states`. */
  reading(states: Float64Array, inputs: Float64Array, outputs: Float64Array): void {
    this.#other.setStates(states);
    if (this.#other.read(inputs, this.#outputs)) return;
    outputs.forEach((r, n) => {
      this.#read.add(r, this.#outputs[n]);
    });
  }

  /** What this level wrote: from `before` to `after`. */
  writing(
    before: Float64Array,
    after: Float64Array,
    inputs: Float64Array,
    pulses: Float64Array,
  ): void {
    this.#other.setStates(before);
    if (this.#other.write(inputs, pulses)) return;
    const moved = this.#other.states();
    after.forEach((s, k) => {
      this.#write.add(s - before[k], moved[k] - before[k]);
    });
  }

  /** Outputs r [V], and changes of states by a write. */
  get result(): { readonly read: BlockError; readonly write: BlockError } {
    return { read: this.#read.result, write: this.#write.result };
  }

  save(): unknown {
    return { read: this.#read.save(), write: this.#write.save(), other: this.#other.save() };
  }

  restore(state: unknown): void {
    const { read, write, other } = state as { read: number[]; write: number[]; other: unknown };
    this.#read.restore(read);
    this.#write.restore(write);
    this.#other.restore(other);
  }
}
