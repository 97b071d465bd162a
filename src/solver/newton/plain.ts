import type { Homotopy } from './homotopy.js';

/**
 * Iterations after which a large circuit of which most still moves is left to the next way: where
 * undamped Newton leads anywhere, signals have passed half of the gates by then.
 */
const trial = 25;

/** Newton from the starting point, junctions at their starting values. */
export const plain: Homotopy = {
  name: 'Newton',
  run({ newton, limits, restart }) {
    newton.way.name = this.name;
    newton.way.parameter = NaN;
    restart();
    const { converged, iterations } = newton.solve({
      ...limits,
      ...(limits.patient ? { trial } : {}),
      initializing: true,
      polish: true,
    });
    const reached = `${iterations} iterations`;
    return { name: this.name, converged, reached };
  },
};
