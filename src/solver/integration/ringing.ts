/**
 * Ringing of the trapezoidal rule: where a charge had to change faster than steps can follow, the
 * rates that the rule gives alternate about the right ones from step to step, and nothing damps them.
 * The charges are right all the while, so that error control does not see it.
 *
 *     differences of rates d0, d1, d2 alternate in sign, none is less than half of the one before,
 *     and two of them in a row all but cancel: what the rates alternate about is smooth
 *
 * A step by Gear's formula, which takes no notice of rates, ends it: the next one. What rang is no
 * worse for one point more, while a step that is solved again, with a formula that errs more, is lost
 * as a rule: where stiff nodes ring at every edge of a digital circuit, that was a third of all work.
 */
import type { System } from '../system/system.js';
import type { TransientState } from './transient-state.js';

/**
 * Differences count from this many tolerances on, which refer to the largest rate so far of all
 * charges of the device: from a quarter of it. A ripple in what the bulk of a transistor takes up is
 * nothing beside its gate's current. Kinks of a transistor's charges make small ripples, and damping those costs an
 * oscillator more accuracy than they do.
 */
export const noticeable = 250;

/** Part of a difference that two in a row may leave. */
export const remainder = 0.25;

/** Charges of one device stand this far apart, and so many there are. */
interface Place {
  readonly first: number;
  readonly stride: number;
  readonly count: number;
}

export class RingingDetector {
  readonly #charges: Int32Array;
  /** [charges] those of the same device. */
  readonly #places: readonly Place[];
  readonly #abstol: number;
  readonly #reltol: number;

  constructor(system: System) {
    const kinds = system.groups.flatMap(({ model, instances }) =>
      model.charges.flatMap(({ kind }) => instances.map(() => kind)),
    );
    this.#charges = Int32Array.from([...kinds.keys()].filter((k) => kinds[k] === 'charge'));
    this.#places = placesOf(system);
    this.#abstol = system.options.abstol;
    this.#reltol = system.options.reltol;
  }

  /** Whether a charge rings at a solved step, and at the three points before it. */
  found({ qdot }: { readonly qdot: Float64Array }, state: TransientState): boolean {
    // The oldest of four is a corner as long as it has just come into the history.
    if (state.history.count < 4) return false;
    const r1 = state.qdot;
    const r2 = state.earlierRates[0];
    const r3 = state.earlierRates[1];
    // Of the tests below the one that nearly all charges fail, put first.
    const least = noticeable * this.#abstol;
    for (let i = 0; i < this.#charges.length; i++) {
      const k = this.#charges[i];
      const d0 = qdot[k] - r1[k];
      if (!(Math.abs(d0) > least)) continue;
      const d1 = r1[k] - r2[k];
      if (!(d0 * d1 < 0) || Math.abs(d0 + d1) > remainder * Math.abs(d0)) continue;
      const d2 = r2[k] - r3[k];
      if (d1 * d2 >= 0 || Math.abs(d1) < 0.5 * Math.abs(d2)) continue;
      const tolerance = this.#abstol + this.#reltol * this.#largest(k, state.ratePeak);
      if (Math.abs(d0) > noticeable * tolerance) return true;
    }
    return false;
  }

  #largest(k: number, ratePeak: Float64Array): number {
    const { first, stride, count } = this.#places[k];
    let largest = 0;
    for (let j = 0; j < count; j++) largest = Math.max(largest, ratePeak[first + j * stride]);
    return largest;
  }
}

/** In the order of memory: group, charge, instance. */
function placesOf({ groups }: System): Place[] {
  const places: Place[] = [];
  for (const { model, instances } of groups) {
    const start = places.length;
    const stride = instances.length;
    const count = model.charges.length;
    for (let k = 0; k < count * stride; k++)
      places.push({ first: start + (k % stride), stride, count });
  }
  return places;
}
