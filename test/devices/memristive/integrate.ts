/**
 * Runge and Kutta's method of Dormand and Prince (1980), order 5 with an error estimate of order 4,
 * from one corner of the drive to the next: what simulations of memristors are measured by. Knows
 * nothing of the simulator.
 */
export type Rates = (time: number, y: readonly number[]) => number[];

const nodes = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
const table = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const errors = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

export interface Problem {
  readonly rates: Rates;
  readonly start: readonly number[];
  /** Limits at which a component stops hard. */
  readonly bounds?: readonly (readonly [number, number])[];
  /** Sizes that the tolerance refers to. */
  readonly sizes: readonly number[];
  /** Times at which the drive has corners, ascending; the last one is the end. */
  readonly corners: readonly number[];
  /** Error of a step over size; 1e-10 if absent. */
  readonly tolerance?: number;
}

/** States at the wanted times, ascending. */
export function integrate(problem: Problem, wanted: ArrayLike<number>): number[][] {
  const { start, sizes, corners, bounds, tolerance = 1e-10 } = problem;
  const inside = (y: readonly number[]): number[] =>
    y.map((v, k) => (bounds ? Math.min(Math.max(v, bounds[k][0]), bounds[k][1]) : v));
  const rates: Rates = (t, y) =>
    problem.rates(t, inside(y)).map((rate, k) => {
      if (!bounds) return rate;
      const [low, high] = bounds[k];
      return (rate > 0 && y[k] >= high) || (rate < 0 && y[k] <= low) ? 0 : rate;
    });
  const results: number[][] = [];
  let t = 0;
  let y = [...start];
  let next = 0;
  let h = corners[0] * 1e-6;
  for (let n = 0; n < wanted.length; n++) {
    while (t < wanted[n]) {
      while (corners[next] <= t) next++;
      const end = Math.min(wanted[n], corners[next] ?? wanted[n]);
      const step = Math.min(h, end - t);
      const k: number[][] = [];
      for (let stage = 0; stage < 7; stage++) {
        const at = y.map((v, c) => table[stage].reduce((sum, a, j) => sum + step * a * k[j][c], v));
        k.push(rates(t + nodes[stage] * step, at));
      }
      const after = y.map((v, c) => table[6].reduce((sum, a, j) => sum + step * a * k[j][c], v));
      const error = Math.max(
        ...y.map(
          (_, c) => Math.abs(step * errors.reduce((sum, e, j) => sum + e * k[j][c], 0)) / sizes[c],
        ),
      );
      const shortest = step <= 1e-13 * Math.max(t, corners[0] * 1e-3);
      if (error <= tolerance || shortest) {
        t = step === end - t ? end : t + step;
        y = inside(after);
        if (step === h || error > 0.1 * tolerance)
          h = step * Math.min(4, 0.9 * (tolerance / Math.max(error, 1e-30)) ** 0.2);
      } else h = step * Math.max(0.1, 0.9 * (tolerance / error) ** 0.2);
    }
    results.push([...y]);
  }
  return results;
}
