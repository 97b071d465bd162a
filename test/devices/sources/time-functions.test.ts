import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseQuantity } from '../../../src/base/index.js';
import type { TimeFunction } from '../../../src/devices/sources/source-waveform.js';
import {
  exponential,
  piecewiseLinear,
  pulse,
  sine,
} from '../../../src/devices/sources/time-functions.js';
import { ngspiceTable } from '../ngspice-table.js';

const makers = { pulse, sin: sine, exp: exponential, pwl: piecewiseLinear };
const scale = { step: 1e-7, stop: 20e-6 };

/** The sources of sources.cir, by node. */
function sources(): [node: string, card: string, source: TimeFunction][] {
  const deck = readFileSync(new URL('../ngspice/sources.cir', import.meta.url), 'utf8');
  const pattern = /^v\d+ (\w+) 0 (\w+)\((.*)\)$/gm;
  return [...deck.matchAll(pattern)].map(([card, node, kind, args]) => [
    node,
    card,
    makers[kind as keyof typeof makers](args.split(' ').map((word) => parseQuantity(word)!)),
  ]);
}

describe('functions of time against ngspice', () => {
  const { columns } = ngspiceTable('sources', 'none', 2);
  const times = columns.get('time')!;

  it.each(sources())('%s: %s', (node, _, source) => {
    const expected = columns.get(node)!;
    expect(expected.length).toBeGreaterThan(80);
    times.forEach((time, i) => {
      // On the steepest edge, 1 V in 0.1 µs, the 16 digits of a time are 3e-14 V.
      expect(source.value(time, scale)).toBeCloseTo(expected[i], 11);
    });
  });
});

/** Breakpoints from before zero to `stop`. */
function breakpoints(source: TimeFunction, stop: number): number[] {
  const found: number[] = [];
  let t = -1;
  while ((t = source.nextBreakpoint(t, scale)) <= stop) {
    found.push(t);
    if (found.length > 100_000) throw new Error('breakpoints do not advance');
  }
  return found;
}

describe('breakpoints', () => {
  it('of a pulse are its corners, computed from the number of the period', () => {
    const source = pulse([0, 1, 1e-6, 1e-6, 0.5e-6, 2e-6, 5e-6]);
    const expected = [0, 1, 2].flatMap((k) =>
      [0, 1e-6, 1e-6 + 2e-6, 1e-6 + 2e-6 + 0.5e-6].map((c) => 1e-6 + k * 5e-6 + c),
    );
    expect(breakpoints(source, 15e-6)).toEqual(expected);
  });

  it('of a limited number of pulses end', () => {
    const source = pulse([0, 1, 1e-6, 1e-6, 0.5e-6, 2e-6, 5e-6, 2]);
    expect(breakpoints(source, 1).length).toBe(9);
  });

  it('of many pulses neither drift nor come twice', () => {
    // The fall ends with the period: corners that differ by rounding only count once.
    const source = pulse([0, 1, 0, 1e-7, 1e-7, 3e-7, 5e-7]);
    const found = breakpoints(source, 0.01);
    expect(found.length).toBe(60_001);
    found.forEach((t, i) => {
      if (i > 0) expect(t - found[i - 1]).toBeGreaterThan(0.9e-7);
    });
    expect(found.at(-1)).toBeCloseTo(0.01, 15);
  });

  it('of sine, exponential and straight lines are where they begin and bend', () => {
    expect(breakpoints(sine([0, 1, 1e5, 3e-6]), 1)).toEqual([3e-6]);
    expect(breakpoints(exponential([0, 1, 1e-6, 1e-6, 4e-6, 1e-6]), 1)).toEqual([1e-6, 4e-6]);
    expect(breakpoints(piecewiseLinear([1, 0, 2, 1, 2, 3, 4, 0]), 9)).toEqual([1, 2, 4]);
  });

  it('strictly advance from any time', () => {
    const time = fc.double({ min: 0, max: 1e-3, noNaN: true });
    const length = fc.double({ min: 1e-12, max: 1e-5, noNaN: true });
    fc.assert(
      fc.property(time, length, length, length, length, (t, rise, fall, width, period) => {
        const source = pulse([0, 1, 1e-6, rise, fall, width, period]);
        const next = source.nextBreakpoint(t, scale);
        expect(next).toBeGreaterThan(t);
        // One period on, or what rounding makes of it.
        expect(next).toBeLessThanOrEqual(Math.max(t, 1e-6) + period + 32 * Number.EPSILON * t);
      }),
    );
  });
});

describe('piecewiseLinear', () => {
  it('takes the earlier value at a vertical edge and the later one behind it', () => {
    const source = piecewiseLinear([0, 0, 1, 0, 1, 5, 2, 5]);
    expect(source.value(1, scale)).toBe(0);
    expect(source.value(1 + 1e-15, scale)).toBeCloseTo(5, 10);
    expect(source.value(7, scale)).toBe(5);
  });

  // A jump that rounding puts before its corner is within the step that ends there, however short.
  it.each([
    [[1.51e-6, -1.1, 7.28e-6, -1.37, 11.02e-6, -0.399], 1.51e-6, 1.39e-6],
    [[1.78e-6, 0.241, 8.66e-6, 2.9, 21.96e-6, -0.507], 8.66e-6, 0],
    [[0, 0, 0.7e-6, 1], 0, 0],
  ])('jumps behind the corner where %j repeats from %d', (points, repeat, delay) => {
    const source = piecewiseLinear(points, { repeat, delay });
    const [end, last] = points.slice(-2);
    const period = end - repeat;
    for (let k = 0; k < 500; k++) {
      const before = end + delay + (k - 0.01) * period;
      const corner = source.nextBreakpoint(before, scale);
      expect(corner / (end + delay + k * period)).toBeCloseTo(1, 12);
      expect(source.value(corner, scale)).toBeCloseTo(last, 9);
    }
  });
});
