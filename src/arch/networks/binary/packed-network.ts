/**
 * A binarized network as hardware has it: weights are bits, sums are counts of bits, and batch
 * normalization with the sign after it is a threshold (Majumdar et al. 2021, (8)). Its outputs are
 * those of `BinaryNetwork.respond`, bit for bit.
 */
import {
  compileModule,
  createMemory,
  instantiate,
  type WasmFunction,
} from '../../../base/wasm/engine.js';
import type { Affine } from './batch-normalization.js';
import type { BinaryBlock } from './binary-block.js';
import { type BlockShape, fanIn, outputShape, places } from './block-shape.js';
import { type BinaryNetwork, normalized } from './binary-network.js';
import { maxPool } from './max-pool.js';
import { gatherPatches } from './patches.js';
import { popcountModule } from './popcount-kernel.js';

/** Rows of patches at a time. */
const chunk = 256;

export class PackedNetwork {
  readonly #layers: readonly PackedLayer[];

  constructor({ blocks }: BinaryNetwork) {
    this.#layers = blocks.map((block) => new PackedLayer(block));
  }

  /** Outputs for samples of whole numbers: [count × classes]. */
  respond(inputs: Int8Array | Int16Array, count: number): Float32Array {
    let values = inputs;
    const last = this.#layers.length - 1;
    for (const layer of this.#layers.slice(0, last)) values = layer.fire(values, count);
    const { affine } = this.#layers[last];
    return normalized(this.#layers[last].sums(values, count), affine);
  }
}

/** Fires where the sum reaches `least`, or where it does not exceed `most`. */
export interface Threshold {
  readonly least: number;
  readonly most: number;
}

/** The whole numbers z for which scale·z + shift, as it is rounded, is not negative. */
export function thresholdOf(scale: number, shift: number): Threshold {
  if (scale === 0)
    return shift >= 0 ? { least: -Infinity, most: Infinity } : { least: Infinity, most: -Infinity };
  const fires = (z: number): boolean => scale * z + shift >= 0;
  // One step towards the side that fires, and one back; the quotient is off by rounding only.
  const inwards = scale > 0 ? 1 : -1;
  let z = Math.round(-shift / scale);
  while (!fires(z)) z += inwards;
  while (fires(z - inwards)) z -= inwards;
  return scale > 0 ? { least: z, most: Infinity } : { least: -Infinity, most: z };
}

class PackedLayer {
  readonly affine: Affine;
  readonly #shape: BlockShape;
  readonly #thresholds: readonly Threshold[];
  readonly #weights: Uint32Array;
  /** Words of 32 bits in a row, an even number. */
  readonly #words: number;
  #memory: PackedMemory | undefined;

  constructor({ shape, synapses, normalization }: BinaryBlock) {
    this.#shape = shape;
    this.affine = normalization.ofAll();
    const { scale, shift } = this.affine;
    this.#thresholds = [...scale].map((each, j) => thresholdOf(each, shift[j]));
    const width = fanIn(shape);
    this.#words = 2 * Math.ceil(width / 64);
    this.#weights = new Uint32Array(shape.outputs * this.#words);
    packBits(synapses.weights, width, this.#words, this.#weights, (weight) => weight > 0);
  }

  fire(inputs: Int8Array | Int16Array, count: number): Int8Array {
    const sums = this.sums(inputs, count);
    const values = new Int8Array(sums.length);
    const thresholds = this.#thresholds;
    for (let i = 0; i < sums.length;)
      for (let j = 0; j < thresholds.length; j++, i++) {
        const { least, most } = thresholds[j];
        values[i] = sums[i] >= least && sums[i] <= most ? 1 : -1;
      }
    return values;
  }

  /** Pooled where the layer pools. */
  sums(inputs: Int8Array | Int16Array, count: number): Float32Array {
    const shape = this.#shape;
    const rows = count * places(shape);
    const whole = new Float32Array(rows * shape.outputs);
    const patches = new Int16Array(chunk * fanIn(shape));
    for (let from = 0; from < rows; from += chunk) {
      const to = Math.min(rows, from + chunk);
      gatherPatches(shape, inputs, from, to, patches);
      whole.set(this.#count(patches, to - from), from * shape.outputs);
    }
    if (!shape.pool) return whole;
    const { planes, rows: height, columns } = outputShape(shape);
    const pooled = new Float32Array(count * planes * height * columns);
    const input = { ...shape.input, planes: shape.outputs };
    maxPool(input, count, whole, pooled, new Uint8Array(pooled.length));
    return pooled;
  }

  #count(patches: Int16Array, rows: number): Int32Array {
    const { outputs } = this.#shape;
    const width = fanIn(this.#shape);
    const words = this.#words;
    this.#memory ??= new PackedMemory(this.#weights, chunk * words, chunk * outputs);
    const { signs, plane, weights, sums, functions } = this.#memory;
    const numbers = patches.subarray(0, rows * width);
    packBits(numbers, width, words, signs, (x) => x > 0);
    sums.fill(0);
    const largest = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    for (let bit = 0; 1 << bit <= largest; bit++) {
      packBits(numbers, width, words, plane, (x) => ((Math.abs(x) >> bit) & 1) === 1);
      const [s, p, w, z] = [signs, plane, weights, sums].map(({ byteOffset }) => byteOffset);
      functions.count(s, p, w, z, rows, outputs, words / 2, bit);
    }
    return sums.subarray(0, rows * outputs);
  }
}

class PackedMemory {
  readonly signs: Uint32Array;
  readonly plane: Uint32Array;
  readonly weights: Uint32Array;
  readonly sums: Int32Array;
  readonly functions: Readonly<Record<string, WasmFunction>>;

  constructor(weights: Uint32Array, words: number, sums: number) {
    const bytes = 4 * (weights.length + 2 * words + sums);
    const pages = Math.ceil(bytes / 65536);
    const memory = createMemory(pages);
    this.functions = instantiate(compileModule(popcountModule(pages).build()), memory);
    this.signs = new Uint32Array(memory.buffer, 0, words);
    this.plane = new Uint32Array(memory.buffer, 4 * words, words);
    this.weights = new Uint32Array(memory.buffer, 8 * words, weights.length);
    this.sums = new Int32Array(memory.buffer, 8 * words + 4 * weights.length, sums);
    this.weights.set(weights);
  }
}

/** Row by row, the first number in the lowest bit of the first word. */
function packBits(
  values: Float32Array | Int16Array,
  width: number,
  words: number,
  packed: Uint32Array,
  isOne: (value: number) => boolean,
): void {
  const rows = values.length / width;
  packed.fill(0, 0, rows * words);
  for (let row = 0, i = 0; row < rows; row++)
    for (let k = 0; k < width; k++, i++)
      if (isOne(values[i])) packed[row * words + (k >>> 5)] |= 1 << (k & 31);
}
