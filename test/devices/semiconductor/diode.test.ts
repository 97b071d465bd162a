import { describe, expect, it } from 'vitest';
import { thermalVoltage } from '../../../src/base/index.js';
import { diode } from '../../../src/devices/semiconductor/diode.js';
import { ngspiceTable, renamed, type DeckInstance } from '../ngspice-table.js';
import { relativeError } from '../relative-error.js';
import { SingleInstance } from '../single-instance.js';

// ngspice 39 wrote the table from test/devices/ngspice/diode.cir, 15 digits.
const table = ngspiceTable('diode', 'd', 2);
const sweep = table.columns.get('v-sweep')!;

/** Worst relative difference of an output over the sweep, where `counts` says so. */
function worst(instance: DeckInstance, output: string, counts: (v: number) => boolean): number {
  const expected = table.columns.get(`@${instance.name}[${output}]`)!;
  const device = new SingleInstance(diode, {
    card: renamed(diode, instance.card),
    instance: renamed(diode, instance.parameters),
  });
  const errors = sweep.map((v, i) => {
    if (!counts(v)) return 0;
    device.set({ a: v, c: 0 });
    return relativeError(device.outputs().get(output)!, expected[i], 1e-18);
  });
  return Math.max(...errors);
}

const always = (): boolean => true;
// The slope of recombination is not that of its current in ngspice 39.
const plain = table.instances.filter((d) => !d.card.has('isr'));
const recombining = table.instances.filter((d) => d.card.has('isr'));

describe('diode against ngspice', () => {
  it.each(plain.map((d) => [d.name, d] as const))('%s: current', (_, instance) => {
    expect(worst(instance, 'id', always)).toBeLessThan(1e-9);
  });

  it.each(recombining.map((d) => [d.name, d] as const))('%s: current', (_, instance) => {
    expect(worst(instance, 'id', always)).toBeLessThan(1e-9);
  });

  it.each(plain.map((d) => [d.name, d] as const))('%s: conductance', (_, instance) => {
    // Where breakdown begins the current has a corner, at −5 V on the card `soft`.
    expect(worst(instance, 'gd', (v) => Math.abs(v + 5) > 1e-6)).toBeLessThan(1e-9);
  });

  it.each(plain.map((d) => [d.name, d] as const))('%s: capacitance', (_, instance) => {
    expect(worst(instance, 'cd', (v) => Math.abs(v + 5) > 1e-6)).toBeLessThan(1e-7);
  });
});

describe('diode', () => {
  it('passes ibv at bv', () => {
    const device = new SingleInstance(diode, { card: { bv: 6, ibv: 2e-3 }, gmin: 0 });
    device.set({ a: -6, c: 0 });
    // SPICE leaves a part of is·bv/vt out of account, 1e-14·232 = 2.3e-12 A.
    expect(device.outputs().get('id')!).toBeCloseTo(-2e-3, 10);
  });

  it('has no inner node without series resistance, and one with it', () => {
    const names = (card: Record<string, number>): string[] =>
      new SingleInstance(diode, { card }).model.unknowns.map((u) => u.name);
    expect(names({})).toEqual(['a', 'c', 'tj']);
    expect(names({ rs: 10 })).toEqual(['a', 'c', 'tj', 'j']);
  });

  it('starts at the critical voltage, or without conduction', () => {
    // vcrit = vt·ln(vt/(√2·is)): Nagel, UCB/ERL M520.
    const first = (instance: Record<string, number>): number => {
      const device = new SingleInstance(diode, { instance, gmin: 0 });
      device.memory.environment[5] = 1;
      device.evaluate();
      const slot = device.model.instanceSlots.findIndex((s) => s.kind === 'limit');
      return device.memory.instance[slot];
    };
    const vt = thermalVoltage(300.15);
    expect(first({})).toBeCloseTo(vt * Math.log(vt / (Math.SQRT2 * 1e-14)), 8);
    expect(first({ off: 1 })).toBe(0);
  });

  it('shares gmin among devices in parallel, as ngspice', () => {
    // ngspice 39, `d1 a 0 d m=4` with is=1e-14 at −20 V: i(v1) = 2.004e-11 A = gmin·20 V + 4·is.
    const device = new SingleInstance(diode, { instance: { m: 4 } });
    device.set({ a: -20, c: 0 });
    device.settle();
    expect(device.memory.f[device.unknown('a') + 1]).toBeCloseTo(-2.004e-11, 16);
  });

  it('has noise of its series resistance as ngspice: area twice, m three times', () => {
    // ngspice 39, is=1e-14 rs=10 at 0.9 V: a current noise at 1 kHz of 3.537517237564761e-11 A/√Hz,
    // 1.4150069230093688e-10 with area=4 and 2.8300138460187375e-10 with m=4.
    const density = (instance: Record<string, number>): number => {
      const device = new SingleInstance(diode, { card: { rs: 10 }, instance });
      return device.noise().get('rs')!;
    };
    const one = density({});
    const ratio = (figure: number): number => (figure / 3.537517237564761e-11) ** 2;
    expect(density({ area: 4 }) / one).toBeCloseTo(ratio(1.4150069230093688e-10), 5);
    expect(density({ m: 4 }) / one).toBeCloseTo(ratio(2.8300138460187375e-10), 4);
  });

  it('has recombination with the potential that fc allows', () => {
    // ngspice 39: 4.1292728571995334e-5 A at 0.4 V.
    const device = new SingleInstance(diode, { card: { isr: 1e-11, vj: 1.2, fc: 0.94 } });
    device.set({ a: 0.4, c: 0 });
    expect(device.outputs().get('id')! / 4.1292728571995334e-5).toBeCloseTo(1, 7);
  });

  it('has shot and flicker noise as ngspice', () => {
    // ngspice 39: this diode at 0.7 V behind 1 kΩ, `.noise` at 10 Hz: id = 1.035393947564e-4,
    // gd = 4.003082405682e-3, onoise_d1_id = 1.151291631018e-9 and onoise_d1_1overf =
    // 1.623981202808e-7 V/√Hz; the noise current passes 1/(gd + 1 mS).
    const device = new SingleInstance(diode, { card: { kf: 1e-12, af: 1.3 } });
    // The voltage of this very current: ngspice stops iterating at 1e-3.
    device.set({ a: thermalVoltage(300.15) * Math.log(1 + 1.035393947564e-4 / 1e-14), c: 0 });
    const noise = device.noise();
    const load = 4.003082405682e-3 + 1e-3;
    expect(noise.get('id')! / (1.151291631018e-9 * load) ** 2).toBeCloseTo(1, 6);
    expect(noise.get('flicker')! / (10 * (1.623981202808e-7 * load) ** 2)).toBeCloseTo(1, 6);
  });
});
