import { constant } from '../../base/wasm/formula.js';
import type { Variable, Term } from '../../base/wasm/formula.js';
import type { FunctionBuilder } from '../../base/wasm/function-builder.js';
import { f64x2 } from '../../base/wasm/opcodes.js';
import { KernelBody, loadIndex, loadPair } from './kernel-body.js';
import type { LaneLayout } from './lane-layout.js';

/** A number of each lane, two lanes a term. */
export type Lanes<T extends Term = Term> = readonly T[];

/** Statements over the numbers of several lanes at once. */
export class LaneBody extends KernelBody {
  readonly #layout: LaneLayout;

  constructor(builder: FunctionBuilder, layout: LaneLayout) {
    super(builder);
    this.#layout = layout;
  }

  get #pairs(): readonly number[] {
    return Array.from({ length: this.#layout.lanes / 2 }, (_, i) => i);
  }

  /** The numbers at a place. */
  load(place: Term, offset: number): Lanes {
    return this.#pairs.map((i) => loadPair(place, offset + 16 * i));
  }

  letLanes(lanes: Lanes): Lanes<Variable> {
    return lanes.map((pair) => this.let(pair));
  }

  assignLanes(variables: Lanes<Variable>, lanes: Lanes): void {
    variables.forEach((variable, i) => {
      this.assign(variable, lanes[i]);
    });
  }

  storeLanes(place: Term, offset: number, lanes: Lanes): void {
    lanes.forEach((pair, i) => {
      this.storePair(place, offset + 16 * i, pair);
    });
  }

  /** The same number in all lanes. */
  splat(value: Term | number): Lanes<Variable> {
    const term = typeof value === 'number' ? constant('f64', value) : value;
    const pair = this.let(term.apply(f64x2.splat, 'v128'));
    return this.#pairs.map(() => pair);
  }

  /** Where the numbers of a position (· 16) or an entry (· 4) stand. */
  placeOf(index: Term, unit: 16 | 4): Term {
    const shift = Math.log2((8 * this.#layout.lanes) / unit);
    return shift === 0 ? index : index.shl(shift);
  }

  /** work := work − L(:, position)·factor, or with U's column and what stands above it. */
  update(side: 'lower' | 'upper', position: Term, factor: Lanes): void {
    const { bounds, work, lower, upper, lowerRows, upperRows } = this.#layout;
    const isLower = side === 'lower';
    const start = loadIndex(position, bounds + (isLower ? 0 : 8));
    const end = this.let(loadIndex(position, bounds + (isLower ? 4 : 12)));
    this.for(start, end, 4, (p) => {
      const place = this.let(this.placeOf(loadIndex(p, isLower ? lowerRows : upperRows), 16));
      const entry = this.let(this.placeOf(p, 4));
      const products = zip(this.load(entry, isLower ? lower : upper), factor, f64x2.mul);
      this.storeLanes(place, work, zip(this.load(place, work), products, f64x2.sub));
    });
  }
}

/** An instruction on both, lane by lane. */
export function zip(a: Lanes, b: Lanes, code: number): Lanes {
  return a.map((pair, i) => pair.with(b[i], code));
}

export function absolute(lanes: Lanes): Lanes {
  return lanes.map((pair) => pair.apply(f64x2.abs));
}
