/**
 * `x` where it is above `corner`; below, a hyperbola with the same slope at the corner, which falls
 * to `floor` only. The manual's equations assume that certain factors stay positive; the Berkeley
 * code bends them in this way where parameters or bias would make them zero or negative.
 */
export function keptAbove(x: number, corner: number, floor: number): number {
  const gap = corner - floor;
  return x >= corner ? x : floor + (gap * gap) / (gap + corner - x);
}
