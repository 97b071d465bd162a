/**
 * The probability that a neuron fires, as a table of what a circuit decided at some inputs, which is
 * refined where later decisions of the circuit disagree with it.
 *
 * Between knots it is a straight line, and it never falls: knots whose parts fall are taken together
 * (pool adjacent violators; Ayer et al., Annals of Mathematical Statistics 26, 641, 1955). All
 * intervals are those of Clopper and Pearson with 95 % confidence.
 */
import { yieldOf } from '../../../jobs/index.js';

/** An input, with how often the circuit fired there. */
export interface DecisionKnot {
  readonly input: number;
  readonly fired: number;
  readonly cycles: number;
}

/** What the circuit decided in half of an interval of knots (or beyond the last) during a training. */
export interface Agreement {
  /** Absent beyond the ends. */
  readonly from?: number;
  readonly to?: number;
  readonly decisions: number;
  readonly fired: number;
  /** Sum of what the table had said. */
  readonly predicted: number;
  /** Largest difference of the probability that the decisions leave possible. */
  readonly bound: number;
}

interface Seen {
  decisions: number;
  fired: number;
  predicted: number;
  inputs: number;
}

interface Saved {
  readonly knots: readonly DecisionKnot[];
  readonly seen: readonly Seen[];
}

const nothingSeen = (): Seen => ({ decisions: 0, fired: 0, predicted: 0, inputs: 0 });

export class DecisionTable {
  readonly #tolerance: number;
  #knots: DecisionKnot[];
  /** Of both halves of each interval; interval k ends at knot k. */
  #seen: Seen[];
  #values: Float64Array;

  /** @param tolerance difference of a probability that is allowed */
  constructor(knots: readonly DecisionKnot[], tolerance: number) {
    this.#tolerance = tolerance;
    this.#knots = [...knots].sort((a, b) => a.input - b.input);
    this.#seen = Array.from({ length: 2 * (knots.length + 1) }, nothingSeen);
    this.#values = rising(this.#knots);
  }

  get knots(): readonly DecisionKnot[] {
    return this.#knots;
  }

  /** Beyond the ends these count. */
  probability(input: number): number {
    const right = this.#right(input);
    const last = this.#knots.length - 1;
    if (right === 0) return this.#values[0];
    if (right > last) return this.#values[last];
    const [a, b] = [this.#knots[right - 1].input, this.#knots[right].input];
    const part = (input - a) / (b - a);
    return this.#values[right - 1] + part * (this.#values[right] - this.#values[right - 1]);
  }

  #right(input: number): number {
    const found = this.#knots.findIndex((knot) => knot.input > input);
    return found < 0 ? this.#knots.length : found;
  }

  /** Errors of a straight line are largest inside of halves, and cancel over the whole. */
  #half(input: number): 0 | 1 {
    const right = this.#right(input);
    if (right === 0 || right === this.#knots.length) return 0;
    return 2 * input > this.#knots[right - 1].input + this.#knots[right].input ? 1 : 0;
  }

  /** A decision of the circuit during a training. */
  observe(input: number, fired: boolean): void {
    const seen = this.#seen[2 * this.#right(input) + this.#half(input)];
    seen.decisions++;
    seen.inputs += input;
    seen.predicted += this.probability(input);
    if (fired) seen.fired++;
  }

  /**
   * Where the circuit disagrees: the interval of what it decided between two knots is beyond what the
   * table says by more than is allowed. Each is a knot that is missing, at the mean input, with what was
   * decided around it.
   */
  disagreements(): DecisionKnot[] {
    return this.#seen.flatMap(({ decisions, fired, predicted, inputs }) => {
      if (decisions === 0) return [];
      const { interval: [low, high] = [0, 1] } = yieldOf(fired, decisions);
      const said = predicted / decisions;
      const agrees = low <= said + this.#tolerance && high >= said - this.#tolerance;
      return agrees ? [] : [{ input: inputs / decisions, fired, cycles: decisions }];
    });
  }

  /** Another knot; what was seen around it does not judge the new table. */
  insert(knot: DecisionKnot): void {
    const at = this.#right(knot.input);
    this.#knots.splice(at, 0, knot);
    this.#seen.splice(2 * at, 2, ...Array.from({ length: 4 }, nothingSeen));
    this.#values = rising(this.#knots);
  }

  /** What was seen since the table is as it is. */
  get agreement(): readonly Agreement[] {
    return this.#seen.flatMap(({ decisions, fired, predicted }, k) => {
      if (decisions === 0) return [];
      const ends = this.#ends(k >> 1, k & 1);
      const bound = boundOf({ decisions, fired, predicted });
      return [{ ...ends, decisions, fired, predicted, bound }];
    });
  }

  /** Of the first or second half of an interval. */
  #ends(interval: number, half: number): { from?: number; to?: number } {
    const [from, to] = [this.#knots[interval - 1], this.#knots[interval]] as (
      DecisionKnot | undefined
    )[];
    if (!from) return { to: to!.input };
    if (!to) return { from: from.input };
    const middle = (from.input + to.input) / 2;
    return half === 0 ? { from: from.input, to: middle } : { from: middle, to: to.input };
  }

  save(): unknown {
    return { knots: this.#knots, seen: this.#seen } satisfies Saved;
  }

  restore(state: unknown): void {
    const { knots, seen } = state as Saved;
    this.#knots = [...knots];
    this.#seen = seen.map((each) => ({ ...each }));
    this.#values = rising(this.#knots);
  }
}

/**
 * Largest difference that decisions leave possible, of neighbouring ranges taken together until each has
 * as many decisions as are wanted; 1 if there are fewer.
 */
export function largestBound(seen: readonly Agreement[], least: number): number {
  const pools: Counted[] = [];
  for (const each of seen) {
    const last = pools.at(-1);
    if (!last || last.decisions >= least) pools.push({ ...each });
    else add(last, each);
  }
  // What is left over at the end belongs to the range before it.
  if (pools.length > 1 && pools.at(-1)!.decisions < least) add(pools.at(-2)!, pools.pop()!);
  const told = pools.filter(({ decisions }) => decisions >= least);
  return told.length > 0 ? Math.max(...told.map(boundOf)) : 1;
}

interface Counted {
  decisions: number;
  fired: number;
  predicted: number;
}

function add(to: Counted, { decisions, fired, predicted }: Readonly<Counted>): void {
  to.decisions += decisions;
  to.fired += fired;
  to.predicted += predicted;
}

function boundOf({ decisions, fired, predicted }: Readonly<Counted>): number {
  const { interval: [low, high] = [0, 1] } = yieldOf(fired, decisions);
  const said = predicted / decisions;
  return Math.max(Math.abs(high - said), Math.abs(said - low));
}

/** Parts at the knots, neighbours that fall taken together. */
function rising(knots: readonly DecisionKnot[]): Float64Array {
  const groups: { fired: number; cycles: number; count: number }[] = [];
  for (const { fired, cycles } of knots) {
    groups.push({ fired, cycles, count: 1 });
    for (let k = groups.length - 1; k > 0; k--) {
      const [before, after] = [groups[k - 1], groups[k]];
      if (before.fired / before.cycles <= after.fired / after.cycles) break;
      groups.splice(k - 1, 2, {
        fired: before.fired + after.fired,
        cycles: before.cycles + after.cycles,
        count: before.count + after.count,
      });
    }
  }
  return Float64Array.from(
    groups.flatMap(({ fired, cycles, count }) => Array<number>(count).fill(fired / cycles)),
  );
}
