/**
 * A circuit that starts exactly at an unstable equilibrium (a ring of equal inverters, a balanced
 * latch, an oscillator at rest) stays there for ever in exact arithmetic, and what rounding adds is
 * rounded away again. Noise starts it in reality. Here the charges at the start are those of
 * voltages that are off by a picovolt, with another sign and size at every node: far below every
 * tolerance and every stable circuit's notice, but enough to grow from.
 *
 * Voltages that sources impose have no such freedom and are left alone.
 */
import type { System } from '../system/system.js';

/** Relative to 1 V, and to the voltage where that is higher [V]. */
const amplitude = 1e-12;

/** Fractional parts of multiples of the golden ratio spread evenly and never repeat. */
const goldenRatio = (Math.sqrt(5) - 1) / 2;

/** Nodes whose voltage no branch imposes; inductors impose none at an instant. */
export function freeNodes({ unknowns, pattern, linkage }: System): Int32Array {
  const tied = new Uint8Array(unknowns.length);
  for (let branch = 1; branch < unknowns.length; branch++) {
    if (unknowns[branch].kind !== 'branch' || linkage.dynamicRow[branch] === 1) continue;
    const { columnPointers, rowIndices } = pattern;
    for (let p = columnPointers[branch - 1]; p < columnPointers[branch]; p++)
      tied[rowIndices[p] + 1] = 1;
  }
  const free = [...unknowns.keys()].filter(
    (u) => tied[u] === 0 && (unknowns[u].kind === 'node' || unknowns[u].kind === 'internal'),
  );
  return Int32Array.from(free);
}

/** Moves the voltages of `nodes` by what breaks symmetries. @param x [n + 1] written */
export function breakSymmetry(x: Float64Array, nodes: Int32Array): void {
  for (const u of nodes) {
    const spread = 1 - 2 * ((u * goldenRatio) % 1);
    x[u] += amplitude * Math.max(1, Math.abs(x[u])) * spread;
  }
}
