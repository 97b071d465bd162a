/** Points of a characteristic's inputs, and who finds out what the circuit does there. */

/** A value for each input, in their order: knots as they are, cases by their number. */
export type Point = readonly number[];

/** What came of one point: a value for each output, or why there is none. */
export type Sample = { readonly values: readonly number[] } | { readonly problem: string };

export interface SampledGroup {
  /** One for each point. */
  readonly samples: readonly Sample[];
  /** Of the outputs. */
  readonly units: readonly string[];
  /** How often the circuit was simulated. */
  readonly runs: number;
}

/**
 * Simulates a circuit at points. What comes of a group of points depends on the group alone, so that
 * it does not matter who samples it, and what was sampled before.
 */
export interface Sampler {
  /** Splits points into groups that are simulated together, each a list of places in `points`. */
  groups(points: readonly Point[]): readonly (readonly number[])[];
  /** Undefined if it was interrupted. `purpose` keys the draws of random experiments. */
  sample(
    points: readonly Point[],
    purpose: SamplePurpose,
    signal?: AbortSignal,
  ): Promise<SampledGroup | undefined>;
}

/** Random experiments draw other numbers for points that verify than for those that build. */
export type SamplePurpose = 'build' | 'verify';

/** Points of equal key as lists of their places, in the order of first appearance. */
export function groupedBy(points: readonly Point[], key: (point: Point) => string): number[][] {
  const groups = new Map<string, number[]>();
  points.forEach((point, place) => {
    const own = key(point);
    const group = groups.get(own);
    if (group) group.push(place);
    else groups.set(own, [place]);
  });
  return [...groups.values()];
}

/** Lists no longer than `most`. */
export function chunked(places: readonly number[], most: number): number[][] {
  const count = Math.ceil(places.length / most);
  return Array.from({ length: count }, (_, k) => places.slice(k * most, (k + 1) * most));
}
