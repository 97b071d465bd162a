/**
 * Charges at the start of a transient with `uic`: nodes at their `.ic`, else at 0 V; elements with an
 * `ic` of their own at that voltage (or current) whatever their nodes are at. ngspice takes the
 * charges of its devices in the same way.
 */
import type { AnalysisContext } from './analysis.js';

/** Leaves the voltages in x and returns the charge of every row, [n + 1]. */
export function initialCharges(context: AnalysisContext): Float64Array {
  const { system } = context;
  const { x, q } = system.memory;
  x.fill(0);
  system.copyHeldStates();
  for (const { unknown, value } of context.initialConditions()) x[unknown] = value;
  const own: (() => void)[] = [];
  system.circuit.instances.forEach(({ name, parameters }) => {
    const ic = parameters.get('ic');
    if (ic === undefined) return;
    const place = system.slots.instance(name)!;
    const { model, instances } = system.groups[place.group];
    const at = (row: number): number =>
      system.memory.groups[place.group].index[row * instances.length + place.index];
    const branch = model.unknowns.findIndex(({ kind }) => kind === 'branch');
    if (branch >= 0) x[at(branch)] = ic;
    else
      own.push(() => {
        replaceCharge(context, name, ic);
      });
  });
  system.evaluate();
  const charges = q.slice();
  for (const replace of own) {
    q.set(charges);
    replace();
    charges.set(q);
  }
  return charges;
}

/** Exchanges an element's charge for the one at the voltage `ic` between its first two terminals. */
function replaceCharge({ system }: AnalysisContext, name: string, ic: number): void {
  const place = system.slots.instance(name)!;
  const { model, instances } = system.groups[place.group];
  const memory = system.memory.groups[place.group];
  const rows = model.unknowns.map((_, row) => memory.index[row * instances.length + place.index]);
  const { q } = memory;
  const total = q.slice();
  const contribution = (): Float64Array => {
    q.fill(0);
    model.kernels.evaluate(memory, place.index, place.index + 1);
    return q.slice();
  };
  const before = contribution();
  const x = memory.x.slice();
  const [p, n] = rows;
  // Ground stays where it is.
  const base = p === 0 ? -ic : memory.x[n];
  rows.forEach((u, row) => {
    if (u !== 0 && (row === 0 || model.unknowns[row].kind === 'node')) memory.x[u] = base + ic;
  });
  if (n !== 0) memory.x[n] = base;
  const after = contribution();
  memory.x.set(x);
  for (let u = 0; u < q.length; u++) q[u] = total[u] - before[u] + after[u];
}
