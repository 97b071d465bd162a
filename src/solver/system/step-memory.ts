/**
 * What integration in time keeps of the points before: a part of the system's memory, so that
 * kernels reach it. All arrays say their length; the newest point comes first.
 */
export const historyDepth = 4;

/** Numbers that a step is made with, by their position in `control`. */
export const control = {
  /** Factors of q0, q1 and the rate in the integration formula. */
  c1: 0,
  c2: 1,
  c3: 2,
  /** Weights of x0 … x3 in the prediction. */
  w0: 3,
  w1: 4,
  w2: 5,
  w3: 6,
  /** Weights of the candidate and three points before it in the truncation error. */
  e0: 7,
  e1: 8,
  e2: 9,
  e3: 10,
  /** Size of the step [s]. */
  h: 11,
  /** Answer: 1 if an unknown jumped. */
  jumps: 12,
  /** Of several steps in one call (`march-kernel.ts`): the next step [s], given and answered. */
  step: 13,
  /** Answers: Newton iterations, refactorizations, and 1 if the factors belong to the matrix. */
  iterations: 14,
  refactorizations: 15,
  current: 16,
  /** What is left of the steepest slope after the step. */
  fading: 17,
  size: 18,
} as const;

export class StepMemory {
  /** [depth] times of the points. */
  readonly times: Float64Array;
  /** [depth][n + 1], [depth][charges] */
  readonly x: readonly Float64Array[];
  readonly q: readonly Float64Array[];
  /** All of x, and of q, for moving them on by a point. */
  readonly xBlock: Float64Array;
  readonly qBlock: Float64Array;
  /** [charges] rates at the newest point. */
  readonly rates: Float64Array;
  /** [2][charges] the same at the points before, and their largest magnitudes so far. */
  readonly earlierRates: readonly Float64Array[];
  readonly ratePeak: Float64Array;
  /** [n + 1] */
  readonly predicted: Float64Array;
  /** [n + 1], [charges] largest magnitudes so far. */
  readonly peak: Float64Array;
  readonly chargePeak: Float64Array;
  /** [n + 1] way gone so far, steepest slope of late, and by how much the tolerance may be exceeded. */
  readonly travelled: Float64Array;
  readonly steepest: Float64Array;
  readonly slack: Float64Array;
  readonly control: Float64Array;
  /** [n + 1] tolerances of unknowns. */
  readonly abstol: Float64Array;
  readonly reltol: Float64Array;
  /** [charges] tolerances of those that are states, in the order of `states`. */
  readonly stateAbstol: Float64Array;
  readonly stateReltol: Float64Array;
  readonly stateNominal: Float64Array;
  /** [limits] values at the newest point. */
  readonly limits: Float64Array;
  /** Numbers of charges that are charges, and states; of unknowns that charges depend on. */
  readonly charges: Int32Array;
  readonly states: Int32Array;
  readonly columns: Int32Array;

  /** @param block [stepMemoryDoubles] */
  constructor(block: Float64Array, n: number, charges: number, limits: number) {
    let offset = 0;
    const take = (length: number): Float64Array => {
      const view = block.subarray(offset, offset + length);
      offset += length;
      return view;
    };
    this.xBlock = take(historyDepth * (n + 1));
    this.qBlock = take(historyDepth * charges);
    this.x = rowsOf(this.xBlock);
    this.q = rowsOf(this.qBlock);
    this.times = take(historyDepth);
    this.rates = take(charges);
    this.earlierRates = [take(charges), take(charges)];
    this.ratePeak = take(charges);
    this.predicted = take(n + 1);
    this.peak = take(n + 1);
    this.chargePeak = take(charges);
    this.travelled = take(n + 1);
    this.steepest = take(n + 1);
    this.slack = take(n + 1);
    this.control = take(control.size);
    this.abstol = take(n + 1);
    this.reltol = take(n + 1);
    this.stateAbstol = take(charges);
    this.stateReltol = take(charges);
    this.stateNominal = take(charges);
    this.limits = take(limits);
    const integers = (length: number): Int32Array => {
      const { buffer, byteOffset } = take(Math.ceil(length / 2));
      return new Int32Array(buffer, byteOffset, length);
    };
    this.charges = integers(charges);
    this.states = integers(charges);
    this.columns = integers(n + 1);
  }
}

/** A block of a history, point by point. */
export function rowsOf(block: Float64Array): Float64Array[] {
  const size = block.length / historyDepth;
  return Array.from({ length: historyDepth }, (_, k) => block.subarray(k * size, (k + 1) * size));
}

/** Length of the block of a `StepMemory`. */
export function stepMemoryDoubles(n: number, charges: number, limits: number): number {
  const lists = 2 * Math.ceil(charges / 2) + Math.ceil((n + 1) / 2);
  const numbers = historyDepth + control.size;
  return (historyDepth + 7) * (n + 1) + (historyDepth + 8) * charges + numbers + limits + lists;
}
