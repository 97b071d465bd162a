import { weakResetSpread } from '../../devices/memristive/weak-reset-table.js';
import {
  type BinaryBlock,
  DevicePairs,
  fanIn,
  FloatSynapses,
  IntegerSynapses,
  SensedPairs,
  type Synapses,
} from '../networks/binary/index.js';
import { histogramFigure, type TrainingFigure, weightMaps } from './training-figure.js';

/** Most numbers that a histogram is made of: of more, each so many-th is taken. */
const mostCounted = 200_000;

/** Hidden weights of a trained network and, where they are devices, conductances and pulses. */
export function binarizedFigures(blocks: readonly BinaryBlock[]): TrainingFigure[] {
  const hidden = blocks.map(({ synapses }) => hiddenOf(devicesOf(synapses)));
  const { label } = hidden[0];
  const weights = sampled(hidden.map(({ length, at }) => ({ length, at })));
  const about = { title: 'Hidden weights', subtitle: weights.part, label, heading: 'Weights' };
  return [
    histogramFigure('hidden-weights', about, weights.values),
    ...mapsOf(blocks[0], hidden[0].at),
    ...deviceFigures(blocks),
  ];
}

interface Numbers {
  readonly length: number;
  readonly at: (k: number) => number;
}

/** What stands behind amplifiers. */
function devicesOf(synapses: Synapses): Synapses {
  return synapses instanceof SensedPairs ? synapses.pairs : synapses;
}

function hiddenOf(synapses: Synapses): Numbers & { readonly label: string } {
  const { length } = synapses.weights;
  if (synapses instanceof DevicePairs) {
    const { gaps } = synapses;
    return { length, at: (k) => gaps[2 * k] - gaps[2 * k + 1], label: 'ln(R_BL/R_BLb)' };
  }
  if (synapses instanceof FloatSynapses || synapses instanceof IntegerSynapses) {
    const { hidden } = synapses;
    const label = synapses instanceof FloatSynapses ? 'Hidden weight' : 'Net pulses';
    return { length, at: (k) => hidden[k], label };
  }
  return { length, at: (k) => synapses.weights[k], label: 'Weight' };
}

/** Of an image, what the first neurons weigh its pixels with. */
function mapsOf({ shape }: BinaryBlock, at: Numbers['at']): TrainingFigure[] {
  const { planes, rows, columns } = shape.input;
  if (shape.kernel !== 0 || rows * columns === 1) return [];
  const area = rows * columns;
  const weight = (input: number, unit: number): number =>
    at(unit * fanIn(shape) + (input % area) * planes + Math.floor(input / area));
  const title = 'Hidden weights of the first layer';
  return [weightMaps('hidden-weight-maps', title, [planes, rows, columns], shape.outputs, weight)];
}

function deviceFigures(blocks: readonly BinaryBlock[]): TrainingFigure[] {
  const pairs = blocks
    .map(({ synapses }) => devicesOf(synapses))
    .filter((each) => each instanceof DevicePairs);
  if (pairs.length === 0) return [];
  const conductances = sampled(
    pairs.map(({ gaps }) => ({
      length: gaps.length,
      at: (k) => 1e6 / (weakResetSpread.r0.mean * Math.exp(gaps[k])),
    })),
  );
  const pulses = sampled(
    pairs.map(({ words }) => ({ length: words.length, at: (k) => words[k] & 0x7fffffff })),
  );
  const heading = 'Devices';
  const ofConductances = { title: 'Conductances', label: 'Conductance [µS]', heading };
  const ofPulses = { title: 'Pulses of devices', label: 'Pulses', heading };
  return [
    histogramFigure(
      'conductances',
      { ...ofConductances, subtitle: conductances.part },
      conductances.values,
    ),
    histogramFigure('pulses', { ...ofPulses, subtitle: pulses.part }, pulses.values),
  ];
}

/** Numbers of all layers, or each so many-th of them. */
function sampled(layers: readonly Numbers[]): { readonly values: number[]; readonly part: string } {
  const total = layers.reduce((sum, { length }) => sum + length, 0);
  const stride = Math.ceil(total / mostCounted);
  const values: number[] = [];
  for (const { length, at } of layers) for (let k = 0; k < length; k += stride) values.push(at(k));
  return { values, part: stride === 1 ? `all ${total}` : `${values.length} of ${total}` };
}
