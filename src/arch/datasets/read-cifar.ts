import { error } from '../../base/index.js';
import type { ReadData } from './read-csv.js';

const features = 3 * 32 * 32;
const classes = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');

/**
 * Reads batches of CIFAR-10 in the binary form: for each image a byte with the label, then 32 × 32
 * bytes of red, of green and of blue (Krizhevsky, "Learning multiple layers of features from tiny
 * images", 2009).
 */
export function readCifar(name: string, batches: readonly Uint8Array[]): ReadData {
  const record = 1 + features;
  const odd = batches.findIndex(({ length }) => length === 0 || length % record !== 0);
  if (batches.length === 0 || odd >= 0)
    return failure(`'${name}' has no whole number of images of ${record} bytes`);
  const count = batches.reduce((sum, { length }) => sum + length / record, 0);
  const inputs = new Uint8Array(count * features);
  const labels = new Uint8Array(count);
  let i = 0;
  for (const batch of batches)
    for (let at = 0; at < batch.length; at += record, i++) {
      labels[i] = batch[at];
      inputs.set(batch.subarray(at + 1, at + record), i * features);
    }
  if (labels.some((label) => label >= classes.length))
    return failure(`'${name}' has labels beyond 9: it is not CIFAR-10`);
  const data = { name, count, features, inputs, labels, classes, full: 255 };
  return { data: { ...data, shape: [3, 32, 32] }, diagnostics: [] };
}

function failure(message: string): ReadData {
  return { diagnostics: [error('A112', message)] };
}
