/**
 * exp(x) up to x = 200, and its tangent from there on: a junction that Newton throws far out gives
 * a large current and conductance, but finite ones. No circuit works there.
 */
export function boundedExponential(x: number): number {
  const limit = 200;
  const e = Math.exp(Math.min(x, limit));
  return x > limit ? e * (1 + x - limit) : e;
}
