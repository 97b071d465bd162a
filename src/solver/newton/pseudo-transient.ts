/**
 * Pseudo-transient: every node gets a capacitor to ground and the circuit relaxes.
 *
 *     f(x) + g·(x − x_before) = 0,  g = C/h, step by step;  h grows as the circuit comes to rest
 *
 * Switched evolution relaxation (Kelley and Keyes, SIAM J. Numer. Anal. 35(2), 1998). The size of C
 * does not matter, only g does. It starts from zero with sources on, and finds stable points only.
 */
import { formatQuantity } from '../../base/index.js';
import type { Homotopy } from './homotopy.js';

const first = 1e-1; // S
const last = 1e-13; // S
const largest = 1e6; // S

export const pseudoTransient: Homotopy = {
  name: 'pseudo-transient',
  run({ newton, limits, good, restart }) {
    const { equations } = newton;
    const { x } = equations.system.memory;
    const maxSteps = equations.system.options.ptransteps;
    restart();
    good.save();
    let g = first;
    let steps = 0;
    let reached = Infinity;
    let initializing = true;
    while (steps < maxSteps && g <= largest && reached > last) {
      steps++;
      equations.anchor = g;
      newton.way.name = this.name;
      newton.way.parameter = g;
      equations.anchorAt.set(good.x);
      const { converged, iterations } = newton.solve({
        ...limits,
        maxIterations: 20,
        patient: false,
        initializing,
      });
      if (converged) {
        initializing = false;
        const moved = largestMove(x, good.x);
        good.save();
        reached = g;
        // Steps grow fast at rest and slowly while something moves.
        g /= moved < 1e-3 ? 10 : iterations <= 6 ? 2 : 1.2;
      } else {
        good.restore();
        g *= 8;
      }
    }
    equations.anchor = 0;
    newton.way.parameter = 0;
    const converged = reached < Infinity && newton.solve({ ...limits, polish: true }).converged;
    const how =
      reached === Infinity ? 'no step converged' : `got down to ${formatQuantity(reached, 'S')}`;
    return { name: this.name, converged, reached: `${how} in ${steps} steps` };
  },
};

function largestMove(x: Float64Array, before: Float64Array): number {
  let move = 0;
  for (let u = 1; u < x.length; u++) move = Math.max(move, Math.abs(x[u] - before[u]));
  return move;
}
