import { error } from '../../base/index.js';
import type { ReadData } from './read-csv.js';

/**
 * Reads a pair of idx files as MNIST has them: images (magic number 0x803, then count, rows, columns,
 * then bytes) and labels (0x801, count, bytes); all numbers have four bytes, the first the highest
 * (LeCun, Cortes, Burges, "The MNIST database of handwritten digits").
 */
export function readIdxPair(name: string, images: Uint8Array, labels: Uint8Array): ReadData {
  const [imagesMagic, count, rows, columns] = words(images, 4);
  const [labelsMagic, labelCount] = words(labels, 2);
  if (imagesMagic !== 0x803 || labelsMagic !== 0x801)
    return failure(`'${name}' is no pair of idx files of images and labels`);
  const features = rows * columns;
  if (images.length !== 16 + count * features || labels.length !== 8 + labelCount)
    return failure(`'${name}' has another length than its first bytes say: it is cut off`);
  if (count !== labelCount)
    return failure(`'${name}' has ${count} images and ${labelCount} labels`);
  const own = labels.subarray(8);
  const most = own.reduce((a, b) => Math.max(a, b), 0);
  return {
    data: {
      name,
      count,
      features,
      inputs: images.subarray(16),
      labels: own,
      classes: Array.from({ length: most + 1 }, (_, k) => String(k)),
      shape: [1, rows, columns],
      full: 255,
    },
    diagnostics: [],
  };
}

/** The first numbers of four bytes; 0 beyond the end. */
function words(bytes: Uint8Array, count: number): number[] {
  return Array.from({ length: count }, (_, k) =>
    bytes.subarray(4 * k, 4 * k + 4).reduce((value, byte) => value * 256 + byte, 0),
  );
}

function failure(message: string): ReadData {
  return { diagnostics: [error('A111', message)] };
}
