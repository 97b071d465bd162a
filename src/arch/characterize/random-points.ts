import { philox } from '../../base/index.js';
import type { Grid } from './grid.js';
import type { Point } from './sampler.js';

/**
 * Random points of a domain, uniform in the coordinates of interpolation, discrete values evenly:
 * point number `index` of a seed, whatever was asked before.
 */
export function randomPoint(grid: Grid, seed: number, index: number): Point {
  return grid.inputs.map((_, k) => {
    const places = grid.places[k];
    return placeBetween(grid, k, [places[0], places[places.length - 1]], draw(seed, index, k)[0]);
  });
}

/**
 * The same with each interval between knots as likely as any other: many points where a curve has
 * many knots, such as a steep edge that uniform points would hardly ever meet.
 */
export function randomPointByInterval(grid: Grid, seed: number, index: number): Point {
  return grid.inputs.map((input, k) => {
    const places = grid.places[k];
    const [first, second] = draw(seed, index, k);
    if (input.kind === 'discrete') return placeBetween(grid, k, places, first);
    const interval = Math.floor(second * (places.length - 1));
    return placeBetween(grid, k, [places[interval], places[interval + 1]], first);
  });
}

/** Two numbers in (0, 1). */
function draw(seed: number, index: number, input: number): readonly [number, number] {
  const words = philox([index, input, 0, 0], [seed, 0x0c4a]);
  const unit = (high: number, low: number): number =>
    ((high >>> 5) * 67108864 + (low >>> 6) + 0.5) / 9007199254740992;
  return [unit(words[0], words[1]), unit(words[2], words[3])];
}

/** A value of input k between the first and the last of some; one of all where it is discrete. */
function placeBetween(grid: Grid, k: number, ends: readonly number[], part: number): number {
  const input = grid.inputs[k];
  if (input.kind === 'discrete') return grid.places[k][Math.floor(part * grid.places[k].length)];
  const [first, last] = [ends[0], ends[ends.length - 1]];
  const [from, to] = [grid.coordinate(k, first), grid.coordinate(k, last)];
  const at = from + part * (to - from);
  const value = input.scale === 'logarithmic' ? Math.exp(at) : at;
  return Math.min(Math.max(value, first), last);
}
