import { describe, expect, it } from 'vitest';
import { team } from '../../../src/devices/memristive/team.js';
import { simulate } from '../../../src/solver/index.js';
import { SingleInstance } from '../single-instance.js';

// Rosenthal et al. 2016, Table 1: the synapse's memristor.
const table1 = { kon: -100e-9, koff: 100e-9, ion: -1e-6, ioff: 1e-6, alphaon: 2, alphaoff: 2 };

/** The state after `duration` at constant drive, by Runge and Kutta's method on the compiled rate. */
function stateAfter(
  device: SingleInstance,
  volts: (r: number) => number,
  duration: number,
): number {
  const steps = 4000;
  const h = duration / steps;
  const row = device.unknown('s');
  const rate = (s: number): number => {
    device.set({ s, p: 0, n: 0 });
    device.set({ s, p: volts(device.outputs().get('r')!), n: 0 });
    device.evaluate();
    return -device.f(row);
  };
  let s = 0.5;
  for (let i = 0; i < steps; i++) {
    const k1 = rate(s);
    const k2 = rate(s + (h / 2) * k1);
    const k3 = rate(s + (h / 2) * k2);
    const k4 = rate(s + h * k3);
    s += (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return s;
}

describe('TEAM with the values of Table 1', () => {
  const device = new SingleInstance(team, { card: table1 });

  // Computed with numpy from the equations; s starts at 0.5.
  it.each([
    [0.05, 0],
    [-0.05, 0],
    [0.1, 0],
    [-0.1, 0],
    [0.18, 2.126503e-4],
    [-0.18, -2.130579e-4],
    [0.36, 2.236333e-3],
    [-0.36, -2.264357e-3],
    [0.5, 5.257212e-3],
    [-0.5, -5.399025e-3],
    [1, 2.549412e-2],
    [-1, -2.875986e-2],
  ])('%f V for 10 µs moves the state by %f', (volts, change) => {
    const moved = stateAfter(device, () => volts, 10e-6) - 0.5;
    expect(Math.abs(moved - change)).toBeLessThanOrEqual(1e-6 * Math.abs(change));
  });

  it('reaches 0.682782 after 100 µs at 1 V', () => {
    expect(stateAfter(device, () => 1, 100e-6)).toBeCloseTo(0.682782, 6);
  });

  it('runs to the bound within 100 µs at −1 V', () => {
    // Near the bound the rate is 1e9 /s and ends within 1e-4: implicit Euler, solved by bisection.
    const h = 1e-8;
    let s = 0.5;
    for (let step = 0; step < 10_000; step++) {
      let [low, high] = [0, s];
      for (let k = 0; k < 60; k++) {
        const middle = (low + high) / 2;
        device.set({ s: middle, p: -1, n: 0 });
        device.evaluate();
        if (middle - s + h * device.f(device.unknown('s')) > 0) high = middle;
        else low = middle;
      }
      s = high;
    }
    expect(s).toBeLessThan(1e-6);
  });

  it('moves the boundary by 1e-12 m with 2 µA for 10 µs', () => {
    const s = stateAfter(device, (r) => 2e-6 * r, 10e-6);
    expect((s - 0.5) * 3e-9).toBeCloseTo(1e-12, 20);
  });

  it('is 100.05 kΩ in the middle, 4472 Ω with the exponential law', () => {
    const middle = (law: number): number => {
      const subject = new SingleInstance(team, { card: { law } });
      subject.set({ p: 1, n: 0, s: 0.5 });
      return subject.outputs().get('r')!;
    };
    expect(middle(0)).toBeCloseTo(100_050, 6);
    // √(100·200 000)
    expect(middle(1)).toBeCloseTo(Math.sqrt(2e7), 6);
  });
});

describe('windows of TEAM', () => {
  /** Rate with a window over the rate without, at ±2 µA through the linear device. */
  function factor(
    window: number,
    s: number,
    sign: 1 | -1,
    more: Record<string, number> = {},
  ): number {
    const rate = (w: number): number => {
      const device = new SingleInstance(team, { card: { ...table1, ...more, window: w } });
      device.set({ s, p: sign * 2e-6 * (100 + 199_900 * s), n: 0 });
      device.evaluate();
      return device.f(device.unknown('s'));
    };
    return rate(window) / rate(0);
  }

  it.each([
    // s = 0.25, p = 2: 1 − 0.5⁴; 1 − 0.25⁴ and 1 − 0.75⁴; 1 − 0.8125².
    ['Joglekar', 1, 1, 0.9375],
    ['Biolek towards off', 2, 1, 0.99609375],
    ['Biolek towards on', 2, -1, 0.68359375],
    ['Prodromakis', 3, 1, 0.33984375],
  ] as const)('%s at s = 0.25', (_, window, sign, expected) => {
    expect(factor(window, 0.25, sign)).toBeCloseTo(expected, 12);
  });

  it('Kvatinsky: open in the middle, 1/e at the bounds, unless its edges are moved', () => {
    // exp(−exp(−1.5 n/107 p)) = 1 − 8.2e-7
    expect(factor(4, 0.5, 1)).toBeCloseTo(1 - 8.2e-7, 8);
    expect(factor(4, 0.999, 1)).toBeCloseTo(Math.exp(-Math.exp(-0.003 / 0.107)), 10);
    expect(factor(4, 0.001, -1)).toBeCloseTo(Math.exp(-Math.exp(-0.003 / 0.107)), 10);
    // The Technion's own edges freeze the middle: exp(−exp(0.3/0.107)).
    expect(factor(4, 0.5, 1, { aoff: 1.2e-9, aon: 2e-9 })).toBeCloseTo(
      Math.exp(-Math.exp(0.3 / 0.107)),
      12,
    );
  });
});

describe('bounds of TEAM', () => {
  const rate = (s: number, volts: number): number => {
    const device = new SingleInstance(team, { card: table1 });
    device.set({ s, p: volts, n: 0 });
    device.evaluate();
    return -device.f(device.unknown('s'));
  };

  it('stop the state and let it go again', () => {
    // It rests one absolute tolerance inside; at the bound itself it is pulled back.
    const { abstol } = team.states.s;
    expect(rate(1 - abstol, 5)).toBeCloseTo(0, 9);
    expect(rate(abstol, -5)).toBeCloseTo(0, 9);
    expect(rate(1, 5)).toBeLessThan(0);
    expect(rate(0, -5)).toBeGreaterThan(0);
    expect(rate(1, -5)).toBeLessThan(-1000);
    expect(rate(0, 5)).toBeGreaterThan(1000);
  });

  it('holds the state in an operating point', () => {
    const device = new SingleInstance(team, { card: { ...table1, s0: 0.3 } });
    device.memory.environment[4] = 1;
    device.set({ s: 0.45, p: 1, n: 0 });
    device.evaluate();
    expect(device.f(device.unknown('s'))).toBeCloseTo(0.15, 15);
  });
});

describe('an exponent of one', () => {
  it('gives a rate that is linear above the threshold and a finite derivative at it', () => {
    const device = new SingleInstance(team, { card: { ...table1, alphaoff: 1, alphaon: 1 } });
    // i = ioff exactly, then twice: ds/dt = koff·(i/ioff − 1)/D = 33.33 /s.
    for (const [amperes, expected] of [
      [1e-6, 0],
      [2e-6, 100 / 3],
    ]) {
      device.set({ s: 0.5, p: amperes * 100_050, n: 0 });
      device.evaluate();
      expect(-device.f(device.unknown('s'))).toBeCloseTo(expected, 6);
      expect(device.memory.jf.every(Number.isFinite)).toBe(true);
    }
  });
});

it('comes to its bounds however hard it is driven', async () => {
  // An exponent of 10, and currents to 9e5 times the threshold: (5) asks for 1e46 m/s.
  const { analyses, diagnostics } = await simulate(`hard drive
.model m team(alphaoff=10 alphaon=10 koff=1m kon=-1m)
v1 a 0 pwl(0 0 1n 1000 1u 1000 2u -1000 3u 0)
n1 a 0 m
.tran 1n 3u
.save @n1[s]
.end`);
  expect(diagnostics).toEqual([]);
  const { dataset } = analyses[0];
  const s = dataset.get('@n1[s]')!.real;
  const middle = dataset.scale.real.findIndex((t) => t >= 1e-6);
  expect(s[middle]).toBeCloseTo(1, 6);
  expect(s[dataset.length - 1]).toBeCloseTo(0, 6);
});
