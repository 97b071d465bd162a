/**
 * What equations miss of a circuit: differences of reads and writes that were measured from the same
 * states, inputs and pulses, and draws from them.
 *
 * A difference depends on what is read and written, and those of one iteration belong together: the
 * rows see the same inputs. So whole iterations are drawn, from those whose outcome by the equations is
 * closest (a local bootstrap: Shi, Annals of Statistics 19, 1991, in its simplest form).
 */

/** One operation: what the equations gave, and how far the circuit was from that. */
export interface Residual {
  readonly predicted: Float64Array;
  /** Circuit minus equations. */
  readonly error: Float64Array;
}

export interface Residuals {
  /** Outputs r of all rows [V]. */
  readonly reads: readonly Residual[];
  /** Changes of all states. */
  readonly writes: readonly Residual[];
}

/** So many of the closest measurements are drawn from: the root of their number. */
const neighboursOf = (count: number): number => Math.max(1, Math.round(Math.sqrt(count)));

/** A measurement close to what the equations give now; `draw` is uniform in (0, 1). */
export function closeResidual(
  pool: readonly Residual[],
  predicted: Float64Array,
  draw: number,
): Residual {
  const distances = pool.map((each, k) => ({ k, distance: distance(each.predicted, predicted) }));
  distances.sort((a, b) => a.distance - b.distance || a.k - b.k);
  return pool[distances[Math.floor(draw * neighboursOf(pool.length))].k];
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2;
  return sum;
}

/** As many as there are, each drawn from all: how much hangs on which ones were measured. */
export function resampled(
  pool: readonly Residual[],
  draw: (index: number) => number,
): readonly Residual[] {
  return pool.map((_, k) => pool[Math.floor(draw(k) * pool.length)]);
}
