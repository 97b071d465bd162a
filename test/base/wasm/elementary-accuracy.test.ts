import { describe, expect, test } from 'vitest';
import { philox } from '../../../src/base/random.js';
import type { ElementaryFunction } from '../../../src/base/wasm/elementary-functions.js';
import { elementaryModule } from './elementary-module.js';
import { exactFunctions, fixed, ulps } from './exact-functions.js';

/** Two uniform numbers decide a sample. */
type Draw = (u: number, v: number) => number;
const uniform =
  (low: number, high: number): Draw =>
  (u) =>
    low + (high - low) * u;
/** Uniform in the exponent, of either sign. */
const scales =
  (low: number, high: number): Draw =>
  (u, v) =>
    (v < 0.5 ? -1 : 1) * 2 ** (low + (high - low) * u);
const positive =
  (low: number, high: number): Draw =>
  (u) =>
    2 ** (low + (high - low) * u);
const nearOne =
  (low: number, high: number): Draw =>
  (u, v) =>
    1 + scales(low, high)(u, v);
/** The doubles next to multiples of π/2, where reduction cancels most. */
const nearQuarters: Draw = (u) => (Math.round(1.2e6 * (u - 0.5)) * Math.PI) / 2;

const circular = [
  uniform(-1, 1),
  uniform(-20, 20),
  scales(-30, 20),
  scales(20, 1023),
  nearQuarters,
];

/** Bounds in ulp: what the docstrings promise, confirmed with 4000 samples of each range by mpmath. */
const cases: readonly [ElementaryFunction, bound: number, readonly Draw[]][] = [
  ['exp', 0.52, [uniform(-1, 1), uniform(-40, 40), uniform(-708, 709.78), scales(-60, 9)]],
  // results near the smallest normal number and below it are rounded twice
  ['exp', 0.8, [uniform(-745.1, -707)]],
  ['expm1', 2, [uniform(-1, 1), uniform(-0.01, 0.01), uniform(-45, 45), scales(-60, 9)]],
  ['log', 0.76, [uniform(0.9, 1.1), uniform(0.5, 2), positive(-1074, 1023), nearOne(-52, -5)]],
  ['log1p', 1.5, [uniform(-0.99, 1), scales(-60, -1), positive(-60, 1000)]],
  ['log10', 0.52, [uniform(0.9, 1.1), positive(-1074, 1023), nearOne(-52, -5)]],
  ['sin', 0.9, circular],
  ['cos', 0.9, circular],
  ['tan', 2, circular],
  ['asin', 2.5, [uniform(-1, 1), scales(-30, 0)]],
  ['acos', 2.5, [uniform(-1, 1), scales(-30, 0)]],
  ['atan', 1.5, [uniform(-1, 1), uniform(-40, 40), scales(-60, 60)]],
  ['sinh', 2.5, [uniform(-1, 1), uniform(-25, 25), scales(-60, 9), uniform(709, 710.47)]],
  ['cosh', 2.5, [uniform(-1, 1), uniform(-25, 25), uniform(709, 710.47)]],
  ['tanh', 2.5, [uniform(-1, 1), uniform(-25, 25), scales(-60, 5)]],
  ['asinh', 2.5, [uniform(-1, 1), scales(-60, 500)]],
  ['acosh', 2.5, [uniform(1, 3), positive(0, 500)]],
  ['atanh', 2.5, [uniform(-1, 1), scales(-60, -1)]],
];

const pairs: readonly [ElementaryFunction, bound: number, readonly (readonly [Draw, Draw])[]][] = [
  [
    'pow',
    0.6,
    [
      [positive(-3, 3), uniform(-20, 20)],
      [positive(-1000, 1000), uniform(-1, 1)],
      [positive(-1074, -1022), uniform(-0.9, 0.9)],
      [uniform(0.9, 1.1), uniform(-6000, 6000)],
      // (1 + d)^y with d y of size 1: the logarithm's tail decides
      [nearOne(-30, -29), scales(28, 33)],
    ],
  ],
  [
    'atan2',
    1.5,
    [
      [uniform(-1, 1), uniform(-1, 1)],
      [scales(-300, 300), scales(-300, 300)],
      [scales(1010, 1023), scales(1010, 1023)],
      [scales(-1030, -1000), scales(-1030, -1000)],
    ],
  ],
];

const count = 40;
const calls = elementaryModule();

/** Uniform numbers that are the same in every run. */
function uniforms(range: number, sample: number): number[] {
  return philox([range, sample, 0, 0], [7, 0]).map((word) => (word + 0.5) / 2 ** 32);
}

function worst(name: ElementaryFunction, draw: (u: number[]) => number[], range: number): number {
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const [x, y = 0] = draw(uniforms(range, i));
    const exact = exactFunctions[name](fixed(x), fixed(y));
    largest = Math.max(largest, ulps(calls[name](x, y), exact));
  }
  return largest;
}

describe('accuracy in units of the last place', () => {
  test.each(cases)('%s within %d', (name, bound, draws) => {
    const errors = draws.map((draw, range) => worst(name, ([u, v]) => [draw(u, v)], range));
    expect(Math.max(...errors), errors.join(' ')).toBeLessThan(bound);
  });

  test.each(pairs)('%s within %d', (name, bound, draws) => {
    const errors = draws.map(([first, second], range) =>
      worst(name, ([u, v, w, z]) => [first(u, v), second(w, z)], range),
    );
    expect(Math.max(...errors), errors.join(' ')).toBeLessThan(bound);
  });

  test('the reference itself: known digits', () => {
    // e, ln 10, sin 1 and atan 2 rounded to doubles, as printed in Abramowitz and Stegun, table 1.1 ff.
    const known: [string, number, number][] = [
      ['exp', 1, 2.718281828459045],
      ['log', 10, 2.302585092994046],
      ['sin', 1, 0.8414709848078965],
      ['atan', 2, 1.1071487177940904],
    ];
    for (const [name, x, value] of known) {
      expect(ulps(value, exactFunctions[name](fixed(x), 0n)), name).toBeLessThanOrEqual(0.5);
    }
  });
});
