/** Numbers that are learnt: in floating point, or as codes of eight binary devices. */

/** A rule by which numbers follow what is seen with the data and without. */
export interface LearntArray {
  /** The numbers as the network uses them. */
  readonly values: Float32Array;
  /**
   * One update after a mini-batch: `positive` and `negative` are sums over its `count` samples, as
   * ⟨v h⟩ and ⟨v′ h′⟩ are in contrastive divergence.
   */
  learn(positive: Float32Array, negative: Float32Array, count: number, epoch: number): void;
  /** All that a continuation needs. */
  save(): unknown;
  restore(state: unknown): void;
}

export interface FloatRule {
  readonly learningRate: number;
  /** Before and from the sixth epoch on (Hinton, "A practical guide to training RBMs", 2010). */
  readonly momentum: readonly [number, number];
  /** Decay towards zero, relative to the learning rate. */
  readonly penalty: number;
}

const epochsOfFirstMomentum = 5;

/** Gradient steps with momentum and decay. */
export class FloatArray implements LearntArray {
  readonly values: Float32Array;
  readonly #rule: FloatRule;
  readonly #velocity: Float32Array;

  constructor(values: Float32Array, rule: FloatRule) {
    this.values = values;
    this.#rule = rule;
    this.#velocity = new Float32Array(values.length);
  }

  learn(positive: Float32Array, negative: Float32Array, count: number, epoch: number): void {
    const { learningRate, momentum, penalty } = this.#rule;
    const inertia = momentum[epoch < epochsOfFirstMomentum ? 0 : 1];
    const { values } = this;
    const velocity = this.#velocity;
    for (let k = 0; k < values.length; k++) {
      const gradient = (positive[k] - negative[k]) / count - penalty * values[k];
      velocity[k] = inertia * velocity[k] + learningRate * gradient;
      values[k] += velocity[k];
    }
  }

  save(): unknown {
    return { values: this.values.slice(), velocity: this.#velocity };
  }

  restore(state: unknown): void {
    const { values, velocity } = state as { values: Float32Array; velocity: Float32Array };
    this.values.set(values);
    this.#velocity.set(velocity);
  }
}

export interface CodeRule {
  /** What one step of the code stands for. */
  readonly leastStep: number;
  /** A difference of the sums up to this moves nothing. */
  readonly deadBand: number;
}

/**
 * Eight binary OxRAM devices for each number, in two's complement. After a mini-batch the digital block
 * compares both sums and gives −1, 0 or +1: the code moves by one step, and stays within −128 … 127
 * (Parmar and Suri, eq. (1) and fig. 6(c)). Each change of a device's bit is counted.
 */
export class CodedArray implements LearntArray {
  readonly values: Float32Array;
  readonly codes: Int8Array;
  /** Changes of each device: eight in a row for each number, the least bit first. */
  readonly flips: Uint32Array;
  readonly #rule: CodeRule;

  constructor(values: Float32Array, rule: CodeRule) {
    this.values = values;
    this.#rule = rule;
    this.codes = new Int8Array(values.length);
    this.flips = new Uint32Array(8 * values.length);
    for (let k = 0; k < values.length; k++) {
      this.codes[k] = Math.max(-128, Math.min(127, Math.round(values[k] / rule.leastStep)));
      values[k] = this.codes[k] * rule.leastStep;
    }
  }

  learn(positive: Float32Array, negative: Float32Array): void {
    const { deadBand, leastStep } = this.#rule;
    const { codes, values } = this;
    for (let k = 0; k < codes.length; k++) {
      const difference = positive[k] - negative[k];
      const step = difference > deadBand ? 1 : difference < -deadBand ? -1 : 0;
      const code = codes[k];
      if (step === 0 || (step > 0 ? code === 127 : code === -128)) continue;
      codes[k] = code + step;
      values[k] = (code + step) * leastStep;
      this.#count(k, code ^ (code + step));
    }
  }

  #count(k: number, changed: number): void {
    for (let bits = changed & 0xff; bits !== 0; bits &= bits - 1)
      this.flips[8 * k + 31 - Math.clz32(bits & -bits)]++;
  }

  save(): unknown {
    return { codes: this.codes, flips: this.flips };
  }

  restore(state: unknown): void {
    const { codes, flips } = state as { codes: Int8Array; flips: Uint32Array };
    this.codes.set(codes);
    this.flips.set(flips);
    for (let k = 0; k < codes.length; k++) this.values[k] = codes[k] * this.#rule.leastStep;
  }
}
