/** Samples with the class that each belongs to. */
export interface LabelledData {
  readonly name: string;
  /** How many samples there are. */
  readonly count: number;
  /** How many numbers a sample has. */
  readonly features: number;
  /** Row by row: feature j of sample i is at i·features + j. */
  readonly inputs: Float64Array | Uint8Array;
  /** Number of the class of each sample, from 0. */
  readonly labels: Uint8Array;
  /** Names of the classes. */
  readonly classes: readonly string[];
  /** Of images: planes, rows and columns. */
  readonly shape?: readonly [planes: number, rows: number, columns: number];
  /** The value that stands for full brightness of images. */
  readonly full?: number;
}

/** Some of the samples, in the order of their indices. */
export function selectSamples(data: LabelledData, indices: ArrayLike<number>): LabelledData {
  const { features } = data;
  const count = indices.length;
  const kind = data.inputs instanceof Uint8Array ? Uint8Array : Float64Array;
  const inputs = new kind(count * features);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const from = indices[i] * features;
    inputs.set(data.inputs.subarray(from, from + features), i * features);
    labels[i] = data.labels[indices[i]];
  }
  return { ...data, count, inputs, labels };
}

/** The first samples, without copying. */
export function firstSamples(data: LabelledData, count: number): LabelledData {
  if (count >= data.count) return data;
  const inputs = data.inputs.subarray(0, count * data.features);
  return { ...data, count, inputs, labels: data.labels.subarray(0, count) };
}
