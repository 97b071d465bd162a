import { describe, expect, it } from 'vitest';
import { harmonicsOf, type Waveform } from '../../src/waveform/index.js';

/** Points of a function and its derivative, unevenly spaced as an integrator has them. */
function sampled(f: (t: number) => number, slope: (t: number) => number, stop: number): Waveform {
  const x = Float64Array.from({ length: 401 }, (_, k) => stop * (k / 400 + 0.001 * Math.sin(k)));
  x[0] = 0;
  x[400] = stop;
  return { x, y: x.map(f), slope: x.map(slope) };
}

const turn = 2 * Math.PI;

describe('harmonics', () => {
  it('are mean value, amplitudes and phases of sines from the begin of the last period', () => {
    // 0.5 + sin(2πt + 30°) + 0.2·sin(6πt): the last of 2.25 periods begins a quarter behind 1.
    const wave = sampled(
      (t) => 0.5 + Math.sin(turn * t + Math.PI / 6) + 0.2 * Math.sin(3 * turn * t),
      (t) => turn * Math.cos(turn * t + Math.PI / 6) + 0.6 * turn * Math.cos(3 * turn * t),
      2.25,
    );
    const { list, distortion, from, to } = harmonicsOf(wave, 1, 9)!;
    expect([from, to]).toEqual([1.25, 2.25]);
    expect(list.map(({ frequency }) => frequency)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(list[0].magnitude).toBeCloseTo(0.5, 6);
    expect(list[1].magnitude).toBeCloseTo(1, 6);
    // ngspice 39 prints 120 for a source with a phase of 30 degrees and this window.
    expect(list[1].phase).toBeCloseTo(120, 4);
    expect(list[3].magnitude).toBeCloseTo(0.2, 5);
    // Three quarters of a turn of the fundamental are 270° of it and 3·90° = 270° = -90°.
    expect(list[3].phase).toBeCloseTo(-90, 3);
    expect(list[2].magnitude).toBeLessThan(1e-5);
    expect(distortion).toBeCloseTo(0.2, 5);
  });

  it('of straight lines are exact: a trapezoid from its Fourier integral', () => {
    // Rises in 0.01, stays until 0.5, falls in 0.01; |c_n| = |sin(πn·0.5)·sin(πn·0.01)|/(π²n²·0.01)·2.
    const wave: Waveform = {
      x: Float64Array.of(0, 0.01, 0.5, 0.51, 1),
      y: Float64Array.of(0, 1, 1, 0, 0),
    };
    const { list } = harmonicsOf(wave, 1, 9)!;
    expect(list[0].magnitude).toBeCloseTo(0.5, 12);
    for (const { number: n, magnitude } of list.slice(1)) {
      const area = Math.sin(Math.PI * n * 0.5) * Math.sin(Math.PI * n * 0.01);
      const expected = (2 * Math.abs(area)) / (Math.PI ** 2 * n ** 2 * 0.01);
      expect(magnitude).toBeCloseTo(expected, 9);
    }
  });

  it('need a whole period', () => {
    const wave = sampled(Math.sin, Math.cos, 1);
    expect(harmonicsOf(wave, 1, 9)).toBeDefined();
    expect(harmonicsOf(wave, 0.99, 9)).toBeUndefined();
  });

  it('of nothing but a mean value have no distortion', () => {
    const wave: Waveform = { x: Float64Array.of(0, 1), y: Float64Array.of(0, 0) };
    expect(harmonicsOf(wave, 1, 3)!.distortion).toBeNaN();
  });
});
