import { bocquetResponse, type Response } from './published-rates.js';

/**
 * The filament model with a region twice as wide, hence four times the current, in series with a
 * square-law transistor of 2 mA/V² that saturates at `compliance` [A]: voltage of the cell by halving.
 */
export function limitedBocquet(v: number, s: number, compliance: number): Response {
  const cell = (u: number): Response => {
    const { i, rates } = bocquetResponse(u, s);
    return { i: 4 * i, rates };
  };
  const overdrive = Math.sqrt((2 * compliance) / 2e-3);
  const transistor = (drain: number): number => {
    const inside = Math.min(drain, overdrive);
    return 2e-3 * (overdrive - inside / 2) * inside;
  };
  let [low, high] = [0, Math.max(v, 0)];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (cell(middle).i > transistor(v - middle)) high = middle;
    else low = middle;
  }
  return cell((low + high) / 2);
}
