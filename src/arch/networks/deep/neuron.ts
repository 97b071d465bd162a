/** Neurons by their probability to fire. */
import { normalProbability } from '../../../base/index.js';

/** From the weighted sum of a neuron to the probability that it fires. */
export interface Neuron {
  probability(sum: number): number;
}

/** 1/(1 + e^−gain·x). */
export function logisticNeuron(gain = 1): Neuron {
  return { probability: (sum) => 1 / (1 + Math.exp(-gain * sum)) };
}

/**
 * The stochastic neuron of Parmar and Suri (section III-A): a sigmoid's voltage is compared with that
 * of an OxRAM device which is cycled between two decisions, so that its resistance, and with it the
 * threshold, is drawn from the cycle-to-cycle distribution. With thresholds that are log-normal,
 *
 *     P(fire) = P(V_sigmoid > gain·V_OxRAM) = Φ(ln(V_sigmoid/(gain·median))/spread)
 *
 * `median` is relative to the swing of the sigmoid; at gain 1 and 0.5 a sum of zero fires half the time.
 */
export function oxramNeuron(gain: number, median: number, spread: number): Neuron {
  const level = Math.log(gain * median);
  return {
    probability(sum) {
      // ln of the sigmoid, without overflow for large negative sums.
      const logarithm = sum >= 0 ? -Math.log1p(Math.exp(-sum)) : sum - Math.log1p(Math.exp(sum));
      return normalProbability((logarithm - level) / spread);
    },
  };
}

const tableSpan = 32;
const tableStep = 1 / 64;

/** A neuron as a table with straight lines between, for the many evaluations of a training. */
export class TabulatedNeuron {
  readonly #values = new Float32Array((2 * tableSpan) / tableStep + 2);

  constructor(neuron: Neuron) {
    this.follow(neuron);
  }

  /** Becomes a table of another neuron, for all that share it. */
  follow(neuron: Neuron): void {
    for (let k = 0; k < this.#values.length; k++)
      this.#values[k] = neuron.probability(k * tableStep - tableSpan);
  }

  /** Probabilities of `count` sums, in their place; beyond ±32 the ends count, and NaN stays NaN. */
  apply(sums: Float32Array, count: number): void {
    const values = this.#values;
    const last = values.length - 1.001;
    for (let k = 0; k < count; k++) {
      const place = (sums[k] + tableSpan) / tableStep;
      const x = place < 0 ? 0 : place > last ? last : place;
      const i = x | 0;
      sums[k] = values[i] + (x - i) * (values[i + 1] - values[i]);
    }
  }

  /** The same, with the slope of each. */
  applyWithSlopes(sums: Float32Array, slopes: Float32Array, count: number): void {
    const values = this.#values;
    const last = values.length - 1.001;
    for (let k = 0; k < count; k++) {
      const place = (sums[k] + tableSpan) / tableStep;
      const x = place < 0 ? 0 : place > last ? last : place;
      const i = x | 0;
      const rise = values[i + 1] - values[i];
      sums[k] = values[i] + (x - i) * rise;
      slopes[k] = rise / tableStep;
    }
  }
}
