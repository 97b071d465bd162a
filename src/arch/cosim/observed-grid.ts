import { uniformDraw } from '../trainers/draws.js';
import { cosimStreams } from './cosim-draws.js';
import type { GridBlock, GridCost, Outcome } from './grid-block.js';
import type { Residual, Residuals } from './residuals.js';

interface Saved {
  readonly own: unknown;
  readonly circuit: unknown;
  readonly iteration: number;
  readonly residuals: Residuals;
}

/**
 * Equations of a grid, beside which a circuit repeats a part of the iterations from the same states.
 * The first is among them, the others are drawn by the seed. What differs is kept.
 */
export class ObservedGrid implements GridBlock {
  readonly #own: GridBlock;
  readonly #circuit: GridBlock;
  readonly #part: number;
  readonly #seed: number;
  #reads: Residual[] = [];
  #writes: Residual[] = [];
  #iteration = -1;
  /** The circuit could not read: nothing is compared in this iteration. */
  #skips = false;

  /** `part` of the iterations, from 0 to 1. */
  constructor(own: GridBlock, circuit: GridBlock, part: number, seed: number) {
    this.#own = own;
    this.#circuit = circuit;
    this.#part = part;
    this.#seed = seed;
  }

  get residuals(): Residuals {
    return { reads: this.#reads, writes: this.#writes };
  }

  /** Of the circuit: equations cost nothing to speak of. */
  get cost(): GridCost {
    return this.#circuit.cost;
  }

  states(): Float64Array {
    return this.#own.states();
  }

  setStates(states: Float64Array): void {
    this.#own.setStates(states);
  }

  read(inputs: Float64Array, outputs: Float64Array): Outcome {
    this.#iteration++;
    const problem = this.#own.read(inputs, outputs);
    if (problem || !this.#isObserved) return problem;
    const read = new Float64Array(outputs.length);
    this.#circuit.setStates(this.#own.states());
    this.#skips = this.#circuit.read(inputs, read) !== undefined;
    if (this.#skips) return undefined;
    this.#reads.push({ predicted: outputs.slice(), error: read.map((r, n) => r - outputs[n]) });
    return undefined;
  }

  write(inputs: Float64Array, pulses: Float64Array): Outcome {
    const before = this.#own.states();
    const problem = this.#own.write(inputs, pulses);
    if (problem || !this.#isObserved || this.#skips) return problem;
    this.#circuit.setStates(before);
    if (this.#circuit.write(inputs, pulses)) return undefined;
    const [after, reached] = [this.#own.states(), this.#circuit.states()];
    this.#writes.push({
      predicted: after.map((s, k) => s - before[k]),
      error: after.map((s, k) => reached[k] - s),
    });
    return undefined;
  }

  get #isObserved(): boolean {
    if (this.#iteration === 0) return true;
    return uniformDraw(this.#seed, cosimStreams.observed, this.#iteration) < this.#part;
  }

  settled(inputs: Float64Array, outputs: Float64Array): Outcome {
    return this.#own.settled(inputs, outputs);
  }

  save(): unknown {
    return {
      own: this.#own.save(),
      circuit: this.#circuit.save(),
      iteration: this.#iteration,
      residuals: { reads: [...this.#reads], writes: [...this.#writes] },
    } satisfies Saved;
  }

  restore(state: unknown): void {
    const { own, circuit, iteration, residuals } = state as Saved;
    this.#own.restore(own);
    this.#circuit.restore(circuit);
    this.#iteration = iteration;
    this.#reads = [...residuals.reads];
    this.#writes = [...residuals.writes];
  }
}
