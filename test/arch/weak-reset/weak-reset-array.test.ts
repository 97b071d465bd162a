/**
 * Arrays of weak-RESET devices: known answers, and what must not change a device.
 * Numbers of the paper: Majumdar et al., IEEE TED 68(10), 4925, 2021, Tables I and II.
 */
import { describe, expect, it } from 'vitest';
import { meanGap, WeakResetArray, type WeakResetOptions } from '../../../src/arch/index.js';

function gapsOf(array: WeakResetArray): Float64Array {
  const gaps = new Float64Array(array.count);
  array.readGaps(gaps);
  return gaps;
}

const silent = { telegraph: 'none', pink: false } as const;

describe('without noise', () => {
  // (3) by hand with the means of Table I: 5.293141e-3 + 6.9388356e-4·100 = 0.0746815; at 2000
  // 5.293141e-3 + 6.9388356e-4·542.5385 + 2.8890517e-5·1457.4615 = 0.4238587.
  it.each([
    [0, 0.005293141],
    [100, 0.0746815],
    [2000, 0.4238587],
  ])('a mean device has after %d pulses the gap %d', (pulses, gap) => {
    const array = new WeakResetArray(3, { ...silent, spread: 'none' });
    array.apply(pulses);
    for (const value of gapsOf(array)) expect(value).toBeCloseTo(gap, 6);
    const resistances = new Float64Array(3);
    array.readResistances(resistances);
    expect(resistances[2]).toBeCloseTo(6988 * Math.exp(gap), 2);
  });

  it('gap 0 is R₀, and the curve is continuous at its knee', () => {
    const curve = [7e-4, 0.01, 540, 3e-5] as const;
    // (3) as printed: m1 t + c1, and m2 t + (m1 − m2) t* + c1.
    const [m1, c1, tstar, m2] = curve;
    expect(meanGap(200, ...curve)).toBeCloseTo(m1 * 200 + c1, 14);
    expect(meanGap(900, ...curve)).toBeCloseTo(m2 * 900 + (m1 - m2) * tstar + c1, 14);
    expect(meanGap(540 - 1e-9, ...curve) - meanGap(540 + 1e-9, ...curve)).toBeCloseTo(0, 11);
  });

  it('no pulse lowers a resistance', () => {
    const array = new WeakResetArray(500, silent);
    let before = gapsOf(array);
    for (let k = 0; k < 40; k++) {
      array.apply(k * 3);
      const now = gapsOf(array);
      now.forEach((gap, i) => {
        expect(gap).toBeGreaterThanOrEqual(before[i]);
      });
      before = now;
    }
  });
});

describe('a device is the same', () => {
  const variants: Partial<WeakResetOptions>[] = [
    {},
    { taps: 16, telegraph: 'behind-knee', start: 'stationary' },
    { noise: 'program' },
    { spread: 'printed' },
    { spread: 'none', pink: false },
  ];

  it.each(variants)('whether kept or drawn anew: %j', (options) => {
    const kept = new WeakResetArray(200, options);
    const drawn = new WeakResetArray(200, { ...options, keep: 'counts' });
    for (const n of [1, 1, 3, 14, 40, 1, 700]) {
      const pulses = Uint8Array.from({ length: 200 }, (_, i) => (i * n) % 17);
      for (const array of [kept, drawn]) array.apply(pulses);
      expect(gapsOf(drawn)).toEqual(gapsOf(kept));
    }
    const resistances = [kept, drawn].map((array) => {
      const values = new Float64Array(200);
      array.readResistances(values);
      return values;
    });
    expect(resistances[1]).toEqual(resistances[0]);
  });

  it('in any part of the array, in any order', () => {
    const whole = new WeakResetArray(100, { seed: 5 });
    const parts = [60, 40].map(
      (count, k) => new WeakResetArray(count, { seed: 5, firstDevice: 60 * k }),
    );
    for (let k = 0; k < 30; k++) whole.apply(7);
    for (const part of [parts[1], parts[0]]) for (let k = 0; k < 30; k++) part.apply(7);
    expect([...gapsOf(parts[0]), ...gapsOf(parts[1])]).toEqual([...gapsOf(whole)]);

    const backwards = new WeakResetArray(100, { seed: 5 });
    for (let i = 99; i >= 0; i--) for (let k = 0; k < 30; k++) backwards.apply(7, i, i + 1);
    expect(gapsOf(backwards)).toEqual(gapsOf(whole));
    const other = new WeakResetArray(100, { seed: 6 });
    expect(gapsOf(other)[0]).not.toBe(gapsOf(new WeakResetArray(100, { seed: 5 }))[0]);
  });

  it('in mean and pink noise however pulses are grouped', () => {
    const options = { telegraph: 'none' } as const;
    const [single, grouped] = [new WeakResetArray(50, options), new WeakResetArray(50, options)];
    for (let k = 0; k < 137; k++) single.apply(1);
    for (const n of [2, 13, 0, 22, 100]) grouped.apply(n);
    expect(gapsOf(grouped)).toEqual(gapsOf(single));
  });

  it('after zero pulses', () => {
    const array = new WeakResetArray(50);
    array.apply(9);
    const before = gapsOf(array);
    array.apply(0);
    array.apply(new Uint8Array(50));
    expect(gapsOf(array)).toEqual(before);
  });
});

it('replaces all white numbers after 15 pulses, and one each pulse', () => {
  const array = new WeakResetArray(4000, { ...silent, pink: true, spread: 'none' });
  const mean = (t: number): number => meanGap(t, 6.9388356e-4, 5.293141e-3, 542.5385, 2.8890517e-5);
  const at = (t: number): Float64Array => gapsOf(array).map((gap) => gap - mean(t));
  const start = at(0);
  const correlation = (pulses: number): number => {
    array.apply(pulses - array.pulses[0]);
    const now = at(pulses);
    const product = (a: Float64Array, b: Float64Array): number =>
      a.reduce((s, v, i) => s + v * b[i], 0);
    return product(start, now) / Math.sqrt(product(start, start) * product(now, now));
  };
  // Autocorrelation of the 15 coefficients 1, 1/2, 3/8 …: Σ h_r h_{r+k} / Σ h_r², computed apart:
  // .6632, .5468, .0777 at 1, 2, 14, none from 15 on. A correlation of 4000 has a deviation of .016.
  const bound = 3.3 / Math.sqrt(4000);
  expect(Math.abs(correlation(1) - 0.6632)).toBeLessThan(bound);
  expect(Math.abs(correlation(2) - 0.5468)).toBeLessThan(bound);
  expect(Math.abs(correlation(14) - 0.0777)).toBeLessThan(bound);
  expect(Math.abs(correlation(15))).toBeLessThan(bound);
});

it('refuses what is no number of pulses', () => {
  const array = new WeakResetArray(2);
  expect(() => {
    array.apply(-1);
  }).toThrow(RangeError);
  expect(() => {
    array.apply(1.5);
  }).toThrow(RangeError);
  expect(() => {
    array.apply(2 ** 32);
  }).toThrow(RangeError);
});

it('takes the memory that its options say', () => {
  expect(new WeakResetArray(10_000).bytes / 10_000).toBe(109);
  expect(new WeakResetArray(10_000, { keep: 'counts' }).bytes / 10_000).toBeCloseTo(5, 1);
});
