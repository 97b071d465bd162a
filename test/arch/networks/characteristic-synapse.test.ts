import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  type CharacteristicData,
  readCsvData,
  TransferCharacteristic,
  trainers,
  type World,
} from '../../../src/arch/index.js';
import {
  characteristicSynapse,
  gridSettings,
  SynapseGrid,
  teamSynapse,
} from '../../../src/arch/networks/synapse-grid/index.js';

const settings = z.strictObject(gridSettings).parse({});
const team = teamSynapse(settings);

/** What one ideal synapse alone on its row does, as tables. */
const grid = (n: number, from: number, to: number): number[] =>
  Array.from({ length: n }, (_, k) => from + ((to - from) * k) / (n - 1));

function characteristic(
  name: string,
  output: string,
  inputs: readonly { name: string; kind?: string; knots?: number[]; values?: number[] }[],
  of: (...at: number[]) => number,
): TransferCharacteristic {
  const axes = inputs.map(({ knots, values }) => knots ?? values ?? []);
  let points: number[][] = [[]];
  for (const axis of axes) points = points.flatMap((point) => axis.map((x) => [...point, x]));
  const values = points.map((point) => of(...point));
  return new TransferCharacteristic({
    name,
    kind: 'measure',
    inputs: inputs.map((each) =>
      each.knots
        ? { kind: 'continuous', name: each.name, unit: '', scale: 'linear', knots: each.knots }
        : { kind: 'discrete', name: each.name, unit: '', values: each.values! },
    ),
    outputs: [{ name: output, unit: '', values, bound: { absolute: 1, ofRange: 1, met: true } }],
    provenance: { circuitHash: 'abc' },
  } as unknown as CharacteristicData);
}

test('a grid of tabulated synapses does what one of equations does', () => {
  const reading = characteristic(
    'read',
    'current',
    [
      { name: 'u', knots: grid(3, -0.1, 0.1) },
      { name: 'state', knots: grid(200, 0.2, 0.9) },
    ],
    // The reference is subtracted, as in the circuit.
    (u, state) => u * (team.conductance(state, u) - 1 / settings.rref),
  );
  const alone = (u: number, length: number, state: number, sign: number): number => {
    const own = new SynapseGrid(1, 1, settings, team);
    own.states[0] = state;
    own.write(
      Float64Array.of(u),
      Float64Array.of((sign * length * settings.sawtooth) / settings.writeTime),
    );
    return own.states[0] - state;
  };
  const writing = characteristic(
    'write',
    'change',
    [
      { name: 'u', knots: grid(61, -0.6, 0.6) },
      { name: 'length', knots: grid(5, 20e-9, 10e-6) },
      { name: 'state', knots: grid(40, 0.2, 0.9) },
      { name: 'sign', values: [-1, 1] },
    ],
    alone,
  );
  const synapse = characteristicSynapse(reading, writing, settings.rref);
  const [tabulated, ideal] = [synapse, team].map((model) => new SynapseGrid(3, 2, settings, model));
  for (const own of [tabulated, ideal]) own.states.set([0.5, 0.4, 0.6, 0.45, 0.55, 0.5]);
  const [u, y] = [Float64Array.of(0.5, -0.3, 0.2), Float64Array.of(12e-3, -5e-3)];
  const outputs = [new Float64Array(2), new Float64Array(2)];
  for (let k = 0; k < 10; k++) {
    tabulated.write(u, y);
    ideal.write(u, y);
  }
  tabulated.read(u, outputs[0]);
  ideal.read(u, outputs[1]);
  // Ten writes moved the states by up to 0.07; tables and the row's voltage, which stands still within
  // a pulse here, leave 1 % of that.
  ideal.states.forEach((state, k) => {
    expect(Math.abs(tabulated.states[k] - state)).toBeLessThan(7e-4);
  });
  expect(Math.abs(outputs[0][0] - outputs[1][0])).toBeLessThan(0.02 * Math.abs(outputs[1][0]));
  expect(synapse.outside()).toBe(0);
});

test('a training that is restored counts the questions beyond the domain on', () => {
  const of = {
    read: characteristic(
      'read',
      'current',
      [
        { name: 'u', knots: [-0.01, 0.01] },
        { name: 'state', knots: [0.4, 0.6] },
      ],
      (u) => u / 1e5,
    ),
    write: characteristic(
      'write',
      'change',
      [
        { name: 'u', knots: [-0.1, 0.1] },
        { name: 'length', knots: [1e-8, 1e-5] },
        { name: 'state', knots: [0.4, 0.6] },
        { name: 'sign', values: [-1, 1] },
      ],
      (u, length, _, sign) => u * length * 1e4 * sign,
    ),
  };
  const text = Array.from({ length: 20 }, (_, k) => `${k},${(k * 7) % 5},${k % 2}`).join('\n');
  const world: World = {
    data: () => ({ training: readCsvData('own', { name: 'own', text }).data! }),
    characteristic: (path) => of[path as keyof typeof of],
  };
  const trainer = trainers.find(({ name }) => name === 'synapse-grid')!;
  const own = {
    data: 'own',
    training: 10,
    test: 10,
    samples: 20,
    synapse: { read: 'read', write: 'write' },
  };
  const begin = () => trainer.start(trainer.settings.parse(own), world, 1);
  const whole = begin();
  whole.advance();
  const restored = begin();
  restored.restore(structuredClone(whole.save()));
  for (const each of [whole, restored]) each.advance();
  const { details } = whole.finish();
  expect(details.outside).toBeGreaterThan(100);
  expect(restored.finish().details).toEqual(details);
});
