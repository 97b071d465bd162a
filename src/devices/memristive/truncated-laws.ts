/**
 * Numbers of a law that is cut off at its ends, from a uniform one: by the inverse of the
 * distribution function, so that one uniform number makes one of the law.
 */

/** `offset` plus an exponential number of mean `scale`, at most `most`. */
export function truncatedExponential(
  uniform: number,
  offset: number,
  scale: number,
  most: number,
): number {
  const part = 1 - Math.exp(-(most - offset) / scale);
  return offset - scale * Math.log(1 - uniform * part);
}

/** A normal number with `mean` and `sigma` before it was cut off at `least` and `most`. */
export function truncatedNormal(
  uniform: number,
  mean: number,
  sigma: number,
  least: number,
  most: number,
  normalProbability: (x: number) => number,
  normalQuantile: (p: number) => number,
): number {
  const below = normalProbability((least - mean) / sigma);
  const above = normalProbability((most - mean) / sigma);
  return mean + sigma * normalQuantile(below + uniform * (above - below));
}
