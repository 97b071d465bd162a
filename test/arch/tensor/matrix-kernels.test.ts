import { expect, test } from 'vitest';
import { Matrix } from 'ml-matrix';
import { MatrixKernels } from '../../../src/arch/tensor/index.js';

const random = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, (_, k) => Math.sin(seed + 12.9898 * k) * 1.7);

// ml-matrix computes in doubles; the sum of k products of singles is off by at most k·2⁻²³ of their
// absolute sum (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1).
test.each([
  [1, 1, 1, false, false],
  [4, 8, 4, false, false],
  [5, 9, 7, true, false],
  [37, 10, 300, false, true],
  [70, 33, 513, true, true],
])('%i × %i by %i, transposed %s and %s', (m, n, k, transposeA, transposeB) => {
  const kernels = new MatrixKernels(4 << 20);
  const [a, b, c] = [kernels.array(m * k), kernels.array(k * n), kernels.array(m * n)];
  a.set(random(m * k, 1));
  b.set(random(k * n, 2));
  c.set(random(m * n, 3));
  const of = (rows: number, columns: number, values: Float32Array): Matrix =>
    Matrix.from1DArray(rows, columns, [...values]);
  const left = transposeA ? of(k, m, a).transpose() : of(m, k, a);
  const right = transposeB ? of(n, k, b).transpose() : of(k, n, b);
  const expected = left.mmul(right).add(of(m, n, c));
  const bound = left
    .clone()
    .abs()
    .mmul(right.clone().abs())
    .add(of(m, n, c).abs());
  kernels.multiply({ a, b, c, m, n, k, transposeA, transposeB, accumulate: true });
  for (let i = 0; i < m * n; i++)
    expect(Math.abs(c[i] - expected.to1DArray()[i])).toBeLessThanOrEqual(
      (k + 1) * 2 ** -23 * bound.to1DArray()[i],
    );
});

test('a part of the rows has the bits of the whole', () => {
  const kernels = new MatrixKernels(4 << 20);
  const [m, n, k] = [67, 21, 300];
  const [a, b, c, d] = [m * k, k * n, m * n, m * n].map((length) => kernels.array(length));
  a.set(random(m * k, 1));
  b.set(random(k * n, 2));
  kernels.multiply({ a, b, c, m, n, k });
  kernels.multiply({ a: a.subarray(13 * k), b, c: d.subarray(13 * n), m: m - 13, n, k });
  expect(d.subarray(13 * n)).toEqual(c.subarray(13 * n));
});

test('more than the memory is refused', () => {
  expect(() => new MatrixKernels(1 << 16).array(1 << 20)).toThrow(RangeError);
});
