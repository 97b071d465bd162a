import { normalProbability, normalQuantile } from '../../base/index.js';
import { truncatedExponential } from '../../devices/memristive/truncated-laws.js';
import { weakResetSpread } from '../../devices/memristive/weak-reset-table.js';
import { type DeviceWords, purpose, unit } from './device-words.js';
import type { WeakResetOptions } from './options.js';

/** Places of a device's parameters in an array of `parameterCount` numbers. */
export const place = { m1: 0, c1: 1, tstar: 2, m2: 3, r0: 4, a: 5 } as const;
export const parameterCount = 6;

/** Writes the parameters of one device, rounded to single precision, from `at` on. */
export type DrawParameters = (
  device: number,
  words: DeviceWords,
  into: Float32Array,
  at: number,
) => void;

/** Device to device by Table I: exponential, Gaussian, log-normal, Gaussian and uniform laws. */
export function parameterDraw(spread: WeakResetOptions['spread']): DrawParameters {
  if (spread === 'none') return typical;
  const truncated = spread === 'truncated';
  const { m1, c1, tstar, m2, r0, a } = weakResetSpread;
  const m1Most = truncated ? m1.most : Infinity;
  const m2Most = truncated ? m2.most : Infinity;
  const offset = gaussian(c1.mean, c1.sigma, truncated ? [c1.least, c1.most] : unlimited);
  const knees = [Math.log(tstar.least / tstar.median), Math.log(tstar.most / tstar.median)];
  const knee = gaussian(0, tstar.sigma, truncated ? knees : unlimited);
  const resistance = gaussian(r0.mean, r0.sigma, truncated ? [r0.least, r0.most] : unlimited);
  return (device, words, into, at) => {
    const drawn = words.words;
    words.draw(device, 0, purpose.parameters);
    into[at + place.m1] = truncatedExponential(unit(drawn[0]), m1.offset, m1.scale, m1Most);
    into[at + place.c1] = offset(unit(drawn[1]));
    into[at + place.tstar] = tstar.median * Math.exp(knee(unit(drawn[2])));
    into[at + place.m2] = truncatedExponential(unit(drawn[3]), m2.offset, m2.scale, m2Most);
    words.draw(device, 1, purpose.parameters);
    into[at + place.r0] = resistance(unit(drawn[0]));
    into[at + place.a] = a.most * unit(drawn[1]);
  };
}

const unlimited = [-Infinity, Infinity];

/** As `truncatedNormal`, with the probabilities of its ends taken once. */
function gaussian(
  mean: number,
  sigma: number,
  [least, most]: readonly number[],
): (uniform: number) => number {
  const below = normalProbability((least - mean) / sigma);
  const above = normalProbability((most - mean) / sigma);
  return (uniform) => mean + sigma * normalQuantile(below + uniform * (above - below));
}

function typical(_device: number, _words: DeviceWords, into: Float32Array, at: number): void {
  const { m1, c1, tstar, m2, r0, a } = weakResetSpread;
  into[at + place.m1] = m1.offset + m1.scale;
  into[at + place.c1] = c1.mean;
  into[at + place.tstar] = tstar.median;
  into[at + place.m2] = m2.offset + m2.scale;
  into[at + place.r0] = r0.mean;
  into[at + place.a] = a.most / 2;
}
