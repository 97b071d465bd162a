import {
  BoltzmannMachine,
  CodedArray,
  FineTuning,
  FloatArray,
  type HiddenDecisions,
  type LearntArray,
  logisticNeuron,
  type MachineSize,
  TabulatedNeuron,
  type TunedMachine,
} from '../networks/deep/index.js';
import { MatrixKernels } from '../tensor/index.js';
import type { DeepNeurons } from './deep-neurons.js';
import type { DeepSettings } from './deep-settings.js';
import { normalDraw } from './draws.js';
import { inBatches } from './mini-batches.js';
import { SoftmaxLayer } from './softmax-layer.js';

const initialStream = 8;
/** Standard deviation of the weights at the beginning (Hinton 2010, section 8). */
const initialDeviation = 0.01;

/** The machines of a deep network, one on the other, with the layer on top and what fine-tunes them. */
export class DeepStack {
  readonly machines: readonly BoltzmannMachine[];
  readonly tuning: FineTuning;
  readonly top: SoftmaxLayer;
  readonly #settings: DeepSettings;
  readonly #kernels: MatrixKernels;
  readonly #tuned: readonly TunedMachine[];

  /** Of so many inputs, for so many classes. */
  constructor(
    own: DeepSettings,
    seed: number,
    { tables }: DeepNeurons,
    features: number,
    classes: number,
    decisions?: HiddenDecisions,
  ) {
    this.#settings = own;
    const sizes = own.layers.map((hidden, k): MachineSize => {
      return { visible: k === 0 ? features : own.layers[k - 1], hidden, batch: own.batch };
    });
    this.#kernels = kernelsFor(sizes, own.batch);
    this.machines = sizes.map((size, k) => {
      const parts = {
        weights: this.#learnt(this.#initial(size.visible * size.hidden, k, seed)),
        visibleBias: this.#learnt(new Float32Array(size.visible), 0),
        hiddenBias: this.#learnt(new Float32Array(size.hidden), 0),
        hiddenNeuron: tables[k],
        // The samples themselves are probabilities; hidden layers are what fires.
        visibleNeuron: k === 0 ? logisticTable : tables[k - 1],
        decisions,
      };
      return new BoltzmannMachine(this.#kernels, size, parts, own.weights === 'oxram');
    });
    this.#tuned = this.machines.map((machine) => this.#tunedBy(machine));
    this.tuning = new FineTuning(this.#kernels, this.#tuned, own.batch);
    this.top = new SoftmaxLayer(own.layers[own.layers.length - 1], classes, (values) =>
      this.#learnt(values, own.penalty, own.readout.learningRate),
    );
  }

  /** Codes go on with theirs; numbers in floating point get a learning rate and momentum of their own. */
  #tunedBy(machine: BoltzmannMachine): TunedMachine {
    const { weights, visibleBias, hiddenBias } = machine.parts;
    const { learningRate } = this.#settings.fineTuning;
    const tuned = (array: LearntArray): LearntArray =>
      array instanceof CodedArray ? array : this.#learnt(array.values, 0, learningRate);
    return {
      machine,
      weights: tuned(weights),
      visibleBias: tuned(visibleBias),
      hiddenBias: tuned(hiddenBias),
    };
  }

  #initial(length: number, layer: number, seed: number): Float32Array {
    const values = this.#kernels.array(length);
    for (let k = 0; k < length; k++)
      values[k] = initialDeviation * normalDraw(seed, initialStream, k, layer);
    return values;
  }

  #learnt(
    values: Float32Array,
    penalty = this.#settings.penalty,
    learningRate = this.#settings.learningRate,
  ): LearntArray {
    const { weights, leastStep, deadBand, momentum } = this.#settings;
    if (weights === 'oxram') return new CodedArray(values, { leastStep, deadBand });
    return new FloatArray(values, { learningRate, momentum, penalty });
  }

  /** Probabilities of the hidden units of a machine. */
  up(layer: number, inputs: Float32Array): Float32Array {
    const machine = this.machines[layer];
    const { visible, hidden, batch } = machine.size;
    return inBatches(visible, hidden, batch, inputs, (v, rows, h) => {
      machine.up(v, rows, h);
    });
  }

  /** Probabilities of the visible units of a machine. */
  down(layer: number, values: Float32Array): Float32Array {
    const machine = this.machines[layer];
    const { visible, hidden, batch } = machine.size;
    return inBatches(hidden, visible, batch, values, (h, rows, v) => {
      machine.down(h, rows, v);
    });
  }

  /** What each layer makes of samples, the samples first and the top last. */
  upward(samples: Float32Array): Float32Array[] {
    const layers = [samples];
    for (let k = 0; k < this.machines.length; k++) layers.push(this.up(k, layers[k]));
    return layers;
  }

  /** From the top back to samples. */
  downward(top: Float32Array): Float32Array {
    return this.machines.reduceRight((values, _, k) => this.down(k, values), top);
  }

  save(): unknown {
    return {
      machines: this.machines.map((machine) => machine.save()),
      softmax: this.top.save(),
      tuned: this.#tuned.map(partsOf).map((parts) => parts.map((each) => each.save())),
    };
  }

  restore(state: unknown): void {
    const { machines, softmax, tuned } = state as {
      machines: unknown[];
      softmax: unknown;
      tuned: unknown[][];
    };
    this.machines.forEach((machine, k) => {
      machine.restore(machines[k]);
    });
    this.top.restore(softmax);
    this.#tuned.map(partsOf).forEach((parts, k) => {
      parts.forEach((each, p) => {
        each.restore(tuned[k][p]);
      });
    });
  }
}

const logisticTable = new TabulatedNeuron(logisticNeuron());

function kernelsFor(sizes: readonly MachineSize[], batch: number): MatrixKernels {
  const columns = Math.max(...sizes.flatMap(({ visible, hidden }) => [visible, hidden]));
  const bytes =
    sizes.reduce((sum, size) => sum + BoltzmannMachine.bytes(size), 0) +
    FineTuning.bytes(sizes, batch);
  const kernels = new MatrixKernels(bytes + MatrixKernels.reservedBytes(columns));
  kernels.reserve(columns);
  return kernels;
}

function partsOf({ weights, visibleBias, hiddenBias }: TunedMachine): LearntArray[] {
  return [weights, visibleBias, hiddenBias];
}
