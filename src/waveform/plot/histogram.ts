/** How often values lie where. */
export interface Bins {
  /** From the smallest to the largest value; one more than there are counts. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

const mostBins = 60;

/**
 * Bins of equal width by the rule of Freedman and Diaconis (Z. Wahrscheinlichkeitstheorie 57, 453,
 * 1981); `edges` has one entry more than `counts`. A constant has one bin around it.
 */
export function histogram(values: ArrayLike<number>): Bins {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  const [low, high] = n > 0 ? [sorted[0], sorted[n - 1]] : [0, 1];
  if (!(high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high)))) {
    const air = Math.abs(low) / 10 || 1;
    return { edges: [low - air, low + air], counts: [n] };
  }
  const spread = sorted[Math.floor(0.75 * (n - 1))] - sorted[Math.floor(0.25 * (n - 1))];
  const wanted = spread > 0 ? ((high - low) * Math.cbrt(n)) / (2 * spread) : Math.sqrt(n);
  const bins = Math.max(1, Math.min(mostBins, Math.ceil(wanted)));
  const edges = Array.from({ length: bins + 1 }, (_, k) =>
    k === bins ? high : low + ((high - low) * k) / bins,
  );
  const counts = new Array<number>(bins).fill(0);
  for (const value of sorted)
    counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))]++;
  return { edges, counts };
}
