import { describe, expect, test } from 'vitest';
import {
  type CharacteristicData,
  type CharacteristicInput,
  TransferCharacteristic,
} from '../../../../src/arch/index.js';
import {
  comparedNeuron,
  gainsOf,
  neuronProblem,
  normalizationGain,
  normalizationProblem,
} from '../../../../src/arch/networks/deep/index.js';

const continuous = (
  name: string,
  knots: number[],
  scale: 'linear' | 'logarithmic' = 'linear',
): CharacteristicInput => ({ kind: 'continuous', name, unit: '', scale, knots });

const of = (
  name: string,
  inputs: CharacteristicInput[],
  values: number[],
  kind = 'value',
  unit = 'V',
): TransferCharacteristic =>
  new TransferCharacteristic({
    name,
    inputs,
    outputs: [{ kind, name, unit, values, bound: { absolute: 1, ofRange: 1, met: true } }],
    provenance: { circuitHash: name },
  } as unknown as CharacteristicData);

const range = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => from + ((to - from) * k) / (count - 1));

describe('a neuron of a sigmoid and a reference', () => {
  // 0.2 V + 0.8 V/(1 + e^(−1.7(i − 0.6))): a sum of 1 is 1/1.7 of the current.
  const currents = range(-10, 11.2, 107);
  const sigmoid = of(
    'sigmoid',
    [continuous('i', currents)],
    currents.map((i) => 0.2 + 0.8 / (1 + Math.exp(-1.7 * (i - 0.6)))),
  );
  // gain·(0.1 V + 0.2 V·p): equal chances between both.
  const gains = [2, 3, 4];
  const levels = range(0, 1, 11);
  const reference = of(
    'reference',
    [continuous('gain', gains), continuous('probability', levels)],
    gains.flatMap((gain) => levels.map((p) => gain * (0.1 + 0.2 * p))),
    'quantile',
  );
  const halves = { sigmoid, reference, at: {} };

  test('fires as often as the reference is below the sigmoid', () => {
    expect(neuronProblem(halves)).toBeUndefined();
    expect(gainsOf(reference)).toEqual([2, 4]);
    for (const gain of [2, 2.5, 4])
      for (const sum of [-3, -1, 0, 0.7, 2]) {
        const voltage = 0.2 + 0.8 / (1 + Math.exp(-sum));
        const expected = Math.min(1, Math.max(0, (voltage / gain - 0.1) / 0.2));
        expect(Math.abs(comparedNeuron(halves, gain).probability(sum) - expected)).toBeLessThan(
          5e-3,
        );
      }
  });

  test('says what a characteristic lacks', () => {
    expect(neuronProblem({ ...halves, at: { temp: 27 } })).toMatch(/no input 'temp'/);
    expect(neuronProblem({ ...halves, reference: sigmoid })).toMatch(/no quantiles/);
    expect(neuronProblem({ ...halves, sigmoid: reference })).toMatch(/no curve over one input/);
    const temp = { kind: 'discrete', name: 'temp', unit: '°C', values: [0, 27] } as const;
    const hot = of('hot', [continuous('i', [0, 1]), temp], [0, 0, 1, 2]);
    expect(neuronProblem({ ...halves, sigmoid: hot })).toMatch(/several values of 'temp'/);
    expect(neuronProblem({ ...halves, sigmoid: hot, at: { temp: 27 } })).toBeUndefined();
    expect(neuronProblem({ ...halves, sigmoid: hot, at: { temp: 30 } })).toMatch(/cannot be 30/);
  });
});

describe('a normalization block', () => {
  // An integrator: 20 dB a decade of the frequency and of the resistance, 0 dB at 1 MHz and 1 kΩ.
  const [frequencies, resistances] = [
    [1e3, 1e6, 1e9],
    [1e3, 1e4, 1e5],
  ];
  const block = of(
    'block',
    [
      continuous('frequency', frequencies, 'logarithmic'),
      continuous('rox', resistances, 'logarithmic'),
    ],
    frequencies.flatMap((f) => resistances.map((r) => -20 * Math.log10((f / 1e6) * (r / 1e3)))),
    'value',
    'dB',
  );
  const state = { resistance: 4e3, reference: 1e4, frequency: 1e7 };

  test('has the gain of its resistance relative to the reference', () => {
    expect(normalizationProblem(block, state)).toBeUndefined();
    expect(normalizationGain(block, state)).toBeCloseTo(2.5, 6);
  });

  test('says where it was not characterized', () => {
    expect(normalizationProblem(block, { ...state, frequency: 1 })).toMatch(
      /1000 to 1000000000 Hz/,
    );
    expect(normalizationProblem(block, { ...state, resistance: 10 })).toMatch(/1000 to 100000 Ω/);
    expect(normalizationProblem(block, { ...state, reference: 10 })).toMatch(/1000 to 100000 Ω/);
    const volts = of('volts', [continuous('rox', [1, 2])], [0, 1]);
    expect(normalizationProblem(volts, state)).toMatch(/no function of frequency and rox/);
  });
});
