/**
 * Adam (Kingma and Ba, ICLR 2015, algorithm 1):
 *
 *     m ← β₁m + (1 − β₁)g     v ← β₂v + (1 − β₂)g²     step = −η·(m/(1 − β₁ᵗ))/(√(v/(1 − β₂ᵗ)) + ε)
 */

export interface AdamState {
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly step: number;
}

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

export class Adam {
  #first: Float32Array;
  #second: Float32Array;
  #step = 0;

  constructor(length: number) {
    this.#first = new Float32Array(length);
    this.#second = new Float32Array(length);
  }

  /** Writes the steps over the gradient. */
  steps(gradient: Float32Array, learningRate: number): void {
    this.#step++;
    const first = this.#first;
    const second = this.#second;
    const rate = learningRate / (1 - beta1 ** this.#step);
    const spread = 1 / (1 - beta2 ** this.#step);
    for (let i = 0; i < gradient.length; i++) {
      const g = gradient[i];
      const m = beta1 * first[i] + (1 - beta1) * g;
      const v = beta2 * second[i] + (1 - beta2) * g * g;
      first[i] = m;
      second[i] = v;
      gradient[i] = (-rate * m) / (Math.sqrt(v * spread) + epsilon);
    }
  }

  save(): AdamState {
    return { first: this.#first, second: this.#second, step: this.#step };
  }

  restore({ first, second, step }: AdamState): void {
    this.#first = first.slice();
    this.#second = second.slice();
    this.#step = step;
  }
}
