import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareInTube,
  interpolate,
  toleranceTube,
  uniformGrid,
  type Waveform,
} from '../../src/waveform/index.js';

const step = { x: Float64Array.of(0, 1, 1.001, 2), y: Float64Array.of(0, 0, 1, 1) };
const shifted = (by: number): Waveform => ({
  x: Float64Array.of(0, 1 + by, 1.001 + by, 2),
  y: step.y,
});

describe('compareInTube', () => {
  it('forgives an edge that is late by less than the width', () => {
    expect(compareInTube(step, shifted(0.04), { x: 0.05, y: 0.01 }).inside).toBe(true);
    expect(compareInTube(step, shifted(-0.04), { x: 0.05, y: 0.01 }).inside).toBe(true);
  });

  it('does not forgive a later one', () => {
    const found = compareInTube(step, shifted(0.06), { x: 0.05, y: 0.01 });
    expect(found.inside).toBe(false);
    expect(found.excess).toBeCloseTo(0.99, 12);
    expect(found.at).toBe(1.06);
  });

  it('does not forgive a value beyond the height', () => {
    const high = { x: step.x, y: step.y.map((y) => y + 0.02) };
    expect(compareInTube(step, high, { y: 0.01 }).excess).toBeCloseTo(0.01, 12);
    expect(compareInTube(step, high, { y: 0.03 }).inside).toBe(true);
  });

  it('does not let a NaN pass', () => {
    const hole = { x: step.x, y: Float64Array.of(0, NaN, 1, 1) };
    expect(compareInTube(step, hole, { y: 10 }).inside).toBe(false);
  });
});

it('a tube has the extremes of the reference within its width', () => {
  const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(values, fc.integer({ min: 0, max: 12 }), (y, quarters) => {
      const reference = { x: Float64Array.from(y.keys()), y: Float64Array.from(y) };
      const half = quarters / 4;
      const at = uniformGrid(0, y.length - 1, 0.25);
      const { lower, upper } = toleranceTube(reference, at, { x: half, y: 0 });
      at.forEach((place, i) => {
        // On a grid of quarters every corner of the tube is hit, so the brute force is exact.
        const window = interpolate(reference, uniformGrid(place - half, place + half, 0.25));
        expect(upper[i]).toBe(Math.max(...window));
        expect(lower[i]).toBe(Math.min(...window));
      });
    }),
  );
});
