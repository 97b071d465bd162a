/**
 * Pairs of weak-RESET devices against a plain implementation of the same draws, against the devices of
 * `weak-reset`, which draw otherwise, and against numbers of the paper (Majumdar et al., IEEE TED
 * 68(10), 4925, 2021, Tables I and II).
 */
import { describe, expect, test } from 'vitest';
import { WeakResetArray } from '../../../../src/arch/index.js';
import {
  type DevicePairs,
  PairKernels,
  type PairSettings,
  pulsesOf,
} from '../../../../src/arch/networks/binary/index.js';
import { MatrixKernels } from '../../../../src/arch/tensor/index.js';
import { normalProbability, normalQuantile, philox } from '../../../../src/base/index.js';

const usual: PairSettings = {
  seed: 11,
  run: 0,
  spread: 'truncated',
  telegraph: 'everywhere',
  start: 'low',
  pink: true,
  taps: 15,
  noise: 'printed',
  rounding: 'nearest',
  mostPulses: 20,
  initialPulses: 0,
  budget: 0x7fffffff,
};
const silent = { telegraph: 'none', pink: false } as const;

interface Bench {
  readonly pairs: DevicePairs;
  /** One step; `of` gives the pulses of each pair. */
  readonly step: (of: (pair: number) => number) => void;
}

function bench(count: number, own: Partial<PairSettings> = {}, first = 0): Bench {
  const settings = { ...usual, ...own };
  const kernels = new MatrixKernels(
    PairKernels.bytes(settings.mostPulses) + PairKernels.bytesOfPairs(count) + 4 * count + 1024,
  );
  const array = kernels.array(count);
  const pulses = new Int32Array(array.buffer, array.byteOffset, count);
  const pairs = new PairKernels(kernels, settings).pairs(count, first);
  const step = (of: (pair: number) => number): void => {
    for (let i = 0; i < count; i++) pulses[i] = of(i);
    pairs.apply(pulses);
  };
  return { pairs, step };
}

const mixed = (k: number) => (i: number) => ((i * 7 + k * 13) % 31) - 15;

/** (1) to (6) in plain words, from the same counters: what the kernel is to compute. */
class Reference {
  pulses = 0;
  high = 0;
  readonly #device: number;
  readonly #own: PairSettings;

  constructor(device: number, own: PairSettings) {
    this.#device = device;
    this.#own = own;
  }

  #draw(block: number, purpose: number): number[] {
    return philox([this.#device, block, 0, purpose], [this.#own.seed, this.#own.run]);
  }

  #halves(block: number, purpose: number): number[] {
    return this.#draw(block, purpose).flatMap((word) => [word & 0xffff, word >>> 16]);
  }

  apply(n: number): void {
    if (n === 0) return;
    this.pulses += n;
    // Powers of the matrix T = [[1 − ph, ph], [pl, 1 − pl]], one by one.
    let [up, down] = [0, 0];
    for (let k = 0; k < n; k++) {
      up = up * (1 - 2e-3) + (1 - up) * 8e-4;
      down = down * (1 - 8e-4) + (1 - down) * 2e-3;
    }
    const chance = this.#draw(this.pulses, 0x32540003)[0] / 4294967296;
    if (this.#own.telegraph !== 'none' && chance < (this.high === 1 ? down : up))
      this.high = 1 - this.high;
  }

  get gap(): number {
    const { spread, pink, telegraph, taps } = this.#own;
    const parts = this.#halves(0, 0x32540001);
    const p = parts.map((half) => ((half & 0x3fff) + 0.5) / 16384);
    const whole = spread === 'printed';
    const normal = (u: number, mean: number, sigma: number, least: number, most: number) => {
      const ends = whole ? [-Infinity, Infinity] : [least, most];
      const [a, b] = ends.map((end) => normalProbability((end - mean) / sigma));
      return mean + sigma * normalQuantile(a + u * (b - a));
    };
    const exponential = (u: number, offset: number, scale: number, most: number) =>
      offset - scale * Math.log(1 - u * (whole ? 1 : 1 - Math.exp(-(most - offset) / scale)));
    // Table I, with the digits and ends of the authors' program.
    const drawn = {
      m1: exponential(p[0], 3.7415768e-5, 6.564678e-4, 7.6e-3),
      c1: normal(p[1], 5.293141e-3, 5.3208042e-2, -0.15, 0.15),
      tstar: normal(p[2], Math.log(542.5385), 0.80338177, Math.log(41), Math.log(2000)),
      m2: exponential(p[3], 0, 2.8890517e-5, 1.3e-4),
      r0: normal(p[4], 6988, 381.7, 6252, 7897),
      a: 0.5 * ((parts[5] + 0.5) / 65536),
    };
    const means = {
      m1: 3.7415768e-5 + 6.564678e-4,
      c1: 5.293141e-3,
      tstar: Math.log(542.5385),
      m2: 2.8890517e-5,
      r0: 6988,
      a: 0.25,
    };
    const { m1, c1, tstar, m2, r0, a } = spread === 'none' ? means : drawn;
    const knee = Math.exp(tstar);
    const t = this.pulses;
    const mean = t < knee ? m1 * t + c1 : m2 * t + (m1 - m2) * knee + c1;
    const on = this.high === 1 && (telegraph === 'everywhere' || t >= knee);
    let noise = on ? a : 0;
    let h = 1;
    for (let r = 0; pink && r < taps; r++) {
      if (r > 0) h *= (r - 0.5) / r;
      noise += 0.025 * h * this.#white(t + 16 - r);
    }
    return mean + noise + Math.log(r0 / 6988);
  }

  #white(k: number): number {
    const u = ((this.#halves(k >>> 3, 0x32540002)[k & 7] & 0x3fff) + 0.5) / 16384;
    return this.#own.noise === 'program' ? u : normalQuantile(u);
  }
}

describe('the kernel computes what is written', () => {
  test.each<Partial<PairSettings>>([
    {},
    { taps: 16, telegraph: 'behind-knee', seed: 5 },
    { spread: 'none' },
    { spread: 'printed', ...silent },
    { spread: 'none', ...silent },
    { noise: 'program', telegraph: 'none' },
  ])('%j', (own) => {
    const settings = { ...usual, ...own };
    const { pairs, step } = bench(300, own, 40);
    const devices = Array.from({ length: 600 }, (_, k) => new Reference(40 + k, settings));
    for (let k = 0; k < 60; k++) {
      step(mixed(k));
      for (let i = 0; i < 300; i++) {
        const n = mixed(k)(i);
        devices[n > 0 ? 2 * i : 2 * i + 1].apply(Math.abs(n));
      }
    }
    const states = devices.map(({ pulses, high }) => pulses + high * 2 ** 31);
    expect([...pairs.words]).toEqual(states);
    if (settings.telegraph !== 'none')
      expect(devices.filter(({ high }) => high === 1).length).toBeGreaterThan(20);
    // Gaps are singles, made of singles; the table of white numbers is scaled to a variance of 1.
    devices.forEach((device, k) => {
      expect(Math.abs(pairs.gaps[k] - device.gap)).toBeLessThan(1e-5);
    });
    for (let i = 0; i < 300; i++)
      expect(pairs.weights[i]).toBe(pairs.gaps[2 * i] >= pairs.gaps[2 * i + 1] ? 1 : -1);
  });
});

test('ln R is distributed as that of the other implementation', () => {
  // Two samples of 20 000: the Kolmogorov–Smirnov distance stays below 1.63·√(2/20000) at p = 0.01.
  const n = 20_000;
  const { pairs, step } = bench(n / 2, { mostPulses: 100 });
  const array = new WeakResetArray(n, { seed: 77 });
  for (const t of [100, 1000]) {
    const before = array.pulses[0];
    for (let k = before; k < t; k += 100) {
      step(() => 100);
      step(() => -100);
      array.apply(100);
    }
    const other = new Float64Array(n);
    array.readResistances(other);
    const logarithms = other.map((r) => Math.log(r / 6988)).sort();
    const own = pairs.gaps.slice().sort();
    let [i, j, distance] = [0, 0, 0];
    while (i < n && j < n) {
      if (own[i] <= logarithms[j]) i++;
      else j++;
      distance = Math.max(distance, Math.abs(i - j) / n);
    }
    expect(distance).toBeLessThan(0.0163);
  }
});

test('noise has the spread and the occupancy of Table II', () => {
  const { pairs, step } = bench(10_000, { spread: 'none', telegraph: 'none' });
  const start = pairs.gaps.slice();
  step(() => 1);
  const deviation = (values: number[]): number => {
    const mean = values.reduce((a, b) => a + b) / values.length;
    return Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length);
  };
  const firsts = Array.from({ length: 10_000 }, (_, i) => i);
  // 0.025·√Σh² and that of the differences h_r − h_{r−1}, 15 coefficients, computed apart; a deviation
  // of 10⁴ numbers is off by 0.7 % (one sigma).
  expect(Math.abs(deviation(firsts.map((i) => pairs.gaps[2 * i])) / 0.0346681 - 1)).toBeLessThan(
    0.025,
  );
  const steps = firsts.map((i) => pairs.gaps[2 * i] - start[2 * i]);
  expect(Math.abs(deviation(steps) / 0.0284537 - 1)).toBeLessThan(0.025);
  const telegraph = bench(10_000, { spread: 'none', pink: false, mostPulses: 4000 });
  telegraph.step(() => 4000);
  const high = [...telegraph.pairs.words].filter((word) => word >= 2 ** 31).length;
  // 8e-4/(8e-4 + 2e-3); three sigma of 10⁴ draws.
  expect(Math.abs(high / 10_000 - 0.285714)).toBeLessThan(0.0136);
});

describe('a pair is the same', () => {
  test('in any part of the population', () => {
    const whole = bench(100);
    const parts = [bench(60), bench(40, {}, 120)];
    for (let k = 0; k < 30; k++) {
      whole.step(mixed(k));
      parts[1].step((i) => mixed(k)(i + 60));
      parts[0].step(mixed(k));
    }
    const joined = parts.flatMap(({ pairs }) => [...pairs.gaps]);
    expect(joined).toEqual([...whole.pairs.gaps]);
    expect(parts.flatMap(({ pairs }) => [...pairs.weights])).toEqual([...whole.pairs.weights]);
  });

  test('after zero pulses, and in mean and pink noise however pulses are grouped', () => {
    const [single, grouped] = [bench(50, { telegraph: 'none' }), bench(50, { telegraph: 'none' })];
    for (let k = 0; k < 40; k++) single.step(() => 1);
    for (const n of [2, 13, 0, 20, 5]) grouped.step(() => n);
    expect(grouped.pairs.gaps).toEqual(single.pairs.gaps);
  });

  test('when it is restored', () => {
    for (const noise of ['printed', 'program'] as const) {
      const first = bench(200, { noise, start: 'stationary' });
      for (let k = 0; k < 20; k++) first.step(mixed(k));
      const second = bench(200, { noise, start: 'stationary' });
      second.pairs.restore(structuredClone(first.pairs.save()));
      expect(second.pairs.weights).toEqual(first.pairs.weights);
      first.step(mixed(20));
      second.step(mixed(20));
      expect(second.pairs.gaps).toEqual(first.pairs.gaps);
      expect(second.pairs.weights).toEqual(first.pairs.weights);
    }
  });
});

test('amplitudes of the program change with each step, also without pulses', () => {
  const own = { noise: 'program', spread: 'none', pink: false, start: 'stationary' } as const;
  const { pairs, step } = bench(4000, own);
  const seen = [0, 1, 2].map(() => {
    step(() => 0);
    return pairs.weights.slice();
  });
  // All gaps are equal, so that only amplitudes decide: a pair whose first device alone is high has
  // +1; of those with both high, P = .0816, half change sign from one step to the next.
  const high = (k: number): boolean => pairs.words[k] >= 2 ** 31;
  let both = 0;
  let changed = 0;
  for (let i = 0; i < 4000; i++) {
    if (high(2 * i) !== high(2 * i + 1)) expect(seen[1][i]).toBe(high(2 * i) ? 1 : -1);
    if (!high(2 * i) || !high(2 * i + 1)) continue;
    both++;
    if (seen[0][i] !== seen[1][i]) changed++;
  }
  expect(both).toBeGreaterThan(250);
  expect(Math.abs(changed / both - 0.5)).toBeLessThan(0.1);
});

test('a budget ends the pulses of a device', () => {
  const { pairs, step } = bench(10, { budget: 50 });
  for (let k = 0; k < 4; k++) step((i) => (i < 5 ? 20 : -15));
  const pulses = [...pairs.words].map((word) => word & 0x7fffffff);
  expect(pulses).toEqual(
    Array.from({ length: 20 }, (_, k) => (k % 2 === (k < 10 ? 0 : 1) ? 50 : 0)),
  );
  expect(pairs.statistics()).toMatchObject({ devices: 20, pulses: 500, mostPulses: 50 });
});

test('steps become whole numbers of pulses', () => {
  const of = (rounding: PairSettings['rounding']): number[] => {
    const steps = Float32Array.from([0.5, 1.5, -0.4, -0.6, -2.5, 13.6, 99, -99]);
    return [...pulsesOf(steps, { rounding, mostPulses: 14 })];
  };
  // Halves to the even number, as IEEE 754 rounds.
  expect(of('nearest')).toEqual([0, 2, 0, -1, -2, 14, 14, -14]);
  expect(of('truncate')).toEqual([0, 1, 0, 0, -2, 13, 14, -14]);
  expect(of('floor')).toEqual([0, 1, -1, -1, -3, 13, 14, -14]);
});
