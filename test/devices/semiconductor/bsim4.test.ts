import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bsim4 } from '../../../src/devices/semiconductor/bsim4/bsim4.js';
import { chargeRoundLoop } from '../charge-round-loop.js';
import { ngspiceTable, renamed, tableColumns, type DeckInstance } from '../ngspice-table.js';
import { relativeError } from '../relative-error.js';
import { SingleInstance } from '../single-instance.js';
import { TerminalView } from '../terminal-view.js';

// ngspice 39 wrote the tables from the decks of the same names in test/devices/ngspice/, which
// generate-bsim4.mjs wrote: cards of circuits/models and options one by one, version 4.8.2.
const decks = ['bsim4-90nm', 'bsim4-130nm-hot', 'bsim4-options', 'bsim4-options-p'];
const sides = ['d', 'g', 's', 'b'] as const;
const omega = 2 * Math.PI * 1e8;

function textOf(deck: string): string {
  return readFileSync(new URL(`../ngspice/${deck}.cir`, import.meta.url), 'utf8');
}

function conditions(instance: DeckInstance, temperature: number) {
  const card = renamed(bsim4, instance.card);
  delete card.level;
  return {
    card: { ...card, type: instance.type === 'pmos' ? -1 : 1, version: 4.8 },
    instance: renamed(bsim4, instance.parameters),
    temperature,
  };
}

describe.each(decks)('%s against ngspice', (deck) => {
  const large = ngspiceTable(deck, 'm', 4);
  const small = tableColumns(`${deck}-ac`);
  const temperature = Number(/^\.temp (.*)$/m.exec(textOf(deck))![1]) + 273.15;
  const each = large.instances.map((instance) => [instance.name, instance] as const);

  it.each(each)('%s: currents over all biases', (name, instance) => {
    const subject = new TerminalView(bsim4, conditions(instance, temperature));
    const polarity = instance.type === 'pmos' ? -1 : 1;
    const column = (vector: string): readonly number[] => large.columns.get(vector)!;
    const voltages = sides.map((side) => column(`@v${side}[dc]`));
    let worst = 0;
    voltages[0].forEach((_, i) => {
      const currents = subject.currents(voltages.map((v) => polarity * v[i]));
      sides.forEach((side, k) => {
        const expected = column(`i(v${side}${name.slice(1)})`)[i];
        // 1e-6 relative, 1e-12 A.
        const error = Math.abs(currents[k] - expected) / (1e-6 * Math.abs(expected) + 1e-12);
        worst = Math.max(worst, error);
      });
    });
    expect(worst).toBeLessThan(1);
  });

  it.each(each)('%s: capacitances by ac', (name, instance) => {
    const subject = new TerminalView(bsim4, conditions(instance, temperature));
    const polarity = instance.type === 'pmos' ? -1 : 1;
    const column = (vector: string): readonly number[] => small.get(vector)!;
    const voltages = sides.map((side) => column(`real(@v${side}[dc])`));
    const errors = voltages[0].map((_, i) => {
      subject.currents(voltages.map((v) => polarity * v[i]));
      const y = subject.admittances(omega);
      const size = Math.max(...y.flat().map((value) => Math.hypot(...value)));
      const differences = sides.map((side, row) => {
        const expected = polarity * column(`imag(i(v${side}${name.slice(1)}))`)[i];
        // Rounding is that of the largest admittance.
        return relativeError(y[row][i % 4][1], expected, 1e-5 * size + omega * 1e-21);
      });
      return Math.max(...differences);
    });
    expect(errors.length).toBeGreaterThanOrEqual(16);
    expect(Math.max(...errors)).toBeLessThan(1e-6);
  });
});

describe('bsim4', () => {
  it('has inner nodes only where there is a resistance', () => {
    const nodes = (card: Record<string, number>, instance: Record<string, number> = {}): string[] =>
      new SingleInstance(bsim4, { card, instance }).model.unknowns.slice(4).map((u) => u.name);
    expect(nodes({})).toEqual([]);
    expect(nodes({ rdsmod: 1 }).sort()).toEqual(['di', 'si']);
    expect(nodes({ rsh: 5 })).toEqual([]);
    expect(nodes({ rsh: 5 }, { nrd: 1 })).toEqual(['di']);
    expect(nodes({ rgatemod: 1 })).toEqual(['gi']);
    expect(nodes({ rgatemod: 3 }).sort()).toEqual(['gi', 'gm']);
    expect(nodes({ rbodymod: 1 }).sort()).toEqual(['bi', 'db', 'sb']);
  });

  it.each([1, 2])('conserves charge round a loop with capmod = %s', (capmod) => {
    const subject = new SingleInstance(bsim4, { card: { capmod, toxe: 2e-9, cgsl: 1e-10 } });
    const corners = [
      [0, -1, 0, 0],
      [1.2, 1, 0, -0.5],
      [-0.7, 0.5, 0.3, 0.2],
    ];
    const { moved, left } = chargeRoundLoop(subject, corners);
    expect(left).toBeLessThan(1e-5 * moved);
  });

  // ngspice 39: toxe=2n kf=1e-26 l=0.1u w=1u; .noise with 1 Ω in effect, at 1 Hz and at 1e14 Hz.
  it.each([
    [0, 1, 0.6, 0.6, 1.324913453e-14, 2.612048712e-23],
    [0, 1, 1.1, 0.05, 2.128578779e-15, 5.701408785e-23],
    [0, 1, 0.8, -0.6, 1.244230517e-13, 5.797851276e-23],
    [2, 1, 0.6, 0.6, 1.324913453e-14, 1.965406452e-23],
    [2, 0, 0.8, 0.3, 2.470770343e-14, 2.729048848e-23],
  ])(
    'has the noise of ngspice, tnoimod = %s, fnoimod = %s',
    (tnoimod, fnoimod, g, d, low, high) => {
      const card = { toxe: 2e-9, kf: 1e-26, tnoimod, fnoimod };
      const subject = new SingleInstance(bsim4, { card, instance: { l: 1e-7, w: 1e-6 } });
      subject.set({ d, g, s: 0, b: 0 });
      subject.settle();
      const noise = subject.noise();
      // With tnoimod = 2 a part of the drain's noise is a source of its own, which the gate's follows.
      const white = noise.get('id')! + (noise.get('corl') ?? 0);
      const at = (frequency: number): number => white + noise.get('1overf')! / frequency;
      expect(relativeError(at(1), low, 0)).toBeLessThan(1e-6);
      expect(relativeError(at(1e14), high, 0)).toBeLessThan(1e-6);
    },
  );
});
