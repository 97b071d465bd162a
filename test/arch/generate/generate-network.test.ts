/** Decks of layers and networks: what is in them, and what an iteration does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateNetwork } from '../../../src/arch/index.js';
import { openCircuit } from '../../../src/solver/index.js';
import { type Dataset, interpolate } from '../../../src/waveform/index.js';
import { at } from '../../circuits/measure.js';
import { includeReader } from '../../circuits/simulate-deck.js';
import { elements, fast, library, runDeck } from './run-deck.js';

const [rout, rref] = [1e3, 100.05e3];
const resistance = (s: number): number => 100 + 199900 * s;

it('a layer of 2x2 is the hand-written iteration.cir, element by element', () => {
  const { text } = generateNetwork({
    layers: [2, 2],
    samples: [{ inputs: [0.6, -0.5], targets: [8e-3, -8e-3] }],
    states: [
      [
        [0.48, 0.53],
        [0.54, 0.46],
      ],
    ],
    bias: false,
    periphery: 'transistor',
    library,
  });
  const own = elements(text);
  const byHand = elements(readFileSync(join(library, 'iteration.cir'), 'utf8'), library);
  // 4 synapses of 6 elements, 6 amplifiers of 10, 2 feedback circuits of 120.
  expect(own.size).toBeGreaterThan(300);
  expect([...own.keys()].sort()).toEqual([...byHand.keys()].sort());
  for (const [name, element] of own) expect(element).toBe(byHand.get(name));
});

describe('two samples in a layer of 2x1', () => {
  const network = generateNetwork({
    ...fast,
    layers: [2, 1],
    samples: [
      { inputs: [0.5, -0.6], targets: [6e-3] },
      { inputs: [-0.5, 0.6], targets: [-12e-3] },
    ],
  });
  const dataset = runDeck(network.text);

  it('names what a program sets', () => {
    expect(network.inputs).toEqual(['vx1', 'vx2']);
    expect(network.targets).toEqual(['vd1']);
    expect(network.phases.period).toBeCloseTo(15e-6, 12);
    for (const name of [...network.inputs, ...network.targets])
      expect(network.text).toMatch(new RegExp(`^${name} `, 'm'));
  });

  it('gives pulses of |y|/slope, with the sign of y', async () => {
    const d = await dataset;
    // Weights are 0 at first: y is the target, 6 mV are 4 us; the second -12 mV are 8 us.
    const lengths = [pulse(d, 5e-6, 15e-6), pulse(d, 20e-6, 30e-6)];
    expect(Math.abs(lengths[0] - 4e-6)).toBeLessThan(30e-9);
    const y = at(d, 'y1', 19.5e-6);
    expect(Math.abs(lengths[1] - (y / 15e-3) * 10e-6)).toBeLessThan(30e-9);
  });

  it('moves weights by the sign of u*y, the bias with them', async () => {
    const d = await dataset;
    const state = (m: number, t: number): number => at(d, `@x1_${m}.xmem.nmem[s]`, t);
    const change = [1, 2, 3].map((m) => Math.sign(state(m, 14.9e-6) - state(m, 4.9e-6)));
    // s falls where the weight rises.
    expect(change).toEqual([-1, 1, -1]);
  });
});

it('a program that sets the sources between iterations gets what the samples give', async () => {
  const samples = [
    { inputs: [0.5], targets: [6e-3] },
    { inputs: [-0.6], targets: [-3e-3] },
  ];
  const options = { ...fast, layers: [1, 1], bias: false };
  const whole = await runDeck(generateNetwork({ ...options, samples }).text);
  const { text, inputs, targets, phases } = generateNetwork({ ...options, samples: [samples[0]] });
  const { circuit } = openCircuit(text, { name: 'deck', reader: includeReader });
  const { transient } = circuit!.transient({
    stop: 2 * phases.period,
    step: 10e-9,
    maxStep: 0.6e-6,
  });
  expect(transient!.advanceTo(phases.period)).toBeUndefined();
  transient!.setSource(inputs[0], samples[1].inputs[0]);
  transient!.setSource(targets[0], samples[1].targets[0]);
  expect(transient!.advanceTo(2 * phases.period)).toBeUndefined();
  // Both within 1e-3 of what an iteration moves, about 3e-3.
  const s = at(whole, '@x1_1.xmem.nmem[s]', 30e-6);
  expect(Math.abs(transient!.read('@x1_1.xmem.nmem[s]') - s)).toBeLessThan(3e-6);
});

/** The signed time for which e is beyond 2.5 V. */
function pulse(d: Dataset, from: number, to: number): number {
  const n = 20_000;
  const times = Float64Array.from({ length: n }, (_, k) => from + ((k + 0.5) / n) * (to - from));
  const e = interpolate(d.waveform('e1')!, times);
  const signs = e.map((volts) => (Math.abs(volts) > 2.5 ? Math.sign(volts) : 0));
  return (signs.reduce((sum, sign) => sum + sign, 0) * (to - from)) / n;
}

describe.each(['p-channel', 'n-channel'] as const)('a network 2-2-1, read by the %s', (reading) => {
  const states = [
    [
      [0.45, 0.56],
      [0.57, 0.47],
    ],
    [[0.42, 0.6]],
  ];
  const network = generateNetwork({
    ...fast,
    layers: [2, 2, 1],
    samples: [{ inputs: [0.5, -0.4], targets: [12e-3] }],
    states,
    bias: false,
    reading,
  });
  const dataset = runDeck(network.text);

  it('carries what a layer reads through the sigmoid to the next', async () => {
    const d = await dataset;
    for (const n of [1, 2])
      expect(at(d, `x2_${n}`, 9e-6)).toBeCloseTo(Math.tanh(500 * at(d, `r1_${n}`, 4.7e-6)), 3);
  });

  it('gives errors of the hidden layer: (7) and (8), the column with its load', async () => {
    const d = await dataset;
    const y = at(d, 'y2_1', 4.7e-6);
    states[1][0].forEach((s, m) => {
      const delta =
        (y * (1 / resistance(s))) / (1 / rout + 1 / resistance(s)) -
        (y * (1 / rref)) / (1 / rout + 1 / rref);
      // Row R11: within 2 % of full scale.
      const across = at(d, `u2_${m + 1}`, 9.5e-6) - at(d, `ub2_${m + 1}`, 9.5e-6);
      const found = reading === 'p-channel' ? across : -across;
      expect(Math.abs(found - delta)).toBeLessThan(0.02 * 15e-3 * (rout / rref));
      const slope = 500 * (1 - at(d, `x2_${m + 1}`, 9.5e-6) ** 2);
      expect(at(d, `y1_${m + 1}`, 9.5e-6)).toBeCloseTo(slope * found, 7);
    });
  });

  it('writes the first layer only after the inverted read', async () => {
    const d = await dataset;
    const moved = (from: number, to: number): number =>
      Math.abs(at(d, '@x1_1_1.xmem.nmem[s]', to) - at(d, '@x1_1_1.xmem.nmem[s]', from));
    expect(moved(0, 9.9e-6)).toBeLessThan(1e-12);
    expect(moved(9.9e-6, 20e-6)).toBeGreaterThan(1e-5);
  });

  it('moves both layers by the sign of u*y, and by nothing else', async () => {
    const d = await dataset;
    const moved = (x: string): number =>
      at(d, `@${x}.xmem.nmem[s]`, 19.95e-6) - at(d, `@${x}.xmem.nmem[s]`, 9.9e-6);
    for (const n of [1, 2]) {
      const y = at(d, `y1_${n}`, 9.5e-6);
      // s falls where the weight rises.
      expect(Math.sign(moved(`x1_${n}_1`))).toBe(-Math.sign(0.5 * y));
      expect(Math.sign(moved(`x1_${n}_2`))).toBe(-Math.sign(-0.4 * y));
      const u = at(d, `x2_${n}`, 9e-6);
      expect(Math.sign(moved(`x2_1_${n}`))).toBe(-Math.sign(u * at(d, 'y2_1', 4.7e-6)));
    }
  });

  it('leaves no error of the hidden layer when its columns go back to their sources', async () => {
    const d = await dataset;
    // From the end of the inverted read on: the multipliers would give 500 times an input.
    const y = d.waveform('y1_1')!;
    const late = y.y.filter((_, k) => y.x[k] > 9.92e-6 && y.x[k] < 10.5e-6);
    expect(Math.max(...late.map(Math.abs))).toBeLessThan(1e-6);
  });
});

it('reads a layer as the paper does, and several layers through the transistor that loses less', () => {
  const synapses = (layers: number[]): string[] =>
    generateNetwork({ layers, samples: [{ inputs: [0.5], targets: [1e-3] }] }).text.match(
      /synapse(_n)? s0/g,
    )!;
  // One synapse for the input and one for the bias in each row.
  expect(synapses([1, 1])).toEqual(['synapse s0', 'synapse s0']);
  expect(synapses([1, 1, 1])).toEqual(new Array(4).fill('synapse_n s0'));
});

it.each([
  [{ layers: [2, 1], samples: [] }, 'A406'],
  [{ layers: [2, 1], samples: [{ inputs: [1], targets: [1] }] }, 'A407'],
  [{ layers: [2], samples: [] }, 'A401'],
])('refuses %j', (options, code) => {
  expect(() => generateNetwork(options)).toThrow(code);
});
