import type { AnalogProgram } from './analog-program.js';
import { evaluateNodes } from './evaluate-node.js';
import type { Finding } from './finding.js';
import type { ModelDefinition } from './model.js';
import { BiasSampler, type Bias } from './sample-biases.js';

const biases = 16;
/** How far a state may run, in units of its initial value or of one. */
const excursions = [-100, -10, -3, -1, -0.3, 0.3, 1, 3, 10, 100];

/**
 * A state without bounds that can run so far that a device which takes power gives it: a resistance
 * that interpolates between two values is negative beyond them, and the circuit runs away with it.
 */
export function checkPassivity(definition: ModelDefinition, program: AnalogProgram): Finding[] {
  const sampler = new BiasSampler(definition, program);
  const start = Object.fromEntries(
    Object.entries(definition.states).map(([n, s]) => [n, sampler.initial(s.initial)]),
  );
  return Object.entries(definition.states)
    .filter(([, { bounds }]) => !bounds)
    .flatMap(([name]) => {
      for (let k = 0; k < biases; k++) {
        const { voltages } = sampler.next();
        if (powerOf(program, sampler, { voltages, unknowns: start }) < 0) continue;
        for (const part of excursions) {
          const s = start[name] + part * Math.max(Math.abs(start[name]), 1);
          const unknowns = { ...start, [name]: s };
          if (powerOf(program, sampler, { voltages, unknowns }) >= 0) continue;
          return [finding(name, s)];
        }
      }
      return [];
    });
}

function finding(name: string, value: number): Finding {
  return {
    code: 'M162',
    message: `state '${name}' has no bounds, and at ${String(Number(value.toPrecision(3)))} the device gives power instead of taking it: its resistance is negative there`,
    help: `declare bounds: [low, high] of '${name}'; the solver then stops it there`,
    call: 'rate',
    names: [name],
  };
}

/** What flows in by currents and voltages that the model contributes [W]; NaN counts as none. */
function powerOf(program: AnalogProgram, sampler: BiasSampler, bias: Bias): number {
  const { currents, voltages } = program;
  const leaf = sampler.leaves(bias);
  const at = (n: number): number => (n < 0 ? 0 : bias.voltages[n]);
  const values = evaluateNodes(
    currents.map(({ value }) => value),
    leaf,
  );
  if (voltages.length > 0) return 0;
  const power = currents.reduce((sum, { from, to }, k) => sum + (at(from) - at(to)) * values[k], 0);
  return Number.isNaN(power) ? 0 : power;
}
