/** Layers of a binarized network one after the other; the last one's normalized sums are the outputs. */
import { MatrixKernels } from '../../tensor/index.js';
import type { Affine } from './batch-normalization.js';
import { BinaryBlock, chunkRows, type Workspace } from './binary-block.js';
import { type BlockShape, fanIn, outputShape, places } from './block-shape.js';
import { crossEntropy } from './cross-entropy.js';
import type { Values } from './patches.js';
import type { Synapses } from './synapses.js';

/** Makes the synapses of a layer: so many, each neuron with `fanIn` of them. */
export type MakeSynapses = (
  kernels: MatrixKernels,
  count: number,
  fanIn: number,
  layer: number,
) => Synapses;

export interface LearningRates {
  /** Of the hidden weights. */
  readonly weights: number;
  /** Of γ and β. */
  readonly digital: number;
}

export class BinaryNetwork {
  readonly blocks: readonly BinaryBlock[];
  readonly shapes: readonly BlockShape[];

  /** `bytesOfSynapses` is what `make` takes of the memory, all layers together. */
  constructor(shapes: readonly BlockShape[], bytesOfSynapses: number, make: MakeSynapses) {
    this.shapes = shapes;
    const most = (of: (shape: BlockShape) => number): number => Math.max(...shapes.map(of));
    const columns = Math.max(
      most(fanIn),
      most(({ outputs }) => outputs),
    );
    const lengths = {
      patches: most((shape) => chunkRows(shape) * fanIn(shape)),
      sums: most((shape) => chunkRows(shape) * shape.outputs),
      gradient: most(weightsOf),
    };
    const numbers = lengths.patches + lengths.sums + lengths.gradient;
    const reserved = MatrixKernels.reservedBytes(columns);
    const kernels = new MatrixKernels(4 * numbers + reserved + bytesOfSynapses + 1024);
    kernels.reserve(columns);
    const workspace: Workspace = {
      kernels,
      patches: kernels.array(lengths.patches),
      sums: kernels.array(lengths.sums),
      gradient: kernels.array(lengths.gradient),
    };
    this.blocks = shapes.map((shape, layer) => {
      const synapses = make(kernels, weightsOf(shape), fanIn(shape), layer);
      return new BinaryBlock(shape, synapses, workspace);
    });
  }

  get classes(): number {
    return this.shapes[this.shapes.length - 1].outputs;
  }

  /** Products of a sample's way forward. */
  get productsPerSample(): number {
    return this.shapes.reduce((sum, shape) => sum + weightsOf(shape) * places(shape), 0);
  }

  /** One step of learning from a batch; returns the sum of the losses and the right answers. */
  learn(
    inputs: Values,
    labels: Uint8Array,
    count: number,
    rates: LearningRates,
  ): { readonly loss: number; readonly right: number } {
    const affines: Affine[] = [];
    let values = inputs;
    let outputs: Float32Array = new Float32Array();
    this.blocks.forEach((block, layer) => {
      const sums = block.forward(values, count);
      const affine = block.normalize();
      affines.push(affine);
      if (layer < this.blocks.length - 1) values = signs(sums, affine);
      else outputs = normalized(sums, affine);
    });
    let gradient: Float32Array | undefined = new Float32Array(outputs.length);
    const result = crossEntropy(outputs, labels, count, this.classes, gradient);
    for (let layer = this.blocks.length - 1; layer >= 0; layer--) {
      const block = this.blocks[layer];
      if (layer < this.blocks.length - 1) block.gate(gradient!, affines[layer]);
      gradient = block.backward(gradient!, layer > 0);
      block.learn(rates.weights, rates.digital);
    }
    return result;
  }

  /** Outputs for samples, by the running means: [count × classes]. */
  respond(inputs: Values, count: number): Float32Array {
    let values = inputs;
    let outputs: Float32Array = new Float32Array();
    this.blocks.forEach((block, layer) => {
      const sums = block.forward(values, count);
      const affine = block.normalization.ofAll();
      if (layer < this.blocks.length - 1) values = signs(sums, affine);
      else outputs = normalized(sums, affine);
    });
    return outputs;
  }

  save(): unknown {
    return this.blocks.map((block) => block.save());
  }

  restore(state: unknown): void {
    (state as unknown[]).forEach((each, layer) => {
      this.blocks[layer].restore(each);
    });
  }
}

/** Synapses of a layer. */
export function weightsOf(shape: BlockShape): number {
  return shape.outputs * fanIn(shape);
}

/** Layers from the sizes of their inputs on: `of` says what each is beside its input. */
export function chainShapes(
  input: BlockShape['input'],
  layers: readonly Omit<BlockShape, 'input'>[],
): BlockShape[] {
  let next = input;
  return layers.map((layer) => {
    const shape = { ...layer, input: next };
    next = outputShape(shape);
    return shape;
  });
}

/**
 * +1 where scale·z + shift ≥ 0, else −1: from the sign bits of doubles, since a branch that nobody can
 * foretell would take longer than all the rest.
 */
function signs(sums: Float32Array, { scale, shift }: Affine): Int8Array {
  const values = new Int8Array(sums.length);
  const row = new Float64Array(scale.length);
  const halves = new Int32Array(row.buffer);
  for (let from = 0; from < sums.length; from += row.length) {
    // Adding 0 makes +0 of −0.
    for (let j = 0; j < row.length; j++) row[j] = scale[j] * sums[from + j] + shift[j] + 0;
    for (let j = 0; j < row.length; j++) values[from + j] = (halves[2 * j + 1] >> 31) | 1;
  }
  return values;
}

/** scale·z + shift. */
export function normalized(sums: ArrayLike<number>, { scale, shift }: Affine): Float32Array {
  const values = new Float32Array(sums.length);
  for (let i = 0; i < sums.length;)
    for (let j = 0; j < scale.length; j++, i++) values[i] = scale[j] * sums[i] + shift[j];
  return values;
}
