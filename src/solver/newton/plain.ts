import type { Homotopy } from './homotopy.js';

/** Newton from the starting point, junctions at their starting values. */
export const plain: Homotopy = {
  name: 'Newton',
  run({ newton, limits, restart }) {
    newton.way.name = this.name;
    newton.way.parameter = NaN;
    restart();
    const { converged, iterations } = newton.solve({ ...limits, initializing: true, polish: true });
    const reached = `${iterations} iterations`;
    return { name: this.name, converged, reached };
  },
};
