/** Numbers that are learnt: in floating point, or as codes of eight binary devices. */
import { codeRange, DeviceFlips, signMagnitude, twosComplement } from './eight-device-code.js';

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
  readonly flips: DeviceFlips;
  /** What would have changed as sign and magnitude. */
  readonly signMagnitudeFlips: DeviceFlips;
  readonly #rule: CodeRule;

  constructor(values: Float32Array, rule: CodeRule) {
    const { least, most } = codeRange;
    this.values = values;
    this.#rule = rule;
    this.codes = new Int8Array(values.length);
    this.flips = new DeviceFlips(values.length, twosComplement);
    this.signMagnitudeFlips = new DeviceFlips(values.length, signMagnitude);
    for (let k = 0; k < values.length; k++) {
      this.codes[k] = Math.max(least, Math.min(most, Math.round(values[k] / rule.leastStep)));
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
      if (step === 0 || code === (step > 0 ? codeRange.most : codeRange.least)) continue;
      codes[k] = code + step;
      values[k] = (code + step) * leastStep;
      const lower = step > 0 ? code : code - 1;
      this.flips.count(k, lower);
      this.signMagnitudeFlips.count(k, lower);
    }
  }

  save(): unknown {
    const [flips, others] = [this.flips.counts, this.signMagnitudeFlips.counts];
    return { codes: this.codes, flips, others };
  }

  restore(state: unknown): void {
    const { codes, flips, others } = state as {
      codes: Int8Array;
      flips: Uint32Array;
      others: Uint32Array;
    };
    this.codes.set(codes);
    this.flips.counts.set(flips);
    this.signMagnitudeFlips.counts.set(others);
    for (let k = 0; k < codes.length; k++) this.values[k] = codes[k] * this.#rule.leastStep;
  }
}
