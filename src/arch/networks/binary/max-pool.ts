/** The largest of each 2 × 2 sums, plane by plane; of equal ones the first. */
import type { Shape } from './block-shape.js';

/** Which of the four it was, for the way back. */
export function maxPool(
  { planes, rows, columns }: Shape,
  count: number,
  sums: Float32Array,
  pooled: Float32Array,
  chosen: Uint8Array,
): void {
  const [height, width] = [rows >> 1, columns >> 1];
  let to = 0;
  for (let sample = 0; sample < count; sample++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const corner = ((sample * rows + 2 * y) * columns + 2 * x) * planes;
        for (let k = 0; k < planes; k++, to++) {
          let best = 0;
          let value = sums[corner + k];
          for (let which = 1; which < 4; which++) {
            const other = sums[corner + k + offset(which, columns, planes)];
            if (other > value) {
              value = other;
              best = which;
            }
          }
          pooled[to] = value;
          chosen[to] = best;
        }
      }
}

/** Gives each gradient to the sum that was chosen; `gradient` begins with zeros. */
export function unpool(
  { planes, rows, columns }: Shape,
  count: number,
  pooled: Float32Array,
  chosen: Uint8Array,
  gradient: Float32Array,
): void {
  const [height, width] = [rows >> 1, columns >> 1];
  let from = 0;
  for (let sample = 0; sample < count; sample++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const corner = ((sample * rows + 2 * y) * columns + 2 * x) * planes;
        for (let k = 0; k < planes; k++, from++)
          gradient[corner + k + offset(chosen[from], columns, planes)] = pooled[from];
      }
}

function offset(which: number, columns: number, planes: number): number {
  return ((which >> 1) * columns + (which & 1)) * planes;
}
