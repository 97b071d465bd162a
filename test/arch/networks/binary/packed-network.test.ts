/** Counting bits gives the bits of floating point (row M14). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  BinaryNetwork,
  chainShapes,
  FloatSynapses,
  PackedNetwork,
} from '../../../../src/arch/networks/binary/index.js';
import { thresholdOf } from '../../../../src/arch/networks/binary/packed-network.js';
import { normalDraw, uniformDraw } from '../../../../src/arch/trainers/draws.js';

const layer = (outputs: number) => ({ outputs, kernel: 0, pool: false });

test.each([
  ['dense', [{ planes: 100, rows: 1, columns: 1 }, [layer(70), layer(33), layer(10)]]],
  [
    'convolutions',
    [
      { planes: 3, rows: 8, columns: 8 },
      [
        { outputs: 9, kernel: 3, pool: false },
        { outputs: 12, kernel: 3, pool: true },
        layer(20),
        layer(10),
      ],
    ],
  ],
] as const)('%s', (_, [input, layers]) => {
  const shapes = chainShapes(input, layers);
  const network = new BinaryNetwork(shapes, 1 << 20, (kernels, count, _fan, at) => {
    const hidden = Float32Array.from({ length: count }, (_value, k) => normalDraw(1, at, k));
    return new FloatSynapses(kernels.array(count), hidden);
  });
  const length = input.planes * input.rows * input.columns;
  const count = 300;
  // From −255 to 255, as inputs with their mean taken off are.
  const inputs = Int16Array.from({ length: count * length }, (_value, k) =>
    Math.floor(511 * uniformDraw(2, 0, k) - 255),
  );
  const labels = Uint8Array.from({ length: count }, (_value, k) => k % 10);
  // Some learning makes scales of both signs, and thresholds that are no whole numbers.
  for (const { normalization } of network.blocks)
    normalization.gamma.forEach((_value, j, gamma) => (gamma[j] = normalDraw(4, 0, j)));
  for (let k = 0; k < 4; k++) network.learn(inputs, labels, count, { weights: 0.01, digital: 0.1 });
  const outputs = network.respond(inputs, count);
  expect(new PackedNetwork(network).respond(inputs, count)).toEqual(outputs);
  expect(new Set(outputs).size).toBeGreaterThan(50);
});

test('a threshold is where the affine function changes its sign', () => {
  const number = fc.double({ min: -100, max: 100, noNaN: true });
  fc.assert(
    fc.property(number, number, fc.integer({ min: -3000, max: 3000 }), (a, b, z) => {
      const scale = Math.abs(a) < 1e-3 ? 0 : a;
      const { least, most } = thresholdOf(scale, b);
      expect(z >= least && z <= most).toBe(scale * z + b >= 0);
    }),
  );
});
