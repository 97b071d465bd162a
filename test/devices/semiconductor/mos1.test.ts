import { describe, expect, it } from 'vitest';
import { mos1 } from '../../../src/devices/semiconductor/mos1.js';
import { chargeRoundLoop } from '../charge-round-loop.js';
import { ngspiceTable, renamed, type DeckInstance } from '../ngspice-table.js';
import { relativeError } from '../relative-error.js';
import { SingleInstance } from '../single-instance.js';

// ngspice 39 wrote the tables from the decks of the same names in test/devices/ngspice/.
const currents = ngspiceTable('mos1', 'm', 4);
const smallSignal = ngspiceTable('mos1-small-signal', 'm', 4);

function device(instance: DeckInstance): SingleInstance {
  return new SingleInstance(mos1, {
    card: { type: instance.type === 'pmos' ? -1 : 1, ...renamed(mos1, instance.card) },
    instance: renamed(mos1, instance.parameters),
  });
}

const each = currents.instances.map((instance) => [instance.name, instance] as const);

describe.each(each)('%s against ngspice', (name, instance) => {
  it.each([
    ['id', 1e-14, 1e-9],
    ['von', 1e-3, 1e-9],
    ['vdsat', 1e-3, 1e-9],
  ])('%s over all biases', (output, floor, tolerance) => {
    const subject = device(instance);
    const expected = currents.columns.get(`@${name}[${output}]`)!;
    const [d, g, s, b] = ['d', 'g', 's', 'b'].map((node) => currents.columns.get(node)!);
    const errors = expected.map((value, i) => {
      subject.set({ d: d[i], g: g[i], s: s[i], b: b[i] });
      return relativeError(subject.outputs().get(output)!, value, floor);
    });
    expect(Math.max(...errors)).toBeLessThan(tolerance);
  });

  it.each([
    ['gm', 1e-15],
    ['gds', 1e-15],
    ['gmbs', 1e-15],
    ['cgs', 1e-22],
    ['cgd', 1e-22],
    ['cgb', 1e-22],
    ['cbd', 1e-22],
    ['cbs', 1e-22],
  ])('%s over all biases', (output, floor) => {
    const subject = device(instance);
    const column = (vector: string): readonly number[] =>
      smallSignal.columns.get(`real(${vector})`)!;
    const [d, g, s, b] = ['vd', 'vg', 'vs', 'vb'].map((source) => column(`@${source}[dc]`));
    const sign = instance.type === 'pmos' ? -1 : 1;
    const errors = column(`@${name}[${output}]`).map((value, i) => {
      // With a forward-biased bulk ngspice's gmbs is not the derivative of its current (it divides
      // by the linearized root); ours is.
      const forward = sign * b[i] > Math.min(sign * s[i], sign * d[i]);
      if (output === 'gmbs' && forward) return 0;
      subject.set({ d: d[i], g: g[i], s: s[i], b: b[i] });
      return relativeError(subject.outputs().get(output)!, value, floor);
    });
    // The tables have 10 digits.
    expect(Math.max(...errors)).toBeLessThan(1e-7);
  });
});

describe('mos1', () => {
  it('has inner nodes only where drain or source have a resistance', () => {
    const nodes = (card: Record<string, number>, instance: Record<string, number> = {}): string[] =>
      new SingleInstance(mos1, { card, instance }).model.unknowns.map((u) => u.name).slice(4);
    expect(nodes({})).toEqual([]);
    expect(nodes({ rd: 1 })).toEqual(['di']);
    expect(nodes({ rsh: 10 })).toEqual(['di', 'si']);
    expect(nodes({ rsh: 10 }, { nrd: 0 })).toEqual(['si']);
    expect(nodes({ rsh: 10, rs: 0 })).toEqual(['di']);
  });

  describe('charge round a closed loop of gate and drain voltages', () => {
    const card = { tox: 2e-8, gamma: 0.5, vto: 0.5, cgso: 1e-10, cj: 1e-4 };
    const subject = (capmod: number): SingleInstance =>
      new SingleInstance(mos1, { card: { ...card, capmod }, instance: { ad: 1e-11, as: 1e-11 } });
    // d, g, s, b: through cut-off, saturation, the linear region and reverse mode.
    const corners = [
      [2, -1, 0, -0.5],
      [2, 1.5, 0, 0],
      [0.3, 2, 0, -1],
      [-1, 1.5, 0, -1.5],
    ];

    it('is conserved with charges of Ward and Dutton', () => {
      // Capacitances jump at the threshold, so the sum errs by a part of one piece; what is left
      // therefore falls with the number of pieces, which a charge that is lost would not.
      const coarse = chargeRoundLoop(subject(1), corners, 400);
      const fine = chargeRoundLoop(subject(1), corners, 6400);
      expect(coarse.left).toBeLessThan(coarse.moved / 400);
      expect(fine.left).toBeLessThan(fine.moved / 6400);
    });

    it('is not conserved with capacitances of Meyer', () => {
      // ∮ C·dv of the gate: C are the outputs, v the voltages they stand between.
      const device = subject(0);
      let [gate, moved] = [0, 0];
      corners.forEach((from, k) => {
        const to = corners[(k + 1) % corners.length];
        const pieces = 200;
        for (let piece = 0; piece < pieces; piece++) {
          const [d, g, s, b] = from.map((v, i) => v + ((piece + 0.5) / pieces) * (to[i] - v));
          device.set({ d, g, s, b });
          const outputs = device.outputs();
          const step = to.map((v, i) => (v - from[i]) / pieces);
          for (const [name, node] of [
            ['cgs', 2] as const,
            ['cgd', 0] as const,
            ['cgb', 3] as const,
          ]) {
            const dq = outputs.get(name)! * (step[1] - step[node]);
            gate += dq;
            moved += Math.abs(dq);
          }
        }
      });
      expect(Math.abs(gate)).toBeGreaterThan(0.01 * moved);
    });
  });

  it('has thermal and flicker noise as ngspice', () => {
    // ngspice 39: this transistor with 1.5 V at the gate and 1 kΩ from 3 V at the drain, `.noise` at
    // 10 Hz: id = 8.846153866590e-4, gds = 40 µS, onoise_m1_id = 4.753450923592e-9 and
    // onoise_m1_1overf = 9.213761568472e-5 V/√Hz; the noise current passes 1/(gds + 1 mS).
    const device = new SingleInstance(mos1, {
      card: { vto: 0.7, kp: 1e-4, tox: 2e-8, kf: 1e-26, af: 1.1, ld: 1e-7, lambda: 0.05 },
      instance: { w: 2e-5, l: 1e-6 },
    });
    device.set({ d: 3 - 1e3 * 8.84615386659e-4, g: 1.5, s: 0, b: 0 });
    const noise = device.noise();
    const load = 4e-5 + 1e-3;
    expect(noise.get('id')! / (4.753450923592e-9 * load) ** 2).toBeCloseTo(1, 6);
    expect(noise.get('flicker')! / (10 * (9.213761568472e-5 * load) ** 2)).toBeCloseTo(1, 6);
  });

  it('has the drop over its own resistances', () => {
    // ngspice 39: rd = 100, rs = 50, gamma = 0.4 at 77 °C, 2 V at the drain and 3 V at the gate:
    // id = 1.907519967255e-3, vds = 1.713872005696, vgs = 2.904624002464.
    const device = new SingleInstance(mos1, {
      card: { vto: 0.7, kp: 1e-4, rd: 100, rs: 50, gamma: 0.4 },
      instance: { w: 1e-5, l: 1e-6 },
      temperature: 350.15,
    });
    const si = 3 - 2.904624002464;
    device.set({ d: 2, g: 3, s: 0, b: 0, di: si + 1.713872005696, si });
    expect(device.outputs().get('id')! / 1.907519967255e-3).toBeCloseTo(1, 9);
    device.settle();
    expect(Math.abs(device.f(device.unknown('di')))).toBeLessThan(1e-12);
    expect(Math.abs(device.f(device.unknown('si')))).toBeLessThan(1e-12);
  });
});
