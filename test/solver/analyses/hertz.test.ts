import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/solver/index.js';

/**
 * `hertz` in expressions. The values are those that ngspice 39 printed for the same cards, at 1 kHz,
 * 10 kHz, 100 kHz and 1 MHz; those of R and C elements agree with the closed form beside them.
 */
const deck = `frequency in expressions
v1 a 0 dc 1 ac 1
r1 a b 1k
b2 b 0 i=v(b)*hertz/1e6
r3 a c 1k
r4 c 0 R={1k*(1+hertz/1e5)}
c5 a d C={1n*(1+hertz/1e5)}
r5 d 0 1k
e6 e 0 vol='v(a)*hertz'
r6 e 0 1
g7 0 f cur='1m*(1+hertz/1e5)-v(f)**3*1m+v(a)*1m'
r7 f 0 1k
`;

const reference: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  // 1/(1 + f/1000 Hz)
  'v(b)': [
    [5e-1, 0],
    [9.090909e-2, 0],
    [9.90099e-3, 0],
    [9.99001e-4, 0],
  ],
  // (1 + f/1e5)/(2 + f/1e5)
  'v(c)': [
    [5.024876e-1, 0],
    [5.238095e-1, 0],
    [6.666667e-1, 0],
    [9.166667e-1, 0],
  ],
  'v(d)': [
    [4.027031e-5, 6.345762e-3],
    [4.754178e-3, 6.878645e-2],
    [6.122734e-1, 4.872317e-1],
    [9.997907e-1, 1.44656e-2],
  ],
  'v(e)': [
    [1e3, 0],
    [1e4, 0],
    [1e5, 0],
    [1e6, 0],
  ],
  // Around an operating point of its own at each frequency.
  'v(f)': [
    [2.490666e-1, 0],
    [2.410176e-1, 0],
    [1.846005e-1, 0],
    [6.760989e-2, 0],
  ],
};

describe('hertz', () => {
  it('is the frequency of .ac', async () => {
    const { analyses } = await simulate(`${deck}.ac dec 1 1k 1meg\n.end`);
    const { dataset } = analyses[0];
    for (const [name, values] of Object.entries(reference)) {
      const column = dataset.get(name);
      values.forEach(([re, im], k) => {
        const size = Math.hypot(re, im);
        expect(Math.abs(column!.real[k] - re) / size).toBeLessThan(1e-6);
        expect(Math.abs(column!.imaginary![k] - im) / size).toBeLessThan(1e-6);
      });
    }
  });

  it('is 0 in other analyses, also behind .ac', async () => {
    const { analyses } = await simulate(`${deck}.ac dec 1 1k 1meg\n.op\n.end`);
    const { dataset } = analyses[1];
    // Without `hertz` b, e: i = 0 and v = 0; c divides by two.
    expect(dataset.get('v(b)')!.real[0]).toBeCloseTo(1, 9);
    expect(dataset.get('v(c)')!.real[0]).toBeCloseTo(0.5, 9);
    expect(dataset.get('v(e)')!.real[0]).toBeCloseTo(0, 12);
  });
});
