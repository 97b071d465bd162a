import type { TransferCharacteristic } from '../characterize/index.js';

/** A hidden neuron: what its row gives [V] to the next grid's column [V], and its slope. */
export interface NeuronFunction {
  /** u of the next grid. */
  value(r: number): number;
  /** σ′ [1/V], of a neuron of ±1 V. */
  slope(r: number): number;
}

/** Settings that are those of `synapse-grid`. */
export interface NeuronSettings {
  /** Slope σ′(0) of a neuron of ±1 V [1/V]. */
  readonly neuronGain: number;
  /** Its largest voltage at the next grid [V]. */
  readonly neuronScale: number;
}

/** tanh, and (9), which for it is exact. */
export function idealNeuron({ neuronGain, neuronScale }: NeuronSettings): NeuronFunction {
  return {
    value: (r) => neuronScale * Math.tanh(neuronGain * r),
    slope: (r) => neuronGain * (1 - Math.tanh(neuronGain * r) ** 2),
  };
}

/** The characteristic's own slope at 0 takes the place of `neuronGain` within it. */
const measuredGain = 500;

/** As measured: outputs `x` (±1 V) and `w` = σ′/σ′(0) over the row's voltage; constant beyond. */
export function characteristicNeuron(
  measured: TransferCharacteristic,
  { neuronGain, neuronScale }: NeuronSettings,
): NeuronFunction {
  const x = measured.function('x', { outside: 'clamp' });
  const w = measured.function('w', { outside: 'clamp' });
  const [[least, most]] = x.domain;
  const bounded = (r: number): number =>
    Math.min(most, Math.max(least, (r * neuronGain) / measuredGain));
  return {
    value: (r) => neuronScale * x.value(bounded(r)),
    slope: (r) => neuronGain * w.value(bounded(r)),
  };
}

/** Corners of a table of `x` and of `w` over r, for a deck: r [V] and value, one after the other. */
export function neuronTable(
  measured: TransferCharacteristic,
  output: 'x' | 'w',
  { neuronGain }: NeuronSettings,
): number[] {
  const curve = measured.function(output, { outside: 'clamp' });
  const [[least, most]] = curve.domain;
  const count = 241;
  const scale = measuredGain / neuronGain;
  const corners = Array.from({ length: count }, (_, k) => {
    const r = least + ((most - least) * k) / (count - 1);
    return [scale * r, curve.value(r)];
  });
  // Straight lines of other simulators go on beyond the last corner: two more make them level.
  const [first, last] = [corners[0], corners[count - 1]];
  const beyond = scale * (most - least);
  return [[first[0] - beyond, first[1]], ...corners, [last[0] + beyond, last[1]]].flat();
}
