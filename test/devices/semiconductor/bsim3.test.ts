import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bsim3 } from '../../../src/devices/semiconductor/bsim3/bsim3.js';
import { ngspiceTable, renamed, tableColumns, type DeckInstance } from '../ngspice-table.js';
import { relativeError } from '../relative-error.js';
import { SingleInstance } from '../single-instance.js';
import { admittances, bias } from '../terminal-admittance.js';

// ngspice 39 wrote the tables from the decks of the same names in test/devices/ngspice/, which
// generate-bsim3.mjs wrote: the cards of circuits/models/cmos-180nm.lib and random ones, version 3.3.0.
const decks = [
  'bsim3-180nm',
  'bsim3-180nm-hot',
  'bsim3-options',
  'bsim3-options-hot',
  'bsim3-options-cold',
];
const sides = ['d', 'g', 's', 'b'] as const;
const omega = 2 * Math.PI * 1e9;

function temperatureOf(deck: string): number {
  const text = readFileSync(new URL(`../ngspice/${deck}.cir`, import.meta.url), 'utf8');
  return Number(/^\.temp (.*)$/m.exec(text)![1]) + 273.15;
}

function device(instance: DeckInstance, temperature: number): SingleInstance {
  const card = renamed(bsim3, instance.card);
  delete card.level;
  card.version = 3.3;
  return new SingleInstance(bsim3, {
    card: { type: instance.type === 'pmos' ? -1 : 1, ...card },
    instance: renamed(bsim3, instance.parameters),
    temperature,
  });
}

function atTerminals(subject: SingleInstance, v: readonly number[]): void {
  bias(subject, { d: v[0], g: v[1], s: v[2], b: v[3], di: v[0], si: v[2] });
}

describe.each(decks)('%s against ngspice', (deck) => {
  const large = ngspiceTable(deck, 'm', 4);
  const small = tableColumns(`${deck}-ac`);
  const temperature = temperatureOf(deck);
  const each = large.instances.map((instance) => [instance.name, instance] as const);

  it.each(each)('%s: terminal currents and charges over all biases', (name, instance) => {
    const subject = device(instance, temperature);
    const polarity = instance.type === 'pmos' ? -1 : 1;
    const column = (vector: string): readonly number[] => large.columns.get(vector)!;
    const n = name.slice(1);
    const voltages = sides.map((side) => column(`@v${side}[dc]`));
    const drain = Math.max(subject.unknown('di'), 0);
    const errors = voltages[0].map((_, i) => {
      atTerminals(
        subject,
        voltages.map((v) => polarity * v[i]),
      );
      // Behind a resistor the last digit of a voltage is as much as its conductance.
      const inside = subject.model.unknowns.length > 4;
      const rounding = inside ? 1e-15 * Math.max(...subject.memory.jf.map(Math.abs)) : 0;
      const currents = sides.map((side, row) => {
        const expected = column(`i(v${side}${n})`)[i];
        const difference = Math.abs(subject.f(row) - expected);
        return Math.max(0, difference - rounding) / Math.max(Math.abs(expected), 1e-12);
      });
      const expected = ['g', 'd', 'b'].map((side) => polarity * column(`@m${n}[q${side}]`)[i]);
      const charges = [subject.q(1), subject.q(drain), subject.q(3)];
      const scale = Math.max(...expected.map(Math.abs));
      return Math.max(...currents, ...charges.map((q, k) => Math.abs(q - expected[k]) / scale));
    });
    // 1e-6 is what is asked for; the tables have 10 digits.
    expect(Math.max(...errors)).toBeLessThan(1e-8);
  });

  it.each(each)('%s: capacitances by ac', (name, instance) => {
    const subject = device(instance, temperature);
    const polarity = instance.type === 'pmos' ? -1 : 1;
    const n = name.slice(1);
    const column = (vector: string): readonly number[] => small.get(vector)!;
    const voltages = sides.map((side) => column(`real(@v${side}[dc])`));
    // ngspice's derivatives are not those of its charges: by bulk and source with capmod 0 and 3, by
    // the gate with capmod 0 where it is of polysilicon.
    const capmod = instance.card.get('capmod') ?? 3;
    const poly = (instance.card.get('ngate') ?? 0) > 0;
    // Through resistances these get into the other columns, a little.
    const inside = subject.model.unknowns.length > 4;
    const floor = inside && (capmod === 0 || capmod === 3) ? 1e-2 : 1e-6;
    let compared = 0;
    const errors = voltages[0].map((_, i) => {
      const [d, g, s, b] = voltages.map((v) => polarity * v[i]);
      const excited = i % 4;
      const isDrain = excited === (polarity * (d - s) >= 0 ? 0 : 2);
      const isGate = excited === 1;
      if (!isDrain && (capmod === 0 || capmod === 3) && !isGate) return 0;
      if (isGate && capmod === 0 && poly) return 0;
      atTerminals(subject, [d, g, s, b]);
      compared += 1;
      const y = admittances(subject, omega);
      const scale = Math.max(...y.flat().map(([, imaginary]) => Math.abs(imaginary)));
      const differences = sides.map((side, row) => {
        const expected = polarity * column(`imag(i(v${side}${n}))`)[i];
        return relativeError(y[row][excited][1], expected, floor * scale);
      });
      return Math.max(...differences);
    });
    expect(compared).toBeGreaterThanOrEqual(18);
    expect(Math.max(...errors)).toBeLessThan(1e-6);
  });
});

/** A transistor with a card of circuits/models/cmos-180nm.lib. */
function of180nm(
  type: 'nmos' | 'pmos',
  instance: Record<string, number>,
  card: Record<string, number> = {},
): SingleInstance {
  const cards = ngspiceTable('bsim3-180nm', 'm', 4).instances;
  const found = cards.find((each) => each.type === type)!;
  const values = renamed(bsim3, found.card);
  delete values.level;
  return new SingleInstance(bsim3, {
    card: { ...values, version: 3.3, type: type === 'pmos' ? -1 : 1, ...card },
    instance,
  });
}

const long = { w: 5e-6, l: 0.5e-6, ad: 2e-12, as: 2e-12, pd: 6e-6, ps: 6e-6 };

describe('the cards of 180 nm', () => {
  const size = { l: 0.18e-6, ad: 0.9e-12, as: 0.9e-12, pd: 4.6e-6, ps: 4.6e-6 };
  const on = of180nm('nmos', { w: 1.8e-6, ...size });
  const pmos = of180nm('pmos', { w: 3.6e-6, ...size });

  // ngspice 39 with the cards as the Predictive Technology Model publishes them (version 3.1).
  it.each([
    [0.3, 1.8, 5.543668e-6],
    [0.9, 1.8, 4.425363e-4],
    [1.8, 1.8, 1.328172e-3],
    [1.8, 0.3, 6.449949e-4],
    [1.8, 1.2, 1.235213e-3],
  ])('give the published current at vgs = %s V, vds = %s V', (g, d, current) => {
    on.set({ d, g, s: 0, b: 0 });
    on.settle();
    expect(on.f(0) / current).toBeCloseTo(1, 6);
  });

  it.each([
    [0.6, 1.638786e-4],
    [1.8, 1.201305e-3],
  ])('give the published p-channel current at vgs = −%s V, vds = −1.8 V', (g, current) => {
    pmos.set({ d: -1.8, g: -g, s: 0, b: 0 });
    pmos.settle();
    expect(-pmos.f(0) / current).toBeCloseTo(1, 6);
  });
});

describe('bsim3', () => {
  it.each([
    // ngspice 39, `.noise` at 10 Hz of the drain current at vgs = 0.7 V, vds = 1.2 V [A/√Hz].
    [1, 2.849263193832e-12, 4.793564312791e-9],
    [2, 2.671288531068e-12, 1.671499665898e-9],
    [3, 2.849263193832e-12, 1.671499665898e-9],
    [4, 2.671288531068e-12, 4.793564312791e-9],
    [5, 2.849263193832e-12, 4.793564312791e-9],
    [6, 2.849263193832e-12, 1.671499665898e-9],
  ])('has thermal and flicker noise as ngspice with noiMod %i', (noimod, thermal, flicker) => {
    const card = { noimod, kf: 1e-26, af: 1.1, ef: 0.9, lintnoi: 5e-9 };
    const subject = of180nm('nmos', long, card);
    subject.set({ d: 1.2, g: 0.7, s: 0, b: 0 });
    const noise = subject.noise();
    // ngspice has other digits of k and q.
    expect(Math.sqrt(noise.get('id')!) / thermal).toBeCloseTo(1, 5);
    expect(Math.sqrt(noise.get('flicker')! / 10 ** 0.9) / flicker).toBeCloseTo(1, 5);
  });

  it('has charges without steps in their slopes with capMod 1, 2 and 3', () => {
    for (const capmod of [2, 3]) {
      const subject = of180nm('nmos', long, { capmod });
      const slope = (g: number): number => {
        subject.set({ d: 0.8, g, s: 0, b: -0.3 });
        subject.settle();
        return subject.outputs().get('cgg')!;
      };
      const largest = (h: number): number => {
        const values = Array.from({ length: Math.round(2.4 / h) }, (_, i) => slope(-0.9 + i * h));
        return Math.max(...values.slice(1).map((value, i) => Math.abs(value - values[i])));
      };
      expect(largest(5e-4) / largest(4e-3)).toBeLessThan(0.2);
    }
  });
});
