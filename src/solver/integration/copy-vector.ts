/** Above this length the engine's own copying is the faster one. */
const short = 64;

/** Copies all of `from`; for short vectors without the price of a call. */
export function copyVector(to: Float64Array, from: Float64Array): void {
  if (from.length > short) to.set(from);
  else for (let i = 0; i < from.length; i++) to[i] = from[i];
}
