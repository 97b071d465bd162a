import { describe, expect, it } from 'vitest';
import { resistor } from '../../../src/devices/passive/resistor.js';
import { voltageSwitch } from '../../../src/devices/switches/voltage-switch.js';
import { simulate } from '../../../src/solver/index.js';
import { quantityOf, readCsv, writeCsv } from '../../../src/waveform/index.js';
import { FlatCircuit, run } from '../flat-circuit.js';

const divider = () =>
  new FlatCircuit().v('v1', 'a 0', 3).r('r1', 'a b', 1e3).r('r2', 'b 0', 1e3).i('i1', '0 b', 0);

describe('.dc', () => {
  it('sweeps a voltage source up, to its last value', () => {
    const { dataset } = run(divider(), 'dc v1 0 1 0.1');
    expect(dataset.length).toBe(11);
    expect(dataset.columns[0].name).toBe('v(v-sweep)');
    expect(dataset.scale.real.at(-1)).toBe(1);
    dataset.scale.real.forEach((v, k) => {
      expect(dataset.get('v(b)')!.real[k]).toBeCloseTo(v / 2, 12);
    });
  });

  it('descends', () => {
    const { dataset } = run(divider(), 'dc v1 1 -1 -0.5');
    expect([...dataset.scale.real]).toEqual([1, 0.5, 0, -0.5, -1]);
  });

  it('nests two sweeps, the first inside', () => {
    const { dataset } = run(divider(), 'dc v1 0 2 1 i1 0 2m 1m');
    // v(b) = v/2 + i·500 Ω
    expect([...dataset.get('v(b)')!.real].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([
      0, 0.5, 1, 0.5, 1, 1.5, 1, 1.5, 2,
    ]);
    expect([...dataset.scale.real]).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
  });

  it('sweeps a resistor, an element parameter, and the temperature', () => {
    const byName = run(divider(), 'dc r2 1k 3k 1k').dataset;
    expect(byName.columns[0].name).toBe('res-sweep');
    // 3 V·R2/(1k + R2)
    [1.5, 2, 2.25].forEach((v, k) => {
      expect(byName.get('v(b)')!.real[k]).toBeCloseTo(v, 12);
    });
    const byParameter = run(divider(), 'dc @r2[r] 1k 3k 1k').dataset;
    expect(byParameter.get('v(b)')!.real).toEqual(byName.get('v(b)')!.real);
    const warm = run(
      new FlatCircuit().i('i1', '0 a', 1e-3).d('d1', 'a 0', { is: 1e-14, xti: 0, eg: 0.1 }),
      'dc temp 0 50 50',
    ).dataset;
    // v = n·vt·ln(i/is(T)) with is(T) = is·exp((T/Tn − 1)·eg/vt).
    [273.15, 323.15].forEach((T, k) => {
      const vt = (1.38064852e-23 * T) / 1.6021766208e-19;
      const is = 1e-14 * Math.exp(((T / 300.15 - 1) * 0.1) / vt);
      expect(warm.get('v(a)')!.real[k]).toBeCloseTo(vt * Math.log(1e-3 / is), 8);
    });
  });

  it('sweeps m, temp and dtemp of an element that sets them', () => {
    const circuit = (values: Record<string, number>) =>
      new FlatCircuit().i('i1', '0 a', 1e-3).add('r1', resistor, 'a 0', { r: 1e3, ...values });
    const sweep = (values: Record<string, number>, card: string) =>
      run(circuit(values), card).dataset.get('v(a)')!.real;
    // 1 mA·1 kΩ/m.
    expect(sweep({ m: 2 }, 'dc @r1[m] 1 4 1')[3]).toBeCloseTo(0.25, 9);
    // 1 V·(1 + tc1·(T − 27 °C)); dtemp counts from the circuit's 27 °C.
    expect(sweep({ tc1: 0.01, temp: 27 }, 'dc @r1[temp] 27 127 50')[2]).toBeCloseTo(2, 9);
    expect(sweep({ tc1: 0.01, dtemp: 0 }, 'dc @r1[dtemp] 0 100 50')[2]).toBeCloseTo(2, 9);
    expect(() => sweep({}, 'dc @r1[m] 1 4 1')).toThrow("'r1' does not set m");
  });

  it('leaves swept values as they were', () => {
    const circuit = divider();
    const { context } = run(circuit, 'dc r2 1k 3k 1k');
    const place = context.system.slots.instance('r2')!;
    const memory = context.system.memory.groups[place.group];
    const { model, cardOf } = context.system.groups[place.group];
    const slot = model.modelSlots.findIndex(({ name }) => name === 'r');
    expect(memory.model[slot * memory.cards + cardOf[place.index]]).toBe(1e3);
  });

  it('lets a switch keep its memory along the sweep', () => {
    const circuit = () =>
      new FlatCircuit()
        .v('v1', 'c 0', 0)
        .v('v2', 'p 0', 1)
        .add('s1', voltageSwitch, 'p o c 0', { vt: 0.5, vh: 0.2, ron: 1, roff: 1e9 })
        .r('r1', 'o 0', 1e3);
    const closed = (card: string) =>
      [...run(circuit(), card).dataset.get('v(o)')!.real].map((v) => (v > 0.5 ? 1 : 0));
    // Closes above 0.7 V, opens below 0.3 V.
    expect(closed('dc v1 0.05 1 0.1')).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
    expect(closed('dc v1 0.95 0 -0.1')).toEqual([1, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
  });

  it('says what can be swept, and how', () => {
    expect(() => run(divider(), 'dc v2 0 1 0.1')).toThrow(/did you mean 'v1'/);
    expect(() => run(divider(), 'dc v1 0 1')).toThrow(/lacks step[^]*usage: \.dc source start/);
    expect(() => run(divider(), 'dc v1 0 1 -0.1')).toThrow(/leads away from its end/);
    expect(() => run(divider(), 'dc v1 0 1 0')).toThrow(/step of a sweep is zero/);
  });
});

it('tables call what is swept by its name, raw files as readers of ngspice expect', async () => {
  const columns = async (card: string) => {
    const deck = `t\n.param r=1k\nvin a 0 1\ni1 0 a 0\nr1 a 0 {r}\n${card}\n.end`;
    const { dataset } = (await simulate(deck)).analyses[0];
    return [dataset.scale.name, writeCsv(dataset).split(',')[0]];
  };
  expect(await columns('.dc vin 0 1 1')).toEqual(['v(v-sweep)', 'vin']);
  expect(await columns('.dc i1 0 1 1')).toEqual(['i(i-sweep)', 'i1']);
  expect(await columns('.dc temp 0 1 1')).toEqual(['temp-sweep', 'temp']);
  expect(await columns('.dc r1 1 2 1')).toEqual(['res-sweep', 'r1']);
  expect(await columns('.dc r 1 2 1')).toEqual(['param-sweep', 'r']);
  const text = 'vin,v(a)\n0,1\n';
  expect(readCsv(text).dataset!.scale.quantity).toEqual(quantityOf('voltage'));
});

describe('a sweep over where a state starts', () => {
  /** Gaps [nm] of three devices, which an operating point holds where they start. */
  const swept = async (card: string, options = '') => {
    const deck = `t
.param gap=1n double={2*gap} wide=0
.model oxram stanford(gmin=0.1n gmax=3n gini=0.2n)
.subckt cell a params: gap=0.5n
nox a 0 oxram gini={gap}
.ends
v1 a 0 0.1
x1 a cell gap={double>1.6n?double:0.25n}
x2 a cell gap={wide>0?0.3n:0.6n}
n3 a 0 oxram gini=0.7n
.save @x1.nox[g] @x2.nox[g] @n3[g]
${options}
${card}
.end`;
    const { dataset } = (await simulate(deck)).analyses[0];
    return ['@x1.nox[g]', '@x2.nox[g]', '@n3[g]'].map((name) =>
      [...dataset.get(name)!.real].map((gap) => Math.round(gap * 1e12) / 1e3),
    );
  };

  it.each(['', '.options wasm=0'])('starts it anew from each value of a .param %s', async (o) => {
    // Gaps are those of the deck at each value, and of the deck as it stands for the others.
    const [x1, x2, n3] = await swept('.dc gap 0.5n 1.25n 0.25n', o);
    expect(x1).toEqual([0.25, 0.25, 2, 2.5]);
    expect(x2).toEqual([0.6, 0.6, 0.6, 0.6]);
    expect(n3).toEqual([0.7, 0.7, 0.7, 0.7]);
  });

  it('does so for both of two sweeps', async () => {
    const [x1, x2] = await swept('.dc gap 0.5n 1n 0.5n wide 0 1 1');
    expect(x1).toEqual([0.25, 2, 0.25, 2]);
    expect(x2).toEqual([0.6, 0.6, 0.3, 0.3]);
  });

  it('does so for a parameter of the element itself', async () => {
    const [x1, , n3] = await swept('.dc @n3[gini] 0.5n 1n 0.25n');
    expect(n3).toEqual([0.5, 0.75, 1]);
    expect(x1).toEqual([2, 2, 2]);
  });
});
