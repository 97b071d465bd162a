import { describe, expect, test } from 'vitest';
import { gaussian } from '../../../src/base/index.js';
import { histogram, histogramSvg } from '../../../src/waveform/plot/index.js';

const sample = Array.from({ length: 1000 }, (_, event) =>
  gaussian({ seed: 1, run: 0, instance: '', draw: 'histogram', event }),
);

describe('histogram', () => {
  test('counts every value once, in bins of equal width from the smallest to the largest', () => {
    const { edges, counts } = histogram(sample);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000);
    expect([edges[0], edges.at(-1)]).toEqual([Math.min(...sample), Math.max(...sample)]);
    counts.forEach((count, k) => {
      const last = k === counts.length - 1;
      const inside = (x: number): boolean => x >= edges[k] && (last || x < edges[k + 1]);
      // Rounding may put a value that lies on an edge to either side.
      expect(Math.abs(sample.filter(inside).length - count)).toBeLessThanOrEqual(1);
    });
    // Freedman and Diaconis: a width of 2·1.349σ/10; the range is some 6.5σ.
    expect(counts.length).toBeGreaterThan(20);
    expect(counts.length).toBeLessThan(30);
  });

  test('constants, single values and nothing', () => {
    expect(histogram([5, 5, 5])).toEqual({ edges: [4.5, 5.5], counts: [3] });
    expect(histogram([0]).counts).toEqual([1]);
    expect(histogram([]).counts).toEqual([0]);
  });
});

describe('its picture', () => {
  const svg = histogramSvg({
    values: [...sample, NaN],
    title: 'a < b',
    label: 'delay',
    unit: 's',
    mean: 0,
    sigma: 1,
    limits: { atLeast: -2, atMost: 9 },
  });

  test('has a bar for each bin, a line for mean and limits, two for the deviation', () => {
    const count = (text: string): number => svg.split(text).length - 1;
    expect(count('class="bar"')).toBe(histogram(sample).counts.length);
    expect([count('class="mean"'), count('class="sigma"'), count('class="limit"')]).toEqual([
      1, 2, 2,
    ]);
    expect(svg).toContain('a &lt; b');
    expect(svg).toContain('delay (s)');
  });

  test('the tallest bar stands for the largest count, the others in proportion', () => {
    const heights = [...svg.matchAll(/class="bar"[^>]* height="([\d.]+)"/g)].map((m) =>
      Number(m[1]),
    );
    const { counts } = histogram(sample);
    const unit = Math.max(...heights) / Math.max(...counts);
    heights.forEach((height, k) => {
      expect(height / unit).toBeCloseTo(counts[k], 0);
    });
  });

  test('limits outside the sample are inside the picture', () => {
    const places = [...svg.matchAll(/class="limit" d="M([\d.]+),/g)].map((m) => Number(m[1]));
    expect(places.every((x) => x >= 68 && x <= 640 - 24)).toBe(true);
  });
});
