import { describe, expect, it } from 'vitest';
import { model } from '../../../src/devices/language/model.js';
import { voltageControlledVoltageSource } from '../../../src/devices/sources/controlled-sources.js';
import { FlatCircuit, run } from '../flat-circuit.js';

const unit = { ac: { magnitude: 1, phase: 0 } };

describe('.ac', () => {
  it('agrees with 1/(1 + jωRC) everywhere', () => {
    const { dataset } = run(
      new FlatCircuit().v('v1', 'a 0', 0, unit).r('r1', 'a b', 1e3).c('c1', 'b 0', 1e-9),
      'ac dec 10 1k 100meg',
    );
    expect(dataset.length).toBe(51);
    const { real, imaginary } = dataset.get('v(b)')!;
    dataset.scale.real.forEach((f, k) => {
      const w = 2 * Math.PI * f * 1e-6;
      expect(real[k]).toBeCloseTo(1 / (1 + w * w), 12);
      expect(imaginary![k]).toBeCloseTo(-w / (1 + w * w), 12);
    });
  });

  it('peaks at the resonance of a series circuit with its quality', () => {
    // At ω0 = 1e7 the capacitor's voltage is −j·Q·V with Q = ω0·L/R = 10·(phasor 2∠90°) → 20.
    const drive = { ac: { magnitude: 2, phase: Math.PI / 2 } };
    const f0 = 1e7 / (2 * Math.PI);
    const { dataset } = run(
      new FlatCircuit()
        .v('v1', 'a 0', 0, drive)
        .r('r1', 'a b', 10)
        .l('l1', 'b c', 1e-5)
        .c('c1', 'c 0', 1e-9),
      `ac lin 1 ${f0} ${f0}`,
    );
    const { real, imaginary } = dataset.get('v(c)')!;
    expect(real[0]).toBeCloseTo(20, 8);
    expect(imaginary![0]).toBeCloseTo(0, 8);
  });

  it('linearises a diode: rd = vt/(id + is) at the operating point', () => {
    const { dataset } = run(
      new FlatCircuit({ gmin: 0 }).i('i1', '0 a', 1e-3, unit).d('d1', 'a 0', { is: 1e-14 }),
      'ac lin 1 1 1',
    );
    const vt = (1.38064852e-23 * 300.15) / 1.6021766208e-19;
    expect(dataset.get('v(a)')!.real[0] / (vt / (1e-3 + 1e-14))).toBeCloseTo(1, 9);
  });

  it('treats states as linearised, and holds them at frequency zero', () => {
    // ds/dt = (v(in) − s)/τ, out = s: a low pass for small signals; at dc the state keeps s0.
    const lowPass = model({
      name: 'lowpass',
      title: 'First-order lag',
      terminals: ['in', 'out', 'ground'],
      states: { s: { unit: 'V', initial: 0.25, abstol: 1e-9, doc: 'state' } },
      analog({ V, state, rate }) {
        rate('s', (V('in', 'ground') - state('s')) / 1e-3);
        V('out', 'ground', state('s'));
      },
    });
    const circuit = new FlatCircuit().v('v1', 'a 0', 1, unit).add('n1', lowPass, 'a b 0');
    circuit.r('r1', 'b 0', 1e3);
    const { dataset } = run(circuit, 'ac lin 3 0 200');
    const { real, imaginary } = dataset.get('v(b)')!;
    expect(real[0]).toBe(0);
    for (const k of [1, 2]) {
      const w = 2 * Math.PI * dataset.scale.real[k] * 1e-3;
      expect(real[k]).toBeCloseTo(1 / (1 + w * w), 12);
      expect(imaginary![k]).toBeCloseTo(-w / (1 + w * w), 12);
    }
  });

  it('leaves out the trace of charge that an operating point needs', () => {
    const circuit = new FlatCircuit()
      .v('v1', 'in 0', 0, unit)
      .c('c1', 'in a', 1e-6)
      .r('r1', 'a b', 1e6)
      .c('c2', 'b 0', 1e-6);
    const { dataset } = run(circuit, 'ac lin 1 0.1 0.1');
    // 1/(2 + jωRC) with ωRC = 0.2π.
    const w = 0.2 * Math.PI;
    const { real, imaginary } = dataset.get('v(b)')!;
    expect(real[0]).toBeCloseTo(2 / (4 + w * w), 12);
    expect(imaginary![0]).toBeCloseTo(-w / (4 + w * w), 12);
  });

  it('shows how it is written when its arguments do not fit', () => {
    const circuit = () => new FlatCircuit().v('v1', 'a 0', 0, unit).r('r1', 'a 0', 1);
    expect(() => run(circuit(), 'ac log 10 1 10')).toThrow(/usage: \.ac dec\|oct\|lin/);
    expect(() => run(circuit(), 'ac dec 10 0 10')).toThrow(/fstart above 0/);
    expect(() => run(circuit(), 'ac dec 10 100 10')).toThrow(/fstop lies below fstart/);
    expect(() => run(circuit(), 'ac dec 0 1 10')).toThrow(/points of \.ac must lie in/);
  });

  it('takes a source that feedback multiplies', () => {
    const { dataset } = run(
      new FlatCircuit()
        .v('v1', 'a 0', 0, unit)
        .r('r1', 'a b', 1e3)
        .r('r2', 'b c', 1e4)
        .add('e1', voltageControlledVoltageSource, 'c 0 0 b', { gain: 1e6 }),
      'ac lin 1 1k 1k',
    );
    // Inverting amplifier, −R2/R1 but for 11/1e6.
    expect(dataset.get('v(c)')!.real[0]).toBeCloseTo(-10 / (1 + 11e-6), 9);
  });
});
