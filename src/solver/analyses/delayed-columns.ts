/**
 * Delays among small signals. What was a delay τ ago has the phasor X·exp(−jωτ), so the derivatives
 * by it join those by the value now:
 *
 *     column of the value now  =  by the value now  +  by its past · exp(−jωτ)
 *
 * Equations read the past where states are free, and the value now instead of it where they hold:
 * the difference of both Jacobians in this column is what the past contributes. Of a filter, which has
 * its response in place of exp(−jωτ), it is the difference between the weights 1 and 0 of the value.
 */
import { environment } from '../../devices/language/compiled.js';
import { delaysOf, type Delay } from '../system/delays.js';
import type { System } from '../system/system.js';

/** exp(−jφ). */
function turned(angle: number): { readonly re: number; readonly im: number } {
  return { re: Math.cos(angle), im: -Math.sin(angle) };
}

export class DelayedColumns {
  readonly #system: System;
  readonly #delays: readonly Delay[];
  /** [delays][entries of the column] ∂f/∂x and ∂q/∂x by the past. */
  #conductance: readonly Float64Array[] = [];
  #capacitance: readonly Float64Array[] = [];

  constructor(system: System) {
    this.#system = system;
    this.#delays = delaysOf(system);
  }

  /** Evaluates the derivatives by the past at the operating point, where it is what is now. */
  linearize(): void {
    if (this.#delays.length === 0) return;
    const { memory } = this.#system;
    for (const { unknown, past } of this.#delays)
      past.memory.instance[past.position] = memory.x[unknown];
    const before = memory.environment[environment.hold];
    const columnsAt = (hold: number): Float64Array[][] => {
      memory.environment[environment.hold] = hold;
      this.#system.evaluate();
      return [memory.jf, memory.jq].map((values) => this.#columns(values));
    };
    const held = columnsAt(1);
    const weighted = this.#weigh(1) ? columnsAt(0) : held;
    this.#weigh(0);
    const [fWithout, qWithout] = columnsAt(0);
    memory.environment[environment.hold] = before;
    const [f, q] = [0, 1].map((part) =>
      this.#delays.map(({ filter }, k) => (filter ? weighted : held)[part][k]),
    );
    this.#conductance = f.map((column, k) => column.map((each, i) => each - fWithout[k][i]));
    this.#capacitance = q.map((column, k) => column.map((each, i) => each - qWithout[k][i]));
  }

  /** Gives filters this weight of the value now; false if there are none. */
  #weigh(weight: number): boolean {
    for (const { filter } of this.#delays)
      if (filter) filter.weight.memory.instance[filter.weight.position] = weight;
    return this.#delays.some(({ filter }) => filter);
  }

  /** Adds what the past contributes to the matrix of a frequency. @param re, im [nonzeros] */
  addTo(re: Float64Array, im: Float64Array, omega: number): void {
    this.#delays.forEach(({ unknown, time, filter }, k) => {
      const past = filter?.response.at(omega) ?? turned(omega * time);
      const first = this.#system.pattern.columnPointers[unknown - 1];
      this.#conductance[k].forEach((g, i) => {
        const b = omega * this.#capacitance[k][i];
        re[first + i] += g * past.re - b * past.im;
        im[first + i] += b * past.re + g * past.im;
      });
    });
  }

  /** The columns of the values now. @param values [nonzeros + 1], the trash slot first */
  #columns(values: Float64Array): Float64Array[] {
    const { columnPointers } = this.#system.pattern;
    return this.#delays.map(({ unknown }) =>
      values.slice(columnPointers[unknown - 1] + 1, columnPointers[unknown] + 1),
    );
  }
}
