import type { LabelledData } from './labelled-data.js';
import { shuffled } from './shuffle.js';

const stream = 12;

/**
 * A random order of the samples in which each class is spread evenly: the first n have its share of
 * all, to within one sample, whatever n. Files often have one class after the other.
 */
export function stratifiedOrder(
  { labels, count, classes }: Pick<LabelledData, 'labels' | 'count' | 'classes'>,
  seed: number,
): Uint32Array {
  const order = shuffled(count, seed, stream);
  const size = new Uint32Array(classes.length);
  for (const label of labels) size[label]++;
  const seen = new Uint32Array(classes.length);
  // Sample k of the n of a class stands at (k + 1/2)/n of the way.
  const places = new Float64Array(count);
  for (const index of order) {
    const label = labels[index];
    places[index] = (seen[label]++ + 0.5) / size[label];
  }
  return order.sort((a, b) => places[a] - places[b] || labels[a] - labels[b]);
}
