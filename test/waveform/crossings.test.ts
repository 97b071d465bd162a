import { describe, expect, it } from 'vitest';
import { crossings, type Waveform } from '../../src/waveform/index.js';

function wave(...y: number[]): Waveform {
  return { x: Float64Array.from(y.keys()), y: Float64Array.from(y) };
}

const places = (found: readonly { x: number }[]) => found.map(({ x }) => x);

describe('crossings', () => {
  it('finds both directions', () => {
    expect(crossings(wave(0, 4, 0), 1)).toEqual([
      { x: 0.25, direction: 'rising' },
      { x: 1.75, direction: 'falling' },
    ]);
  });

  it('finds one direction on request', () => {
    expect(places(crossings(wave(0, 4, 0, 4), 1, { direction: 'falling' }))).toEqual([1.75]);
  });

  it('counts reaching the level as a crossing, staying on it as none', () => {
    expect(places(crossings(wave(0, 1, 1, 2), 1))).toEqual([1]);
    expect(crossings(wave(1, 1, 1), 1)).toEqual([]);
  });

  it('passes over ripple within the hysteresis', () => {
    const ripple = wave(-1, 0.1, -0.1, 0.1, 1, -1);
    expect(places(crossings(ripple, 0))).toHaveLength(4);
    expect(places(crossings(ripple, 0, { hysteresis: 0.5 }))).toEqual([2.5, 4.5]);
  });

  it('uses slopes: the zero of a sine at π', () => {
    const x = Float64Array.from({ length: 8 }, (_, i) => i);
    const sine = { x, y: x.map(Math.sin), slope: x.map(Math.cos) };
    const [zero] = crossings(sine, 0, { direction: 'falling' });
    // Hermite error h⁴/384·max|y⁗| on [3,4], where |sin| is at most 0.757 (slope at π is 1).
    expect(Math.abs(zero.x - Math.PI)).toBeLessThan(0.757 / 384);
    expect(Math.abs(zero.x - Math.PI)).toBeGreaterThan(0);
  });

  it('finds a jump at its place', () => {
    const jump = { x: Float64Array.of(0, 1, 1, 2), y: Float64Array.of(0, 0, 5, 5) };
    expect(crossings(jump, 2.5)).toEqual([{ x: 1, direction: 'rising' }]);
  });

  it('finds none in an empty waveform', () => {
    expect(crossings(wave(), 0)).toEqual([]);
  });
});
