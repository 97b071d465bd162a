/**
 * Builds a table whose error is known.
 *
 *     sample all knots
 *     until nothing is left to divide, in each interval of each input:
 *       sample the middle (other inputs at the knots where the curve bends most), then the quarters;
 *       divide the interval if the table is off there
 *     sample random points that nothing was built from, some at a time (half of them uniform over the
 *     domain, half uniform over the intervals, where edges are):
 *       where one of them is off, divide the interval of the input that is to blame, and start over
 *         with other points
 *
 * Random points of the last round decide what is said of the error; none of them became a knot.
 */
import type { CharacteristicInput, ErrorBound, Verification } from './characteristic-data.js';
import { combinations, Grid } from './grid.js';
import { PointStore, type SamplePoints } from './point-store.js';
import { randomPoint, randomPointByInterval } from './random-points.js';
import type { Point } from './sampler.js';
import type { TensorTable } from './tensor-table.js';

/** Error that is accepted in an output: absolute, or as a part of its range. */
export interface Tolerance {
  readonly absolute?: number;
  readonly ofRange: number;
}

export interface RefineRequest {
  /** With knots to begin with. */
  readonly inputs: readonly CharacteristicInput[];
  /** One for each output. */
  readonly tolerances: readonly Tolerance[];
  readonly sample: SamplePoints;
  /** False keeps to the knots. */
  readonly refine: boolean;
  /** Of points, those that verify included. */
  readonly budget: number;
  readonly verify: { readonly points: number; readonly seed: number; readonly safety: number };
  /** Told from time to time. */
  readonly progress?: (progress: RefineProgress) => void;
}

export interface RefineProgress {
  readonly phase: 'knots' | 'verification';
  readonly sampled: number;
  /** [continuous inputs] number of knots. */
  readonly knots: readonly number[];
  /** Greatest error seen in this round, as a multiple of what is accepted; NaN before the first. */
  readonly error: number;
}

export interface Refined {
  readonly inputs: readonly CharacteristicInput[];
  /** [outputs][points of the grid] */
  readonly values: readonly number[][];
  readonly bounds: readonly ErrorBound[];
  readonly verifications: readonly Verification[];
}

/** Intervals narrower than this part of the domain are not divided: there is a jump, or noise. */
const finest = 2 ** -16;
/** So many combinations of other continuous inputs are looked at in the middle of an interval. */
const mostProbes = 2;
/** So many points that are off are followed up at a time. */
const mostCulprits = 16;
const verificationBatches = 8;

export async function refine(request: RefineRequest): Promise<Refined> {
  return new Refinement(request).run();
}

interface Interval {
  readonly input: number;
  readonly low: number;
  readonly high: number;
}

interface Checked {
  readonly point: Point;
  readonly errors: readonly number[];
  /** The greatest of the errors, as a multiple of what is accepted. */
  readonly worst: number;
}

class Refinement {
  readonly #request: RefineRequest;
  readonly #grid: Grid;
  readonly #store: PointStore;
  /** Intervals that need no look any more. */
  readonly #settled = new Set<string>();
  #values: (readonly number[])[] = [];
  #tables = new Map<string, TensorTable[]>();
  #tolerances: number[] = [];
  #nextRandom = 0;
  #error = NaN;

  constructor(request: RefineRequest) {
    this.#request = request;
    this.#grid = new Grid(request.inputs);
    this.#store = new PointStore(request.sample);
  }

  async run(): Promise<Refined> {
    await this.#build();
    let exhausted = !this.#request.refine;
    for (;;) {
      while (!exhausted) {
        const divided = await this.#divideWhereOff();
        if (divided === 'nothing') break;
        if (divided === 'budget') exhausted = true;
        else await this.#build();
      }
      const checked = await this.#verify(!exhausted);
      const { safety } = this.#request.verify;
      const off = checked.filter(({ worst }) => !(worst * safety <= 1));
      if (exhausted || off.length === 0) return this.#result(checked);
      if (await this.#divideAt(off)) await this.#build();
      else exhausted = true;
    }
  }

  async #build(): Promise<void> {
    this.#values = await this.#store.values(this.#grid.points());
    this.#tables = this.#grid.tables(this.#values);
    this.#tolerances = this.#request.tolerances.map(({ absolute, ofRange }, o) => {
      return absolute ?? ofRange * (this.#range(o) || Math.abs(this.#values[0][o]) || 1);
    });
    this.#tell('knots');
  }

  #range(o: number): number {
    let [low, high] = [Infinity, -Infinity];
    for (const values of this.#values) {
      low = Math.min(low, values[o]);
      high = Math.max(high, values[o]);
    }
    return high - low;
  }

  /** Looks at the middles of all intervals that are not settled. */
  async #divideWhereOff(): Promise<'some' | 'nothing' | 'budget'> {
    const probes = this.#open().map((interval) => ({ interval, points: this.#probes(interval) }));
    if (probes.length === 0) return 'nothing';
    const points = probes.flatMap((each) => each.points);
    if (!this.#affords(points)) return 'budget';
    const checked = await this.#check(points);
    // Errors along several inputs add up.
    const accepted = 0.7 / (this.#request.verify.safety * this.#grid.continuous.length);
    const before = this.#grid.places.map((places) => [...places]);
    this.#error = Math.max(...checked.map(({ worst }) => worst));
    const good: Interval[] = [];
    let divided = false;
    let k = 0;
    for (const { interval, points: own } of probes) {
      const found = checked.slice(k, (k += own.length));
      if (found.every(({ worst }) => worst <= accepted)) good.push(interval);
      else divided = this.#divide(interval) || divided;
    }
    const quarters = good.flatMap((interval) => this.#quarters(interval));
    if (!this.#affords(quarters)) return this.#undo(before);
    const each = quarters.length / good.length;
    // Errors of slopes have opposite signs in both halves, and none in the middle.
    const halves = await this.#check(quarters);
    this.#error = Math.max(this.#error, ...halves.map(({ worst }) => worst));
    good.forEach((interval, i) => {
      const own = halves.slice(i * each, (i + 1) * each);
      if (own.every(({ worst }) => worst <= accepted)) this.#settled.add(keyOf(interval));
      else divided = this.#divide(interval) || divided;
    });
    if (!divided) return 'nothing';
    return this.#affords(this.#grid.points()) ? 'some' : this.#undo(before);
  }

  /** Goes back to the knots that the tables have. */
  #undo(before: readonly number[][]): 'budget' {
    before.forEach((places, input) => (this.#grid.places[input] = places));
    return 'budget';
  }

  #affords(points: readonly Point[]): boolean {
    const { budget, verify } = this.#request;
    return this.#store.size + this.#store.missing(points) + verify.points <= budget;
  }

  #open(): Interval[] {
    return this.#grid.continuous.flatMap((input) => {
      const places = this.#grid.places[input];
      return places
        .slice(1)
        .map((high, k) => ({ input, low: places[k], high }))
        .filter((interval) => !this.#settled.has(keyOf(interval)));
    });
  }

  /** The middle of an interval, at those knots of the other inputs where the curve bends most. */
  #probes({ input, low, high }: Interval): Point[] {
    const grid = this.#grid;
    const middle = grid.middle(input, low, high);
    const lists = grid.places.map((places, k) => (k === input ? [middle] : places));
    const candidates = combinations(lists);
    const cases = this.#grid.cases().length;
    if (candidates.length <= cases * mostProbes) return candidates;
    const bend = (point: Point): number => {
      const at = (value: number): number[] => this.#tableValues(replaced(point, input, value));
      const [left, here, right] = [at(low), at(middle), at(high)];
      return Math.max(
        ...here.map((value, o) => Math.abs(value - (left[o] + right[o]) / 2) / this.#tolerances[o]),
      );
    };
    const bends = candidates.map((point) => ({ point, bend: bend(point) }));
    bends.sort((a, b) => b.bend - a.bend);
    return this.#ofEachCase(
      bends.map(({ point }) => point),
      mostProbes,
    );
  }

  /** The first points of each combination of discrete values: every one is a curve of its own. */
  #ofEachCase(points: readonly Point[], most: number): Point[] {
    const counts = new Map<string, number>();
    return points.filter((point) => {
      const key = this.#grid.caseOf(point);
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      return count < most;
    });
  }

  /** The middles of both halves, where the curve bends most: they are looked at again if it is divided. */
  #quarters(interval: Interval): Point[] {
    const { input, low, high } = interval;
    const middle = this.#grid.middle(input, low, high);
    const quarters = [
      this.#grid.middle(input, low, middle),
      this.#grid.middle(input, middle, high),
    ];
    return this.#ofEachCase(this.#probes(interval), 1).flatMap((point) =>
      quarters.map((value) => replaced(point, input, value)),
    );
  }

  /** Puts a knot into the middle; false where the interval is too narrow already. */
  #divide({ input, low, high }: Interval): boolean {
    const grid = this.#grid;
    const places = grid.places[input];
    const at = (value: number): number => grid.coordinate(input, value);
    const width = at(places[places.length - 1]) - at(places[0]);
    if (at(high) - at(low) < finest * width) {
      this.#settled.add(keyOf({ input, low, high }));
      return false;
    }
    grid.insert(input, [grid.middle(input, low, high)]);
    return true;
  }

  /** Random points, in batches; ends with the first batch that is off, if that is to be followed up. */
  async #verify(followsUp: boolean): Promise<Checked[]> {
    const { points, seed, safety } = this.#request.verify;
    const batch = followsUp ? Math.ceil(points / verificationBatches) : points;
    const checked: Checked[] = [];
    while (checked.length < points) {
      const count = Math.min(batch, points - checked.length);
      const fresh = Array.from({ length: count }, () => this.#random(seed));
      checked.push(...(await this.#check(fresh, 'verify')));
      this.#error = Math.max(...checked.map(({ worst }) => worst));
      this.#tell('verification');
      if (followsUp && this.#error * safety > 1) break;
    }
    return checked;
  }

  /** Every other point is uniform over the domain, the others are uniform over the intervals. */
  #random(seed: number): Point {
    const index = this.#nextRandom++;
    return index % 2 === 0
      ? randomPoint(this.#grid, seed, index)
      : randomPointByInterval(this.#grid, seed, index);
  }

  /** Divides where random points are off; false where nothing can be divided any more. */
  async #divideAt(off: readonly Checked[]): Promise<boolean> {
    const worst = [...off].sort((a, b) => b.worst - a.worst).slice(0, mostCulprits);
    const before = this.#grid.places.map((places) => [...places]);
    const chosen: Interval[] = [];
    for (const each of worst) chosen.push(await this.#culprit(each));
    let divided = false;
    for (const interval of new Map(chosen.map((each) => [keyOf(each), each])).values())
      divided = this.#divide(interval) || divided;
    if (this.#affords(this.#grid.points())) return divided;
    this.#undo(before);
    return false;
  }

  /** The interval of the input whose interpolation is to blame: without it the error is least. */
  async #culprit({ point }: Checked): Promise<Interval> {
    const grid = this.#grid;
    const intervals = grid.continuous.map((input): Interval => {
      const places = grid.places[input];
      const k = Math.max(
        places.findLastIndex((place, i) => place <= point[input] && i < places.length - 1),
        0,
      );
      return { input, low: places[k], high: places[k + 1] };
    });
    if (intervals.length === 1) return intervals[0];
    const projected = intervals.map(({ input, low, high }) =>
      replaced(point, input, point[input] - low < high - point[input] ? low : high),
    );
    const rest = (await this.#check(projected)).map(({ worst }) => worst);
    return intervals[rest.indexOf(Math.min(...rest))];
  }

  /** Compares the tables with the circuit. */
  async #check(
    points: readonly Point[],
    purpose: 'build' | 'verify' = 'build',
  ): Promise<Checked[]> {
    const sampled = await this.#store.values(points, purpose);
    return points.map((point, p) => {
      const errors = this.#tableValues(point).map((value, o) => Math.abs(value - sampled[p][o]));
      const worst = Math.max(...errors.map((each, o) => each / this.#tolerances[o]));
      return { point, errors, worst };
    });
  }

  #tableValues(point: Point): number[] {
    const at = this.#grid.coordinatesOf(point);
    return this.#tables.get(this.#grid.caseOf(point))!.map((table) => table.evaluate(at));
  }

  #result(checked: readonly Checked[]): Refined {
    const grid = this.#grid;
    const inputs = grid.inputs.map((input, k) =>
      input.kind === 'continuous' ? { ...input, knots: grid.places[k] } : input,
    );
    const verifications = this.#tolerances.map((_, o) => this.#verification(checked, o));
    const bounds = verifications.map((each, o) => this.#bound(each, o));
    const values = this.#tolerances.map((_, o) => this.#values.map((each) => each[o]));
    return { inputs, values, bounds, verifications };
  }

  #verification(checked: readonly Checked[], o: number): Verification {
    const { seed, safety } = this.#request.verify;
    const errors = checked.map((each) => each.errors[o]);
    const max = Math.max(...errors);
    const { point } = checked[errors.indexOf(max)];
    const worst = Object.fromEntries(this.#grid.inputs.map(({ name }, k) => [name, point[k]]));
    const rms = Math.sqrt(errors.reduce((sum, each) => sum + each * each, 0) / errors.length);
    return { points: errors.length, max, rms, worst, seed, safety };
  }

  #bound({ max, safety }: Verification, o: number): ErrorBound {
    const asked = this.#tolerances[o];
    const range = this.#range(o) || 1;
    if (!this.#request.refine) {
      const absolute = safety * max;
      return { absolute, ofRange: absolute / range, met: true };
    }
    const met = safety * max <= asked;
    const absolute = met ? asked : safety * max;
    return { absolute, ofRange: absolute / range, asked, met };
  }

  #tell(phase: RefineProgress['phase']): void {
    this.#request.progress?.({
      phase,
      sampled: this.#store.size,
      knots: this.#grid.continuous.map((k) => this.#grid.places[k].length),
      error: this.#error,
    });
  }
}

function keyOf({ input, low, high }: Interval): string {
  return `${input} ${low} ${high}`;
}

function replaced(point: Point, input: number, value: number): Point {
  return point.map((each, k) => (k === input ? value : each));
}
