/**
 * The rate of a state that stops at limits of the instance's own, `low` and `high`: towards a limit
 * it fades over the last `width`, once differentiable; away from it, it is untouched. Behind a limit
 * that moved (drawn anew) the state rests until the rate turns round.
 */
export function restrained(
  rate: number,
  s: number,
  low: number,
  high: number,
  width: number,
): number {
  const z = (rate > 0 ? high - s : s - low) / width;
  if (z >= 1) return rate;
  return z > 0 ? rate * z * (2 - z) : 0;
}
