/** How steps follow from the error of the one before; the same numbers for all who choose steps. */

/** A step is good if the tolerance allows at least this part of it (as SPICE). */
export const goodPart = 0.9;

/** Distances to a landing count as equal to the step within this part of it. */
export const sameDistance = 1 - 1e-9;

/** Steps grow by two at most: what is beyond `mostGrowth` need not be known, nor the error's root for it. */
export const negligible = 0.03;
export const mostGrowth = 3;

/** How much longer than a step with this error one may be that just keeps the tolerance. */
export function growth(ratio: number, order: number): number {
  if (ratio < negligible) return mostGrowth;
  return order === 1 ? 1 / Math.sqrt(ratio) : 1 / Math.cbrt(ratio);
}
