/**
 * The circuit linearised at its operating point, for all small-signal analyses:
 *
 *     (∂f/∂x + jω ∂q/∂x)·X = B        a phasor for every unknown
 *     (∂f/∂x + jω ∂q/∂x)ᵀ·Λ = C       adjoint: the effect of every row on one output
 *
 * Shunts to ground count at all frequencies; the trace of a charge that keeps floating nodes in
 * place counts at ω = 0 only, where ∂q/∂x does not.
 */
import { formatQuantity, type Diagnostic } from '../../base/index.js';
import { environment } from '../../devices/language/compiled.js';
import { visitExpression } from '../../expression/index.js';
import type { AnalysisCard, Circuit } from '../../netlist/circuit.js';
import { ComplexLinearSolver } from '../linear/complex-linear-solver.js';
import type { SingularMatrix } from '../linear/singular-matrix.js';
import { findOperatingPoint, singularDiagnostic } from '../newton/operating-point.js';
import type { DrivenSource } from '../system/sources.js';
import type { AnalysisContext } from './analysis.js';
import { DelayedColumns } from './delayed-columns.js';

/** Finds the operating point that signals are small around; what went wrong, if anything did. */
export function settle(context: AnalysisContext, card: AnalysisCard): Diagnostic | undefined {
  context.reset();
  const problem = context.checkTopology();
  if (problem) return problem;
  const request = { nodesets: context.nodesets(), span: card.span };
  const result = findOperatingPoint(context.newton, context.events, request);
  if (!result.converged) return result.diagnostic;
  context.verification?.atRest(0);
  return undefined;
}

/** Complex values of all rows or unknowns; row and column u − 1 belong to unknown u. */
export interface Phasors {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** @param n number of unknowns */
export function phasors(n: number): Phasors {
  return { re: new Float64Array(n), im: new Float64Array(n) };
}

export class SmallSignal {
  readonly #context: AnalysisContext;
  readonly #solver: ComplexLinearSolver;
  /** [nonzeros] ∂f/∂x by slot of the pattern. */
  readonly conductance: Float64Array;
  /** [nonzeros] ∂q/∂x. */
  readonly capacitance: Float64Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  readonly #delayed: DelayedColumns;
  /** Whether an expression of the circuit reads `hertz`. */
  readonly #frequencyDependent: boolean;
  #linearized: 'held' | 'free' | undefined;

  constructor(context: AnalysisContext) {
    const { pattern } = context.system;
    this.#context = context;
    this.#frequencyDependent = readsFrequency(context.system.circuit);
    this.#solver = new ComplexLinearSolver(pattern);
    this.conductance = new Float64Array(pattern.rowIndices.length);
    this.capacitance = new Float64Array(pattern.rowIndices.length);
    this.#re = new Float64Array(pattern.rowIndices.length);
    this.#im = new Float64Array(pattern.rowIndices.length);
    this.#delayed = new DelayedColumns(context.system);
  }

  /**
   * Evaluates both Jacobians at the operating point.
   *
   * @param states held at their values, or free to follow with their linearised rates
   */
  linearize(states: 'held' | 'free'): void {
    if (this.#linearized === states) return;
    this.#linearized = states;
    const { system, equations } = this.#context;
    const { environment: settings } = system.memory;
    settings[environment.hold] = states === 'held' ? 1 : 0;
    settings[environment.smallSignal] = states === 'held' ? 0 : 1;
    if (states === 'free') this.#delayed.linearize();
    equations.a0 = 0;
    const { chargeRows } = equations;
    if (states === 'free') equations.chargeRows = [];
    equations.assemble();
    equations.chargeRows = chargeRows;
    this.conductance.set(equations.matrix);
    system.evaluate();
    this.capacitance.set(system.memory.jq.subarray(1));
    settings[environment.smallSignal] = 0;
  }

  /** Factors the matrix of a frequency [Hz]; states hold at 0. */
  factorAt(frequency: number): SingularMatrix | undefined {
    this.linearize(frequency === 0 ? 'held' : 'free');
    const omega = 2 * Math.PI * frequency;
    for (let p = 0; p < this.#im.length; p++) this.#im[p] = omega * this.capacitance[p];
    this.#re.set(this.conductance);
    if (frequency !== 0) this.#delayed.addTo(this.#re, this.#im, omega);
    const result = this.#solver.factor(this.#re, this.#im);
    if (result.kind === 'singular') return result;
    const { statistics } = this.#context;
    if (result.refactored) statistics.refactorizations++;
    else statistics.factorizations++;
    return undefined;
  }

  /**
   * Where expressions read `hertz`, each frequency has an operating point of its own, as in ngspice
   * 39 (run to see).
   */
  #moveTo(frequency: number, { span }: AnalysisCard): Diagnostic | undefined {
    const { system, newton, events } = this.#context;
    system.memory.environment[environment.hertz] = frequency;
    this.#linearized = undefined;
    const result = findOperatingPoint(newton, events, { continues: true, span });
    return result.converged ? undefined : result.diagnostic;
  }

  /** As `factorAt`, with a diagnostic. */
  factorOrExplain(frequency: number, card: AnalysisCard): Diagnostic | undefined {
    const moved = this.#frequencyDependent ? this.#moveTo(frequency, card) : undefined;
    if (moved) return moved;
    const failed = this.factorAt(frequency);
    if (!failed) return undefined;
    const notes = frequency === 0 ? [] : [`at f = ${formatQuantity(frequency, 'Hz')}`];
    return singularDiagnostic(this.#context.system, failed, card.span, notes);
  }

  /** From right-hand side to phasors, in place. */
  solve({ re, im }: Phasors): void {
    this.#solver.solve(re, im);
  }

  /** The same with the transposed matrix, not conjugated. */
  solveTransposed({ re, im }: Phasors): void {
    this.#solver.solveTransposed(re, im);
  }
}

/**
 * −∂f/∂u of an independent source's value u, by row: f is affine in it, so that a difference is its
 * derivative. Leaves f of the system's memory changed.
 */
export function driveOf({ system }: AnalysisContext, source: DrivenSource): Float64Array {
  const { name, place } = source;
  const drive = new Float64Array(system.n);
  const { f } = system.memory;
  const at = system.slots.instance(name)!;
  const { kernels } = system.groups[at.group].model;
  const value = place.memory.instance[place.position];
  for (const sign of [1, -1]) {
    place.memory.instance[place.position] = sign === 1 ? 1 : 0;
    f.fill(0);
    kernels.evaluateStatic(place.memory, at.index, at.index + 1);
    for (let u = 1; u <= system.n; u++) drive[u - 1] -= sign * f[u];
  }
  place.memory.instance[place.position] = value;
  return drive;
}

/** Only expressions of a deck know the frequency. */
function readsFrequency({ instances }: Circuit): boolean {
  const definitions = new Set(instances.map(({ definition }) => definition));
  return [...definitions].some(({ equations }) => {
    if (equations.kind !== 'behavioural') return false;
    let reads = false;
    visitExpression(equations.expression, (each) => {
      if (each.kind === 'name' && each.name === 'hertz') reads = true;
    });
    return reads;
  });
}
