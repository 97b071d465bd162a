/**
 * A function that a circuit has, as a table that gets another knot wherever the circuit is found to be
 * further from it than is allowed. Between knots it is a cubic that keeps the shape of the knots.
 */
import { monotoneSlopes } from '../../characterize/monotone-slopes.js';

export interface ResponseKnot {
  readonly input: number;
  readonly output: number;
}

export interface ResponseAgreement {
  /** Comparisons since the last knot was added, and their differences, circuit minus table. */
  readonly count: number;
  readonly rms: number;
  readonly max: number;
}

interface Saved {
  readonly knots: readonly ResponseKnot[];
  readonly differences: readonly number[];
}

export class ResponseTable {
  readonly #tolerance: number;
  #knots: ResponseKnot[];
  #slopes = new Float64Array();
  #differences: number[] = [];

  /** `tolerance` is in the unit of the output. */
  constructor(knots: readonly ResponseKnot[], tolerance: number) {
    this.#tolerance = tolerance;
    this.#knots = [...knots].sort((a, b) => a.input - b.input);
    this.#prepare();
  }

  get knots(): readonly ResponseKnot[] {
    return this.#knots;
  }

  #prepare(): void {
    const inputs = this.#knots.map(({ input }) => input);
    this.#slopes = new Float64Array(inputs.length);
    const outputs = Float64Array.from(this.#knots, ({ output }) => output);
    monotoneSlopes(inputs, outputs, this.#slopes);
  }

  /** Beyond the ends these count. */
  value(input: number): number {
    const last = this.#knots.length - 1;
    if (input <= this.#knots[0].input) return this.#knots[0].output;
    if (input >= this.#knots[last].input) return this.#knots[last].output;
    const right = this.#knots.findIndex((knot) => knot.input > input);
    const [a, b] = [this.#knots[right - 1], this.#knots[right]];
    const width = b.input - a.input;
    const t = (input - a.input) / width;
    const rise = b.output - a.output;
    const [m0, m1] = [width * this.#slopes[right - 1], width * this.#slopes[right]];
    return a.output + t * (m0 + t * (3 * rise - 2 * m0 - m1 + t * (m0 + m1 - 2 * rise)));
  }

  /** What the circuit gives at an input. Returns whether the table has got another knot by it. */
  observe(input: number, output: number): boolean {
    const difference = output - this.value(input);
    if (Math.abs(difference) <= this.#tolerance) {
      this.#differences.push(difference);
      return false;
    }
    const at = this.#knots.findIndex((knot) => knot.input >= input);
    const known = this.#knots[at]?.input === input;
    this.#knots.splice(at < 0 ? this.#knots.length : at, known ? 1 : 0, { input, output });
    this.#differences = [];
    this.#prepare();
    return true;
  }

  get agreement(): ResponseAgreement {
    const count = this.#differences.length;
    const square = this.#differences.reduce((sum, e) => sum + e * e, 0);
    const max = this.#differences.reduce((most, e) => Math.max(most, Math.abs(e)), 0);
    return { count, rms: Math.sqrt(square / Math.max(1, count)), max };
  }

  save(): unknown {
    return { knots: this.#knots, differences: this.#differences } satisfies Saved;
  }

  restore(state: unknown): void {
    const { knots, differences } = state as Saved;
    this.#knots = [...knots];
    this.#differences = [...differences];
    this.#prepare();
  }
}
