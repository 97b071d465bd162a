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
// Without recombination. ngspice 39 drops it all at once below −3 n kT/q; ours goes on evenly.
const plain = table.instances.filter((d) => !d.card.has('isr'));
const recombining = table.instances.filter((d) => d.card.has('isr'));

describe('diode against ngspice', () => {
  it.each(plain.map((d) => [d.name, d] as const))('%s: current', (_, instance) => {
    expect(worst(instance, 'id', always)).toBeLessThan(1e-9);
  });

  it.each(recombining.map((d) => [d.name, d] as const))('%s: forward current', (_, instance) => {
    expect(worst(instance, 'id', (v) => v >= 0)).toBeLessThan(1e-9);
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
    expect(names({})).toEqual(['a', 'c']);
    expect(names({ rs: 10 })).toEqual(['a', 'c', 'j']);
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
