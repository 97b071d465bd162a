import { describe, expect, it } from 'vitest';
import { catalog } from '../../../src/devices/catalog.js';
import { environment } from '../../../src/devices/language/compiled.js';
import { chargeRoundLoop } from '../charge-round-loop.js';
import { findJumps, type Jump } from '../find-jump.js';
import { SingleInstance } from '../single-instance.js';
import { jacobians } from '../terminal-admittance.js';
import { transistors, type Check, type Transistor } from './transistors.js';

/**
 * What models of transistors are judged by: McAndrew, Gummel and Singhal, "Benchmarks for compact
 * MOSFET models", 1995 (exchange of drain and source, slopes at vds = 0), conservation of charge, no
 * conductance below zero where none belongs, no jumps of currents, charges and their derivatives.
 * What a model does not do by its equations `transistors.ts` states with the reason, and it is
 * tested that it does not: the reason is dropped with it.
 */
class Judged {
  readonly subject: SingleInstance;
  private readonly count: number;
  private readonly polarity: number;

  constructor({ definition, conditions, terminals }: Transistor) {
    this.subject = new SingleInstance(definition, conditions);
    this.count = terminals.length;
    this.polarity = conditions.card?.type ?? 1;
    expect(this.subject.model.unknowns).toHaveLength(this.count);
    // Limiting has come to rest when it has reached the voltages, not merely come close to them.
    this.subject.memory.environment[environment.reltol] = 1e-13;
    this.subject.memory.environment[environment.vntol] = 1e-15;
  }

  /** Currents into the terminals [A], of a p-channel transistor as if it were an n-channel one. */
  currents(voltages: readonly number[]): number[] {
    voltages.forEach((v, i) => (this.subject.memory.x[i + 1] = this.polarity * v));
    this.subject.settle();
    return voltages.map((_, i) => this.polarity * this.subject.f(i));
  }

  /** Charges [C], conductances [S] and capacitances [F] at the voltages set last. */
  charges(): number[] {
    return Array.from({ length: this.count }, (_, i) => this.subject.q(i));
  }

  slopes(): { f: number[][]; q: number[][] } {
    return jacobians(this.subject);
  }
}

/** Expects what holds, or of what is known not to hold that it does not. */
function expectUnless(reason: string | undefined, value: number, limit: number, at = ''): void {
  if (reason === undefined) expect(value, at).toBeLessThanOrEqual(limit);
  else expect(value, `holds, although ${reason}`).toBeGreaterThan(limit);
}

it('judges every transistor of the catalogue', () => {
  const judged = new Set(transistors.map(({ definition }) => definition.name));
  const all = catalog.filter(({ letter }) => /^[mjzq]$/.test(letter ?? ''));
  expect(all.map(({ definition }) => definition.name).filter((name) => !judged.has(name))).toEqual(
    [],
  );
});

describe.each(transistors.map((each) => [each.name, each] as const))('%s', (_, transistor) => {
  const { terminals, sweeps, symmetric, known } = transistor;
  const judged = new Judged(transistor);
  const [drain, gate, source] = [0, 1, 2];

  if (symmetric) {
    /** Bias with x between drain and source, whose middle is at 0 V. */
    const across = (x: number, vg: number): number[] =>
      terminals.map((name) => ({ d: x / 2, g: vg, s: -x / 2, b: -0.6 })[name]!);
    const gates = terminals.length > 3 ? [0.5, 1.4] : [-1.4, -0.3];

    it('is the same with drain and source exchanged', () => {
      let worst = 0;
      for (const vg of gates) {
        for (const x of [1e-6, 1e-3, 0.05, 0.4, 1.5]) {
          const one = judged.currents(across(x, vg));
          const other = judged.currents(across(-x, vg));
          const size = Math.max(...one.map(Math.abs));
          worst = Math.max(worst, Math.abs(one[drain] - other[source]) / size);
          worst = Math.max(worst, Math.abs(one[gate] - other[gate]) / size);
        }
      }
      // At 1 µV level 2 takes differences of cubes.
      expect(worst).toBeLessThan(transistor.name === 'mos2' ? 1e-10 : 1e-12);
    });

    it('has a conductance without a step, and without a bend, at vds = 0', () => {
      const conductance = (x: number, vg: number): number => {
        judged.currents(across(x, vg));
        const { f } = judged.slopes();
        // Of the channel: what the gate takes is of the mean of both sides.
        return (f[drain][drain] - f[drain][source] - f[source][drain] + f[source][source]) / 4;
      };
      let [step, bend] = [0, 0];
      for (const vg of gates) {
        const g = conductance(0, vg);
        for (const x of [1e-9, -1e-9]) {
          step = Math.max(step, Math.abs(conductance(x, vg) / g - 1));
        }
        // Of a smooth curve it is a hundredth, of a bent one a tenth.
        const slope = (x: number): number => conductance(x, vg) - conductance(-x, vg);
        const near = Math.abs(conductance(1e-3, vg) - g) + Math.abs(slope(1e-3));
        const far = Math.abs(conductance(1e-2, vg) - g) + Math.abs(slope(1e-2));
        if (far > 1e-9 * g) bend = Math.max(bend, near / far);
      }
      expectUnless(known.step, step, 1e-7);
      expectUnless(known.bend, bend, 0.03);
    });
  }

  it('conserves charge round a closed loop', () => {
    const loop = [
      [0.1, -1, 0, -0.3],
      [1.2, 0.7, 0.1, -0.6],
      [-0.2, 0.4, 0.5, -1.2],
    ].map((corner) => corner.slice(0, terminals.length));
    const { moved, left } = chargeRoundLoop(judged.subject, loop, 120);
    expectUnless(known.charge, left / moved, 1e-5);
  });

  it('has no negative conductance', () => {
    let lowest = 0;
    let where = '';
    for (const voltages of forward(transistor)) {
      judged.currents(voltages);
      const { f } = judged.slopes();
      const size = Math.max(...f.flat().map(Math.abs));
      terminals.forEach((name, column) => {
        // A drain's current falls where its source, emitter or substrate rises.
        if (name === 'e' || name === 's') return;
        const value = f[drain][column] / (size + 1e-6);
        if (!(value >= lowest)) [lowest, where] = [value, `d/d${name} at ${voltages.join(' ')}`];
      });
    }
    expectUnless(known.negative, -lowest, 2e-6, where);
  });

  it('has no jumps in currents, charges and their derivatives', () => {
    const jumps = new Map<string, Jump>();
    for (const sweep of sweeps) {
      const swept = terminals.indexOf(sweep.of);
      const curve = (x: number): number[] => {
        const currents = judged.currents(sweep.at.map((v, i) => (i === swept ? x : v)));
        const { f, q } = judged.slopes();
        return [...currents, ...judged.charges(), ...f.flat(), ...q.flat()];
      };
      const n = terminals.length;
      const kinds = [
        ...Array<string>(n).fill('currents'),
        ...Array<string>(n).fill('charges'),
        ...Array<string>(n * n).fill('conductances'),
        ...Array<string>(n * n).fill('capacitances'),
      ];
      const floors = { currents: 1e-9, charges: 1e-15, conductances: 1e-6, capacitances: 1e-15 };
      const floor = kinds.map((kind) => floors[kind as keyof typeof floors]);
      for (const jump of findJumps(curve, sweep.from, sweep.to, floor)) {
        const kind = kinds[jump.quantity];
        if (!jumps.has(kind) || jumps.get(kind)!.size < jump.size) jumps.set(kind, jump);
      }
    }
    for (const kind of ['currents', 'charges', 'conductances', 'capacitances']) {
      const jump = jumps.get(kind);
      const at = `${kind} at ${String(jump?.at)}`;
      expectUnless(known[kind as Check], jump?.size ?? 0, 1e-6, at);
    }
  });
});

/** Biases of the forward mode, from off to on and from the linear region to saturation. */
function forward({ terminals }: Transistor): number[][] {
  const steps = (from: number, to: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  const isBipolar = terminals[0] === 'c';
  const isMos = terminals.length === 4 && !isBipolar;
  const gates = isBipolar ? steps(0.1, 0.8, 12) : isMos ? steps(-0.5, 1.8, 24) : steps(-3, 0, 16);
  const drains = isBipolar ? [0.9, 2, 4] : [1e-4, 0.05, 0.3, 0.9, 1.8];
  const bulks = isMos ? [0, -1] : [-2];
  return gates.flatMap((vg) =>
    drains.flatMap((vd) => bulks.map((vb) => [vd, vg, 0, vb].slice(0, terminals.length))),
  );
}
