import { describe, expect, it } from 'vitest';
import { comparePoints, quantityOf, type Column } from '../../src/waveform/index.js';

function column(real: number[], imaginary?: number[]): Column {
  return {
    name: 'v(a)',
    quantity: quantityOf('voltage'),
    real: Float64Array.from(real),
    ...(imaginary ? { imaginary: Float64Array.from(imaginary) } : {}),
  };
}

describe('comparePoints', () => {
  it('finds the point that is relatively farthest', () => {
    const found = comparePoints(column([100, 1]), column([101, 1.5]));
    expect(found).toEqual({ maximum: 1, relative: 0.5, relativeToLargest: 0.01, at: 1 });
  });

  it('passes over what is within the absolute tolerance', () => {
    const found = comparePoints(column([1, 0]), column([1.25, 1e-13]), 1e-12);
    expect(found).toMatchObject({ relative: 0.25, at: 0 });
    expect(comparePoints(column([0]), column([1e-13]))).toMatchObject({ relative: Infinity });
  });

  it('takes the distance of complex numbers', () => {
    const found = comparePoints(column([3], [4]), column([3 + 3], [4 + 4]));
    expect(found).toMatchObject({ maximum: 5, relative: 1 });
  });

  it('does not pass over a NaN, nor over different lengths', () => {
    expect(comparePoints(column([1, 1]), column([1, NaN])).relative).toBeNaN();
    expect(() => comparePoints(column([1]), column([1, 2]))).toThrow(/correspond/);
  });

  it('is zero for equal columns', () => {
    const same = column([1, 0, -2]);
    expect(comparePoints(same, same)).toEqual({
      maximum: 0,
      relative: 0,
      relativeToLargest: 0,
      at: -1,
    });
  });
});
