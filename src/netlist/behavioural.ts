import { type ParameterTable, real } from '../base/index.js';
import type { ModelDefinition } from '../devices/index.js';
import { type Expression, printExpression } from '../expression/index.js';

/**
 * Model definitions made from B elements, one for each shape of expression: constants are instance
 * parameters `c0`, `c1` …, controlling nodes terminals `k0`, `k1` …, and instances whose currents
 * are read references `r0`, `r1` …, so that a thousand equal gates share one kernel.
 */
export class BehaviouralShapes {
  readonly #known = new Map<string, ModelDefinition>();

  /** The definition for a lowered expression; equal shapes give the same object. */
  definition(
    drives: 'voltage' | 'current',
    expression: Expression,
    sizes: { readonly constants: number; readonly controls: number; readonly references: number },
  ): ModelDefinition {
    const key = `${drives} ${sizes.controls} ${sizes.references} ${printExpression(expression)}`;
    const known = this.#known.get(key);
    if (known) return known;
    const definition: ModelDefinition = {
      name: drives === 'voltage' ? 'behavioural voltage' : 'behavioural current',
      title: `Behavioural source of a ${drives}`,
      terminals: ['p', 'n', ...numbered('k', sizes.controls)],
      internal: [],
      parameters: {},
      instance: constantTable(sizes.constants),
      aliases: {},
      inputs: {},
      states: {},
      held: {},
      references: numbered('r', sizes.references),
      conservesCharge: false,
      equations: { kind: 'behavioural', drives, expression },
    };
    this.#known.set(key, definition);
    return definition;
  }
}

function numbered(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${letter}${i}`);
}

function constantTable(count: number): ParameterTable {
  return Object.fromEntries(
    numbered('c', count).map((name) => [name, real(0, '', 'constant of the expression')]),
  );
}
