/**
 * kT/q [V] at a temperature [K].
 *
 * Stands for itself, with its constants written out, because models name it in `uses` and the
 * compiler reads it there; the values are those of `base/constants.ts`.
 */
export function thermalVoltage(temperature: number): number {
  const k = 1.38064852e-23;
  const q = 1.6021766208e-19;
  return (k * temperature) / q;
}
