import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate } from '../../../src/waveform/plot/decimate.js';

/** 100 pixels wide for x from 0 to 1. */
const paper = { x: (x: number) => 100 * x, y: (y: number) => 10 * y };

describe('decimate', () => {
  it('keeps everything of a short curve', () => {
    const x = Float64Array.of(0, 0.5, 1);
    expect(decimate(x, x, paper)).toEqual([0, 1, 2]);
  });

  it('keeps the extremes of every pixel column, and about two points for each', () => {
    const n = 5000;
    const x = Float64Array.from({ length: n }, (_, i) => i / (n - 1));
    const values = fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true }));
    fc.assert(
      fc.property(values, (stream) => {
        const y = Float64Array.from(stream.take(n));
        const kept = decimate(x, y, paper);
        expect(kept.length).toBeLessThanOrEqual(2 * 101 + 2);
        const seen = new Set(kept);
        for (const column of [0, 37, 99]) {
          const inside = [...y.keys()].filter((i) => Math.floor(paper.x(x[i])) === column);
          const highest = Math.max(...inside.map((i) => y[i]));
          const lowest = Math.min(...inside.map((i) => y[i]));
          expect(inside.some((i) => seen.has(i) && y[i] === highest)).toBe(true);
          expect(inside.some((i) => seen.has(i) && y[i] === lowest)).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('does not lose one narrow peak among a million points', () => {
    const n = 1_000_000;
    const x = Float64Array.from({ length: n }, (_, i) => i / n);
    const y = new Float64Array(n);
    y[123_456] = 1;
    y[123_457] = -1;
    const kept = decimate(x, y, paper);
    expect(kept).toContain(123_456);
    expect(kept).toContain(123_457);
    expect(kept.length).toBeLessThan(210);
    expect(kept[0]).toBe(0);
    expect(kept[kept.length - 1]).toBe(n - 1);
  });

  it('works on a falling scale and through gaps', () => {
    const n = 1000;
    const x = Float64Array.from({ length: n }, (_, i) => 1 - i / n);
    const y = Float64Array.from({ length: n }, (_, i) => (i === 500 ? 7 : i % 2 ? NaN : 0));
    const kept = decimate(x, y, paper);
    expect(kept).toContain(500);
    expect(kept.length).toBeLessThan(210);
  });

  it('thins a loop by distance, keeping its outline', () => {
    const n = 100_000;
    const angle = Float64Array.from({ length: n }, (_, i) => (i / n) * 2 * Math.PI);
    const kept = decimate(angle.map(Math.cos), angle.map(Math.sin), {
      x: (x) => 100 * x,
      y: (y) => 100 * y,
    });
    // A circle of circumference 628 pixels, a point at most every 0.4 pixels or so.
    expect(kept.length).toBeLessThan(628 / 0.4);
    const gaps = kept.slice(1).map((i, k) => 100 * (angle[i] - angle[kept[k]]));
    expect(Math.max(...gaps)).toBeLessThan(0.6);
  });
});
