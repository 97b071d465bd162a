/** Signs of pairs as sense amplifiers read them. */
import { describe, expect, test } from 'vitest';
import { type CharacteristicData, TransferCharacteristic } from '../../../../src/arch/index.js';
import {
  PairKernels,
  type PairSettings,
  SensedPairs,
  senseMismatch,
  senseQuantiles,
  type SenseSettings,
} from '../../../../src/arch/networks/binary/index.js';
import { MatrixKernels } from '../../../../src/arch/tensor/index.js';

const slope = 40;
const middle = 0.01;
const chanceAt = (x: number): number => 1 / (1 + Math.exp(-slope * (x - middle)));

/** Chances of +1 between ±0.4. */
function amplifier(of: (x: number) => number, kind = 'probability'): TransferCharacteristic {
  const knots = Array.from({ length: 161 }, (_, k) => -0.4 + k / 200);
  const bound = { absolute: 0, ofRange: 0, met: true };
  return new TransferCharacteristic({
    name: 'amplifier',
    inputs: [{ kind: 'continuous', name: 'ratio', unit: '', scale: 'linear', knots }],
    outputs: [{ kind, name: 'p', unit: '', values: knots.map(of), bound }],
    provenance: { circuitHash: 'abc' },
  } as unknown as CharacteristicData);
}
const quantiles = senseQuantiles(amplifier(chanceAt).function('p', { outside: 'clamp' }));

const pairSettings: PairSettings = {
  seed: 3,
  run: 0,
  spread: 'none',
  telegraph: 'none',
  start: 'low',
  pink: false,
  taps: 15,
  noise: 'printed',
  rounding: 'nearest',
  mostPulses: 14,
  initialPulses: 0,
  budget: 0x7fffffff,
};
const usual: SenseSettings = { during: 'both', errors: 'offset', column: 'input', seed: 3 };

/** Neurons of `width` inputs, all of whose pairs have the same ln(R_BL/R_BLb). */
function sensed(width: number, neurons: number, ratio: number, own: Partial<SenseSettings> = {}) {
  const count = width * neurons;
  const kernels = new MatrixKernels(PairKernels.bytes(14) + PairKernels.bytesOfPairs(count) + 1024);
  const pairs = new PairKernels(kernels, pairSettings).pairs(count, 0);
  for (let k = 0; k < count; k++) [pairs.gaps[2 * k], pairs.gaps[2 * k + 1]] = [ratio, 0];
  return new SensedPairs(pairs, width, quantiles, { ...usual, ...own }, 0);
}
const ones = (weights: ArrayLike<number>): number =>
  Array.from(weights).filter((weight) => weight === 1).length;

test('offsets have the chances of the circuit as their distribution', () => {
  // Inverse of the logistic function; the domain ends where it is 2e-7 and 1 − 2e-7.
  for (const p of [0.001, 0.1, 0.4, 0.5, 0.8, 0.999])
    expect(quantiles[Math.floor(p * 16384)]).toBeCloseTo(middle + Math.log(p / (1 - p)) / slope, 3);
  // Dents of few runs do not matter: the largest chance so far counts.
  const dented = amplifier((x) => (x > 0 && x < 0.05 ? 0.5 : chanceAt(x)));
  const own = senseQuantiles(dented.function('p', { outside: 'clamp' }));
  expect(own.every((offset, k) => k === 0 || offset >= own[k - 1])).toBe(true);
});

test.each([-0.03, 0, 0.01, 0.06])('of many amplifiers as many decide for +1: ratio %f', (ratio) => {
  const width = 20_000;
  const p = chanceAt(ratio);
  const share = ones(sensed(width, 1, ratio).weights) / width;
  // 4.5 standard deviations of a binomial share.
  expect(Math.abs(share - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / width));
});

describe('an offset stays with its amplifier', () => {
  const rowsOf = ({ weights }: SensedPairs, width: number): string[] =>
    Array.from({ length: weights.length / width }, (_, n) =>
      weights.subarray(n * width, (n + 1) * width).join(),
    );

  test('whose column is of an input, for all neurons and readings', () => {
    const own = sensed(200, 3, 0.01);
    const [first, ...others] = rowsOf(own, 200);
    expect(others).toEqual([first, first]);
    expect(ones(own.weights)).toBeGreaterThan(150);
    expect(ones(own.weights)).toBeLessThan(450);
    own.look('evaluation');
    expect(rowsOf(own, 200)[0]).toBe(first);
  });

  test('whose column is of a neuron', () => {
    const own = sensed(50, 40, 0.01, { column: 'neuron' });
    const sums = rowsOf(own, 50).map((row) => new Set(row.split(',')).size);
    expect(new Set(sums)).toEqual(new Set([1]));
    expect(ones(own.weights) % 50).toBe(0);
  });

  test('or of two rows', () => {
    const rows = rowsOf(sensed(200, 4, 0.01, { rows: 2 }), 200);
    expect(rows[0]).toBe(rows[1]);
    expect(rows[2]).toBe(rows[3]);
    expect(rows[0]).not.toBe(rows[2]);
  });

  test('but is drawn anew where each reading errs', () => {
    const own = sensed(200, 2, 0.01, { errors: 'read' });
    const [first, second] = rowsOf(own, 200);
    expect(first).not.toBe(second);
    own.look('evaluation');
    expect(rowsOf(own, 200)[0]).not.toBe(first);
    own.look('training');
    expect(rowsOf(own, 200)[0]).toBe(first);
  });
});

test('amplifiers err only when they are asked to', () => {
  const own = sensed(500, 1, 0.01, { during: 'evaluation' });
  expect(ones(own.weights)).toBe(500);
  expect(own.misread()).toBe(0);
  own.look('evaluation');
  expect(own.misread()).toBe(500 - ones(own.weights));
  expect(own.misread()).toBeGreaterThan(100);
  own.update(new Float32Array(0));
  expect(ones(own.weights)).toBe(500);
});

test('what is no sense amplifier is refused', () => {
  expect(senseMismatch(amplifier(chanceAt))).toBeUndefined();
  expect(senseMismatch(amplifier(chanceAt, 'measure'))).toMatch(/is something else/);
  expect(senseMismatch(amplifier((x) => 1 - chanceAt(x)))).toMatch(/does not rise/);
});
