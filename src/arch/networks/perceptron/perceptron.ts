/**
 * A perceptron in floating point, the software beside grids of synapses (Rosenthal et al., ISCAS 2016,
 * (1), (2), (6) to (8)): layers r = W u with a bias as the last input, tanh between them,
 *
 *     y = d − r      y_k = (1 − tanh² r_k)·(W_{k+1}ᵀ y_{k+1})      W ← W + η y uᵀ
 *
 * which is gradient descent on ½ Σ y² of the last layer.
 */

/** One layer with what it reads and gives; the last input is the bias. */
interface Layer {
  /** Row by row: output, input. */
  readonly weights: Float64Array;
  readonly inputs: Float64Array;
  /** r, and y. */
  readonly outputs: Float64Array;
  readonly errors: Float64Array;
}

export class Perceptron {
  readonly #layers: readonly Layer[];
  readonly #bias: number;

  /** Numbers of inputs, of hidden neurons and of outputs; all weights are zero. */
  constructor(sizes: readonly number[], bias: number) {
    this.#bias = bias;
    this.#layers = sizes.slice(1).map((rows, k) => ({
      weights: new Float64Array(rows * (sizes[k] + 1)),
      inputs: new Float64Array(sizes[k] + 1),
      outputs: new Float64Array(rows),
      errors: new Float64Array(rows),
    }));
  }

  /** Weights of each layer, row by row; the last of a row is that of the bias. */
  get weights(): readonly Float64Array[] {
    return this.#layers.map(({ weights }) => weights);
  }

  /** Outputs for inputs from `from` on; valid until the next call. */
  respond(all: Float64Array, from: number): Float64Array {
    const first = this.#layers[0].inputs;
    first.set(all.subarray(from, from + first.length - 1));
    for (const [k, { weights, inputs, outputs }] of this.#layers.entries()) {
      const columns = inputs.length;
      inputs[columns - 1] = this.#bias;
      for (let n = 0; n < outputs.length; n++) {
        let sum = weights[n * columns + columns - 1] * this.#bias;
        for (let m = 0; m < columns - 1; m++) sum += weights[n * columns + m] * inputs[m];
        outputs[n] = sum;
      }
      const next = this.#layers.at(k + 1)?.inputs;
      if (next) for (let n = 0; n < outputs.length; n++) next[n] = Math.tanh(outputs[n]);
    }
    return this.#layers[this.#layers.length - 1].outputs;
  }

  /** Moves the weights by the errors y = d − r of the last `respond`. */
  learn(errors: Float64Array, rate: number): void {
    const last = this.#layers.length - 1;
    this.#layers[last].errors.set(errors);
    for (let k = last; k > 0; k--) this.#propagateBack(this.#layers[k], this.#layers[k - 1]);
    for (const { weights, inputs, errors: own } of this.#layers)
      for (let n = 0; n < own.length; n++) {
        const row = n * inputs.length;
        const step = rate * own[n];
        for (let m = 0; m < inputs.length; m++) weights[row + m] += step * inputs[m];
      }
  }

  #propagateBack({ weights, inputs, errors }: Layer, before: Layer): void {
    for (let m = 0; m < before.errors.length; m++) {
      let delta = 0;
      for (let n = 0; n < errors.length; n++) delta += errors[n] * weights[n * inputs.length + m];
      before.errors[m] = (1 - inputs[m] ** 2) * delta;
    }
  }
}
