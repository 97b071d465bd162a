import { expect, test } from 'vitest';
import { openCircuit, type SteerableTransient } from '../../../src/solver/index.js';

const rc = 'rc\nvin in 0 dc 0 external\nr1 in out 1k\nc1 out 0 1n\n.options reltol=1e-5\n.end\n';
const tau = 1e-6;
const allowed = 7 * 1e-5;

const begin = (): SteerableTransient =>
  openCircuit(rc).circuit!.transient({ stop: 20e-6 }).transient!;

/** Response of the RC to a ramp from 0 of slope k for a time t: k·(t − τ·(1 − e^(−t/τ))). */
const ramp = (k: number, t: number): number => k * (t + tau * Math.expm1(-t / tau));

test('a source follows lines that begin now, and others that replace them on the way', () => {
  const sim = begin();
  sim.advanceTo(1e-6);
  sim.setWaveform('vin', [
    [1e-6, 0],
    [3e-6, 1],
  ]);
  sim.advanceTo(2e-6);
  expect(Math.abs(sim.read('v(out)') - ramp(0.5e6, 1e-6))).toBeLessThan(allowed);
  // On the same line, and down from 3 µs on: no jump now.
  sim.setWaveform('vin', [
    [1e-6, 0],
    [3e-6, 1],
    [4e-6, 0],
  ]);
  sim.advanceTo(5e-6);
  const wanted = ramp(0.5e6, 4e-6) - ramp(1.5e6, 2e-6) + ramp(1e6, 1e-6);
  expect(Math.abs(sim.read('v(out)') - wanted)).toBeLessThan(2 * allowed);
  expect(sim.read('v(in)')).toBe(0);
});

test('lines are part of a checkpoint, and setSource ends them', () => {
  const sim = begin();
  sim.setWaveform('vin', [
    [0, 0],
    [2e-6, 1],
    [4e-6, -1],
  ]);
  sim.advanceTo(1e-6);
  const place = structuredClone(sim.checkpoint());
  sim.advanceTo(6e-6);
  const once = sim.read('v(out)');
  sim.setSource('vin', 2);
  sim.advanceTo(16e-6);
  expect(sim.read('v(in)')).toBe(2);
  sim.restore(place);
  sim.advanceTo(6e-6);
  expect(sim.read('v(out)')).toBe(once);
  const other = begin();
  other.restore(place);
  other.advanceTo(6e-6);
  expect(other.read('v(out)')).toBe(once);
  sim.setSource('vin', undefined);
  sim.advanceTo(16e-6);
  expect(sim.read('v(in)')).toBe(0);
});

test('times that do not rise are refused', () => {
  const sim = begin();
  expect(() => {
    sim.setWaveform('vin', [
      [1e-6, 0],
      [1e-6, 1],
    ]);
  }).toThrow(RangeError);
  expect(() => {
    sim.setWaveform('vim', [[0, 0]]);
  }).toThrow(/S131/);
});
