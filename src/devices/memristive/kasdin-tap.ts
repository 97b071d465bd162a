/**
 * Coefficient of the white number r pulses ago in noise of spectrum 1/f: the impulse response of
 * Kasdin, "Discrete simulation of colored noise", Proc. IEEE 83(5), 802, 1995, (104), for α = 1.
 */
export function kasdinTap(r: number): number {
  let h = 1;
  for (let k = 1; k <= r; k++) h *= (k - 0.5) / k;
  return h;
}
