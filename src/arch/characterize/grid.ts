/** The grid of a table while it grows: knots of all inputs, and what was sampled at them. */
import { coordinate, type CharacteristicInput, placesOf } from './characteristic-data.js';
import type { Point } from './sampler.js';
import { TensorTable } from './tensor-table.js';

export class Grid {
  /** Continuous ones with growing knots. */
  readonly inputs: readonly CharacteristicInput[];
  /** Places of the continuous inputs among all. */
  readonly continuous: readonly number[];
  /** [inputs] ascending values (knots, or discrete ones). */
  readonly places: number[][];

  constructor(inputs: readonly CharacteristicInput[]) {
    this.inputs = inputs;
    this.places = inputs.map((input) => [...placesOf(input)]);
    this.continuous = inputs.flatMap(({ kind }, k) => (kind === 'continuous' ? [k] : []));
  }

  /** Number of points. */
  get size(): number {
    return this.places.reduce((product, { length }) => product * length, 1);
  }

  /** All points, the last input varies fastest. */
  points(): Point[] {
    return combinations(this.places);
  }

  /** Adds knots to an input. */
  insert(k: number, values: Iterable<number>): void {
    this.places[k] = [...new Set([...this.places[k], ...values])].sort((a, b) => a - b);
  }

  /** The coordinate of interpolation of a value of input k. */
  coordinate(k: number, value: number): number {
    const input = this.inputs[k];
    return input.kind === 'continuous' ? coordinate(input.scale, value) : value;
  }

  /** The value half-way between two of input k. */
  middle(k: number, low: number, high: number): number {
    const input = this.inputs[k];
    const logarithmic = input.kind === 'continuous' && input.scale === 'logarithmic';
    return logarithmic ? Math.sqrt(low * high) : (low + high) / 2;
  }

  /** Every combination of discrete values. */
  cases(): Point[] {
    return combinations(this.places.filter((_, k) => !this.continuous.includes(k)));
  }

  /** The discrete values of a point, as a key. */
  caseOf(point: Point): string {
    return point.filter((_, k) => !this.continuous.includes(k)).join(' ');
  }

  /** Coordinates of the continuous inputs of a point. */
  coordinatesOf(point: Point): number[] {
    return this.continuous.map((k) => this.coordinate(k, point[k]));
  }

  /** Functions through the values [points × outputs] by case: one table for each output. */
  tables(values: readonly (readonly number[])[]): Map<string, TensorTable[]> {
    const knots = this.continuous.map((k) => this.places[k].map((at) => this.coordinate(k, at)));
    const columns = new Map<string, number[][]>();
    this.points().forEach((point, p) => {
      const key = this.caseOf(point);
      const own = columns.get(key) ?? values[p].map((): number[] => []);
      values[p].forEach((value, o) => own[o].push(value));
      columns.set(key, own);
    });
    return new Map(
      [...columns].map(([key, own]) => [key, own.map((each) => TensorTable.through(knots, each))]),
    );
  }
}

/** Every combination, the last list varies fastest. */
export function combinations(lists: readonly (readonly number[])[]): number[][] {
  return lists.reduce<number[][]>(
    (points, list) => points.flatMap((point) => list.map((value) => [...point, value])),
    [[]],
  );
}
