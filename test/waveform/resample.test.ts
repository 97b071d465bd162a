import { describe, expect, it } from 'vitest';
import {
  Dataset,
  interpolate,
  quantityOf,
  resampleEvery,
  uniformGrid,
  type Waveform,
} from '../../src/waveform/index.js';

function sine(points: number, slopes: boolean): Waveform {
  const x = Float64Array.from({ length: points + 1 }, (_, i) => (i * Math.PI * 2) / points);
  const y = x.map(Math.sin);
  return slopes ? { x, y, slope: x.map(Math.cos) } : { x, y };
}

function worstError(wave: Waveform): number {
  const at = uniformGrid(0, 2 * Math.PI, 1e-3);
  const found = interpolate(wave, at);
  return at.reduce((worst, x, i) => Math.max(worst, Math.abs(found[i] - Math.sin(x))), 0);
}

describe('interpolate', () => {
  // Error of the cubic Hermite polynomial: h⁴/384 · max|y⁗|, with y⁗ = sin here.
  it.each([16, 32, 64])('with slopes errs by h⁴/384 on a sine of %d points', (points) => {
    const bound = ((2 * Math.PI) / points) ** 4 / 384;
    const found = worstError(sine(points, true));
    expect(found).toBeLessThanOrEqual(bound * 1.001);
    expect(found).toBeGreaterThan(bound * 0.9);
  });

  // Error of the straight line: h²/8 · max|y″|.
  it.each([16, 32, 64])('without slopes errs by h²/8 on a sine of %d points', (points) => {
    const bound = ((2 * Math.PI) / points) ** 2 / 8;
    const found = worstError(sine(points, false));
    expect(found).toBeLessThanOrEqual(bound * 1.001);
    expect(found).toBeGreaterThan(bound * 0.9);
  });

  it('reproduces a cubic exactly', () => {
    const x = Float64Array.of(-1, 0.5, 2);
    const wave = { x, y: x.map((t) => t ** 3 - t), slope: x.map((t) => 3 * t * t - 1) };
    const at = uniformGrid(-1, 2, 0.1);
    interpolate(wave, at).forEach((value, i) => {
      expect(value).toBeCloseTo(at[i] ** 3 - at[i], 12);
    });
  });

  it('draws straight lines where a slope is not known', () => {
    const x = Float64Array.of(0, 1, 2);
    const wave = { x, y: Float64Array.of(0, 1, 0), slope: Float64Array.of(0, NaN, 0) };
    expect([...interpolate(wave, Float64Array.of(0.25, 1.75))]).toEqual([0.25, 0.25]);
  });

  it('takes the later value at a jump and holds the ends', () => {
    const wave = { x: Float64Array.of(0, 1, 1, 2), y: Float64Array.of(0, 1, 5, 6) };
    const at = Float64Array.of(-1, 0, 0.5, 1, 1.5, 2, 3);
    expect([...interpolate(wave, at)]).toEqual([0, 0, 0.5, 5, 5.5, 6, 6]);
  });

  it('gives NaN for an empty waveform', () => {
    const empty = new Float64Array(0);
    expect([...interpolate({ x: empty, y: empty }, Float64Array.of(1))]).toEqual([NaN]);
  });
});

describe('uniformGrid', () => {
  it('includes an end that rounding would miss', () => {
    // Added up, ten steps of 0.1 give 0.9999999999999999.
    const grid = uniformGrid(0, 1, 0.1);
    expect(grid.length).toBe(11);
    expect(grid[10]).toBe(1);
  });

  it('ends before an end between two steps', () => {
    expect([...uniformGrid(1, 2, 0.75)]).toEqual([1, 1.75]);
  });

  it('has a positive step', () => {
    expect(() => uniformGrid(0, 1, 0)).toThrow(RangeError);
  });
});

describe('resampleEvery', () => {
  it('puts all columns on the grid', () => {
    const real = Float64Array.of(0, 1, 4);
    const dataset = new Dataset({ title: 'Ramp', analysis: 'tran' }, [
      { name: 'time', quantity: quantityOf('time'), real },
      { name: 'v(a)', quantity: quantityOf('voltage'), real: real.map((t) => 2 * t) },
    ]);
    const every = resampleEvery(dataset, 0.5);
    expect(every.length).toBe(9);
    expect([...every.get('a')!.real]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(every.title).toBe('Ramp');
  });
});
