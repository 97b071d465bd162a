import { describe, expect, it } from 'vitest';
import type { ModelDefinition } from '../../../src/devices/language/model.js';
import { capacitor } from '../../../src/devices/passive/capacitor.js';
import { inductor } from '../../../src/devices/passive/inductor.js';
import { resistor } from '../../../src/devices/passive/resistor.js';
import { SingleInstance, type Conditions } from '../single-instance.js';

function output(definition: ModelDefinition, name: string, conditions: Conditions): number {
  const device = new SingleInstance(definition, conditions);
  device.set({ p: 1, n: 0 });
  return device.outputs().get(name)!;
}

// Numbers of ngspice 39 (.op; print @r1[i] with 1 V across, @c1[capacitance], @l1[inductance]).
describe('resistor', () => {
  it.each<[string, Conditions, number]>([
    ['of zero ohms has a milliohm', { instance: { r: 0 } }, 1e3],
    ['without a value has a milliohm', {}, 1e3],
    [
      'from its sheet',
      { card: { rsh: 100, narrow: 1e-7, short: 2e-7 }, instance: { l: 2e-6, w: 1e-6 } },
      5e-3,
    ],
    [
      'from its sheet, with the default width',
      { card: { rsh: 100, narrow: 1e-7, short: 2e-7 }, instance: { l: 2e-6 } },
      6.125e-2,
    ],
    ['at 127 °C', { instance: { r: 1e3, tc1: 1e-3, tc2: 1e-6, temp: 127 } }, 9.009009009009009e-4],
    ['with tce', { instance: { r: 1e3, tce: 1, temp: 127 } }, 3.697112123291189e-4],
    ['from its sheet, of default size', { card: { rsh: 100, defl: 4e-6, defw: 2e-6 } }, 5e-3],
    ['scaled', { instance: { r: 1e3, scale: 2 } }, 0.5e-3],
    ['of negative value', { instance: { r: -1e3 } }, -1e-3],
  ])('%s', (_, conditions, amperes) => {
    expect(output(resistor, 'i', conditions) / amperes).toBeCloseTo(1, 12);
  });

  it('multiplies its current', () => {
    const device = new SingleInstance(resistor, { instance: { r: 1e3, scale: 2, m: 3 } });
    device.set({ p: 1, n: 0 });
    device.evaluate();
    expect(device.f(0)).toBeCloseTo(1.5e-3, 15);
  });
});

describe('capacitor', () => {
  const geometry = { cj: 1e-3, cjsw: 1e-9, narrow: 1e-7, short: 2e-7 };
  it.each<[string, Conditions, number]>([
    ['at 77 °C', { instance: { c: 1e-9, tc1: 1e-3, tc2: 1e-6, temp: 77 } }, 1.0525e-9],
    ['from its geometry', { card: geometry, instance: { l: 10e-6, w: 2e-6 } }, 4.202e-14],
    ['with the default width', { card: geometry, instance: { l: 10e-6 } }, 1.3642e-13],
    [
      'with del only for what short does not say',
      { card: { cj: 1e-3, del: 2e-7, short: 1e-7 }, instance: { l: 10e-6, w: 2e-6 } },
      1.584e-14,
    ],
    ['scaled', { instance: { c: 1e-9, scale: 3 } }, 3e-9],
  ])('%s', (_, conditions, farads) => {
    expect(output(capacitor, 'capacitance', conditions) / farads).toBeCloseTo(1, 12);
  });

  it('has the charge C·v in the rows of its nodes', () => {
    const device = new SingleInstance(capacitor, { instance: { c: 2e-9 } });
    device.set({ p: 3, n: 1 });
    device.evaluate();
    expect([device.f(0), device.q(0), device.q(1)]).toEqual([0, 4e-9, -4e-9]);
  });
});

describe('inductor', () => {
  it('at 127 °C', () => {
    const conditions = { instance: { l: 1e-3, tc1: 1e-3, temp: 127 } };
    expect(output(inductor, 'inductance', conditions)).toBeCloseTo(1.1e-3, 15);
  });

  it('has v − d/dt(L·i) = 0 in the row of its branch', () => {
    const device = new SingleInstance(inductor, { instance: { l: 1e-3 } });
    device.set({ p: 3, n: 1, 'i(p,n)': 0.5 });
    device.evaluate();
    const branch = device.unknown('i(p,n)');
    expect(device.f(branch)).toBe(2);
    expect(device.q(branch)).toBe(-0.5e-3);
    expect([device.f(0), device.f(1)]).toEqual([0.5, -0.5]);
  });
});
