/**
 * What the neurons of a layer see, as rows of a matrix: a convolution becomes a product of matrices
 * (im2col). Beyond the edge of an image there are zeros.
 */
import { type BlockShape, fanIn, places } from './block-shape.js';

/** Samples between layers: ±1 or whole numbers; tests also give other ones. */
export type Values = Int8Array | Int16Array | Float32Array;

/** Visits the runs of planes that a row of patches is made of: row, place in it, place in the image. */
function forEachRun(
  shape: BlockShape,
  from: number,
  to: number,
  visit: (row: number, at: number, start: number) => void,
): void {
  const { input, kernel } = shape;
  const { planes, rows, columns } = input;
  const reach = (kernel - 1) / 2;
  const perSample = places(shape);
  for (let row = from; row < to; row++) {
    const sample = Math.floor(row / perSample);
    const place = row - sample * perSample;
    const y = Math.floor(place / columns);
    const x = place - y * columns;
    for (let dy = 0; dy < kernel; dy++) {
      const line = y + dy - reach;
      if (line < 0 || line >= rows) continue;
      for (let dx = 0; dx < kernel; dx++) {
        const column = x + dx - reach;
        if (column < 0 || column >= columns) continue;
        const pixel = (sample * rows + line) * columns + column;
        visit(row - from, (dy * kernel + dx) * planes, pixel * planes);
      }
    }
  }
}

/** Writes rows `from` … `to` of the matrix of patches. */
export function gatherPatches(
  shape: BlockShape,
  values: Values,
  from: number,
  to: number,
  patches: Float32Array | Int16Array,
): void {
  const width = fanIn(shape);
  if (shape.kernel === 0) {
    patches.set(values.subarray(from * width, to * width));
    return;
  }
  const { planes } = shape.input;
  patches.fill(0, 0, (to - from) * width);
  forEachRun(shape, from, to, (row, at, start) => {
    const place = row * width + at;
    for (let k = 0; k < planes; k++) patches[place + k] = values[start + k];
  });
}

/** Adds rows of gradients of patches to the gradient of the values: the transpose of `gatherPatches`. */
export function scatterPatches(
  shape: BlockShape,
  patches: Float32Array,
  from: number,
  to: number,
  gradient: Float32Array,
): void {
  const width = fanIn(shape);
  if (shape.kernel === 0) {
    gradient.set(patches.subarray(0, (to - from) * width), from * width);
    return;
  }
  const { planes } = shape.input;
  forEachRun(shape, from, to, (row, at, start) => {
    const place = row * width + at;
    for (let k = 0; k < planes; k++) gradient[start + k] += patches[place + k];
  });
}
