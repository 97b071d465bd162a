/**
 * Statistics of weak-RESET devices against the laws that Tables I and II of Majumdar et al., IEEE TED
 * 68(10), 4925, 2021 ask for; those are written here once more, in other ways. Bounds are those of
 * chance: 99.9 % of all seeds lie within, where nothing else is said.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  afterPulses,
  gapTrajectories,
  increments,
  meanCorrelation,
  meanSpectrum,
  powerLaw,
  quantile,
  WeakResetArray,
  weakResetTelegraph,
} from '../../../src/arch/index.js';

/** The normal distribution function by its series: good to 1e-12. */
function normal(z: number): number {
  if (Math.abs(z) > 6) return z > 0 ? 1 : 0;
  let term = z;
  let sum = z;
  for (let k = 1; k < 200; k++) sum += term *= (z * z) / (2 * k + 1);
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/** A law as its distribution function, and the same cut off at its ends. */
type Law = (x: number) => number;
function cut(law: Law, low: number, high: number): Law {
  return (x) => (law(Math.min(Math.max(x, low), high)) - law(low)) / (law(high) - law(low));
}
const exponential =
  (x0: number, lambda: number): Law =>
  (x) =>
    x > x0 ? 1 - Math.exp(-(x - x0) / lambda) : 0;

/** Table I as printed. */
const printed = {
  m1: exponential(3.74e-5, 6.56e-4),
  c1: (x) => normal((x - 5.29e-3) / 5.32e-2),
  tstar: (x) => normal(Math.log(x / 542.5) / 0.8034),
  m2: exponential(1.64e-34, 2.89e-5),
  r0: (x) => normal((x - 6988) / 381.7),
  a: (x) => Math.min(Math.max(x / 0.5, 0), 1),
} satisfies Record<string, Law>;
/** Cut off as in the authors' program. */
const truncated = {
  ...printed,
  m1: cut(printed.m1, 3.74e-5, 0.0076),
  c1: cut(printed.c1, -0.15, 0.15),
  tstar: cut(printed.tstar, 41, 2000),
  m2: cut(printed.m2, 0, 1.3e-4),
  r0: cut(printed.r0, 6252, 7897),
};

describe.each([
  ['printed', printed],
  ['truncated', truncated],
] as const)('parameters, %s', (spread, laws) => {
  const n = 100_000;
  const drawn: Record<string, Float64Array> = {};
  beforeAll(() => {
    const array = new WeakResetArray(n, { spread, pink: false, seed: 11 });
    for (const name of Object.keys(laws)) drawn[name] = new Float64Array(n);
    for (let i = 0; i < n; i++)
      for (const [name, value] of Object.entries(array.parameters(i))) drawn[name][i] = value;
  });

  it.each(Object.keys(laws) as (keyof typeof laws)[])('%s follows its law (Kolmogorov)', (name) => {
    const sorted = Float64Array.from(drawn[name]).sort();
    let distance = 0;
    sorted.forEach((value, k) => {
      const p = laws[name](value);
      distance = Math.max(distance, Math.abs(p - k / n), Math.abs((k + 1) / n - p));
    });
    // √n·D is above 1.628 in 1 % of all samples (row M4: p > 0.01).
    expect(Math.sqrt(n) * distance).toBeLessThan(1.628);
  });

  it('do not depend on each other', () => {
    const ranks = Object.keys(laws).map((name) => rankOf(drawn[name]));
    ranks.forEach((a, i) => {
      // Spearman's coefficient has a deviation of 1/√n.
      for (const b of ranks.slice(i + 1))
        expect(Math.abs(meanCorrelation([a, b]))).toBeLessThan(4.2 / Math.sqrt(n));
    });
  });
});

function rankOf(values: Float64Array): Float64Array {
  const order = Array.from(values.keys()).sort((i, j) => values[i] - values[j]);
  const ranks = new Float64Array(values.length);
  order.forEach((i, k) => (ranks[i] = k));
  return ranks;
}

describe('telegraph noise', () => {
  it.each([
    // Table II, to the power of n, by hand (two-state chain).
    [1, 8e-4, 2e-3],
    [2, 1.59776e-3, 3.9944e-3],
    [14, 1.099843e-2, 2.749606e-2],
    [100, 0.06986086, 0.1746522],
  ])('Tⁿ for n = %d', (n, up, down) => {
    const after = afterPulses(weakResetTelegraph, n);
    expect(after.up / up).toBeCloseTo(1, 6);
    expect(after.down / down).toBeCloseTo(1, 6);
  });

  it('Tⁿ is the product of n matrices to 1e-12', () => {
    let [t00, t01, t10, t11] = [1, 0, 0, 1];
    const { up, down } = weakResetTelegraph;
    for (let n = 1; n <= 3000; n++) {
      [t00, t01] = [t00 * (1 - up) + t01 * down, t00 * up + t01 * (1 - down)];
      [t10, t11] = [t10 * (1 - up) + t11 * down, t10 * up + t11 * (1 - down)];
      const after = afterPulses(weakResetTelegraph, n);
      expect(Math.abs(after.up - t01)).toBeLessThan(1e-12);
      expect(Math.abs(after.down - t10)).toBeLessThan(1e-12);
    }
  });

  /** Part of n low, or high, devices that are high after the pulses. */
  function partHigh(groups: readonly number[], n: number, seed: number): number {
    const array = new WeakResetArray(n, { pink: false, spread: 'none', seed });
    for (const pulses of groups) array.apply(pulses);
    return array.high.reduce((sum, high) => sum + high, 0) / n;
  }

  it.each([[[14]], [[1, 13]], [[7, 7]], [Array<number>(14).fill(1)]])('in groups %j', (groups) => {
    const [n, p] = [300_000, 1.099843e-2];
    expect(Math.abs(partHigh(groups, n, 2) - p)).toBeLessThan(3.3 * Math.sqrt((p * (1 - p)) / n));
  });

  it('comes to its occupancy, and forgets exponentially', () => {
    const n = 200_000;
    const array = new WeakResetArray(n, { pink: false, spread: 'none', start: 'stationary' });
    const part = (): number => array.high.reduce((sum, high) => sum + high, 0) / n;
    // Row M5: 0.2857 ± .005; its deviation here is .001.
    expect(Math.abs(part() - 2 / 7)).toBeLessThan(0.0034);
    const before = Float64Array.from(array.high);
    for (let k = 0; k < 20; k++) array.apply(5);
    expect(Math.abs(part() - 2 / 7)).toBeLessThan(0.0034);
    // λ¹⁰⁰ = .9972¹⁰⁰ = .7555.
    const correlation = meanCorrelation([before, Float64Array.from(array.high)]);
    expect(Math.abs(correlation - 0.7555)).toBeLessThan(3.3 / Math.sqrt(n));
    array.apply(5000);
    expect(Math.abs(part() - 2 / 7)).toBeLessThan(0.0034);
  });

  it('is shown behind the knee only, if that is asked for', () => {
    const options = { pink: false, start: 'stationary' } as const;
    const [all, some, none] = (['everywhere', 'behind-knee', 'none'] as const).map((telegraph) => {
      const array = new WeakResetArray(5000, { ...options, telegraph });
      array.apply(300);
      const gaps = new Float64Array(5000);
      array.readGaps(gaps);
      return { array, gaps };
    });
    all.gaps.forEach((gap, i) => {
      const behind = all.array.parameters(i).tstar <= 300;
      expect(some.gaps[i]).toBe(behind ? gap : none.gaps[i]);
    });
  });
});

describe('pink noise', () => {
  const n = 400;
  let rows: Float64Array[] = [];
  beforeAll(() => {
    rows = gapTrajectories(new WeakResetArray(n, { telegraph: 'none', spread: 'none' }), 500).map(
      (row) => row.map((gap, t) => gap - meanOfTable(t)),
    );
  });

  it('has the deviation of its coefficients', () => {
    // α·√Σh² = .0346681 with 15 coefficients; .0284537 for the change at a pulse (computed apart).
    const last = rows.map((row) => row[250]);
    const changes = rows.map((row) => row[251] - row[250]);
    const variance = (values: number[]): number => values.reduce((s, v) => s + v * v, 0) / n;
    // χ²/400 has a deviation of .0707.
    expect(Math.abs(variance(last) / 0.0346681 ** 2 - 1)).toBeLessThan(3.3 * 0.0707);
    expect(Math.abs(variance(changes) / 0.0284537 ** 2 - 1)).toBeLessThan(3.3 * 0.0707);
  });

  it('has the spectrum of its coefficients, 1/f above', () => {
    const spectrum = meanSpectrum(rows.map((row) => row.subarray(0, 500)));
    const { frequency, density } = spectrum;
    const bands = 12;
    const width = Math.floor(frequency.length / bands);
    for (let band = 0; band < bands; band++) {
      let [measured, expected] = [0, 0];
      for (let k = band * width; k < (band + 1) * width; k++) {
        measured += density[k];
        expected += 2 * 0.025 ** 2 * response(frequency[k]);
      }
      // Each ordinate is the mean of 400 exponential numbers; 1 % for what leaks at the ends.
      const bound = 3.3 / Math.sqrt(n * width) + 0.01;
      expect(Math.abs(measured / expected - 1)).toBeLessThan(bound);
    }
    // numpy's fit to the exact response at k/500 gives −0.832; one of 400 has a deviation of .006.
    expect(Math.abs(powerLaw(spectrum, 0.04, 0.4) + 0.832)).toBeLessThan(3.3 * 0.006);
  });

  it('of the program is uniform: another mean and a smaller spread', () => {
    const array = new WeakResetArray(20_000, {
      telegraph: 'none',
      spread: 'none',
      noise: 'program',
    });
    array.apply(100);
    const gaps = new Float64Array(20_000);
    array.readGaps(gaps);
    const mean = gaps.reduce((s, v) => s + v, 0) / 20_000 - meanOfTable(100);
    const deviation = Math.sqrt(
      gaps.reduce((s, v) => s + (v - mean - meanOfTable(100)) ** 2, 0) / 2e4,
    );
    // α Σh/2 = .0542, .0346681/√12 = .01001.
    expect(Math.abs(mean - 0.0542)).toBeLessThan(3e-4);
    expect(Math.abs(deviation - 0.01001)).toBeLessThan(2e-4);
  });
});

/** |Σ h_r exp(−2πjfr)|² with the 15 coefficients (2r choose r)/4^r. */
function response(f: number): number {
  let [real, imaginary] = [0, 0];
  for (let r = 0, h = 1; r < 15; r++, h *= (2 * r - 1) / (2 * r)) {
    real += h * Math.cos(2 * Math.PI * f * r);
    imaginary += h * Math.sin(2 * Math.PI * f * r);
  }
  return real ** 2 + imaginary ** 2;
}

/** (3) with the means of Table I, as the program has their digits. */
function meanOfTable(t: number): number {
  const [m1, m2, knee] = [3.7415768e-5 + 6.564678e-4, 2.8890517e-5, 542.5385];
  return 5.293141e-3 + (t < knee ? m1 * t : m2 * t + (m1 - m2) * knee);
}

it('spectra agree with the definition, and hold the whole variance', () => {
  const rows = [0, 1, 2].map((s) =>
    Float64Array.from({ length: 51 }, (_, t) => Math.sin(t * t + s) + 0.1 * t),
  );
  const { frequency, density } = meanSpectrum(rows);
  const centred = rows.map((row) => {
    const mean = row.reduce((a, b) => a + b, 0) / 51;
    return row.map((v) => v - mean);
  });
  frequency.forEach((f, k) => {
    const power = centred.map((row) => {
      const re = row.reduce((s, v, t) => s + v * Math.cos(2 * Math.PI * f * t), 0);
      const im = row.reduce((s, v, t) => s + v * Math.sin(2 * Math.PI * f * t), 0);
      return (2 * (re * re + im * im)) / 51;
    });
    expect(density[k]).toBeCloseTo(power.reduce((a, b) => a + b, 0) / 3, 10);
  });
  // Parseval, for an odd length: ∫ S df = variance.
  const variance = centred.flatMap((row) => [...row]).reduce((s, v) => s + v * v, 0) / (3 * 51);
  expect(density.reduce((s, v) => s + v, 0) / 51).toBeCloseTo(variance, 10);
});

describe('populations (Fig. 5)', () => {
  // Row M7: quantiles of 20,000 devices of an implementation apart; ±max(15 %, .01) allowed.
  it.each([
    [100, [-0.055, 0.017, 0.072, 0.139, 0.319]],
    [500, [0.003, 0.114, 0.249, 0.483, 0.975]],
    [1000, [0.023, 0.154, 0.331, 0.625, 1.435]],
    [2000, [0.047, 0.188, 0.38, 0.7, 1.636]],
  ])('has the quantiles of w at %d pulses', (pulses, expected) => {
    const array = new WeakResetArray(20_000, { seed: 4 });
    array.apply(pulses);
    const gaps = new Float64Array(20_000);
    array.readGaps(gaps);
    gaps.sort();
    [0.05, 0.25, 0.5, 0.75, 0.95].forEach((part, k) => {
      const allowed = Math.max(0.15 * Math.abs(expected[k]), 0.01);
      expect(Math.abs(quantile(gaps, part) - expected[k])).toBeLessThan(allowed);
    });
  });

  describe('of 1000 devices over 2000 pulses', () => {
    let rows: Float64Array[] = [];
    beforeAll(() => {
      rows = gapTrajectories(new WeakResetArray(1000, { seed: 9 }), 2000);
    });

    it('changes by narrow steps with wide tails (row M8)', () => {
      const changes = increments(rows).sort();
      const halfRange = (quantile(changes, 0.75) - quantile(changes, 0.25)) / 2;
      expect(Math.abs(halfRange - 0.0192)).toBeLessThan(0.001);
      const beyond = (x: number): number =>
        changes.reduce((n, v) => n + (Math.abs(v) > x ? 1 : 0), 0) / changes.length;
      // Row M8 within 20 %, and the mixture of Gaussian and jumps within its counting error.
      for (const [x, tail] of [
        [0.1, 1.3e-3],
        [0.2, 6.6e-4],
        [0.3, 4.4e-4],
      ]) {
        expect(Math.abs(beyond(x) / tail - 1)).toBeLessThan(0.2);
        const law = tailOfChanges(x);
        expect(Math.abs(beyond(x) / law - 1)).toBeLessThan(3.3 / Math.sqrt(law * changes.length));
      }
      const square = changes.reduce((s, v) => s + v ** 2, 0) / changes.length;
      const fourth = changes.reduce((s, v) => s + v ** 4, 0) / changes.length;
      expect(fourth / square ** 2 - 3).toBeGreaterThan(10);
    });

    it('has a spectrum of 1/f² below and 1/f above (row M9)', () => {
      const spectrum = meanSpectrum(rows.slice(0, 64).map((row) => row.subarray(0, 2000)));
      expect(Math.abs(powerLaw(spectrum, 0.002, 0.06) + 1.9)).toBeLessThan(0.15);
      expect(Math.abs(powerLaw(spectrum, 0.1, 0.5) + 1)).toBeLessThan(0.15);
    });

    it('correlates in its curves, not in its changes (row M10)', () => {
      const correlation = meanCorrelation(rows);
      expect(correlation).toBeGreaterThan(0.42);
      expect(correlation).toBeLessThan(0.45);
      // Pair by pair, for the sum that the function takes.
      const few = rows.slice(0, 20);
      const pairs = few.flatMap((a, i) => few.slice(i + 1).map((b) => pearson(a, b)));
      const mean = pairs.reduce((s, v) => s + v, 0) / pairs.length;
      expect(meanCorrelation(few)).toBeCloseTo(mean, 10);
      const changes = meanCorrelation(rows.map((row) => increments([row])));
      expect(Math.abs(changes)).toBeLessThan(0.005);
    });
  });
});

function pearson(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  const [ma, mb] = [a, b].map((v) => v.reduce((x, y) => x + y, 0) / n);
  const cov = a.reduce((s, v, t) => s + (v - ma) * (b[t] - mb), 0);
  const va = a.reduce((s, v) => s + (v - ma) ** 2, 0);
  const vb = b.reduce((s, v) => s + (v - mb) ** 2, 0);
  return cov / Math.sqrt(va * vb);
}

/**
 * P(|Δw| > x) over 2000 pulses from the low state: change of the pink noise (normal, σ = .0284537),
 * plus a jump by ±a, a uniform up to 0.5, at a rate that follows from the occupancy p after t pulses.
 */
function tailOfChanges(x: number): number {
  const sigma = 0.0284537;
  let [p, jumps] = [0, 0];
  for (let t = 0; t < 2000; t++) {
    jumps += ((1 - p) * 8e-4 + p * 2e-3) / 2000;
    p += (1 - p) * 8e-4 - p * 2e-3;
  }
  const beyond = (a: number): number => 1 - (normal((x - a) / sigma) - normal((-x - a) / sigma));
  let jumped = 0;
  for (let k = 0; k < 1000; k++) jumped += beyond((k + 0.5) / 2000) / 1000;
  return (1 - jumps) * beyond(0) + jumps * jumped;
}
