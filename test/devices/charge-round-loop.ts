import type { SingleInstance } from './single-instance.js';

/**
 * ∮ ∂q/∂x dx over the edges between biases (values of all unknowns): the charge that is left in the worst row, and
 * the charge moved. It vanishes if ∂q/∂x is the derivative of a function of x.
 */
export function chargeRoundLoop(
  subject: SingleInstance,
  corners: readonly (readonly number[])[],
  pieces = 400,
): { moved: number; left: number } {
  const { model, memory } = subject;
  const left = new Float64Array(model.unknowns.length);
  let moved = 0;
  corners.forEach((from, k) => {
    const to = corners[(k + 1) % corners.length];
    for (let piece = 0; piece < pieces; piece++) {
      // Gauss-Legendre, two points.
      for (const point of [0.5 - Math.sqrt(1 / 12), 0.5 + Math.sqrt(1 / 12)]) {
        const t = (piece + point) / pieces;
        from.forEach((value, i) => (memory.x[i + 1] = value + t * (to[i] - value)));
        subject.settle();
        model.dynamicEntries.forEach(({ row, column }, e) => {
          const dq = (memory.jq[e + 1] * (to[column] - from[column])) / (2 * pieces);
          left[row] += dq;
          moved += Math.abs(dq);
        });
      }
    }
  });
  return { moved, left: Math.max(...left.map(Math.abs)) };
}
