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
