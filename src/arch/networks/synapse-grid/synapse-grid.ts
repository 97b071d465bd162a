/**
 * A grid of 2T1M synapses: `columns` inputs by `rows` outputs (Rosenthal et al., ISCAS 2016, fig. 3).
 * The row's voltage, if its synapses (and their references while read) load it, is
 *
 *     v = rout Σ u (1/R − 1/rref) / (1 + rout Σ (1/R + 1/rref))
 *
 * and without the denominator eq. (5).
 */
import type { GridSettings } from './grid-parameters.js';
import type { SynapseModel, WritingByPulse, WritingByRate } from './synapse-model.js';

/** A write, which moves s by some 0.01, is integrated in so many steps of the rule by Runge and Kutta. */
const writeSteps = 2;
/** Where its four slopes are taken, and what they weigh. */
const stages = [
  { at: 0, weight: 1 / 6 },
  { at: 1 / 2, weight: 1 / 3 },
  { at: 1 / 2, weight: 1 / 3 },
  { at: 1, weight: 1 / 6 },
];

export class SynapseGrid {
  readonly columns: number;
  readonly rows: number;
  /** Row by row, from 0 (on) to 1 (off). */
  readonly states: Float64Array;
  readonly #settings: GridSettings;
  readonly #synapse: SynapseModel;
  /** States of a row within a step, their rates, and the sum of the rates. */
  readonly #inner: Float64Array;
  readonly #rates: Float64Array;
  readonly #sum: Float64Array;

  constructor(columns: number, rows: number, settings: GridSettings, synapse: SynapseModel) {
    this.columns = columns;
    this.rows = rows;
    this.#settings = settings;
    this.#synapse = synapse;
    this.states = new Float64Array(columns * rows).fill(0.5);
    this.#inner = new Float64Array(columns);
    this.#rates = new Float64Array(columns);
    this.#sum = new Float64Array(columns);
  }

  /** Inputs u [V] to outputs [V]: divided by a, summed by the rows, multiplied by a. */
  read(inputs: Float64Array, outputs: Float64Array): void {
    const { a, rout, rref, loaded } = this.#settings;
    for (let n = 0; n < this.rows; n++) {
      let current = 0;
      let load = 0;
      for (let m = 0; m < this.columns; m++) {
        const u = inputs[m] / a;
        const conductance = this.#synapse.conductance(this.states[n * this.columns + m], u);
        current += u * (conductance - 1 / rref);
        load += conductance + 1 / rref;
      }
      outputs[n] = (a * rout * current) / (loaded ? 1 + rout * load : 1);
    }
  }

  /** Errors y [V] at the rows to sums at the columns [V], eq. (8): the inverted read. */
  readInverted(errors: Float64Array, sums: Float64Array): void {
    const { rout, rref, loaded } = this.#settings;
    for (let m = 0; m < this.columns; m++) {
      let current = 0;
      let load = 0;
      for (let n = 0; n < this.rows; n++) {
        const conductance = this.#synapse.conductance(this.states[n * this.columns + m], errors[n]);
        current += errors[n] * (conductance - 1 / rref);
        load += conductance + 1 / rref;
      }
      sums[m] = (rout * current) / (loaded ? 1 + rout * load : 1);
    }
  }

  /**
   * Inputs u [V] and errors y [V]: each row is written in the direction of its error for a time that is
   * proportional to it, with the references switched off (section III-D). y > 0 raises the weight of
   * an input u > 0: −u lies across the synapse, and its resistance falls. `factor` multiplies the
   * lengths of the pulses.
   */
  write(inputs: Float64Array, errors: Float64Array, factor = 1): void {
    const { sawtooth, writeTime } = this.#settings;
    for (let n = 0; n < this.rows; n++) {
      const duration = factor * writeTime * Math.min(1, Math.abs(errors[n]) / sawtooth);
      const direction = -Math.sign(errors[n]);
      const states = this.states.subarray(n * this.columns, (n + 1) * this.columns);
      if (duration === 0) continue;
      const { writing } = this.#synapse;
      if (writing.kind === 'pulse') this.#pulse(states, inputs, direction, duration, writing);
      else
        for (let k = 0; k < writeSteps; k++)
          this.#step(states, inputs, direction, duration / writeSteps, writing);
    }
  }

  /**
   * A characteristic knows a synapse alone on its row; what the others add to the row's voltage is
   * taken off the input.
   */
  #pulse(
    states: Float64Array,
    inputs: Float64Array,
    direction: number,
    duration: number,
    writing: WritingByPulse,
  ): void {
    const { loaded, rout } = this.#settings;
    const row = loaded ? this.#rowWhileWritten(states, inputs, direction) : 0;
    for (let m = 0; m < this.columns; m++) {
      const u = inputs[m];
      const conductance = rout * this.#synapse.conductance(states[m], u);
      const alone = (direction * u * conductance) / (1 + conductance);
      const others = loaded ? row - alone : 0;
      // A pulse that raises weights has the sign 1, and −u across the synapse.
      const change = writing.change(states[m], u - direction * others, duration, -direction);
      states[m] = bounded(states[m] + change);
    }
  }

  #step(
    states: Float64Array,
    inputs: Float64Array,
    direction: number,
    time: number,
    writing: WritingByRate,
  ): void {
    this.#sum.fill(0);
    this.#rates.fill(0);
    for (const { at, weight } of stages) {
      for (let m = 0; m < this.columns; m++)
        this.#inner[m] = bounded(states[m] + at * time * this.#rates[m]);
      const { loaded } = this.#settings;
      const row = loaded ? this.#rowWhileWritten(this.#inner, inputs, direction) : 0;
      for (let m = 0; m < this.columns; m++) {
        this.#rates[m] = writing.rate(this.#inner[m], direction * inputs[m] - row);
        this.#sum[m] += weight * this.#rates[m];
      }
    }
    for (let m = 0; m < this.columns; m++) states[m] = bounded(states[m] + time * this.#sum[m]);
  }

  #rowWhileWritten(states: Float64Array, inputs: Float64Array, direction: number): number {
    const { rout } = this.#settings;
    let current = 0;
    let load = 0;
    for (let m = 0; m < this.columns; m++) {
      const conductance = this.#synapse.conductance(states[m], inputs[m]);
      current += direction * inputs[m] * conductance;
      load += conductance;
    }
    return (rout * current) / (1 + rout * load);
  }
}

function bounded(state: number): number {
  return Math.min(1, Math.max(0, state));
}
