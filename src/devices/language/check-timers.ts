import type { AnalogProgram } from './analog-program.js';
import type { Finding } from './finding.js';
import { reachable, type Node } from './ir.js';
import type { ModelDefinition } from './model.js';

/**
 * A held variable that a timer moves by what the circuit does at that moment is a state integrated
 * by hand: Euler's method with the timer's period, of which nobody knows the error.
 */
export function checkTimers(_: ModelDefinition, program: AnalogProgram): Finding[] {
  return program.events
    .filter(({ kind }) => kind === 'timer')
    .flatMap(({ sets }) => [...sets])
    .filter(([name, value]) => {
      const nodes = reachable([value]);
      const itself = nodes.some((n) => n.op === 'held' && n.payload === name);
      return itself && nodes.some(isUnknown);
    })
    .map(([name]) => ({
      code: 'M160',
      message: `held variable '${name}' is integrated by hand, in steps of a timer: the result depends on them, and their error is not controlled`,
      help: `declare a state and give its rate, rate('${name}', …): the solver integrates it with the circuit`,
      call: 'set',
      names: [name],
    }));
}

function isUnknown({ op }: Node): boolean {
  return op === 'probe' || op === 'unknown';
}
