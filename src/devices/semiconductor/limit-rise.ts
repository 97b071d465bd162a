/**
 * Rise of temperature [K] that Newton may go on with: at most 100 K and the logarithm of what is
 * beyond from the one before, and never below 1 K in all, at a surrounding temperature [K].
 */
export function limitRise(rise: number, last: number, surroundings: number): number {
  const most = 100;
  let next = rise;
  if (rise > last + most) next = last + most + Math.log10((rise - last) / most);
  if (rise < last - most) next = last - most - Math.log10((last - rise) / most);
  return Math.max(next, 1 - surroundings);
}
