import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ConditionalSampler,
  OutsideDomain,
  readCharacteristic,
  TransferCharacteristic,
  writeCharacteristic,
} from '../../../src/arch/index.js';
import { uniform } from '../../../src/base/index.js';
import { characteristicOf, evenly } from './characteristic-of.js';

/** Compares all numbers to 12 digits behind the point. */
function expectNear(actual: Float64Array, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, k) => {
    expect(actual[k]).toBeCloseTo(value, 12);
  });
}

const volts = (name: string, knots: number[], scale: 'linear' | 'logarithmic' = 'linear') =>
  ({ kind: 'continuous', name, unit: 'V', scale, knots }) as const;

const random = (run: number, event: number): number =>
  uniform({ seed: 1, run, instance: '', draw: '', event });

describe('functions of one input', () => {
  const tanh = characteristicOf([volts('x', evenly(-2, 2, 33))], Math.tanh).function();

  test('1000 points of tanh lie within the error of cubic interpolation', () => {
    // h⁴/384·max|y⁗| = (1/8)⁴/384·4.1 = 2.6e-6, and slopes of fourth order add about as much.
    for (let k = 0; k < 1000; k++) {
      const x = -2 + 4 * random(k, 0);
      expect(Math.abs(tanh.value(x) - Math.tanh(x))).toBeLessThan(2e-5);
    }
  });

  test('the derivative is that of the function itself, by differences', () => {
    for (let k = 0; k < 100; k++) {
      const x = -1.9 + 3.8 * random(k, 1);
      const difference = (tanh.value(x + 1e-6) - tanh.value(x - 1e-6)) / 2e-6;
      expect(tanh.derivative(x)).toBeCloseTo(difference, 7);
    }
  });

  test('arrays give what single points give', () => {
    const x = Float64Array.from({ length: 500 }, (_, k) => -2 + 4 * random(k, 2));
    const [y, slope] = [new Float64Array(500), new Float64Array(500)];
    expect(tanh.evaluate([x], y, [slope])).toBe(0);
    x.forEach((at, k) => {
      expect(y[k]).toBeCloseTo(tanh.value(at), 13);
      expect(slope[k]).toBeCloseTo(tanh.derivative(at), 11);
    });
  });

  test('monotone data give a monotone function, whatever they are', () => {
    const steps = fc.array(fc.double({ min: 0, max: 5, noNaN: true }), {
      minLength: 2,
      maxLength: 20,
    });
    const widths = fc.array(fc.double({ min: 0.01, max: 3, noNaN: true }), {
      minLength: 20,
      maxLength: 20,
    });
    fc.assert(
      fc.property(steps, widths, (rises, gaps) => {
        let [x, y] = [0, 0];
        const knots = [0, ...rises.map((_, k) => (x += gaps[k]))];
        const values = [0, ...rises.map((rise) => (y += rise))];
        const f = characteristicOf(
          [volts('x', knots)],
          (at) => values[knots.indexOf(at)],
        ).function();
        let before = -1e-9;
        for (let k = 0; k <= 200; k++) {
          const now = f.value(Math.min((x * k) / 200, x));
          expect(now).toBeGreaterThanOrEqual(before - 1e-12 * (1 + y));
          before = now;
        }
        expect(before).toBeCloseTo(y, 9);
      }),
      { numRuns: 100 },
    );
  });

  test('on a logarithmic scale a power law is exact in few knots, with its derivative', () => {
    const decades = volts('x', [1, 10, 100, 1000], 'logarithmic');
    const log = characteristicOf([decades], (x) => 3 * Math.log10(x)).function();
    // A straight line over the logarithm: exact.
    expect(log.value(50)).toBeCloseTo(3 * Math.log10(50), 12);
    expect(log.derivative(50)).toBeCloseTo(3 / (50 * Math.LN10), 12);
    const [slope, y] = [new Float64Array(1), new Float64Array(1)];
    log.evaluate([Float64Array.of(50)], y, [slope]);
    expect(slope[0]).toBeCloseTo(3 / (50 * Math.LN10), 12);
  });
});

describe('functions of several inputs', () => {
  const f = (x: number, y: number): number => Math.tanh(x) * Math.exp(-y);
  const both = characteristicOf([volts('x', evenly(-2, 2, 33)), volts('y', evenly(0, 1, 9))], f);

  test('a product of functions, with its gradient', () => {
    const g = both.function();
    const gradient = new Float64Array(2);
    for (let k = 0; k < 1000; k++) {
      const [x, y] = [-2 + 4 * random(k, 3), random(k, 4)];
      // (1/8)⁴/384 for each factor, as above.
      expect(Math.abs(g.value(x, y) - f(x, y))).toBeLessThan(4e-5);
      g.valueWithGradient([x, y], gradient);
      expect(Math.abs(gradient[0] - f(x, y) * (1 / Math.tanh(x) - Math.tanh(x)))).toBeLessThan(
        2e-3,
      );
      expect(Math.abs(gradient[1] + f(x, y))).toBeLessThan(2e-3);
    }
  });

  test('the gradient of three inputs, by differences', () => {
    const three = characteristicOf(
      ['x', 'y', 'z'].map((name) => volts(name, evenly(-1, 1, 6))),
      (x, y, z) => Math.sin(2 * x + y) * Math.exp(z),
    ).function();
    const gradient = new Float64Array(3);
    for (let k = 0; k < 50; k++) {
      const point = [7, 8, 9].map((event) => -0.9 + 1.8 * random(k, event));
      three.valueWithGradient(point, gradient);
      point.forEach((_, i) => {
        const at = (by: number): number =>
          three.value(...point.map((x, j) => (j === i ? x + by : x)));
        expect(gradient[i]).toBeCloseTo((at(1e-6) - at(-1e-6)) / 2e-6, 6);
      });
    }
  });

  test('fixing an input gives the function of the others', () => {
    const g = both.function();
    const alongX = both.function('y', { fixed: { y: 0.37 } });
    const alongY = both.function('y', { fixed: { x: -0.71 } });
    for (let k = 0; k < 50; k++) {
      const x = -2 + 4 * random(k, 5);
      expect(alongX.value(x)).toBeCloseTo(g.value(x, 0.37), 13);
      expect(alongY.value(random(k, 6))).toBeCloseTo(g.value(-0.71, random(k, 6)), 13);
    }
  });

  test('three inputs with a discrete one between them', () => {
    const corner = {
      kind: 'discrete',
      name: 'corner',
      unit: '',
      values: [1, 2],
      labels: ['tt', 'ff'],
    };
    const three = characteristicOf(
      [
        volts('x', evenly(0, 1, 5)),
        corner as never,
        volts('y', evenly(0, 2, 4)),
        volts('z', [0, 3, 4]),
      ],
      (x, c, y, z) => c * (x + 2 * y) * (1 + z),
    );
    // Linear along each axis: exact.
    const g = three.function('y', { fixed: { corner: 'ff' } });
    expect(g.value(0.3, 1.1, 2)).toBeCloseTo(2 * (0.3 + 2.2) * 3, 12);
    const h = three.function('y', { fixed: { corner: 1, y: 1.5 } });
    expect(h.value(0.3, 2)).toBeCloseTo((0.3 + 3) * 3, 12);
    const arrays = [Float64Array.of(0.1, 0.9), Float64Array.of(0.2, 1.9), Float64Array.of(0, 4)];
    const [y, slopes] = [new Float64Array(2), arrays.map(() => new Float64Array(2))];
    g.evaluate(arrays, y, slopes);
    expectNear(y, [1, 2 * (0.9 + 3.8) * 5]);
    expectNear(slopes[2], [1, 2 * (0.9 + 3.8)]);
    expect(() => three.function()).toThrow("'corner' has several values: fix it at one of tt, ff");
    expect(() => three.function('y', { fixed: { corner: 'ss' } })).toThrow("'corner' cannot be ss");
    expect(() => three.function('z')).toThrow("has no output 'z'; did you mean 'y'?");
  });
});

describe('outside of the domain', () => {
  const line = characteristicOf([volts('x', [0, 1, 2])], (x) => 3 * x);

  test('by default a function refuses, and says what it knows', () => {
    const f = line.function();
    expect(() => f.value(2.1)).toThrow(OutsideDomain);
    expect(() => f.value(2.1)).toThrow(
      'x = 2.10000 V lies outside of what was characterized, 0 V to',
    );
    expect(() => f.evaluate([Float64Array.of(1, -0.1)], new Float64Array(2))).toThrow(
      OutsideDomain,
    );
    expect(() => f.value(NaN)).toThrow(OutsideDomain);
    expect(f.value(2 + 1e-13)).toBeCloseTo(6, 12);
  });

  test('it clamps and counts, with slope 0, where that is asked for', () => {
    const f = line.function('y', { outside: 'clamp' });
    const [y, slope] = [new Float64Array(3), new Float64Array(3)];
    expect(f.evaluate([Float64Array.of(-1, 1, 5)], y, [slope])).toBe(2);
    expectNear(y, [0, 3, 6]);
    expectNear(slope, [0, 3, 0]);
    expect(f.value(NaN)).toBeNaN();
    expect(f.outside).toBe(3);
  });

  test('it flags with NaN, where that is asked for', () => {
    const f = line.function('y', { outside: 'flag' });
    expect(f.value(-1)).toBeNaN();
    expect(f.outside).toBe(1);
  });
});

describe('random outputs', () => {
  test('draws from quantiles have their distribution, and are keyed by number', () => {
    // A uniform distribution of width x: its quantile function is x·p.
    const wide = characteristicOf(
      [volts('x', [0, 1, 2]), { ...volts('probability', [0, 0.5, 1]), unit: '' }],
      (x, p) => x * p,
      'quantile',
    ).function();
    const sampler = new ConditionalSampler(wide);
    const x = new Float64Array(20000).fill(2);
    const y = new Float64Array(20000);
    const key = { seed: 7, stream: 1, step: 0 };
    sampler.draw([x], y, key);
    // Mean 1 and deviation 2/√12, so that the mean of 20000 is off by 0.0041 in one sigma.
    expect(Math.abs(y.reduce((sum, v) => sum + v, 0) / 20000 - 1)).toBeLessThan(0.0164);
    const tail = new Float64Array(100);
    sampler.draw([x.subarray(0, 100)], tail, { ...key, first: 19900 });
    expect(tail).toEqual(y.slice(19900));
  });

  test('an event happens as often as its probability says', () => {
    const fires = characteristicOf([volts('x', [0, 1])], (x) => x, 'probability').function();
    const y = new Float64Array(20000);
    new ConditionalSampler(fires).draw([y.map(() => 0.3)], y, { seed: 7, stream: 2, step: 0 });
    // Deviation √(0.3·0.7/20000) = 0.0032.
    expect(Math.abs(y.reduce((sum, v) => sum + v, 0) / 20000 - 0.3)).toBeLessThan(0.013);
  });

  test('what is not random cannot be drawn from', () => {
    const sure = characteristicOf([volts('x', [0, 1])], (x) => x).function();
    expect(() => new ConditionalSampler(sure)).toThrow("'y' is not random: it is a value");
  });
});

describe('files', () => {
  const some = characteristicOf([volts('x', evenly(0, 1, 7), 'linear')], (x) => Math.sin(x) / 3);

  test('a file gives back what was written, to the last bit', () => {
    const { characteristic, diagnostics } = readCharacteristic({
      name: 'a.json',
      text: writeCharacteristic(some),
    });
    expect(diagnostics).toEqual([]);
    expect(characteristic).toBeInstanceOf(TransferCharacteristic);
    expect(characteristic!.data).toEqual(some.data);
  });

  test.each([
    ['{', 'it is not JSON'],
    ['null', "its format is not 'oxspice transfer characteristic'"],
    [writeCharacteristic(some).replace('"version": 1', '"version": 9'), 'its version is 9'],
    [writeCharacteristic(some).replace('"knots": [0,', '"knots": [1,'), 'its knots do not ascend'],
    [writeCharacteristic(some).replace('"values": [0,', '"values": ['), 'it has 6 values'],
    [writeCharacteristic(some).replace('"linear"', '"logarithmic"'), 'must be positive'],
  ])('a file that cannot be used is refused with a reason', (text, reason) => {
    const { characteristic, diagnostics } = readCharacteristic({ name: 'a.json', text });
    expect(characteristic).toBeUndefined();
    expect(diagnostics[0].message).toContain(reason);
    expect(diagnostics[0].message).toContain("'a.json'");
  });
});
