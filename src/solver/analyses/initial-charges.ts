/**
 * Charges at the start of a transient with `uic`: nodes at their `.ic`, else at 0 V; elements with an
 * `ic` of their own at that voltage (or current) whatever their nodes are at. ngspice takes the
 * charges of its devices in the same way.
 */
import type { InstancePlace } from '../system/slot-table.js';
import type { System } from '../system/system.js';
import type { AnalysisContext } from './analysis.js';

/** Leaves the voltages in x and the charges in memory. */
export function initialCharges(context: AnalysisContext): void {
  const { system } = context;
  const { x } = system.memory;
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
  system.evaluation.evaluateCharges();
  for (const [place, ic] of own) replaceCharge(system, place, ic);
}

/** Exchanges an element's charges for those at the voltage `ic` between its first two terminals. */
function replaceCharge(system: System, { group, index }: InstancePlace, ic: number): void {
  const { model, instances } = system.groups[group];
  const memory = system.memory.groups[group];
  const { x } = memory;
  const rows = model.unknowns.map((_, row) => memory.index[row * instances.length + index]);
  const before = rows.map((u) => x[u]);
  const [p, n] = rows;
  // Ground stays where it is.
  const base = p === 0 ? -ic : x[n];
  rows.forEach((u, row) => {
    if (u !== 0 && (row === 0 || model.unknowns[row].kind === 'node')) x[u] = base + ic;
  });
  if (n !== 0) x[n] = base;
  model.kernels.evaluateCharges(memory, index, index + 1);
  rows.forEach((u, k) => {
    x[u] = before[k];
  });
}
