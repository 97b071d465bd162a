/**
 * Gmin stepping: a conductance makes the circuit easy, then fades away.
 *
 *     g = 1e-2 S, or more where that is not enough;  solve;  g ← g / factor …  until g is below its final value;  solve without it
 *
 * The factor grows while steps are easy and shrinks, back at the last good point, where they fail
 * (Najm, "Circuit Simulation", 2010, section 5.5). `diagonal` puts the conductance from every node
 * to ground; `junction` raises gmin across the junctions of the devices.
 */
import { formatQuantity } from '../../base/index.js';
import { environment } from '../../devices/language/compiled.js';
import type { Attempt, Homotopy, HomotopyContext } from './homotopy.js';

const first = 1e-2; // S
const largest = 1e6; // S
const smallestFactor = 1.02;
const largestFactor = 100;

/** Sets the conductance; zero stands for its final value. */
type Knob = (conductance: number) => void;

export const diagonalGmin: Homotopy = {
  name: 'gmin stepping',
  run(context) {
    const { equations } = context.newton;
    return step(this.name, context, (g) => {
      equations.diagonal = g;
    });
  },
};

export const junctionGmin: Homotopy = {
  name: 'junction gmin stepping',
  run(context) {
    const { system } = context.newton.equations;
    const { gmin } = system.options;
    return step(this.name, context, (g) => {
      system.memory.environment[environment.gmin] = Math.max(g, gmin);
    });
  },
};

function step(name: string, context: HomotopyContext, setConductance: Knob): Attempt {
  const { newton, limits, good, restart } = context;
  const last = Math.max(newton.equations.system.options.gmin, 1e-15);
  const setAndTell = (g: number): void => {
    setConductance(g);
    newton.way.name = name;
    newton.way.parameter = g;
  };
  restart();
  let conductance = first;
  setAndTell(conductance);
  let factor = 10;
  let reached = Infinity;
  let { converged, iterations } = newton.solve({ ...limits, initializing: true });
  while (!converged && conductance < largest) {
    conductance *= 100;
    setAndTell(conductance);
    restart();
    ({ converged, iterations } = newton.solve({ ...limits, initializing: true }));
  }
  while (converged || reached < Infinity) {
    if (converged) {
      reached = conductance;
      good.save();
      if (conductance <= last) break;
      if (iterations <= limits.maxIterations / 4) factor = Math.min(factor ** 1.5, largestFactor);
      else if (iterations > (3 * limits.maxIterations) / 4) factor = Math.sqrt(factor);
    } else {
      factor **= 0.25;
      if (factor < smallestFactor) break;
      good.restore();
    }
    conductance = Math.max(reached / factor, last);
    setAndTell(conductance);
    ({ converged, iterations } = newton.solve(limits));
  }
  setAndTell(0);
  if (converged) ({ converged } = newton.solve({ ...limits, polish: true }));
  const how = reached === Infinity ? 'not even at' : 'got down to';
  return { name, converged, reached: `${how} ${formatQuantity(Math.min(reached, largest), 'S')}` };
}
