/**
 * Slopes of a piecewise cubic that keeps the shape of its data: where the data are monotone the curve
 * is, without overshoot.
 *
 *     slope at a knot: derivative of the polynomial through five neighbours (fourth order)
 *     limited to three times the smaller secant beside it
 *
 * Fritsch and Carlson, "Monotone piecewise cubic interpolation", SIAM J. Numer. Anal. 17, 238, 1980
 * (three times the secants suffices); Hyman, "Accurate monotonicity preserving cubic interpolation",
 * SIAM J. Sci. Stat. Comput. 4, 645, 1983 (limit a good estimate; at an extremum of the data limit
 * its size alone, so that the curve may have its peak between two knots).
 */

/**
 * Writes the slopes of one line of a table.
 *
 * @param knots [n] ascending
 * @param values value k stands at `start + k·stride`
 * @param slopes likewise
 */
export function monotoneSlopes(
  knots: ArrayLike<number>,
  values: Float64Array,
  slopes: Float64Array,
  start = 0,
  stride = 1,
): void {
  const n = knots.length;
  const secant = (k: number): number =>
    (values[start + (k + 1) * stride] - values[start + k * stride]) / (knots[k + 1] - knots[k]);
  for (let k = 0; k < n; k++) {
    const left = k > 0 ? secant(k - 1) : undefined;
    const right = k < n - 1 ? secant(k) : undefined;
    const guess = polynomialSlope(knots, values, k, start, stride);
    slopes[start + k * stride] = limited(guess, left ?? right!, right ?? left!);
  }
}

function limited(guess: number, left: number, right: number): number {
  const most = 3 * Math.min(Math.abs(left), Math.abs(right));
  // On a slope of the data the curve goes their way; at an extremum it may lean to either side.
  if (left > 0 && right > 0) return Math.min(Math.max(guess, 0), most);
  if (left < 0 && right < 0) return Math.max(Math.min(guess, 0), -most);
  return Math.min(Math.max(guess, -most), most);
}

const neighbours = 5;

/** The derivative at knot k of the polynomial through the five nearest values (or all there are). */
function polynomialSlope(
  knots: ArrayLike<number>,
  values: Float64Array,
  k: number,
  start: number,
  stride: number,
): number {
  const n = knots.length;
  const count = Math.min(neighbours, n);
  const first = Math.min(Math.max(k - (count >> 1), 0), n - count);
  const here = knots[k];
  let slope = 0;
  let own = 0;
  // Σ over the others of the derivative of Lagrange's polynomials; the weights add up to zero.
  for (let j = first; j < first + count; j++) {
    if (j === k) continue;
    let weight = 1 / (knots[j] - here);
    for (let m = first; m < first + count; m++)
      if (m !== j && m !== k) weight *= (here - knots[m]) / (knots[j] - knots[m]);
    slope += weight * values[start + j * stride];
    own -= weight;
  }
  return slope + own * values[start + k * stride];
}
