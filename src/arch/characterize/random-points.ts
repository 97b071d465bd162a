import { philox } from '../../base/index.js';
import type { Grid } from './grid.js';
import type { Point } from './sampler.js';

/**
 * Random points of a domain, uniform in the coordinates of interpolation, discrete values evenly:
 * point number `index` of a seed, whatever was asked before.
 */
export function randomPoint(grid: Grid, seed: number, index: number): Point {
  return grid.inputs.map((input, k) => {
    const [high, low] = philox([index, k, 0, 0], [seed, 0x0c4a]);
    const u = ((high >>> 5) * 67108864 + (low >>> 6) + 0.5) / 9007199254740992;
    const places = grid.places[k];
    if (input.kind === 'discrete') return places[Math.floor(u * places.length)];
    const [first, last] = [places[0], places[places.length - 1]];
    const [from, to] = [grid.coordinate(k, first), grid.coordinate(k, last)];
    const at = from + u * (to - from);
    const value = input.scale === 'logarithmic' ? Math.exp(at) : at;
    return Math.min(Math.max(value, first), last);
  });
}
