import { uniformDraw } from '../trainers/draws.js';
import { cosimStreams } from './cosim-draws.js';
import type { GridBlock, GridCost, Outcome } from './grid-block.js';
import { closeResidual, type Residual, resampled, type Residuals } from './residuals.js';

/** Uses of draws. */
const uses = { reads: 0, writes: 1, read: 2, write: 3, settled: 4 } as const;

/**
 * Equations of a grid to whose reads and writes measured residuals are added: how a training might go
 * if it were the circuit. Each repetition has other draws, and other measurements to draw from.
 */
export class PerturbedGrid implements GridBlock {
  readonly #own: GridBlock;
  readonly #reads: readonly Residual[];
  readonly #writes: readonly Residual[];
  readonly #draw: (use: number, index: number) => number;
  #operations = 0;

  constructor(own: GridBlock, residuals: Residuals, seed: number, repetition: number) {
    this.#own = own;
    this.#draw = (use, index) =>
      uniformDraw(seed, cosimStreams.bootstrap, index, 8 * repetition + use);
    this.#reads = resampled(residuals.reads, (k) => this.#draw(uses.reads, k));
    this.#writes = resampled(residuals.writes, (k) => this.#draw(uses.writes, k));
  }

  get cost(): GridCost {
    return this.#own.cost;
  }

  states(): Float64Array {
    return this.#own.states();
  }

  setStates(states: Float64Array): void {
    this.#own.setStates(states);
  }

  read(inputs: Float64Array, outputs: Float64Array): Outcome {
    const problem = this.#own.read(inputs, outputs);
    if (!problem) this.#misread(outputs, uses.read);
    return problem;
  }

  settled(inputs: Float64Array, outputs: Float64Array): Outcome {
    const problem = this.#own.settled(inputs, outputs);
    if (!problem) this.#misread(outputs, uses.settled);
    return problem;
  }

  #misread(outputs: Float64Array, use: number): void {
    const error = this.#errorFor(this.#reads, outputs, use);
    error?.forEach((e, n) => {
      outputs[n] += e;
    });
  }

  write(inputs: Float64Array, pulses: Float64Array): Outcome {
    const before = this.#own.states();
    const problem = this.#own.write(inputs, pulses);
    if (problem) return problem;
    const after = this.#own.states();
    const changes = after.map((s, k) => s - before[k]);
    const error = this.#errorFor(this.#writes, changes, uses.write);
    if (error) this.setStates(after.map((s, k) => Math.min(1, Math.max(0, s + error[k]))));
    return undefined;
  }

  #errorFor(
    pool: readonly Residual[],
    predicted: Float64Array,
    use: number,
  ): Float64Array | undefined {
    if (pool.length === 0) return undefined;
    const draw = this.#draw(use, this.#operations++);
    return closeResidual(pool, predicted, draw).error;
  }

  save(): unknown {
    return { own: this.#own.save(), operations: this.#operations };
  }

  restore(state: unknown): void {
    const { own, operations } = state as { own: unknown; operations: number };
    this.#own.restore(own);
    this.#operations = operations;
  }
}
