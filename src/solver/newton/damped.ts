import type { Homotopy } from './homotopy.js';

const maxVoltageChange = 0.5; // V

/** Newton with voltages that change by half a volt at most: for cycles between two regions. */
export const damped: Homotopy = {
  name: 'damped Newton',
  run({ newton, limits, restart }) {
    newton.way.name = this.name;
    newton.way.parameter = maxVoltageChange;
    restart();
    const maxIterations = 2 * limits.maxIterations;
    const { converged, iterations } = newton.solve({
      ...limits,
      initializing: true,
      polish: true,
      maxIterations,
      maxVoltageChange,
    });
    return { name: this.name, converged, reached: `${iterations} iterations` };
  },
};
