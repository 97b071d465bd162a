import { philoxInto } from '../../base/index.js';
import type { CharacteristicFunction, NumberArray } from './characteristic-function.js';

/** What random numbers are keyed by: equal keys give equal numbers, on any number of workers. */
export interface SampleKey {
  readonly seed: number;
  /** 32 bits that tell streams apart: which layer, which purpose. */
  readonly stream: number;
  /** 32 bits that tell calls apart: which update. */
  readonly step: number;
  /** Number of the first element. */
  readonly first?: number;
}

/** The name of the last input of a quantile function. */
export const probabilityInput = 'probability';

/**
 * Draws from a stochastic block: from the distribution of its output given its inputs (a quantile
 * function at uniform numbers), or whether an event happens (a probability against them). Numbers
 * come from a counter-based stream: element i has its own, whatever else is drawn.
 */
export class ConditionalSampler {
  readonly #of: CharacteristicFunction;
  readonly #quantiles: boolean;
  readonly #words = new Uint32Array(4);

  constructor(of: CharacteristicFunction) {
    const last = of.inputs.at(-1)?.name;
    this.#quantiles = of.output.kind === 'quantile' && last === probabilityInput;
    if (!this.#quantiles && of.output.kind !== 'probability')
      throw new Error(`'${of.output.name}' is not random: it is a ${of.output.kind}`);
    this.#of = of;
  }

  /**
   * Draws one number (or 1 where the event happens and 0 where it does not) for each point.
   *
   * @param points one array for each input but `probability`
   */
  draw(points: readonly NumberArray[], into: NumberArray, key: SampleKey): void {
    const uniform = this.#uniform(into.length, key);
    if (this.#quantiles) {
      this.#of.evaluate([...points, uniform], into);
      return;
    }
    const probability = new Float64Array(into.length);
    this.#of.evaluate(points, probability);
    for (let i = 0; i < into.length; i++) into[i] = uniform[i] < probability[i] ? 1 : 0;
  }

  #uniform(count: number, { seed, stream, step, first = 0 }: SampleKey): Float64Array {
    const words = this.#words;
    const uniform = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const number = first + i;
      const high = Math.floor(number / 2 ** 32);
      philoxInto(words, number, high, stream, step, seed, 0x0c5a);
      uniform[i] = ((words[0] >>> 5) * 67108864 + (words[1] >>> 6) + 0.5) / 9007199254740992;
    }
    return uniform;
  }
}
