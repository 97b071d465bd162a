/** Functions with which BSIM4 joins regions. */

/**
 * `value`, softly bounded by `limit` from above: the smaller root of x² − (limit + value + δ)·x +
 * limit·value = 0. Written so that nothing cancels: exactly 0 at 0, and never above `value`.
 *
 * The manual has this form for Vdseff, and, mirrored, for Vbseff.
 */
export function softMinimum(value: number, limit: number, delta: number): number {
  const distance = limit - value - delta;
  const root = Math.sqrt(distance * distance + 4 * delta * limit);
  return (2 * limit * value) / (limit + value + delta + root);
}

/** ln(1 + eˣ), with x bounded by −34 and its asymptote from 34 on. */
export function softPlus(x: number): number {
  return x > 34 ? x : Math.log(1 + Math.exp(Math.max(x, -34)));
}

/** eˣ with x between −34 and 34. */
export function boundedExp(x: number): number {
  return Math.exp(Math.min(Math.max(x, -34), 34));
}

/** 1/(2·cosh x − 2), finite at 0: how source and drain reach into the channel. */
export function shortChannel(x: number): number {
  const e = Math.exp(Math.min(x, 34));
  return e / ((e - 1) * (e - 1) + 2 * e * 1.713908431e-15);
}

/** 1 + x that stays positive: from x = −0.5 down a rational function with the same slope. */
export function onePlus(x: number): number {
  return x >= -0.5 ? 1 + x : (1 + 3 * x) / (3 + 8 * x);
}

/** 1/(1 + x) without its pole: from x = −0.9 down a rational function with the same slope. */
export function inverseOnePlus(x: number): number {
  return x >= -0.9 ? 1 / (1 + x) : (17 + 20 * x) / (0.8 + x);
}

/** x, kept above zero: below `floor` a rational function with the same slope. */
export function keptAbove(x: number, floor: number): number {
  return x >= floor ? x : (2 * floor - x) / (3 - (2 / floor) * x);
}
