/**
 * Harmonics of a periodic waveform, over the last period of its scale:
 *
 *     y(t) = m₀ + Σ mₙ·sin(2πn·f·(t − T₁) + φₙ)        T₁: where that period begins
 *
 * SPICE's convention (ngspice 39, run to see). The integrals are taken over the curve that the
 * integrator knew, by five points of Gauss and Legendre in each interval between two points, which
 * are exact to rounding for an eighth of a period times a cubic.
 */
import { interpolate } from './resample.js';
import type { Waveform } from './waveform.js';

export interface Harmonic {
  /** 0 is the mean value, 1 the fundamental. */
  readonly number: number;
  /** [Hz] */
  readonly frequency: number;
  /** In the waveform's unit; of number 0 with its sign. */
  readonly magnitude: number;
  /** Of a sine, in degrees from -180 to 180. */
  readonly phase: number;
}

export interface Harmonics {
  /** The period [unit of the scale]. */
  readonly from: number;
  readonly to: number;
  /** 0 up to the number that was asked for. */
  readonly list: readonly Harmonic[];
  /** √(Σ mₙ², n ≥ 2)/m₁, not in per cent; NaN without a fundamental. */
  readonly distortion: number;
}

/** Abscissae on [-1, 1] and weights. Abramowitz and Stegun, table 25.4, n = 5. */
const gauss: readonly (readonly [number, number])[] = [
  [-0.906179845938664, 0.236926885056189],
  [-0.538469310105683, 0.478628670499366],
  [0, 0.568888888888889],
  [0.538469310105683, 0.478628670499366],
  [0.906179845938664, 0.236926885056189],
];

/**
 * Harmonics 0 to `count` of `fundamental` [Hz]; undefined where the waveform is shorter than a
 * period.
 */
export function harmonicsOf(
  wave: Waveform,
  fundamental: number,
  count: number,
): Harmonics | undefined {
  const to = wave.x[wave.x.length - 1];
  const period = 1 / fundamental;
  const from = to - period;
  // Rounding of the stop time must not lose the only period there is.
  if (!(from >= wave.x[0] - 1e-9 * period)) return undefined;
  const { at, weight } = nodes(wave.x, from, to, period / (8 * Math.max(count, 1)));
  const value = interpolate(wave, at);
  const list = Array.from({ length: count + 1 }, (_, n): Harmonic => {
    const omega = 2 * Math.PI * n * fundamental;
    let sine = 0;
    let cosine = 0;
    for (let k = 0; k < at.length; k++) {
      const area = (weight[k] * value[k]) / period;
      sine += area * Math.sin(omega * (at[k] - from));
      cosine += area * Math.cos(omega * (at[k] - from));
    }
    const frequency = n * fundamental;
    if (n === 0) return { number: 0, frequency, magnitude: cosine, phase: 0 };
    const phase = (Math.atan2(cosine, sine) * 180) / Math.PI;
    return { number: n, frequency, magnitude: 2 * Math.hypot(sine, cosine), phase };
  });
  const overtones = list.slice(2).reduce((sum, { magnitude }) => sum + magnitude ** 2, 0);
  const first = list[1]?.magnitude ?? 0;
  return { from, to, list, distortion: first > 0 ? Math.sqrt(overtones) / first : NaN };
}

/** Where values are needed, and what each counts. Intervals are at most `widest`. */
function nodes(x: Float64Array, from: number, to: number, widest: number) {
  const at: number[] = [];
  const weight: number[] = [];
  let left = from;
  for (const point of x) {
    if (point <= left) continue;
    const right = Math.min(point, to);
    const parts = Math.max(1, Math.ceil((right - left) / widest));
    const half = (right - left) / parts / 2;
    for (let p = 0; p < parts; p++) {
      const middle = left + (2 * p + 1) * half;
      for (const [place, share] of gauss) {
        at.push(middle + place * half);
        weight.push(share * half);
      }
    }
    left = right;
  }
  return { at: Float64Array.from(at), weight: Float64Array.from(weight) };
}
