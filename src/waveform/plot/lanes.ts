import { extremes } from '../waveform.js';
import type { Curve, Trace } from './traces.js';

const fewest = 4;
const nearLevel = 0.1;
const mostlyAtLevels = 0.85;
const manyEdges = 4;

/**
 * Whether traces are logic signals that change often: over each other they hide each other. All swing
 * between the same two levels, are near one of them for most of the time, and pass the middle often.
 */
export function areLogic(traces: readonly Trace[]): boolean {
  if (traces.length < fewest) return false;
  const levels = extremes(
    Float64Array.from(traces.flatMap(({ curves }) => curves.flatMap(({ y }) => extremes(y)))),
  );
  const shapes = traces.map(({ curves }) => curves.map((curve) => shapeOf(curve, levels)));
  const edges = shapes.flat().reduce((sum, shape) => sum + shape.edges, 0);
  return (
    shapes.flat().every(({ settled }) => settled > mostlyAtLevels) &&
    edges >= manyEdges * traces.length
  );
}

/** Part of the scale for which a curve is near a level, and how often it passes the middle. */
function shapeOf(
  { x, y }: Curve,
  [low, high]: readonly [number, number],
): { readonly settled: number; readonly edges: number } {
  const near = nearLevel * (high - low);
  const middle = (low + high) / 2;
  let [settled, edges] = [0, 0];
  for (let i = 1; i < x.length; i++) {
    if (Math.min(y[i] - low, high - y[i]) < near) settled += x[i] - x[i - 1];
    if (y[i] > middle !== y[i - 1] > middle) edges++;
  }
  return { settled: settled / (x[x.length - 1] - x[0]), edges };
}
