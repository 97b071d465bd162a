import type { TransferCharacteristic } from '../characterize/index.js';
import {
  characteristicNeuron,
  comparedNeuron,
  gainsOf,
  logisticNeuron,
  type Neuron,
  type NeuronHalves,
  neuronProblem,
  normalizationGain,
  normalizationProblem,
  oxramNeuron,
  TabulatedNeuron,
} from '../networks/deep/index.js';
import { characteristicsOf, type DeepSettings, ofLayer, tuningOf } from './deep-settings.js';
import type { TunedGain } from './gain-tuning.js';
import type { SettingProblem, World } from './trainer.js';

/** The neurons of each layer: of their kind, behind a normalization block, with a gain of V_OxRAM. */
export class DeepNeurons {
  /** One for each layer; they are those of the machines, and follow where a gain is set. */
  readonly tables: readonly TabulatedNeuron[];
  readonly #settings: DeepSettings;
  readonly #slopes: number[];
  readonly #gains: number[];
  readonly #withGain: (gain: number) => Neuron;
  readonly #circuits: readonly TransferCharacteristic[];

  constructor(own: DeepSettings, world: World) {
    this.#settings = own;
    this.#circuits = characteristicsOf(own).map((path) => world.characteristic(path));
    this.#slopes = own.layers.map((_, layer) => slopeOf(own, world, layer));
    this.#withGain = neuronOf(own, world);
    // Where gains are found, they are 1 before, or as near to it as the circuit can be.
    this.#gains = own.layers.map((_, layer) =>
      own.gain === 'auto' ? 1 : ofLayer(own.gain, layer),
    );
    this.tables = own.layers.map((_, layer) => new TabulatedNeuron(this.#neuron(layer)));
  }

  /** For a layer and all that share its neurons. */
  setGain(of: TunedGain, layer: number, gain: number): void {
    (of === 'V_OxRAM' ? this.#gains : this.#slopes)[layer] = gain;
    this.tables[layer].follow(this.#neuron(layer));
  }

  #neuron(layer: number): Neuron {
    const slope = this.#slopes[layer];
    if (this.#settings.neurons === 'logistic') return logisticNeuron(slope);
    const neuron = this.#withGain(this.#gains[layer]);
    return { probability: (sum) => neuron.probability(slope * sum) };
  }

  /** For the file of results: what was taken from which circuit. */
  get details(): Record<string, unknown> {
    if (this.#circuits.length === 0) return {};
    const characteristics = this.#circuits.map(({ name, circuitHash }) => ({ name, circuitHash }));
    return { characteristics, normalization: this.#slopes };
  }
}

/** What the settings ask of neurons and blocks that these do not have. */
export function neuronProblems(own: DeepSettings, world: World): SettingProblem[] {
  const found = [
    ...perLayerProblems(own),
    circuitProblem(own, world),
    gainProblem(own, world),
    blockProblem(own, world),
  ];
  return found.filter((each) => each !== undefined);
}

function perLayerProblems({
  layers,
  gain,
  normalization,
}: DeepSettings): (SettingProblem | undefined)[] {
  const values = {
    gain,
    normalization: isBlock(normalization) ? normalization.resistance : normalization,
  };
  return Object.entries(values).map(([setting, value]) => {
    if (!Array.isArray(value) || value.length === layers.length) return undefined;
    return {
      setting,
      message: `'${setting}' has a number for each of the layers, or one for all`,
    };
  });
}

function circuitProblem({ neuron }: DeepSettings, world: World): SettingProblem | undefined {
  if (typeof neuron !== 'object') return undefined;
  const message = neuronProblem(halvesOf(neuron, world));
  return message === undefined ? undefined : { setting: 'neuron', message };
}

/** Gains are of neurons that have one, and in the range of their circuit. */
function gainProblem(own: DeepSettings, world: World): SettingProblem | undefined {
  const { neurons, neuron, gain } = own;
  if (typeof neuron !== 'object') {
    if (neurons === 'oxram' || gain === 1) return undefined;
    return {
      setting: 'gain',
      message: `'gain' is of V_OxRAM, which neurons of the kind '${neurons}' do not have`,
    };
  }
  const halves = halvesOf(neuron, world);
  if (neuronProblem(halves) !== undefined) return undefined;
  const [least, most] = gainsOf(halves.reference);
  const asked = gain === 'auto' ? tuningOf(own).candidates : [gain].flat();
  if (asked.every((each) => each >= least && each <= most)) return undefined;
  return {
    setting: gain === 'auto' ? 'gainTuning' : 'gain',
    message: `'${halves.reference.name}' was characterized at gains from ${least} to ${most}`,
  };
}

function blockProblem({ normalization }: DeepSettings, world: World): SettingProblem | undefined {
  if (!isBlock(normalization)) return undefined;
  const of = world.characteristic(normalization.characteristic);
  const messages = [normalization.resistance]
    .flat()
    .map((resistance) => normalizationProblem(of, { ...normalization, resistance }));
  const message = messages.find((each) => each !== undefined);
  return message === undefined ? undefined : { setting: 'normalization', message };
}

type Normalization = DeepSettings['normalization'];
type Block = Exclude<Normalization, number | readonly number[] | 'auto'>;

function isBlock(normalization: Normalization): normalization is Block {
  return typeof normalization === 'object' && !Array.isArray(normalization);
}

function slopeOf({ normalization }: DeepSettings, world: World, layer: number): number {
  if (normalization === 'auto') return 1;
  if (!isBlock(normalization)) return ofLayer(normalization, layer);
  const resistance = ofLayer(normalization.resistance, layer);
  const of = world.characteristic(normalization.characteristic);
  return normalizationGain(of, { ...normalization, resistance });
}

function halvesOf(
  { sigmoid, reference, at }: Exclude<DeepSettings['neuron'], string | undefined>,
  world: World,
): NeuronHalves {
  return {
    sigmoid: world.characteristic(sigmoid),
    reference: world.characteristic(reference),
    at,
  };
}

function neuronOf(own: DeepSettings, world: World): (gain: number) => Neuron {
  const { neuron, thresholdMedian, thresholdSpread } = own;
  if (neuron === undefined) return (gain) => oxramNeuron(gain, thresholdMedian, thresholdSpread);
  if (typeof neuron === 'string') {
    const whole = characteristicNeuron(world.characteristic(neuron));
    return () => whole;
  }
  const halves = halvesOf(neuron, world);
  const [least, most] = gainsOf(halves.reference);
  return (gain) => comparedNeuron(halves, Math.min(most, Math.max(least, gain)));
}
