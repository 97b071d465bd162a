/** What is said about a transient that comes to a halt: which device, and what step control saw. */
import { error, formatQuantity, type Diagnostic } from '../../base/index.js';
import type { Newton } from '../newton/iteration.js';
import { singularDiagnostic, worstNotes } from '../newton/operating-point.js';
import type { Statistics } from '../statistics.js';
import { contributionsTo } from '../system/contributions.js';
import type { System } from '../system/system.js';
import { stepVerdicts, type StepAttempt, type StepLog } from './step-log.js';

const mostBlamed = 3;

/** The devices that put most into the equation of an unknown. */
function blamedNotes(system: System, unknown: number): string[] {
  if (unknown === 0) return [];
  const { name, rowUnit } = system.unknowns[unknown];
  const largest = contributionsTo(system, unknown).slice(0, mostBlamed);
  if (largest.length === 0) return [];
  const terms = largest.map(
    ({ instance, value }) => `'${instance.name}' ${formatQuantity(value, rowUnit)}`,
  );
  return [`at ${name} meet: ${terms.join(', ')}`];
}

/** The last steps that were tried, and how many there were in all. */
function stepNotes(log: StepLog, statistics: Statistics): string[] {
  const { acceptedPoints, rejectedByError, rejectedByNewton } = statistics;
  const counts = `until then ${acceptedPoints} points; rejected: ${rejectedByError} steps by their error, ${rejectedByNewton} by Newton`;
  return [counts, ...log.last().map((attempt) => `step ${describe(attempt)}`)];
}

function describe({ time, h, method, ratio, worst, verdict }: StepAttempt): string {
  const judged = Number.isNaN(ratio) ? '' : `, error ${ratio.toPrecision(3)} tolerances`;
  const at = worst === '' ? '' : ` at ${worst}`;
  const step = `of ${formatQuantity(h, 's')} to ${formatQuantity(time, 's', 8)} by ${method}`;
  return `${step}${judged}${at}: ${stepVerdicts[verdict]}`;
}

/** Newton failed in a step of h seconds from `time` on, which is as short as steps get. */
export function noConvergence(newton: Newton, log: StepLog, time: number, h: number): Diagnostic {
  const { equations, outcome } = newton;
  const { system } = equations;
  const at = formatQuantity(time, 's');
  if (outcome.singular)
    return singularDiagnostic(system, outcome.singular, undefined, [`at t = ${at}`]);
  const worst =
    outcome.worst === 0 ? '' : `; the worst unknown is ${system.unknowns[outcome.worst].name}`;
  const message = `no convergence at t = ${at} with the smallest step, ${formatQuantity(h, 's')}${worst}`;
  const help = ['look for jumps without a rise time and for missing capacitances there'];
  const notes = [
    ...worstNotes(newton),
    ...blamedNotes(system, outcome.worst),
    ...stepNotes(log, equations.statistics),
  ];
  return error('S401', message, undefined, { notes, help });
}

/** Time does not move on. @param cause the unknown that jumps, 0 for a charge; undefined: a switch */
export function standstill(
  { equations: { system, statistics } }: Newton,
  log: StepLog,
  time: number,
  cause: number | undefined,
): Diagnostic {
  const jumping = cause === 0 ? 'a charge' : system.unknowns[cause ?? 0].name;
  const what = cause === undefined ? 'a switch' : jumping;
  const at = formatQuantity(time, 's');
  const message = `time stands still at t = ${at}: ${what} jumps again and again, however short the step`;
  const help = [
    'look for feedback without delay round a comparator or a switch; a capacitance there gives it one',
  ];
  const notes = [...blamedNotes(system, cause ?? 0), ...stepNotes(log, statistics)];
  return error('S403', message, undefined, { notes, help });
}
