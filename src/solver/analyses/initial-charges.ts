/**
 * Charges at the start of a transient with `uic`: nodes at their `.ic`, else at 0 V; elements with an
 * `ic` of their own at that voltage (or current) whatever their nodes are at. ngspice takes the
 * charges of its devices in the same way.
 */
import type { InstancePlace } from '../system/slot-table.js';
import type { System } from '../system/system.js';
import type { AnalysisContext } from './analysis.js';

/** Leaves the voltages in x and returns the charge of every row, [n + 1]. */
export function initialCharges(context: AnalysisContext): Float64Array {
  const { system } = context;
  const { x, q } = system.memory;
  x.fill(0);
  system.copyHeldStates();
  for (const { unknown, value } of context.initialConditions()) x[unknown] = value;
  const own: [place: InstancePlace, ic: number][] = [];
  system.circuit.instances.forEach(({ name, parameters }) => {
    const ic = parameters.get('ic');
    if (ic === undefined) return;
    const place = system.slots.instance(name)!;
    const { model, instances } = system.groups[place.group];
    const branch = model.unknowns.findIndex(({ kind }) => kind === 'branch');
    const { index } = system.memory.groups[place.group];
    if (branch >= 0) x[index[branch * instances.length + place.index]] = ic;
    else own.push([place, ic]);
  });
  system.evaluate();
  const charges = q.slice();
  for (const [place, ic] of own) replaceCharge(system, place, ic, charges);
  return charges;
}

/**
 * Exchanges an element's charge for the one at the voltage `ic` between its first two terminals.
 * Touches the element's own rows only.
 */
function replaceCharge(
  system: System,
  { group, index }: InstancePlace,
  ic: number,
  charges: Float64Array,
): void {
  const { model, instances } = system.groups[group];
  const memory = system.memory.groups[group];
  const { q, x } = memory;
  const rows = model.unknowns.map((_, row) => memory.index[row * instances.length + index]);
  const touched = [...new Set(rows)];
  const add = (factor: number): void => {
    for (const u of touched) q[u] = 0;
    model.kernels.evaluate(memory, index, index + 1);
    for (const u of touched) charges[u] += factor * q[u];
  };
  add(-1);
  const before = touched.map((u) => x[u]);
  const [p, n] = rows;
  // Ground stays where it is.
  const base = p === 0 ? -ic : x[n];
  rows.forEach((u, row) => {
    if (u !== 0 && (row === 0 || model.unknowns[row].kind === 'node')) x[u] = base + ic;
  });
  if (n !== 0) x[n] = base;
  add(1);
  touched.forEach((u, k) => {
    x[u] = before[k];
  });
}
