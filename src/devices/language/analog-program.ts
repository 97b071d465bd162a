import type { Node } from './ir.js';
import type { Graph } from './ir.js';

/**
 * What lowering makes of a model: contributions as nodes of a graph, not yet rows.
 *
 * Both front ends (`lower.ts` for functions, `lower-expression.ts` for netlist expressions) end
 * here, and a further one would.
 */
export interface AnalogProgram {
  readonly graph: Graph;
  /** Local nodes: terminals first, then the internal nodes that were not collapsed. */
  readonly nodes: readonly string[];
  readonly currents: readonly Contribution[];
  readonly voltages: readonly Contribution[];
  /** Voltages added to branches of other instances, by the name of the reference. */
  readonly addedVoltages: ReadonlyMap<string, Node>;
  /** Rates of states, by name. */
  readonly rates: ReadonlyMap<string, Node>;
  readonly limits: readonly Limit[];
  /** Arguments of `ddt` leaves, by ordinal. */
  readonly derivatives: readonly Node[];
  readonly integrals: readonly Integral[];
  readonly delays: readonly Delay[];
  readonly demands: readonly Demand[];
  readonly events: readonly EventHandler[];
  readonly outputs: readonly Output[];
  readonly noise: readonly NoiseSource[];
  readonly draws: ReadonlyMap<string, Distribution>;
  /** Draws that handlers of events ask for, anew each time. */
  readonly redraws: ReadonlyMap<string, Distribution>;
  /** Outputs of referenced instances that are read, `reference.quantity`. */
  readonly borrowed: readonly string[];
  /** Factor of the number of parallel devices, if there is one. */
  readonly multiplicity: Node | undefined;
}

export type Distribution = 'normal' | 'uniform';

/** Local node −1 is ground. */
export interface Contribution {
  readonly from: number;
  readonly to: number;
  readonly value: Node;
}

export interface Limit {
  readonly name: string;
  readonly leaf: Node;
  readonly value: Node;
  readonly limited: Node;
}

export interface Integral {
  readonly name: string;
  readonly argument: Node;
  readonly initial: Node;
}

export interface Delay {
  /** Of the unknown that is the value now. */
  readonly name: string;
  readonly argument: Node;
  /** Constant [s]. */
  readonly time: Node;
  /** What the value was before time 0, where no operating point tells. */
  readonly start: Node;
  /** Of a filter that takes the place of a plain delay: its name, and its second number beside `time`. */
  readonly response?: { readonly name: string; readonly second: Node };
}

/** A value that must be above zero; of parameters only. */
export interface Demand {
  readonly value: Node;
  readonly unit: string;
  readonly doc: string;
}

export interface EventHandler {
  readonly kind: 'cross' | 'above' | 'timer' | 'initial';
  readonly direction: number;
  readonly value: Node;
  /** Held variables and their new values. */
  readonly sets: ReadonlyMap<string, Node>;
  /** Names of the draws that the handler makes. */
  readonly redraws: ReadonlySet<string>;
}

export interface Output {
  readonly name: string;
  readonly value: Node;
  readonly unit: string;
  readonly doc: string;
}

export interface NoiseSource {
  readonly name: string;
  readonly kind: 'white' | 'flicker' | 'induced';
  readonly from: number;
  readonly to: number;
  readonly density: Node;
  readonly exponent: Node;
}

/** Name of the unknown of a branch between two nodes. */
export function branchName(a: string, b: string): string {
  return `i(${a},${b})`;
}
