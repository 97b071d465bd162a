import { weakResetNoise } from '../../devices/memristive/weak-reset-table.js';

/** Probabilities per pulse to go up from 0 and down from 1: the off-diagonal terms of T. */
export interface Telegraph {
  readonly up: number;
  readonly down: number;
}

export const weakResetTelegraph: Telegraph = {
  up: weakResetNoise.phigh,
  down: weakResetNoise.plow,
};

/**
 * The off-diagonal terms of Tⁿ: p∞(1 − λⁿ) with λ = 1 − up − down, the other eigenvalue of T, and
 * p∞ the stationary probability of the state gone to.
 */
export function afterPulses({ up, down }: Telegraph, n: number): Telegraph {
  const sum = up + down;
  if (sum === 0) return { up: 0, down: 0 };
  const gone = sum < 1 ? -Math.expm1(n * Math.log1p(-sum)) : 1 - (1 - sum) ** n;
  return { up: (up / sum) * gone, down: (down / sum) * gone };
}

/** Stationary probability of being high. */
export function occupancy({ up, down }: Telegraph): number {
  return up / (up + down);
}
