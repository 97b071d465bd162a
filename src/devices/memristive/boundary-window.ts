/**
 * Factor on the speed of a boundary over its position `s` in 0 … 1, by number: 0 none, 1 Joglekar
 * and Wolf, Eur. J. Phys. 30, 661, 2009, eq. (14); 2 Biolek, Biolek and Biolková, Radioengineering
 * 18(2), 210, 2009, eq. (7); 3 Prodromakis et al., IEEE TED 58(9), 3099, 2011, eq. (5).
 * @param rising whether the boundary moves towards s = 1
 */
export function boundaryWindow(
  window: number,
  s: number,
  rising: boolean,
  p: number,
  j: number,
): number {
  if (window === 1) return 1 - Math.abs(2 * s - 1) ** (2 * p);
  if (window === 2) return 1 - Math.abs(rising ? s : s - 1) ** (2 * p);
  if (window === 3) return j * (1 - ((s - 0.5) ** 2 + 0.75) ** p);
  return 1;
}
