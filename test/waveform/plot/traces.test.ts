import { describe, expect, it } from 'vitest';
import { Dataset, quantityOf, uniformGrid } from '../../../src/waveform/index.js';
import { defaultColumns } from '../../../src/waveform/plot/choose-columns.js';
import { sweepStarts, tracesOf } from '../../../src/waveform/plot/traces.js';

describe('tracesOf', () => {
  // Three equal poles at 1 rad/s: 1/(1 + jω)³, whose phase runs from 0 to −270° through ±180°.
  const real = uniformGrid(0, 100, 0.1);
  const h = real.map((w) => (1 + w * w) ** -1.5);
  const angle = real.map((w) => -3 * Math.atan(w));
  const poles = {
    name: 'v(out)',
    quantity: quantityOf('voltage'),
    real: h.map((m, i) => m * Math.cos(angle[i])),
    imaginary: h.map((m, i) => m * Math.sin(angle[i])),
  };
  const frequency = { name: 'frequency', quantity: quantityOf('frequency'), real };
  const dataset = new Dataset({ title: '', analysis: 'ac' }, [frequency, poles]);

  it('gives the magnitude in dB and a continuous phase', () => {
    const [level, phase] = tracesOf(dataset, [poles], frequency, { absolute: false });
    level.curves[0].y.forEach((value, i) => {
      expect(value).toBeCloseTo(20 * Math.log10(h[i]), 9);
    });
    phase.curves[0].y.forEach((value, i) => {
      expect(value).toBeCloseTo((angle[i] * 180) / Math.PI, 9);
    });
  });

  it('has gaps where the magnitude is zero', () => {
    const zero = { ...poles, real: new Float64Array(1), imaginary: new Float64Array(1) };
    const one = { ...frequency, real: Float64Array.of(1) };
    const small = new Dataset({ title: '', analysis: 'ac' }, [one, zero]);
    const [level, phase] = tracesOf(small, [zero], one, { absolute: false });
    expect(level.curves[0].y[0]).toBeNaN();
    expect(phase.curves[0].y[0]).toBeNaN();
  });
});

describe('sweepStarts', () => {
  it.each([
    [[0, 1, 2], [0]],
    [
      [0, 1, 2, 0, 1, 2],
      [0, 3],
    ],
    [
      [2, 1, 0, 2, 1, 0],
      [0, 3],
    ],
    // The same value twice is the end of one inner sweep and the start of the next.
    [
      [0, 1, 1, 2],
      [0, 2],
    ],
  ])('of %j is %j', (scale, starts) => {
    expect(sweepStarts(Float64Array.from(scale))).toEqual(starts);
  });
});

describe('defaultColumns', () => {
  const named = (name: string, kind: 'voltage' | 'current' | 'state', still = false) => ({
    name,
    quantity: quantityOf(kind),
    real: Float64Array.of(1, still ? 1 : 2),
  });
  const time = { name: 'time', quantity: quantityOf('time'), real: Float64Array.of(0, 1) };
  const chosen = (columns: ReturnType<typeof named>[]) =>
    defaultColumns(new Dataset({ title: '', analysis: 'tran' }, [time, ...columns])).map(
      ({ name }) => name,
    );

  it('takes all of a few', () => {
    expect(chosen([named('v(vdd)', 'voltage', true), named('i(v1)', 'current')])).toEqual([
      'v(vdd)',
      'i(v1)',
    ]);
  });

  it('prefers what moves and what is at the top, and leaves none of a kind out', () => {
    const found = chosen([
      named('v(vdd)', 'voltage', true),
      named('v(x1.a)', 'voltage'),
      ...['a', 'b', 'c', 'd', 'e', 'f'].map((node) => named(`v(${node})`, 'voltage')),
      named('i(vdd)', 'current'),
      named('n1.s', 'state'),
    ]);
    expect(found).toEqual(['v(a)', 'v(b)', 'v(c)', 'v(d)', 'v(e)', 'v(f)', 'i(vdd)', 'n1.s']);
  });
});
