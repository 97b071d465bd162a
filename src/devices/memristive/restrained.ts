/**
 * The rate of a state that stops at limits of the instance's own, `low` and `high`: towards a limit
 * it fades over the last `width`, once differentiable; away from it, it is untouched. From behind a
 * limit, as where that was drawn anew, the rate that leads there pulls back to it: so Newton finds
 * the limit also where one step would pass it by far.
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
  return rate * z * (z > 0 ? 2 - z : 2);
}
