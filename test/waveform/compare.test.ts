import { describe, expect, it } from 'vitest';
import {
  compareEdges,
  compareOscillations,
  compareWaveforms,
  oscillationOf,
  uniformGrid,
  type Waveform,
} from '../../src/waveform/index.js';

function sampled(f: (x: number) => number, to: number, step: number): Waveform {
  const x = uniformGrid(0, to, step);
  return { x, y: x.map(f) };
}

const line = (...points: [number, number][]): Waveform => ({
  x: Float64Array.from(points, ([x]) => x),
  y: Float64Array.from(points, ([, y]) => y),
});

describe('compareWaveforms', () => {
  it('finds no difference between two samplings of one line', () => {
    const found = compareWaveforms(line([0, 0], [4, 8]), line([0, 0], [1, 2], [3, 6], [4, 8]));
    expect(found).toMatchObject({ rms: 0, relativeRms: 0, maximum: 0, span: 8 });
  });

  it('has the rms of a triangle: its height over √3', () => {
    const found = compareWaveforms(line([0, 0], [4, 0]), line([0, 0], [1, 3], [4, 0]));
    expect(found.rms).toBeCloseTo(3 / Math.sqrt(3), 12);
    expect(found.maximum).toBe(3);
    expect(found.at).toBe(1);
    expect(found.relativeRms).toBe(Infinity);
  });

  it('weighs by the scale, not by points', () => {
    const dense = line([0, 0], [1, 1], [1.25, 1], [1.5, 1], [1.75, 1], [2, 1], [4, 1]);
    const offset = { x: dense.x, y: dense.y.map((y, i) => (i === 0 ? y : y + 0.5)) };
    const sparse = line([0, 0], [1, 1.5], [4, 1.5]);
    expect(compareWaveforms(dense, offset).rms).toBeCloseTo(
      compareWaveforms(dense, sparse).rms,
      14,
    );
  });

  it('is relative to the span of the reference', () => {
    const found = compareWaveforms(line([0, -5], [1, 5]), line([0, -4], [1, 6]));
    expect(found).toMatchObject({ span: 10, relativeMaximum: 0.1 });
    expect(found.relativeRms).toBeCloseTo(0.1, 14);
  });

  it('compares where both are', () => {
    const found = compareWaveforms(line([0, 0], [2, 0]), line([1, 1], [3, 1]));
    expect(found.rms).toBe(1);
  });

  it('does not pass over a NaN', () => {
    const found = compareWaveforms(line([0, 0], [1, 1], [2, 2]), line([0, 0], [1, NaN], [2, 2]));
    expect(found.maximum).toBeNaN();
    expect(found.rms).toBeNaN();
    expect(found.at).toBe(1);
  });
});

describe('compareOscillations', () => {
  const sine = (period: number, phase: number) =>
    sampled((x) => Math.sin((2 * Math.PI * x) / period + phase), 20, 0.01);

  it('finds the period of a sine', () => {
    const found = oscillationOf(sine(1.25, 0.3))!;
    // Linear interpolation puts a zero wrong by less than h³/8·(2π/1.25)² ≈ 3e-6.
    expect(found.period).toBeCloseTo(1.25, 5);
    // Settled from 10 to 20: 8 periods' length, at least 7 whole ones between crossings.
    expect(found.periods).toBe(7);
    expect(found.spread).toBeLessThan(1e-4);
  });

  it('tells a longer period, and sees the same shape in another phase', () => {
    const found = compareOscillations(sine(1.25, 0.3), sine(1.2625, 2))!;
    expect(found.relativePeriod).toBeCloseTo(0.01, 5);
    // The line between points is off by h²/8·(2π/1.25)² = 3.2e-4 of the amplitude at most.
    expect(found.aligned.relativeRms).toBeLessThan(3.2e-4);
  });

  it('tells another shape of the same period', () => {
    const bent = sampled((x) => Math.sin(5 * x) + 0.1 * Math.sin(10 * x), 20, 0.01);
    const plain = sampled((x) => Math.sin(5 * x), 20, 0.01);
    const { relativePeriod, aligned } = compareOscillations(plain, bent)!;
    expect(Math.abs(relativePeriod)).toBeLessThan(1e-5);
    // rms of 0.1·sin is 0.0707, span 2; both cross zero, the middle, at the same phase only nearly.
    expect(aligned.relativeRms).toBeGreaterThan(0.02);
    expect(aligned.relativeRms).toBeLessThan(0.05);
  });

  it('is undefined where nothing oscillates', () => {
    expect(compareOscillations(sine(1, 0), line([0, 0], [1, 1]))).toBeUndefined();
    expect(oscillationOf(line([0, 1], [1, 1]))).toBeUndefined();
  });
});

describe('compareEdges', () => {
  const square = (...edges: number[]) =>
    line(
      [0, 0],
      ...edges.flatMap(
        (x, i) =>
          [
            [x, i % 2],
            [x + 0.2, (i + 1) % 2],
          ] as [number, number][],
      ),
    );

  it('finds the latest edge', () => {
    const found = compareEdges(square(1, 2, 3, 4), square(1, 2.05, 2.99, 4));
    expect(found.count).toEqual({ reference: 4, candidate: 4 });
    expect(found.worst).toBeCloseTo(0.05, 12);
    expect(found.at).toBeCloseTo(2.1, 12);
    expect(found.sameDirections).toBe(true);
  });

  it('counts a missing edge', () => {
    const found = compareEdges(square(1, 2, 3), square(1, 2), { direction: 'rising' });
    expect(found).toMatchObject({ count: { reference: 2, candidate: 1 }, worst: 0 });
  });

  it('sees edges that go the other way', () => {
    const upsideDown = line([0, 1], [1, 1], [1.2, 0], [3, 0]);
    expect(compareEdges(square(1), upsideDown, { level: 0.5 }).sameDirections).toBe(false);
  });
});
