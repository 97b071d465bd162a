import { describe, expect, test } from 'vitest';
import { parseExpressionText } from '../../src/expression/index.js';
import { calculate, isSpectral, spectraOf } from '../../src/waveform/calculator/index.js';
import { Dataset, quantityOf, spectrumOf, transform } from '../../src/waveform/index.js';
import { resultOf } from './measures/card.js';

const { PI, cos, sin } = Math;

/** 0.5 + 2·cos(2π·3t) + 0.1·sin(2π·10t) over one second, with slopes. */
const x = Float64Array.from({ length: 257 }, (_, i) => i / 256);
const y = x.map((t) => 0.5 + 2 * cos(6 * PI * t) + 0.1 * sin(20 * PI * t));
const slope = x.map((t) => -12 * PI * sin(6 * PI * t) + 2 * PI * cos(20 * PI * t));
const dataset = new Dataset({ title: 't', analysis: 'tran' }, [
  { name: 'time', quantity: quantityOf('time'), real: x },
  { name: 'out', quantity: quantityOf('voltage'), real: y, slope },
]);

describe('transform', () => {
  test('is the sum that defines it', () => {
    const values = [1, 2, -3, 0.5, 4, 0, -1, 7];
    const re = Float64Array.from(values);
    const im = new Float64Array(8);
    transform(re, im);
    for (let k = 0; k < 8; k++) {
      const sum = (f: (angle: number) => number): number =>
        values.reduce((total, value, i) => total + value * f((2 * PI * i * k) / 8), 0);
      expect(re[k]).toBeCloseTo(sum(cos), 12);
      expect(im[k]).toBeCloseTo(-sum(sin), 12);
    }
  });
});

describe('spectrumOf', () => {
  test('gives amplitudes at their frequencies', () => {
    const { frequency, real, imaginary } = spectrumOf({ x, y, slope });
    expect(frequency[3]).toBe(3);
    // 512 samples of the cubic between 256 points: error h⁴/384·(20π)⁴·0.1 = 1e-6.
    expect(real[0]).toBeCloseTo(0.5, 5);
    expect(real[3]).toBeCloseTo(2, 5);
    expect(imaginary[10]).toBeCloseTo(-0.1, 5);
    expect(Math.hypot(real[5], imaginary[5])).toBeLessThan(1e-5);
  });
});

describe('fft() in expressions', () => {
  test('levels of a spectrum', async () => {
    const expression = parseExpressionText('db(fft(v(out)))').expression!;
    expect(isSpectral(expression)).toBe(true);
    const spectra = await spectraOf([expression], dataset);
    if ('code' in spectra) throw new Error(spectra.message);
    const column = await calculate(spectra.replace(expression), spectra.dataset, { name: 'l' });
    if ('code' in column) throw new Error(column.message);
    expect(column.real[3]).toBeCloseTo(20 * Math.log10(2), 4);
  });

  test('measures of a spectrum', async () => {
    const found = await resultOf(dataset, 'tran m find mag(fft(v(out))) at=10');
    expect(found.value).toBeCloseTo(0.1, 5);
    const peak = await resultOf(dataset, 'tran m max_at mag(fft(v(out))) from=1');
    expect(peak).toMatchObject({ value: 3, unit: 'Hz' });
  });

  test('needs a transient', async () => {
    const { expression } = parseExpressionText('fft(v(out))');
    const dc = new Dataset({ title: 't', analysis: 'dc' }, dataset.columns);
    expect(await spectraOf([expression!], dc)).toMatchObject({ code: 'W505' });
    const column = await calculate(expression!, dataset, { name: 'f' });
    expect(column).toMatchObject({ code: 'W504' });
  });
});
