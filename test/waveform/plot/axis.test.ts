import { describe, expect, it } from 'vitest';
import { axis, displayUnit, type AxisRequest } from '../../../src/waveform/plot/axis.js';
import { quantityOf } from '../../../src/waveform/index.js';

function request(more: Partial<AxisRequest>): AxisRequest {
  return {
    heading: 'Time',
    quantity: quantityOf('time'),
    extent: [0, 1e-5],
    range: [0, 500],
    logarithmic: false,
    loose: false,
    labelRoom: 90,
    ...more,
  };
}

const labels = (more: Partial<AxisRequest>) =>
  axis(request(more)).ticks.flatMap(({ label }) => (label === undefined ? [] : [label]));

describe('displayUnit', () => {
  it.each([
    ['s', 1e-5, 1e-6, 'µs'],
    ['s', 1e-3, 1e-3, 'ms'],
    ['s', 0.999e-3, 1e-6, 'µs'],
    ['V', 1.8, 1, 'V'],
    ['V', 999.9999999999, 1e3, 'kV'],
    ['A', 2e-21, 1e-18, 'aA'],
    ['Hz', 3e15, 1e12, 'THz'],
    ['dB', 2e4, 1, 'dB'],
    ['', 0.2, 1, ''],
    ['', 3e-8, 1e-9, '×10⁻⁹'],
    ['V', 0, 1, 'V'],
  ])('shows %s up to %d in units of %d: %s', (unit, size, factor, shown) => {
    const found = displayUnit(unit, size);
    expect(found.unit).toBe(shown);
    expect(found.factor / factor).toBeCloseTo(1, 12);
  });
});

describe('a linear axis', () => {
  it('has round numbers in one unit', () => {
    expect(labels({})).toEqual(['0', '2', '4', '6', '8', '10']);
    expect(axis(request({})).title).toBe('Time (µs)');
  });

  it('maps the ends of a tight extent to the ends of the range', () => {
    const { place } = axis(request({}));
    expect(place(0)).toBe(0);
    expect(place(1e-5)).toBeCloseTo(500, 9);
  });

  it('leaves air around loose data', () => {
    const { place } = axis(request({ loose: true, extent: [0, 1], range: [100, 0] }));
    expect(place(0)).toBeLessThan(100);
    expect(place(1)).toBeGreaterThan(0);
  });

  it('puts a constant in the middle, rounding noise or not', () => {
    for (const extent of [
      [5, 5],
      [5, 5 + 1e-12],
      [0, 0],
    ] as const) {
      expect(axis(request({ extent })).place(extent[0])).toBeCloseTo(250, 6);
    }
  });

  it('shows as many digits as neighbours need', () => {
    expect(labels({ quantity: quantityOf('voltage'), extent: [4.9999, 5.0001] })).toContain(
      '5.00005',
    );
  });

  it('divides angles by parts of the circle', () => {
    const phase = { quantity: quantityOf('other', '°'), extent: [-275, 100] as const };
    expect(labels(phase)).toEqual(['−270', '−180', '−90', '0', '90']);
  });
});

describe('a logarithmic axis', () => {
  const frequency = { quantity: quantityOf('frequency'), logarithmic: true };

  it('labels decades with their unit and draws lines between', () => {
    const extent = [1e3, 1e6] as const;
    expect(labels({ ...frequency, extent })).toEqual(['1 kHz', '10 kHz', '100 kHz', '1 MHz']);
    // Nine lines in each of three decades, and the last decade's first.
    expect(axis(request({ ...frequency, extent })).ticks).toHaveLength(28);
  });

  it('labels 2 and 5 within one decade', () => {
    expect(labels({ ...frequency, extent: [15, 70] })).toEqual(['20 Hz', '50 Hz']);
  });

  it('leaves out decades that have no room', () => {
    const found = labels({ ...frequency, extent: [1, 1e12], range: [0, 400] });
    expect(found.length).toBeLessThanOrEqual(5);
    expect(found[0]).toBe('1 Hz');
  });

  it('has no place for what is not positive', () => {
    const { place } = axis(request({ ...frequency, extent: [1, 10] }));
    expect(place(0)).toBeNaN();
    expect(place(-1)).toBeNaN();
    expect(place(Math.sqrt(10))).toBeCloseTo(250, 9);
  });
});
