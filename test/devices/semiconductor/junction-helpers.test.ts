import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thermalVoltage as baseThermalVoltage } from '../../../src/base/index.js';
import { boundedExponential } from '../../../src/devices/semiconductor/bounded-exponential.js';
import { depletionCharge } from '../../../src/devices/semiconductor/depletion-charge.js';
import { fetlim, limvds, pnjlim } from '../../../src/devices/semiconductor/limiting.js';
import { thermalVoltage } from '../../../src/devices/semiconductor/thermal-voltage.js';
import { wardDuttonCharges } from '../../../src/devices/semiconductor/ward-dutton-charges.js';

describe('thermalVoltage', () => {
  it('is the one of base', () => {
    expect(thermalVoltage(300.15)).toBe(baseThermalVoltage(300.15));
  });
});

describe('boundedExponential', () => {
  it('is exp, then its tangent, and finite', () => {
    expect(boundedExponential(3)).toBe(Math.exp(3));
    expect(boundedExponential(201)).toBe(2 * Math.exp(200));
    expect(boundedExponential(1e6)).toBeLessThan(1e100);
  });
});

describe('depletionCharge', () => {
  const [c0, vj, m] = [2e-12, 0.8, 0.4];

  it('has the capacitance of the formula below and above the corner', () => {
    const slope = (v: number): number =>
      (depletionCharge(v + 1e-5, c0, vj, m, 0.5) - depletionCharge(v - 1e-5, c0, vj, m, 0.5)) /
      2e-5;
    // C = c0·(1 − v/vj)^−m, and its tangent at fc·vj = 0.4 V: C(0.4) = c0·2^0.4, C′/C = m/(vj/2) = 1.
    expect(slope(-3) / (c0 * (1 + 3 / vj) ** -m)).toBeCloseTo(1, 7);
    expect(slope(0.7) / (c0 * 2 ** m * (1 + 0.3))).toBeCloseTo(1, 7);
  });

  it('is zero at zero and continuous at the corner', () => {
    expect(depletionCharge(0, c0, vj, m, 0.5)).toBe(0);
    const below = depletionCharge(0.4 - 1e-12, c0, vj, m, 0.5);
    expect(depletionCharge(0.4, c0, vj, m, 0.5) / below).toBeCloseTo(1, 10);
  });
});

describe('limiting', () => {
  const voltage = fc.double({ min: -50, max: 50, noNaN: true });

  it('leaves a voltage that has not moved', () => {
    fc.assert(
      fc.property(voltage, (v) => {
        expect(pnjlim(v, v, 0.0259, 0.7)).toBe(v);
        expect(fetlim(v, v, 0.6)).toBe(v);
        if (v >= 0) expect(limvds(v, v)).toBe(v);
      }),
    );
  });

  it('moves towards the proposal and never beyond', () => {
    fc.assert(
      fc.property(voltage, voltage, (proposed, last) => {
        for (const next of [fetlim(proposed, last, 0.6), pnjlim(proposed, last, 0.0259, 0.7)]) {
          expect(next).toBeLessThanOrEqual(Math.max(proposed, last) + 1e-12);
          expect(next).toBeGreaterThanOrEqual(Math.min(proposed, last) - 1e-12);
        }
      }),
    );
  });

  it('follows the logarithm above vcrit', () => {
    // From 0.6 V with 1 V proposed: 0.6 + vt·(2 + ln(0.4/vt − 2)), vt = 25 mV: 0.6 + 0.025·(2 + ln 14).
    expect(pnjlim(1, 0.6, 0.025, 0.5)).toBeCloseTo(0.6 + 0.025 * (2 + Math.log(14)), 12);
    expect(pnjlim(1, -1, 0.025, 0.5)).toBeCloseTo(0.025 * Math.log(40), 12);
    expect(pnjlim(-10, 0, 0.025, 0.5)).toBe(-1);
    expect(pnjlim(-10, -2, 0.025, 0.5)).toBe(-5);
  });
});

describe('wardDuttonCharges', () => {
  const oxide = 1e-14;

  it('splits in halves at vds = 0 and 40:60 in saturation', () => {
    // Qinv = −Cox·vgst at vds = 0, −2/3·Cox·vgst in saturation (Ward and Dutton 1978).
    const even = wardDuttonCharges(1.5, 0, 0.9, 0, oxide);
    expect(even.drain / (-oxide * 0.75)).toBeCloseTo(1, 12);
    const saturated = wardDuttonCharges(1.5, 3, 0.9, 0, oxide);
    expect(saturated.gate / (oxide * 1)).toBeCloseTo(1, 12);
    expect(saturated.drain / -saturated.gate).toBeCloseTo(0.4, 12);
  });

  it.each([
    ['threshold', 0, 0],
    ['saturation', 1, 1],
    // band = vgst + γ·root + root² = 0
    ['flat band', -(0.5 * 0.9 + 0.81), 0],
  ])('is continuous at %s', (_, vgst, vds) => {
    const step = 1e-9;
    const before = wardDuttonCharges(vgst - step, vds, 0.9, 0.5, oxide);
    const after = wardDuttonCharges(vgst + step, vds, 0.9, 0.5, oxide);
    for (const name of ['gate', 'bulk', 'drain'] as const) {
      expect(Math.abs(after[name] - before[name])).toBeLessThan(4 * step * oxide);
    }
  });
});
