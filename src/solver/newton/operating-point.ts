/**
 * The operating point: f(x) = 0 with states held.
 *
 *     with nodesets: solve with the hinted nodes clamped, release them, solve again
 *     plain Newton; if that fails: damped, gmin stepping, source stepping, pseudo-transient
 *     fire `above` events; if a held variable changed, solve again (a bounded number of rounds)
 */
import { formatQuantity, type Diagnostic, type Span } from '../../base/index.js';
import { environment } from '../../devices/language/compiled.js';
import type { SingularMatrix } from '../linear/singular-matrix.js';
import type { Events } from '../system/events.js';
import { IterateSnapshot } from '../system/iterate-snapshot.js';
import type { System } from '../system/system.js';
import { damped } from './damped.js';
import type { Clamp } from './equations.js';
import { diagonalGmin, junctionGmin } from './gmin-stepping.js';
import type { Attempt, Homotopy } from './homotopy.js';
import type { Newton } from './iteration.js';
import { plain } from './plain.js';
import { pseudoTransient } from './pseudo-transient.js';
import { sourceStepping } from './source-stepping.js';

/** In the order in which they are tried. */
export const homotopies: readonly Homotopy[] = [
  plain,
  damped,
  diagonalGmin,
  junctionGmin,
  sourceStepping,
  pseudoTransient,
];

export interface OperatingPointRequest {
  /** Hints: clamped first, then released. */
  readonly nodesets?: readonly Clamp[];
  /** Forced: they stay clamped. */
  readonly forced?: readonly Clamp[];
  /** True to go on from the x in memory (the next point of a sweep). */
  readonly continues?: boolean;
  readonly maxIterations?: number;
  /** Only these ways; default all that the options allow. */
  readonly strategies?: readonly Homotopy[];
  readonly span?: Span;
}

export type OperatingPointResult =
  | { readonly converged: true; readonly by: string }
  | { readonly converged: false; readonly diagnostic: Diagnostic };

/** Unknowns of a circuit whose paths may be longer than `itl1` allows for. */
const fewestForPatience = 1000;

/** How often switches may act on each other before they count as restless. */
export const maxRounds = 20;

/** Finds the operating point and leaves it in x, with limits and held variables that belong to it. */
export function findOperatingPoint(
  newton: Newton,
  events: Events,
  request: OperatingPointRequest = {},
): OperatingPointResult {
  const { equations } = newton;
  const e = equations.system.memory.environment;
  e[environment.hold] = 1;
  e[environment.time] = 0;
  equations.a0 = 0;
  equations.clamps = request.forced ?? [];
  try {
    let result = solveOnce(newton, request);
    for (let round = 0; result.converged && events.firePositive(); round++) {
      if (round === maxRounds) return { converged: false, diagnostic: restless(request.span) };
      result = solveOnce(newton, { ...request, continues: true });
    }
    return result;
  } finally {
    equations.clamps = [];
  }
}

function solveOnce(newton: Newton, request: OperatingPointRequest): OperatingPointResult {
  const { equations } = newton;
  const { system } = equations;
  const maxIterations = request.maxIterations ?? system.options.itl1;
  const limits = { maxIterations, patient: system.n >= fewestForPatience };
  newton.way.name = 'continuation';
  newton.way.parameter = NaN;
  if (request.continues && newton.solve({ ...limits, polish: true }).converged)
    return { converged: true, by: 'continuation' };
  const start = new Float64Array(system.n + 1);
  const restart = (): void => {
    system.memory.x.set(start);
    system.copyHeldStates();
  };
  const good = new IterateSnapshot(system);
  if (hint(newton, request, limits.maxIterations)) return { converged: true, by: 'nodesets' };
  const attempts: Attempt[] = [];
  let singular: SingularMatrix | undefined;
  for (const homotopy of request.strategies ?? allowed(system)) {
    const attempt = homotopy.run({ newton, limits, good, restart });
    if (attempt.converged) return { converged: true, by: attempt.name };
    attempts.push(attempt);
    if (homotopy === plain) singular = newton.outcome.singular;
    if (singular?.cause === 'structure') break;
    // Where the way leads to a singular place, equations need not be at fault: there may be no point.
    if (newton.outcome.iterations > 1 && homotopy === plain) singular = undefined;
  }
  return { converged: false, diagnostic: failure(newton, attempts, singular, request.span) };
}

function allowed({ options }: System): Homotopy[] {
  return homotopies.filter(
    (homotopy) =>
      !((homotopy === plain || homotopy === damped) && options.noopiter !== 0) &&
      !((homotopy === diagonalGmin || homotopy === junctionGmin) && options.gminsteps === 0) &&
      !(homotopy === sourceStepping && options.srcsteps === 0) &&
      !(homotopy === pseudoTransient && options.ptransteps === 0),
  );
}

/** Solves with the nodesets clamped, then without; true if both converge. */
function hint(newton: Newton, request: OperatingPointRequest, maxIterations: number): boolean {
  const { equations } = newton;
  const { nodesets = [], forced = [] } = request;
  if (nodesets.length === 0 || request.continues) return false;
  newton.way.name = 'nodesets';
  newton.way.parameter = NaN;
  const { x } = equations.system.memory;
  x.fill(0);
  equations.system.copyHeldStates();
  for (const { unknown, value } of nodesets) x[unknown] = value;
  equations.clamps = [...forced, ...nodesets];
  newton.solve({ maxIterations, initializing: true });
  equations.clamps = forced;
  return newton.solve({ maxIterations, polish: true }).converged;
}

/** Events that never come to an end at one point. */
export function restless(span: Span | undefined): Diagnostic {
  return {
    severity: 'error',
    code: 'S302',
    message: 'switches do not come to rest: each of their positions calls for the other',
    ...(span ? { span } : {}),
    help: ['give the switches hysteresis (vh, ih)'],
  };
}

function failure(
  newton: Newton,
  attempts: readonly Attempt[],
  singular: SingularMatrix | undefined,
  span: Span | undefined,
): Diagnostic {
  const { system } = newton.equations;
  const { failure: kind, worst } = newton.outcome;
  const notes = attempts.map(({ name, reached }) => `tried ${name}: ${reached}`);
  if (singular) return singularDiagnostic(system, singular, span, notes);
  const finite = kind !== 'notFinite';
  return {
    severity: 'error',
    code: 'S301',
    message: finite
      ? `no operating point found; the worst unknown is ${system.unknowns[worst].name}`
      : `no operating point found: ${rowName(system, worst)} is not a finite number`,
    ...(span ? { span } : {}),
    notes: [...(finite ? worstNotes(newton) : []), ...notes],
    help: finite
      ? ['a .nodeset near the expected voltages helps where there are several solutions']
      : ['look for divisions by zero, logarithms and roots of negative numbers, and overflows'],
  };
}

/** Names the worst row of the last iteration: residual and change against their tolerances. */
export function worstNotes(newton: Newton): string[] {
  const { equations, outcome, residual, delta } = newton;
  const u = outcome.worst;
  if (u === 0) return [];
  const unknown = equations.system.unknowns[u];
  const { x } = equations.system.memory;
  const residualText = formatQuantity(residual[u - 1], unknown.rowUnit);
  const rowTolerance = formatQuantity(equations.rowTolerance(u), unknown.rowUnit);
  const change = formatQuantity(delta[u], unknown.unit);
  const tolerance = formatQuantity(unknown.reltol * Math.abs(x[u]) + unknown.abstol, unknown.unit);
  const place = unknown.instance ? ` (of '${unknown.instance.name}')` : '';
  return [
    `${unknown.name}${place}: residual ${residualText}, tolerance ${rowTolerance}; last change ${change}, tolerance ${tolerance}`,
  ];
}

/** A singular matrix with the unknowns and equations that are left over. */
export function singularDiagnostic(
  system: System,
  singular: SingularMatrix,
  span: Span | undefined,
  notes: readonly string[] = [],
): Diagnostic {
  const unknownNames = singular.columns.map((column) => system.unknowns[column + 1].name);
  const rowNames = singular.rows.map((row) => rowName(system, row + 1));
  const what =
    singular.cause === 'notFinite'
      ? 'the equations are not finite'
      : `the equations are singular: nothing determines ${list(unknownNames)}`;
  return {
    severity: 'error',
    code: 'S303',
    message: what,
    ...(span ? { span } : {}),
    notes: [...(rowNames.length > 0 ? [`left over: ${list(rowNames)}`] : []), ...notes],
    help: ['look for nodes without a dc path to ground, loops of voltage sources and zero gains'],
  };
}

function rowName(system: System, u: number): string {
  const { name, kind } = system.unknowns[u];
  if (kind === 'node' || kind === 'internal') return `the sum of currents at ${name}`;
  return `the equation of ${name}`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
