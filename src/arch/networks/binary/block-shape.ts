/** Sizes of a layer, and how samples lie in arrays: row by row of pixels, planes innermost. */

/** Of images; a sample without places has one row and one column. */
export interface Shape {
  readonly planes: number;
  readonly rows: number;
  readonly columns: number;
}

export interface BlockShape {
  readonly input: Shape;
  /** Outputs of the layer: neurons, or planes of a convolution. */
  readonly outputs: number;
  /** Side of the square that a neuron of a convolution sees; 0 where it sees everything. */
  readonly kernel: number;
  /** Whether the largest of 2 × 2 sums goes on. */
  readonly pool: boolean;
}

export function numbersOf({ planes, rows, columns }: Shape): number {
  return planes * rows * columns;
}

/** Numbers that a neuron sees. */
export function fanIn({ input, kernel }: BlockShape): number {
  return kernel === 0 ? numbersOf(input) : input.planes * kernel * kernel;
}

/** Places at which each neuron is evaluated. */
export function places({ input, kernel }: BlockShape): number {
  return kernel === 0 ? 1 : input.rows * input.columns;
}

export function outputShape({ input, outputs, kernel, pool }: BlockShape): Shape {
  if (kernel === 0) return { planes: outputs, rows: 1, columns: 1 };
  const half = (size: number): number => (pool ? Math.floor(size / 2) : size);
  return { planes: outputs, rows: half(input.rows), columns: half(input.columns) };
}
