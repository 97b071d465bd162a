import { shuffled } from '../datasets/index.js';
import { drawStreams, uniformDraw } from '../trainers/draws.js';
import type { Samples } from '../trainers/split-samples.js';

/** The stream that `synapse-grid` draws its order from. */
const orderStream = 2;

export interface PresentationSettings {
  readonly inputScale: number;
  readonly inputNoise: number;
  readonly bias: number;
}

/** Which sample comes when, and what the columns get of it: as in `synapse-grid`, for the same seed. */
export class Presentation {
  readonly #settings: PresentationSettings;
  readonly #seed: number;
  readonly #count: number;
  #pass = -1;
  #order: ArrayLike<number> = [];

  /** `count` samples are learnt from, again and again. */
  constructor(settings: PresentationSettings, count: number, seed: number) {
    this.#settings = settings;
    this.#count = count;
    this.#seed = seed;
  }

  /** Each pass has an order of its own, drawn by the seed. */
  sampleOf(iteration: number): number {
    const pass = Math.floor(iteration / this.#count);
    if (pass !== this.#pass) {
      this.#pass = pass;
      this.#order = shuffled(this.#count, this.#seed, orderStream, pass);
    }
    return this.#order[iteration % this.#count];
  }

  /** Voltages of a sample [V], the bias as the last; noise is drawn for an iteration of training only. */
  present(
    { features, inputs: all }: Samples,
    index: number,
    inputs: Float64Array,
    iteration?: number,
  ): void {
    const { inputScale, inputNoise, bias } = this.#settings;
    for (let m = 0; m < features; m++) {
      const noisy = iteration !== undefined && inputNoise > 0;
      const noise = noisy
        ? inputNoise * (2 * uniformDraw(this.#seed, drawStreams.inputNoise, iteration, m) - 1)
        : 0;
      inputs[m] = inputScale * all[index * features + m] * (1 + noise);
    }
    inputs[features] = bias;
  }
}
