import { describe, expect, it } from 'vitest';
import { DatasetBuilder, quantityOf } from '../../src/waveform/index.js';

const description = {
  title: 'Ramp',
  analysis: 'tran',
  columns: [
    { name: 'time', quantity: quantityOf('time') },
    { name: 'v(a)', quantity: quantityOf('voltage') },
  ],
} as const;

describe('DatasetBuilder', () => {
  it('grows beyond its first capacity', () => {
    const builder = new DatasetBuilder(description, 2);
    const point = new Float64Array(2);
    for (let i = 0; i < 1000; i++) {
      point.set([i, 2 * i]);
      builder.append(point);
    }
    const dataset = builder.finish();
    expect(dataset.length).toBe(1000);
    expect(dataset.get('a')!.real[999]).toBe(1998);
    expect(dataset.get('time')!.real[512]).toBe(512);
  });

  it('gives snapshots that stay what they were', () => {
    const builder = new DatasetBuilder(description, 4);
    for (let i = 0; i < 4; i++) builder.append(Float64Array.of(i, 10 * i));
    const before = builder.snapshot();
    for (let i = 4; i < 100; i++) builder.append(Float64Array.of(i, -1));
    expect(before.length).toBe(4);
    expect([...before.get('a')!.real]).toEqual([0, 10, 20, 30]);
    expect(builder.snapshot().length).toBe(100);
  });

  it('makes snapshots without copying', () => {
    const builder = new DatasetBuilder(description, 8);
    builder.append(Float64Array.of(0, 1));
    const [first, second] = [builder.snapshot(), builder.snapshot()];
    expect(first.columns[0].real.buffer).toBe(second.columns[0].real.buffer);
  });

  it('keeps imaginary parts, but not of the frequency', () => {
    const builder = new DatasetBuilder({
      ...description,
      analysis: 'ac',
      complex: true,
      columns: [{ name: 'frequency', quantity: quantityOf('frequency') }, description.columns[1]],
    });
    builder.appendComplex(Float64Array.of(1e3, 0.5), Float64Array.of(9, -0.5));
    const dataset = builder.finish();
    expect(dataset.complex).toBe(true);
    expect(dataset.scale.imaginary).toBeUndefined();
    expect(dataset.get('a')!.imaginary![0]).toBe(-0.5);
  });

  it('keeps slopes, and does not know them where none was given', () => {
    const builder = new DatasetBuilder({ ...description, slopes: true });
    builder.append(Float64Array.of(0, 0), Float64Array.of(1, 7));
    builder.append(Float64Array.of(1, 7));
    expect([...builder.finish().waveform('a')!.slope!]).toEqual([7, NaN]);
  });

  it('takes no points after it is finished', () => {
    const builder = new DatasetBuilder(description);
    builder.finish();
    expect(() => {
      builder.append(Float64Array.of(0, 0));
    }).toThrow(/finished/);
  });
});
