import { uniform } from '../../base/index.js';
import type { AnalogProgram } from './analog-program.js';
import { environment } from './compiled.js';
import type { Node } from './ir.js';
import type { ModelDefinition, StateDeclaration } from './model.js';

/** Voltages of nodes by number, and other unknowns by name. */
export interface Bias {
  readonly voltages: readonly number[];
  readonly unknowns: Readonly<Record<string, number>>;
}

/** Deterministic biases of a model with its default parameters, to try its equations at. */
export class BiasSampler {
  private readonly definition: ModelDefinition;
  private readonly program: AnalogProgram;
  private count = 0;

  constructor(definition: ModelDefinition, program: AnalogProgram) {
    this.definition = definition;
    this.program = program;
  }

  /** Voltages up to 3 V, currents up to 10 mA, states within their bounds. */
  next(): Bias {
    const { nodes } = this.program;
    const unknowns = Object.entries(this.definition.states).map(([name, state]) => {
      const [low, high] = state.bounds ?? this.around(state);
      return [name, this.between(low, high)] as const;
    });
    return {
      voltages: nodes.map(() => this.between(-3, 3)),
      unknowns: Object.fromEntries(unknowns),
    };
  }

  between(low: number, high: number): number {
    const draw = { seed: 1, run: 0, instance: this.definition.name, event: 0 };
    return low + (high - low) * uniform({ ...draw, draw: String(this.count++) });
  }

  /** Initial value of a state or a held variable. */
  initial(initial: string | number): number {
    if (typeof initial === 'number') return initial;
    const [dividend, divisor] = initial.split('/').map((name) => this.parameter(name));
    return divisor === undefined ? dividend : dividend / divisor;
  }

  /** Values of leaves at a bias. */
  leaves({ voltages, unknowns }: Bias): (node: Node) => number {
    return (node) => {
      const name = String(node.payload);
      switch (node.op) {
        case 'modelParameter':
        case 'instanceParameter':
          return this.parameter(name);
        case 'environment':
          return environmentValues[node.payload as number] ?? 0;
        case 'held':
          return this.initial(this.definition.held[name].initial);
        case 'probe': {
          const [a, b] = name.split(',').map(Number);
          return voltages[a] - (b < 0 ? 0 : voltages[b]);
        }
        case 'unknown':
          return unknowns[name] ?? 1e-2 * voltages[0];
        default:
          return 0;
      }
    };
  }

  private parameter(name: string): number {
    const { parameters, instance } = this.definition;
    const value = (parameters[name] ?? instance[name])?.default;
    return value === undefined || Number.isNaN(value) ? 1 : value;
  }

  /** A range for a state without bounds. */
  private around({ initial }: StateDeclaration): [number, number] {
    const middle = this.initial(initial);
    const reach = Math.max(Math.abs(middle), 1);
    return [middle - reach, middle + reach];
  }
}

const environmentValues: Readonly<Record<number, number>> = {
  [environment.temperature]: 300.15,
  [environment.gmin]: 1e-12,
  [environment.sourceFactor]: 1,
};
