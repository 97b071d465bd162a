/** Parameters of (3), the gap without noise: slopes before and behind the knee, offset, knee. */
export interface MeanCurve {
  readonly m1: number;
  readonly c1: number;
  readonly tstar: number;
  readonly m2: number;
}

/** (3): straight before and behind the knee, and continuous there. Plain numbers, for inner loops. */
export function meanGap(pulses: number, m1: number, c1: number, tstar: number, m2: number): number {
  return c1 + m1 * Math.min(pulses, tstar) + m2 * Math.max(pulses - tstar, 0);
}
