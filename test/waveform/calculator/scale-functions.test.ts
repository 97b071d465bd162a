import { describe, expect, test } from 'vitest';
import { parseExpressionText } from '../../../src/expression/index.js';
import { calculate } from '../../../src/waveform/calculator/index.js';
import { type Column, Dataset, quantityOf } from '../../../src/waveform/index.js';

const grid = Float64Array.from({ length: 101 }, (_, i) => i / 100);

/** a = sin(t) with its slope; b = t² without one. */
const transient = new Dataset({ title: 't', analysis: 'tran' }, [
  { name: 'time', quantity: quantityOf('time'), real: grid },
  {
    name: 'a',
    quantity: quantityOf('voltage'),
    real: grid.map(Math.sin),
    slope: grid.map(Math.cos),
  },
  { name: 'b', quantity: quantityOf('voltage'), real: grid.map((t) => t * t) },
  { name: 'v1#branch', quantity: quantityOf('current'), real: grid },
]);

/** A pure delay of 1 ms and a pole of 1 kHz, 100 points a decade. */
const frequencies = Float64Array.from({ length: 301 }, (_, i) => 10 * 10 ** (i / 100));
const delayed = (f: number): [number, number] => [
  Math.cos(2 * Math.PI * f * 1e-3),
  -Math.sin(2 * Math.PI * f * 1e-3),
];
const smallSignal = new Dataset({ title: 't', analysis: 'ac' }, [
  { name: 'frequency', quantity: quantityOf('frequency'), real: frequencies },
  {
    name: 'delayed',
    quantity: quantityOf('voltage'),
    real: frequencies.map((f) => delayed(f)[0]),
    imaginary: frequencies.map((f) => delayed(f)[1]),
  },
  {
    name: 'pole',
    quantity: quantityOf('voltage'),
    real: frequencies.map((f) => 1 / (1 + (f / 1e3) ** 2)),
    imaginary: frequencies.map((f) => -f / 1e3 / (1 + (f / 1e3) ** 2)),
  },
]);

async function column(text: string, dataset = transient): Promise<Column> {
  const { expression } = parseExpressionText(text);
  const found = await calculate(expression!, dataset, { name: text });
  if ('code' in found) throw new Error(found.message);
  return found;
}

describe('functions over the scale', () => {
  test('the derivative is the known slope', async () => {
    const { real, quantity } = await column('deriv(v(a))');
    expect(real).toEqual(grid.map(Math.cos));
    expect(quantity.unit).toBe('V/s');
  });

  test('the derivative of a parabola is exact between the ends', async () => {
    const { real } = await column('ddt(v(b))');
    for (const i of [1, 50, 99]) expect(real[i]).toBeCloseTo(2 * grid[i], 12);
  });

  test('the slope of a product follows the product rule', async () => {
    const { slope } = await column('v(a)*v(a)');
    // d/dt sin²(t) = sin(2t)
    expect(slope![70]).toBeCloseTo(Math.sin(1.4), 12);
  });

  test('the integral of a sine uses the slopes', async () => {
    const { real, quantity } = await column('integ(v(a))');
    // Error of the corrected trapezoidal rule: h⁴/720·(1 - 0), h = 0.01, beside 1 - cos(1).
    expect(Math.abs(real[100] - (1 - Math.cos(1)))).toBeLessThan(1e-11);
    expect(quantity.unit).toBe('V·s');
  });

  test('the integral of a current is a charge', async () => {
    const { real, quantity } = await column('idt(i(v1))');
    expect(real[100]).toBeCloseTo(0.5, 12);
    expect(quantity.unit).toBe('C');
  });

  test('the running average of t is t/2', async () => {
    const { real } = await column('avg(i(v1))');
    expect(real[0]).toBe(0);
    expect(real[80]).toBeCloseTo(0.4, 12);
  });

  test('the group delay of a delay is the delay, wherever the phase wraps', async () => {
    const { real, quantity } = await column('gd(v(delayed))', smallSignal);
    // Parabolas through points 2.3 % apart: error (2πf·τ)²·0.023²/6 of it, at 100 Hz 3.5e-5.
    expect(real[100]).toBeCloseTo(1e-3, 7);
    expect(quantity.unit).toBe('s');
  });

  test('the group delay of a pole at w0 is 1/(2·w0)', async () => {
    const { real } = await column('vg(pole)', smallSignal);
    expect(real[200]).toBeCloseTo(1 / (2 * 2 * Math.PI * 1e3), 7);
  });

  test('the continuous phase does not wrap', async () => {
    const { real } = await column('cph(v(delayed))', smallSignal);
    // 2π·100 Hz·1 ms = 0.628; at 500 Hz the wrapped phase would be at ±π.
    expect(real[100]).toBeCloseTo(-0.2 * Math.PI, 12);
    const at = frequencies.findIndex((f) => f > 700);
    expect(real[at]).toBeCloseTo(-2 * Math.PI * frequencies[at] * 1e-3, 9);
  });
});
