/** What is said about a transient that comes to a halt: which device, and what step control saw. */
import { formatQuantity } from '../../base/index.js';
import type { Statistics } from '../statistics.js';
import { contributionsTo } from '../system/contributions.js';
import type { System } from '../system/system.js';
import { stepVerdicts, type StepAttempt, type StepLog } from './step-log.js';

const mostBlamed = 3;

/** The devices that put most into the equation of an unknown. */
export function blamedNotes(system: System, unknown: number): string[] {
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
export function stepNotes(log: StepLog, statistics: Statistics): string[] {
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
