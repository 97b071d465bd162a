import { describe, expect, it } from 'vitest';
import { real, renderDiagnostic } from '../../src/base/index.js';
import { damped } from '../../src/solver/newton/damped.js';
import { diagonalGmin, junctionGmin } from '../../src/solver/newton/gmin-stepping.js';
import type { Homotopy } from '../../src/solver/newton/homotopy.js';
import { findOperatingPoint } from '../../src/solver/newton/operating-point.js';
import { plain } from '../../src/solver/newton/plain.js';
import { pseudoTransient } from '../../src/solver/newton/pseudo-transient.js';
import { sourceStepping } from '../../src/solver/newton/source-stepping.js';
import { model } from '../../src/devices/language/model.js';
import { mos1 } from '../../src/devices/semiconductor/mos1.js';
import { contextOf, FlatCircuit, last, run } from './flat-circuit.js';

describe('operating point', () => {
  it('divides a voltage and counts the source current from + through the source', () => {
    const { dataset } = run(
      new FlatCircuit().v('v1', 'a 0', 10).r('r1', 'a b', 1e3).r('r2', 'b 0', 3e3),
      'op',
    );
    // 10 V · 3/4, and −10 V/4 kΩ: the source delivers.
    expect(last(dataset, 'v(b)')).toBeCloseTo(7.5, 12);
    expect(last(dataset, 'i(v1)')).toBeCloseTo(-2.5e-3, 15);
  });

  it('finds a diode voltage to all digits, whatever reltol is', () => {
    const { dataset } = run(
      new FlatCircuit().v('v1', 'a 0', 5).r('r1', 'a b', 1e3).d('d1', 'b 0', { is: 1e-14 }),
      'op',
    );
    // Independent bisection of (5 − v)/1k = is·(exp(v/vt) − 1) + gmin·v.
    const vt = (1.38064852e-23 * 300.15) / 1.6021766208e-19;
    let low = 0;
    let high = 1;
    for (let k = 0; k < 200; k++) {
      const v = (low + high) / 2;
      if ((5 - v) / 1e3 > 1e-14 * Math.expm1(v / vt) + 1e-12 * v) low = v;
      else high = v;
    }
    expect(Math.abs(last(dataset, 'v(b)') / low - 1)).toBeLessThan(1e-9);
  });

  it('accepts residuals that the last bit of a high voltage makes', () => {
    const circuit = new FlatCircuit().v('v1', 'n0 0', 274.1).r('r1', 'n18 0', 248);
    for (let k = 0; k < 18; k++)
      circuit.d(`d${String(k)}`, `n${String(k)} n${String(k + 1)}`, {
        is: 2.77e-15,
        n: 1.47,
        rs: 0.1,
      });
    // 1e-13 V in 274 V across 0.1 Ω exceeds abstol. ngspice 39 with reltol=1e-9.
    const { dataset } = run(circuit, 'op');
    expect(Math.abs(last(dataset, 'v(n18)') / 249.34596631932396 - 1)).toBeLessThan(1e-8);
  });

  it('leaves a start outside of a function, and says which equation has no value', () => {
    const root = model({
      name: 'root',
      title: 'square root of what is above a threshold',
      terminals: ['p', 'n', 'c'],
      parameters: { threshold: real(0.5, 'V', 'where the root begins') },
      analog({ V, I }, { threshold }) {
        I('p', 'n', V('p', 'n') - Math.sqrt(V('c', 'n') - threshold));
      },
    });
    const circuit = (volts: number) =>
      new FlatCircuit().v('v1', 'c 0', volts).add('n1', root, 'o 0 c').r('r1', 'o 0', 1e9);
    // √(0.75 − 0.5); the load of 1 GΩ takes 1e-9 of it.
    expect(last(run(circuit(0.75), 'op').dataset, 'v(o)')).toBeCloseTo(0.5, 8);
    const context = contextOf(circuit(0.25).build());
    const result = findOperatingPoint(context.newton, context.events);
    expect(result.converged ? '' : result.diagnostic.message).toBe(
      'no operating point found: the sum of currents at v(o) is not a finite number',
    );
  });

  it('finds all digits where Newton converges slowly, at the threshold of a transistor', () => {
    const { dataset } = run(
      new FlatCircuit()
        .v('vd', 'd 0', 5)
        .v('vg', 'g 0', 0.75)
        .add('m1', mos1, 'd g x 0', { vto: 0.7, kp: 1e-4, w: 20e-6, l: 2e-6 }),
      'op',
    );
    // ngspice 39 with reltol=1e-12: only gmin and the bulk diode load the source.
    expect(Math.abs(last(dataset, 'v(x)') / 0.04998917949961623 - 1)).toBeLessThan(1e-7);
  });

  it('takes a nodeset as a hint for which of two stable points to find', () => {
    // i(v) = v³ − v has the stable points −1 and 1 and the unstable one 0.
    const bistable = model({
      name: 'bistable',
      title: 'Cubic conductance',
      terminals: ['p', 'n'],
      analog({ V, I }) {
        const v = V('p', 'n');
        I('p', 'n', v * v * v - v);
      },
    });
    for (const hint of [-0.9, 0.9]) {
      const circuit = new FlatCircuit().add('n1', bistable, 'a 0').r('r1', 'a 0', 1e9);
      const { dataset } = run(circuit.nodeset('a', hint), 'op');
      expect(last(dataset, 'v(a)')).toBeCloseTo(Math.sign(hint), 6);
    }
  });

  it('ignores .ic, as ngspice does in .op', () => {
    const circuit = new FlatCircuit().v('v1', 'a 0', 5).r('r1', 'a b', 1e3).r('r2', 'b 0', 1e3);
    expect(last(run(circuit.ic('b', 1), 'op').dataset, 'v(b)')).toBeCloseTo(2.5, 12);
  });
});

/**
 * A junction without limiting behind a large source: Newton from 0 V jumps to 10 V, exp overflows
 * or creeps down by one thermal voltage an iteration.
 */
const unlimited = model({
  name: 'unlimited',
  title: 'Exponential without limiting',
  terminals: ['p', 'n'],
  parameters: {},
  analog({ V, I, gmin }) {
    const v = V('p', 'n');
    I('p', 'n', 1e-14 * (Math.exp(v / 0.025) - 1) + gmin * v);
  },
});

function hard(): FlatCircuit {
  return new FlatCircuit({ itl1: 50 })
    .v('v1', 'a 0', 30)
    .r('r1', 'a b', 1)
    .add('n1', unlimited, 'b 0')
    .add('n2', unlimited, 'b c')
    .r('r2', 'c 0', 10);
}

describe('homotopies', () => {
  const divider = (options = {}) =>
    new FlatCircuit(options).v('v1', 'a 0', 5).r('r1', 'a b', 1e3).r('r2', 'b 0', 1e3);

  it('leave out Newton in both its forms with noopiter', () => {
    const context = contextOf(divider({ noopiter: 1 }).build());
    context.reset();
    const result = findOperatingPoint(context.newton, context.events);
    expect(result).toEqual({ converged: true, by: diagonalGmin.name });
    // 5 V·1/2.
    expect(context.system.x[context.system.unknown('v(b)')!]).toBeCloseTo(2.5, 9);
  });

  it('do not take a step that damping cut short for the solution of linear equations', () => {
    const context = contextOf(divider().build());
    context.reset();
    const request = { strategies: [damped] };
    const result = findOperatingPoint(context.newton, context.events, request);
    expect(result.converged).toBe(true);
    // 5 V·1/2.
    expect(context.system.x[context.system.unknown('v(b)')!]).toBeCloseTo(2.5, 9);
  });

  const solveBy = (circuit: FlatCircuit, homotopy: Homotopy) => {
    const context = contextOf(circuit.build());
    context.reset();
    const result = findOperatingPoint(context.newton, context.events, { strategies: [homotopy] });
    return { result, x: context.system.x, context };
  };

  it('is a circuit where plain Newton fails', () => {
    expect(solveBy(hard(), plain).result.converged).toBe(false);
  });

  for (const homotopy of [damped, diagonalGmin, sourceStepping, pseudoTransient]) {
    it(`finds it by ${homotopy.name}`, () => {
      const { result, x, context } = solveBy(hard(), homotopy);
      expect(result).toMatchObject({ converged: true });
      const b = x[context.system.unknown('v(b)')!];
      const c = x[context.system.unknown('v(c)')!];
      // Kirchhoff's current law at b and c, computed here.
      const junction = (v: number) => 1e-14 * Math.expm1(v / 0.025) + 1e-12 * v;
      expect(Math.abs((30 - b) / 1 - junction(b) - junction(b - c))).toBeLessThan(1e-6);
      expect(Math.abs(junction(b - c) - c / 10)).toBeLessThan(1e-6);
    });
  }

  it('tries junction gmin stepping where junctions float behind each other', () => {
    const circuit = new FlatCircuit()
      .v('v1', 'a 0', 20)
      .d('d1', 'b a')
      .d('d2', 'c b')
      .d('d3', '0 c');
    const { result, x, context } = solveBy(circuit, junctionGmin);
    expect(result).toMatchObject({ converged: true });
    // Three equal junctions in reverse share 20 V evenly.
    expect(x[context.system.unknown('v(b)')!]).toBeCloseTo(40 / 3, 4);
  });

  it('says what was tried and names the worst unknown when all fails', () => {
    // No voltage carries the current of the source.
    const bounded = model({
      name: 'bounded',
      title: 'Current that saturates at 1 mA',
      terminals: ['p', 'n'],
      analog({ V, I }) {
        I('p', 'n', 1e-3 * Math.tanh(V('p', 'n')));
      },
    });
    const circuit = new FlatCircuit().i('i1', '0 a', 2e-3).add('n1', bounded, 'a 0');
    const { problem } = run(circuit, 'op');
    const text = renderDiagnostic(problem!);
    expect(text).toMatch(/S30[13]/);
    expect(text).toMatch(/v\(a\)/);
    expect(text).toMatch(/tried gmin stepping: got down to/);
    expect(text).toMatch(/tried source stepping: got up to 50\.0 % of the sources/);
  });
});
