/** What neurons of a layer tell about the samples: whether a gain leaves them anything to say. */

export interface LayerActivity {
  readonly layer: string;
  /** Probability to fire, over units and samples. */
  readonly mean: number;
  /** Standard deviation of a unit's probability over the samples, root mean square over the units. */
  readonly spread: number;
  /** The largest probability of all. */
  readonly most: number;
  /**
   * What it tells of the sample whether a unit fires [bit]: H(mean of p) − mean of H(p), the mean over
   * the units; 1 at most.
   */
  readonly bits: number;
}

/** Of probabilities, row by row. */
export function activityOf(layer: string, values: Float32Array, units: number): LayerActivity {
  const rows = values.length / units;
  let [mean, square, most, bits] = [0, 0, 0, 0];
  for (let j = 0; j < units; j++) {
    let [sum, squares, entropies] = [0, 0, 0];
    for (let k = j; k < values.length; k += units) {
      const p = values[k];
      sum += p;
      squares += p * p;
      entropies += entropy(p);
      if (p > most) most = p;
    }
    const own = sum / rows;
    mean += own / units;
    square += Math.max(0, squares / rows - own * own) / units;
    bits += (entropy(own) - entropies / rows) / units;
  }
  return { layer, mean, spread: Math.sqrt(square), most, bits };
}

/** Of something that happens with this probability [bit]. */
function entropy(p: number): number {
  if (!(p > 0 && p < 1)) return 0;
  return -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);
}
