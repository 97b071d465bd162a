/**
 * A circuit that a program steers: it opens a deck, starts as many transients of it as it likes, and
 * between two points reads and sets what it wants. The deck stays an ordinary netlist; sources that
 * the program sets have a dc value, and may say `external`.
 *
 *     const { circuit } = openCircuit(text);
 *     const { transient } = circuit.transient({ stop: 1e-3 });
 *     transient.advanceTo(1e-6);
 *     transient.setSource('vin', 0.3);
 *     transient.advanceTo(2e-6);
 *     transient.read('v(out)');
 */
import { type Diagnostic, DiagnosticError, hasErrors } from '../../base/index.js';
import type { Circuit } from '../../netlist/circuit.js';
import { parseNetlist, type ParseOptions } from '../../netlist/index.js';
import { AnalysisContext } from '../analyses/analysis.js';
import { bindOptions, type SolverOptions } from '../options.js';
import { compileInstance } from '../simulate.js';
import { newStatistics } from '../statistics.js';
import type { ModelCompiler } from '../system/grouping.js';
import { System } from '../system/system.js';
import { SteadyState } from './steady-state.js';
import { SteerableTransient } from './steerable-transient.js';

/** From where to where, and how. */
export interface SteeredPlan {
  /** Final time [s]; nothing can be advanced beyond it. */
  readonly stop: number;
  /** Suggested step [s]: the first one, and the default of rise and fall times. Default stop/50. */
  readonly step?: number;
  /** Largest step [s]. Default: the smaller of `step` and stop/50. */
  readonly maxStep?: number;
  /** Begins from initial conditions instead of an operating point. Default false. */
  readonly uic?: boolean;
}

export interface StartedTransient {
  /** Absent where it could not begin. */
  readonly transient?: SteerableTransient;
  readonly diagnostics: readonly Diagnostic[];
}

export interface StartedSteadyState {
  /** Absent where there is no operating point to begin with. */
  readonly steadyState?: SteadyState;
  readonly diagnostics: readonly Diagnostic[];
}

export interface OpenOptions extends ParseOptions {
  /** Makes kernels of device definitions. Default: the compiler of `simulate`. */
  readonly compile?: ModelCompiler;
}

/** A deck that was read and can be started. Each transient has equations and memory of its own. */
export class OpenCircuit {
  readonly circuit: Circuit;
  readonly #options: SolverOptions;
  readonly #compile: ModelCompiler;

  constructor(circuit: Circuit, options: SolverOptions, compile: ModelCompiler) {
    this.circuit = circuit;
    this.#options = options;
    this.#compile = compile;
  }

  /** Names of the sources that a program can set. */
  get sources(): readonly string[] {
    return this.circuit.instances.filter(({ source }) => source).map(({ name }) => name);
  }

  /** Operating points in a row: sources, parameters and states are set between two of them. */
  steadyState(): StartedSteadyState {
    const diagnostics: Diagnostic[] = [];
    try {
      const system = new System(this.circuit, this.#options, this.#compile);
      const context = new AnalysisContext(system, newStatistics(), diagnostics);
      const steadyState = new SteadyState(context);
      const problem = steadyState.begin();
      if (problem) return { diagnostics: [...diagnostics, problem] };
      return { steadyState, diagnostics };
    } catch (problem) {
      if (!(problem instanceof DiagnosticError)) throw problem;
      return { diagnostics: [...diagnostics, ...problem.diagnostics] };
    }
  }

  /** Begins a transient at time 0: from the operating point, unless `uic` asks for something else. */
  transient(plan: SteeredPlan): StartedTransient {
    const diagnostics: Diagnostic[] = [];
    try {
      const system = new System(this.circuit, this.#options, this.#compile);
      const context = new AnalysisContext(system, newStatistics(), diagnostics);
      const transient = new SteerableTransient(context, filledPlan(plan));
      const problem = transient.begin(plan.uic === true);
      if (problem) return { diagnostics: [...diagnostics, problem] };
      return { transient, diagnostics };
    } catch (problem) {
      if (!(problem instanceof DiagnosticError)) throw problem;
      return { diagnostics: [...diagnostics, ...problem.diagnostics] };
    }
  }
}

function filledPlan({ stop, step = stop / 50, maxStep = Math.min(step, stop / 50) }: SteeredPlan) {
  return { stop, step, maxStep, start: 0 };
}

/** Reads a deck for a program to steer; never throws for what a user wrote. */
export function openCircuit(
  text: string,
  options: OpenOptions = {},
): { readonly circuit?: OpenCircuit; readonly diagnostics: readonly Diagnostic[] } {
  const { circuit, diagnostics } = parseNetlist(text, options);
  const found: Diagnostic[] = [...diagnostics];
  const bound = circuit && bindOptions(circuit.options, found);
  if (!circuit || !bound || hasErrors(found)) return { diagnostics: found };
  return {
    circuit: new OpenCircuit(circuit, bound, options.compile ?? compileInstance),
    diagnostics: found,
  };
}
