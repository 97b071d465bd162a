/**
 * Source stepping: all independent sources grow from zero to their values.
 *
 *     λ = 0: solve (with gmin stepping where it must be);  λ ← λ + step …  until λ = 1
 *
 * Steps double where Newton is quick and shrink to a quarter, from the last good point, where it
 * fails (Nagel, "SPICE2", UCB/ERL M520, 1975).
 */
import { environment } from '../../devices/language/compiled.js';
import { diagonalGmin } from './gmin-stepping.js';
import type { Homotopy } from './homotopy.js';

const smallestStep = 1e-6;

export const sourceStepping: Homotopy = {
  name: 'source stepping',
  run(context) {
    const { newton, limits, good, restart } = context;
    const e = newton.equations.system.memory.environment;
    const setFactor = (value: number): void => {
      e[environment.sourceFactor] = value;
      newton.way.name = this.name;
      newton.way.parameter = value;
    };
    restart();
    setFactor(0);
    let converged = newton.solve({ ...limits, initializing: true }).converged;
    if (!converged) converged = diagonalGmin.run(context).converged;
    let reached = converged ? 0 : -1;
    let step = 1e-2;
    while (reached >= 0 && reached < 1 && step >= smallestStep) {
      if (converged) good.save();
      else good.restore();
      const factor = Math.min(reached + step, 1);
      setFactor(factor);
      const outcome = newton.solve({ ...limits, polish: factor === 1 });
      ({ converged } = outcome);
      if (converged) {
        reached = factor;
        if (outcome.iterations <= limits.maxIterations / 4) step *= 2;
      } else step /= 4;
    }
    setFactor(1);
    const percent = (100 * Math.max(reached, 0)).toPrecision(3);
    const words =
      reached < 0 ? 'not even without sources' : `got up to ${percent} % of the sources`;
    return { name: this.name, converged: converged && reached === 1, reached: words };
  },
};
