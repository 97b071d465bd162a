import { card, figure, microseconds } from './deck-lines.js';
import type { Phases } from './phases.js';

/**
 * Sources that change from sample to sample in the last 10 ns of an iteration, where all phases are
 * low. A single sample gives constant sources.
 */
export function sampleSources(
  nodes: readonly string[],
  samples: readonly (readonly number[])[],
  { period }: Phases,
): string[] {
  return nodes.map((node, m) => {
    const values = samples.map((sample) => sample[m]);
    const first = `v${node} ${node} 0`;
    if (values.every((value) => value === values[0])) return `${first} ${figure(values[0])}`;
    const corners = values.slice(1).flatMap((value, k) => {
      const at = (k + 1) * period;
      return [
        `${microseconds(at - 10e-9)} ${figure(values[k])}`,
        `${microseconds(at)} ${figure(value)}`,
      ];
    });
    return card(`${first} pwl(0 ${figure(values[0])} ${corners.join(' ')})`);
  });
}
