/**
 * What stands behind the binary weights of a layer: hidden weights that a rule of learning moves, and
 * whose signs the network uses (Majumdar et al. 2021, (7)).
 */

export interface Synapses {
  /** ±1, [outputs × inputs]; they follow the hidden weights. */
  readonly weights: Float32Array;
  /** Moves the hidden weights by `steps`, as Adam gives them; the array may be written over. */
  update(steps: Float32Array): void;
  /** What the file of results says of them. */
  statistics(): SynapseStatistics | undefined;
  /** All that a continuation needs. */
  save(): unknown;
  restore(state: unknown): void;
}

export interface SynapseStatistics {
  readonly devices: number;
  /** All pulses together, and those of the device that had most. */
  readonly pulses: number;
  readonly mostPulses: number;
  /** Devices that are behind their knee t*. */
  readonly behindKnee: number;
}

/** How a step becomes a whole number of pulses. */
export interface PulseRule {
  /**
   * To the nearest (halves to even), as the authors' program has it; towards zero, or downwards: two
   * readings of the paper's "rounding down".
   */
  readonly rounding: 'nearest' | 'truncate' | 'floor';
  /** Most pulses at once. */
  readonly mostPulses: number;
}

/** Adding and taking it off rounds a double of moderate size, halves to even. */
const roundingShift = 6755399441055744;

/** Whole numbers of pulses, clamped; written over the steps, as words. */
export function pulsesOf(steps: Float32Array, { rounding, mostPulses }: PulseRule): Int32Array {
  const pulses = new Int32Array(steps.buffer, steps.byteOffset, steps.length);
  for (let i = 0; i < steps.length; i++) {
    const step = Math.max(-mostPulses, Math.min(mostPulses, steps[i]));
    if (rounding === 'nearest') pulses[i] = step + roundingShift - roundingShift;
    else pulses[i] = rounding === 'floor' ? Math.floor(step) : step;
  }
  return pulses;
}

function sign(hidden: ArrayLike<number>, weights: Float32Array): void {
  for (let i = 0; i < weights.length; i++) weights[i] = hidden[i] >= 0 ? 1 : -1;
}

/** Floating-point hidden weights, held within ±1 (Hubara et al., NIPS 2016). */
export class FloatSynapses implements Synapses {
  readonly weights: Float32Array;
  readonly hidden: Float32Array;

  constructor(weights: Float32Array, hidden: Float32Array) {
    this.weights = weights;
    this.hidden = hidden;
    sign(hidden, weights);
  }

  update(steps: Float32Array): void {
    const { hidden } = this;
    for (let i = 0; i < hidden.length; i++)
      hidden[i] = Math.max(-1, Math.min(1, hidden[i] + steps[i]));
    sign(hidden, this.weights);
  }

  statistics(): undefined {
    return undefined;
  }

  save(): unknown {
    return this.hidden;
  }

  restore(state: unknown): void {
    this.hidden.set(state as Float32Array);
    sign(this.hidden, this.weights);
  }
}

/**
 * Whole numbers as hidden weights: what pairs of equal devices without noise are, since ln R then
 * grows with the number of pulses alike in both.
 */
export class IntegerSynapses implements Synapses {
  readonly weights: Float32Array;
  readonly hidden: Int32Array;
  readonly #rule: PulseRule;

  constructor(weights: Float32Array, hidden: Int32Array, rule: PulseRule) {
    this.weights = weights;
    this.hidden = hidden;
    this.#rule = rule;
    sign(hidden, weights);
  }

  update(steps: Float32Array): void {
    const pulses = pulsesOf(steps, this.#rule);
    for (let i = 0; i < pulses.length; i++) this.hidden[i] += pulses[i];
    sign(this.hidden, this.weights);
  }

  statistics(): undefined {
    return undefined;
  }

  save(): unknown {
    return this.hidden;
  }

  restore(state: unknown): void {
    this.hidden.set(state as Int32Array);
    sign(this.hidden, this.weights);
  }
}
