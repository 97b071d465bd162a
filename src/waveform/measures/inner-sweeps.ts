import type { Dataset } from '../dataset.js';

/**
 * Where each inner sweep of a `.dc` begins and ends (exclusive): the scale steps against the
 * direction of its first step. Other analyses are one.
 */
export function innerSweeps(dataset: Dataset): [from: number, to: number][] {
  const starts = [0];
  if (dataset.analysis === 'dc') {
    const x = dataset.scale.real;
    const direction = Math.sign(x[1] - x[0]);
    for (let i = 1; i < x.length; i++) if (Math.sign(x[i] - x[i - 1]) !== direction) starts.push(i);
  }
  return starts.map((start, k) => [start, starts[k + 1] ?? dataset.length]);
}
