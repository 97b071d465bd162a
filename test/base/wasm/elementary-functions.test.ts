import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ElementaryFunction } from '../../../src/base/wasm/elementary-functions.js';
import { elementary } from '../../../src/base/wasm/elementary-functions.js';
import {
  elementaryTableBytes,
  elementaryTables,
  writeElementaryTables,
} from '../../../src/base/wasm/elementary-tables.js';
import { WasmModule } from '../../../src/base/wasm/module-builder.js';
import { elementaryModule, elementaryNames } from './elementary-module.js';
import { exactFunctions, fixed, pi, ulps } from './exact-functions.js';

const calls = elementaryModule();

/** What `Math` and the operators of JavaScript say; it decides about signs, infinities and NaN. */
function javascript(name: ElementaryFunction, x: number, y: number): number {
  if (name === 'pow') return x ** y;
  if (name === 'mod') return x % y;
  return Math[name](x, y);
}

const two = new Set<ElementaryFunction>(['pow', 'atan2', 'mod']);

const edges = [
  0,
  5e-324,
  1e-310,
  2.2250738585072014e-308,
  1e-200,
  2 ** -54,
  1e-9,
  0.25,
  0.49999999999999994,
  0.5,
  0.75,
  1 - 2 ** -53,
  1,
  1 + 2 ** -52,
  1.5,
  2,
  2.5,
  3,
  10,
  21.5,
  22.5,
  707.9,
  708.5,
  709.7,
  709.79,
  710.4,
  710.5,
  745.1,
  745.2,
  746.5,
  1000,
  4503599627370495.5,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 63,
  1e20,
  1e200,
  1.7976931348623157e308,
  Infinity,
];
const numbers = [...edges, ...edges.map((x) => -x), NaN];

/** Equal with its sign where it is 0, infinite or NaN, else within the last places. */
function agrees(value: number, expected: number): boolean {
  if (expected === 0 || !Number.isFinite(expected)) return Object.is(value, expected);
  const unit = Math.max(2 ** -52 * Math.abs(expected), 2 ** -1074);
  return Math.abs(value - expected) <= 4 * unit;
}

describe('edge cases as in JavaScript', () => {
  test.each(elementaryNames.filter((name) => !two.has(name)))('%s', (name) => {
    const wrong = numbers.filter((x) => !agrees(calls[name](x), javascript(name, x, 0)));
    expect(wrong.map((x) => [x, calls[name](x), javascript(name, x, 0)])).toEqual([]);
  });

  test.each([...two])('%s', (name) => {
    const wrong = numbers
      .flatMap((x) => numbers.map((y): [number, number] => [x, y]))
      .filter(([x, y]) => !agrees(calls[name](x, y), javascript(name, x, y)))
      // V8's own power is wrong by hundreds of ulps where the base is next to 1
      .filter(([x, y]) => name !== 'pow' || !powIsRight(x, y));
    expect(wrong.map(([x, y]) => [x, y, calls[name](x, y), javascript(name, x, y)])).toEqual([]);
  });

  function powIsRight(x: number, y: number): boolean {
    const value = Math.abs(calls.pow(x, y));
    if (!(value > 0 && value < Infinity) || Math.abs(y) > 1e17) return false;
    return ulps(value, exactFunctions.pow(fixed(Math.abs(x)), fixed(y))) < 1;
  }
});

describe('identities', () => {
  const moderate = fc.double({ min: -300, max: 300, noNaN: true });
  const anything = fc.double();

  test('remainder and rounding are exact', () => {
    fc.assert(
      fc.property(anything, anything, (x, y) => {
        expect(calls.mod(x, y)).toBe(x % y);
        expect(calls.round(x)).toBe(Math.round(x));
        expect(calls.sign(x)).toBe(Math.sign(x));
      }),
      { numRuns: 2000 },
    );
    // every distance of exponents
    for (let e = -1074; e < 1024; e++) {
      expect(calls.mod(1.2345e308, 1.37 * 2 ** e)).toBe(1.2345e308 % (1.37 * 2 ** e));
    }
  });

  test('odd functions are odd and even ones even, bit for bit', () => {
    const odd = ['sin', 'tan', 'asin', 'atan', 'sinh', 'tanh', 'asinh', 'atanh'] as const;
    const even = ['cos', 'cosh'] as const;
    fc.assert(
      fc.property(anything, (x) => {
        for (const name of odd) expect(calls[name](-x)).toBe(-calls[name](x));
        for (const name of even) expect(calls[name](-x)).toBe(calls[name](x));
      }),
    );
  });

  test('log undoes exp', () => {
    fc.assert(
      fc.property(moderate, (x) => {
        // 0.52 ulp of e^x and 0.76 ulp of the logarithm
        expect(Math.abs(calls.log(calls.exp(x)) - x)).toBeLessThanOrEqual(
          2 ** -52 * (0.52 + 0.76 * Math.abs(x)),
        );
      }),
    );
  });

  test('exact powers and logarithms', () => {
    for (let e = -1022; e < 1024; e++) expect(calls.pow(2, e)).toBe(2 ** e);
    for (let e = 0; e <= 22; e++) {
      expect(calls.pow(10, e)).toBe(Number(10n ** BigInt(e)));
      expect(calls.log10(Number(10n ** BigInt(e)))).toBe(e);
    }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 94906265 }), (n) => {
        expect(calls.pow(n, 2)).toBe(n * n);
        expect(calls.pow(n * n, 0.5)).toBe(n);
      }),
    );
  });

  test('exp, tanh and log do not fall where the argument rises', () => {
    // Across the borders of the table's intervals, where pieces meet.
    for (const [name, from, step] of [
      ['exp', Math.LN2 / 256, 2 ** -60],
      ['log', 1 + 2 ** -8, 2 ** -52],
      ['log', 1 - 2 ** -9, 2 ** -53],
    ] as const) {
      let previous = calls[name](from - 64 * step);
      for (let i = -63; i <= 64; i++) {
        const next = calls[name](from + i * step);
        expect(next).toBeGreaterThanOrEqual(previous);
        previous = next;
      }
    }
  });
});

describe('tables', () => {
  const memory = new ArrayBuffer(elementaryTableBytes + 64);
  new Uint8Array(memory).fill(0xab);
  writeElementaryTables(memory);
  const view = new DataView(memory);

  test('end where they say', () => {
    expect(elementaryTableBytes % 64).toBe(0);
    const after = new Uint8Array(memory, elementaryTableBytes);
    expect(after.every((byte) => byte === 0xab)).toBe(true);
  });

  test('powers of two: the 128th power of each is a power of 2', () => {
    const one = 1n << 1400n;
    for (let j = 0; j < 128; j++) {
      const address = elementaryTables.exponentials + 16 * j;
      const word = view.getBigUint64(address + 8, true) + (BigInt(j) << 45n);
      view.setBigUint64(elementaryTableBytes, word, true);
      const high = view.getFloat64(elementaryTableBytes, true);
      const tail = view.getFloat64(address, true);
      let value = (fixed(high) * (one + fixed(tail))) >> 1400n;
      for (let i = 0; i < 7; i++) value = (value * value) >> 1400n;
      const error = value - (one << BigInt(j));
      // the tail is rounded at 2⁻¹⁰⁶, which the power multiplies by 128
      const relative = Number(error >> BigInt(1200 + j)) * 2 ** -200;
      expect(Math.abs(relative)).toBeLessThan(2 ** -98);
    }
  });

  test('logarithms and arctangents', () => {
    const error = (high: number, low: number, exact: bigint): number =>
      Number((fixed(high) + fixed(low) - exact) >> 1200n) * 2 ** -200;
    for (let i = 0; i < 128; i++) {
      const at = (k: number): number =>
        view.getFloat64(elementaryTables.logarithms + 32 * i + 8 * k, true);
      const exact = -exactFunctions.log(fixed(at(0)), 0n);
      expect(Math.abs(error(at(1), at(2), exact))).toBeLessThan(2 ** -95);
      expect(at(1) * 2 ** 42).toBe(Math.round(at(1) * 2 ** 42));
    }
    for (let k = 0; k <= 16; k++) {
      const address = elementaryTables.arctangents + 16 * k;
      const exact = exactFunctions.atan(fixed(k / 16), 0n);
      const [high, low] = [view.getFloat64(address, true), view.getFloat64(address + 8, true)];
      expect(Math.abs(error(high, low, exact))).toBeLessThan(2 ** -105);
    }
  });

  test('2/π', () => {
    let digits = 0n;
    for (let i = 0; i < 39; i++) {
      const word = view.getUint32(elementaryTables.twoOverPi + 4 * i, true);
      digits = (digits << 32n) | BigInt(word);
    }
    // π as 1400 bits after the point, by Machin's formula
    expect(digits).toBe((2n << (1400n + 1184n)) / pi);
  });
});

test('only what is asked for is in a module', () => {
  const size = (name: ElementaryFunction): number => {
    const module = new WasmModule();
    module.export(name, elementary(module, name));
    expect(elementary(module, name)).toBe(elementary(module, name));
    return module.build().length;
  };
  expect(size('round')).toBeLessThan(150);
  expect(size('exp')).toBeLessThan(600);
});
