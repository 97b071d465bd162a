/** Binarized networks with the synapses that settings ask for. */
import {
  BinaryNetwork,
  type BlockShape,
  chainShapes,
  type DevicePairs,
  FloatSynapses,
  IntegerSynapses,
  PairKernels,
  type PairSettings,
  SensedPairs,
  senseQuantiles,
  type Shape,
  startingPulses,
  type Synapses,
  weightsOf,
} from '../networks/binary/index.js';
import type { MatrixKernels } from '../tensor/index.js';
import type { BinarizedSettings } from './binarized-settings.js';
import { uniformDraw } from './draws.js';
import type { World } from './trainer.js';

const initialStream = 3;

/** A network for inputs of a shape; `world` has the characteristic of its amplifiers. */
export function binarizedSynapses(
  own: BinarizedSettings,
  input: Shape,
  classes: number,
  world: World,
  seed: number,
): BinaryNetwork {
  const shapes = shapesOf(own, input, classes);
  const pairs: PairSettings = { ...own, seed, run: 0 };
  const count = shapes.reduce((sum, shape) => sum + weightsOf(shape), 0);
  const bytes = PairKernels.bytesOfPairs(count) + 64 * shapes.length;
  const amplified = amplifiersOf(own, world, seed);
  let kernels: PairKernels | undefined;
  let first = 0;
  const make = (memory: MatrixKernels, length: number, width: number, at: number): Synapses => {
    const device = first;
    first += 2 * length;
    if (own.synapses === 'devices') {
      kernels ??= new PairKernels(memory, pairs);
      const plain = kernels.pairs(length, device);
      return amplified ? amplified(plain, width, device / 2) : plain;
    }
    const weights = memory.array(length);
    if (own.synapses === 'integers') {
      const start = startingPulses(pairs, device, 2 * length);
      const hidden = Int32Array.from(weights, (_, k) => start[2 * k] - start[2 * k + 1]);
      return new IntegerSynapses(weights, hidden, own);
    }
    const half = 1 / Math.sqrt(width);
    const drawn = (_: number, k: number): number =>
      half * (2 * uniformDraw(seed, initialStream, k, at) - 1);
    return new FloatSynapses(weights, Float32Array.from(weights, drawn));
  };
  return new BinaryNetwork(shapes, bytes + PairKernels.bytes(own.mostPulses), make);
}

function shapesOf({ layers }: BinarizedSettings, input: Shape, classes: number): BlockShape[] {
  const blocks = [...layers, classes].map((each): Omit<BlockShape, 'input'> =>
    typeof each === 'number'
      ? { outputs: each, kernel: 0, pool: false }
      : { outputs: each.conv, kernel: 3, pool: each.pool },
  );
  return chainShapes(input, blocks);
}

/** Puts amplifiers to pairs, given a neuron's inputs and the number of the first pair. */
type Amplify = (pairs: DevicePairs, width: number, first: number) => SensedPairs;

function amplifiersOf(
  { senseAmplifier }: BinarizedSettings,
  world: World,
  seed: number,
): Amplify | undefined {
  if (!senseAmplifier) return undefined;
  const characteristic = world.characteristic(senseAmplifier.characteristic);
  const [{ name }] = characteristic.outputs;
  const quantiles = senseQuantiles(characteristic.function(name, { outside: 'clamp' }));
  const settings = { ...senseAmplifier, seed };
  return (pairs, width, first) => new SensedPairs(pairs, width, quantiles, settings, first);
}
