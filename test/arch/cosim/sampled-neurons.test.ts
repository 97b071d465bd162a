import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { normalProbability } from '../../../src/base/index.js';
import { readCsvData, type Training, trainers, type World } from '../../../src/arch/index.js';
import { DecisionTable, largestBound } from '../../../src/arch/cosim/neurons/decision-table.js';
import {
  type DecidingCircuit,
  NeuronCircuit,
} from '../../../src/arch/cosim/neurons/neuron-circuit.js';
import { neuronCircuitSettings } from '../../../src/arch/cosim/neurons/neuron-levels.js';
import { NormalizationCircuit } from '../../../src/arch/cosim/neurons/normalization-circuit.js';
import { ResponseTable } from '../../../src/arch/cosim/neurons/response-table.js';
import { SampledNeurons } from '../../../src/arch/cosim/neurons/sampled-neurons.js';
import { uniformDraw } from '../../../src/arch/trainers/draws.js';

const circuits = join(import.meta.dirname, '..', '..', '..', 'circuits');
const digits = Array.from({ length: 80 }, (_, k) => {
  const pixels = Array.from({ length: 9 }, (__, p) => ((p + k) % 2 === 0 ? 16 : (k * p) % 5));
  return `${pixels.join()},${k % 2 === 0 ? 'even' : 'odd'}`;
});
const data = readCsvData('digits', { name: 'd.csv', text: `${digits.join('\n')}\n` }).data!;
const world: World = {
  data: () => ({ training: data }),
  characteristic: () => {
    throw new Error('not used');
  },
  circuit: (path) => readFileSync(join(circuits, path), 'utf8'),
};

/** Fires with the probability Φ((current − 1 µA)/2 µA). */
class Law implements DecidingCircuit {
  asked = 0;
  decide(current: number): boolean {
    return uniformDraw(1, 99, this.asked++) < law(current);
  }
  save = (): unknown => this.asked;
  restore(state: unknown): void {
    this.asked = state as number;
  }
}
const law = (current: number): number => normalProbability((current - 1e-6) / 2e-6);

const worst = (table: DecisionTable): number =>
  Math.max(
    ...Array.from({ length: 61 }, (_, k) => {
      const current = -5e-6 + 0.2e-6 * k;
      return Math.abs(table.probability(current) - law(current));
    }),
  );

function neuronsOf(own: object, circuit: DecidingCircuit): SampledNeurons {
  const settings = neuronCircuitSettings.parse({ normalization: 'ideal', ...own });
  return new SampledNeurons(settings, { neuron: circuit }, 3, (problem) => {
    throw new Error(problem.message);
  });
}

describe('a table of decisions', () => {
  const knots = [
    { input: 0, fired: 1, cycles: 10 },
    { input: 1, fired: 6, cycles: 10 },
    { input: 2, fired: 4, cycles: 10 },
    { input: 3, fired: 9, cycles: 10 },
  ];

  test('never falls: neighbours that do are taken together', () => {
    const table = new DecisionTable(knots, 0.05);
    // 6 and 4 of 10 are 10 of 20.
    const at = [-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4].map((x) => table.probability(x));
    const expected = [0.1, 0.1, 0.3, 0.5, 0.5, 0.5, 0.7, 0.9, 0.9];
    at.forEach((p, k) => {
      expect(p).toBeCloseTo(expected[k], 12);
    });
  });

  test('finds where a circuit disagrees, and has a bound where it does not', () => {
    const table = new DecisionTable(knots, 0.05);
    for (let k = 0; k < 40; k++) {
      table.observe(0.4, k % 25 < 7);
      table.observe(2.5, k % 10 === 0);
    }
    // 4 of 40 where 0.7 was said; Clopper and Pearson end at 23.7 % for 10 % of 40 (tables).
    expect(table.disagreements()).toEqual([{ input: 2.5, fired: 4, cycles: 40 }]);
    const [agreeing, other] = table.agreement;
    // 7 + 7 of 25 and 15, where 0.26 was said each time; the first half of the interval.
    expect(agreeing).toMatchObject({ from: 0, to: 0.5, decisions: 40, fired: 14 });
    expect(agreeing.predicted).toBeCloseTo(40 * 0.26, 9);
    // 14 of 40: 20.63 to 51.68 % (tables).
    expect(agreeing.bound).toBeCloseTo(0.5168 - 0.26, 3);
    expect(other.bound).toBeGreaterThan(0.6);
    expect(largestBound([agreeing], 41)).toBe(1);
    // Both together: 18 of 80 are 13.91 to 33.21 % (tables), where (0.26 + 0.7)/2 was said.
    expect(largestBound([agreeing, other], 60)).toBeCloseTo(0.48 - 0.1391, 3);
    // Those that are left over go to the range before them.
    expect(largestBound([agreeing, other], 40)).toBe(other.bound);
    const few = { ...other, decisions: 1, fired: 1, predicted: 0.7 };
    expect(largestBound([agreeing, few], 40)).toBeLessThan(agreeing.bound + 0.02);
  });
});

test('a curve gets knots where the circuit leaves it', () => {
  const curve = new ResponseTable(
    [-2, 0, 2].map((input) => ({ input, output: Math.tanh(input) })),
    0.01,
  );
  const inputs = Array.from({ length: 200 }, (_, k) => 4 * uniformDraw(1, 98, k) - 2);
  for (const input of inputs) curve.observe(input, Math.tanh(input));
  expect(curve.knots.length).toBeGreaterThan(3);
  expect(curve.knots.length).toBeLessThan(20);
  // What was seen after the last knot is within what is allowed; so is all that lies between.
  expect(curve.agreement.max).toBeLessThanOrEqual(0.01);
  const off = inputs.map((x) => Math.abs(curve.value(x) - Math.tanh(x)));
  expect(Math.max(...off)).toBeLessThan(0.02);
});

test('decisions of a circuit refine the characteristic where they disagree', () => {
  const own = { knots: [-4, 4], cycles: 400, sampled: 1, unitCurrent: 1e-6, zeroCurrent: 1e-6 };
  const neurons = neuronsOf(own, new Law());
  const { table } = neurons;
  // A straight line from 2.3 % to 97.7 % beside the normal law: 0.1 apart one sigma from its middle.
  const before = worst(table!);
  expect(before).toBeGreaterThan(0.08);
  const states = new Float32Array(400);
  for (let round = 0; round < 8; round++) {
    const sums = Float64Array.from(states, (_, k) => 8 * uniformDraw(2, 97, k, round) - 4);
    neurons.decide(states, 400, { seed: 1, stream: 1, round }, (k) => sums[k]);
    neurons.refine();
  }
  expect(neurons.counts.sampled).toBe(3200);
  expect(table!.knots.length).toBeGreaterThan(2);
  // Knots of 400 and more decisions are within 0.05 (two sigma of 0.025).
  expect(worst(table!)).toBeLessThan(0.06);
});

test('as many units are decided by circuits as the settings say, always the same ones', () => {
  const decide = (): Float32Array => {
    const neurons = neuronsOf({ sampled: 0.05, cycles: 5 }, new Law());
    const states = new Float32Array(4000).fill(-1);
    neurons.decide(states, 4000, { seed: 1, stream: 3, round: 7 }, () => 0);
    return states;
  };
  const states = decide();
  // 4000 draws of 0.05: 200 ± 13.8; four standard deviations.
  const decided = states.filter((state) => state >= 0).length;
  expect(Math.abs(decided - 200)).toBeLessThan(56);
  expect(decide()).toEqual(states);
});

test('the circuit of the neuron fires at high currents, not at low ones, and by chance between', () => {
  const circuit = new NeuronCircuit(world, 2);
  const fired = (current: number, cycles: number): number => {
    let count = 0;
    for (let k = 0; k < cycles; k++) if (circuit.decide(current) === true) count++;
    return count;
  };
  // circuits/oxram-network: 3 of 4 and more from 15 µA on, at most 1 of 4 from −15 µA on.
  expect(fired(-15e-6, 1)).toBe(0);
  expect(fired(15e-6, 1)).toBe(1);
  // Each decision has its own threshold; a checkpoint repeats them.
  const place = structuredClone(circuit.save());
  const first = Array.from({ length: 3 }, () => circuit.decide(1e-6));
  circuit.restore(place);
  expect(Array.from({ length: 3 }, () => circuit.decide(1e-6))).toEqual(first);
}, 60_000);

test('the gain of the normalization block follows its OxRAM', () => {
  const gain = (resistance: number): number => {
    const block = new NormalizationCircuit(world, resistance);
    const [low, high] = [-1e-3, 1e-3].map((signal) => block.measure(signal) as number);
    return (high - low) / 2e-3;
  };
  const [strong, weak] = [gain(3200), gain(22_600)];
  // Unity gain at 504 and 82 MHz (normalization-gain.cir, ngspice): 2π·f·2 ns is 6.3 and 1.03, of which
  // poles beyond take their part, and the output's own capacitor adds to what it does when let go.
  expect(strong / weak).toBeGreaterThan(3);
  expect(strong).toBeGreaterThan(4);
});

describe('a deep network with circuits', () => {
  const trainer = trainers.find(({ name }) => name === 'neuron-circuit')!;
  const own = {
    ...{ data: 'digits', training: 60, test: 20, batch: 20, layers: [6, 4], epochs: [2, 1] },
    ...{ knots: [-4, 0, 4], cycles: 1, sampled: 0.003, readout: { epochs: 2 } },
  };
  const finish = (training: Training) => {
    while (training.step < training.steps) training.advance();
    return training.finish();
  };

  test('goes on with the same bits, and tells what circuits did', () => {
    const settings = trainer.settings.parse(own);
    const first = trainer.start(settings, world, 1);
    first.advance();
    const saved = structuredClone(first.save());
    const whole = finish(first);
    const second = trainer.start(settings, world, 1);
    second.restore(saved);
    expect(finish(second)).toEqual(whole);
    const { sampled, failed, error } = whole.measures;
    // 60 samples by 2·(2·6 + 4) decisions: 1920, of which three in a thousand.
    expect(sampled).toBeGreaterThan(1);
    expect(sampled).toBeLessThan(30);
    expect(failed).toBe(0);
    expect(error).toBeGreaterThanOrEqual(0);
    expect(whole.details).toMatchObject({
      levels: { neuron: 'circuit', normalization: 'circuit' },
    });
  }, 60_000);

  test('needs no circuits where all is ideal', () => {
    const settings = trainer.settings.parse({ ...own, neuron: 'ideal', normalization: 'ideal' });
    expect(trainer.needs(settings).circuits).toEqual([]);
    const { sampled } = finish(trainer.start(settings, world, 1)).measures;
    expect(sampled).toBe(0);
  });
});
