import { expect, test } from 'vitest';
import { type CharacteristicData, TransferCharacteristic } from '../../../src/arch/index.js';
import { characteristicNeuron } from '../../../src/arch/networks/deep/index.js';

const of = (values: number[], knots: number[]): TransferCharacteristic =>
  new TransferCharacteristic({
    name: 'fires',
    kind: 'probability',
    inputs: [{ kind: 'continuous', name: 'i', unit: '', scale: 'linear', knots }],
    outputs: [{ name: 'p', unit: '', values, bound: { absolute: 1, ofRange: 1, met: true } }],
    provenance: { circuitHash: 'abc' },
  } as unknown as CharacteristicData);

const knots = Array.from({ length: 81 }, (_, k) => -8 + k / 5);

test('a logistic circuit is a logistic neuron, wherever its middle and whatever its slope', () => {
  const values = knots.map((i) => 1 / (1 + Math.exp(-1.7 * (i - 0.8))));
  const neuron = characteristicNeuron(of(values, knots));
  expect(neuron.middle).toBeCloseTo(0.8, 4);
  expect(neuron.unit).toBeCloseTo(1 / 1.7, 2);
  for (const sum of [-3, -1, 0, 0.5, 4])
    expect(Math.abs(neuron.probability(sum) - 1 / (1 + Math.exp(-sum)))).toBeLessThan(5e-3);
  // Beyond the ends.
  expect(neuron.probability(100)).toBeCloseTo(1, 4);
  expect(neuron.probability(-100)).toBeCloseTo(0, 4);
});

test('a circuit that never fires half the time is refused', () => {
  expect(() =>
    characteristicNeuron(
      of(
        knots.map(() => 0.2),
        knots,
      ),
    ),
  ).toThrow(/one half/);
});
