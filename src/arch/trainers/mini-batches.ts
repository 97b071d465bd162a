/** Rows of samples, a mini-batch at a time. */

/** Copies rows `from` … `from + rows` of an order of samples to the beginning of `samples`. */
export function gather(
  inputs: Float32Array,
  order: Uint32Array,
  from: number,
  rows: number,
  width: number,
  samples: Float32Array,
): void {
  for (let i = 0; i < rows; i++) {
    const at = order[from + i] * width;
    samples.set(inputs.subarray(at, at + width), i * width);
  }
}

/** Carries rows of `from` numbers through a function that takes a batch at a time, to rows of `to`. */
export function inBatches(
  from: number,
  to: number,
  batch: number,
  inputs: Float32Array,
  carry: (inputs: Float32Array, rows: number, outputs: Float32Array) => void,
): Float32Array {
  const count = inputs.length / from;
  const outputs = new Float32Array(count * to);
  for (let k = 0; k < count; k += batch) {
    const rows = Math.min(batch, count - k);
    carry(inputs.subarray(k * from, (k + rows) * from), rows, outputs.subarray(k * to));
  }
  return outputs;
}
