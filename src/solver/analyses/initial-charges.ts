/**
 * Charges at the start of a transient with `uic`: nodes at their `.ic`, else at 0 V; elements with an
 * `ic` of their own at that voltage (or current), transistors at their `icvds` and the like, whatever
 * their nodes are at. ngspice takes the charges of its devices in the same way.
 */
import type { Instance } from '../../netlist/circuit.js';
import type { InstancePlace } from '../system/slot-table.js';
import type { System } from '../system/system.js';
import type { AnalysisContext } from './analysis.js';

/** Voltages of an element's terminals [V], by their names. */
type TerminalVoltages = Map<string, number>;

/** Leaves the voltages in x and the charges in memory. */
export function initialCharges(context: AnalysisContext): void {
  const { system } = context;
  const { x } = system.memory;
  x.fill(0);
  system.copyHeldStates();
  for (const { unknown, value } of context.initialConditions()) x[unknown] = value;
  startBesideTerminals(system);
  const own: [place: InstancePlace, at: TerminalVoltages][] = [];
  for (const instance of system.circuit.instances) {
    const ic = instance.parameters.get('ic');
    const place = system.slots.instance(instance.name)!;
    const { model, instances } = system.groups[place.group];
    const branch = model.unknowns.findIndex(({ kind }) => kind === 'branch');
    const { index } = system.memory.groups[place.group];
    if (ic !== undefined && branch >= 0) x[index[branch * instances.length + place.index]] = ic;
    else {
      const at = ownVoltages(instance, x);
      if (at.size > 0) own.push([place, at]);
    }
  }
  system.evaluation.evaluateCharges();
  for (const [place, at] of own) replaceCharge(system, place, at);
}

/** Internal nodes take the voltages of the terminals that they lie beside. */
function startBesideTerminals({ groups, memory }: System): void {
  groups.forEach(({ model, instances }, k) => {
    const { beside } = model.definition;
    if (!beside) return;
    const { index } = memory.groups[k];
    const at = (name: string, i: number): number => {
      const row = model.unknowns.findIndex((unknown) => unknown.name === name);
      return index[row * instances.length + i];
    };
    for (const { name, kind } of model.unknowns) {
      const terminal = kind === 'node' ? beside[name] : undefined;
      if (terminal === undefined) continue;
      for (let i = 0; i < instances.length; i++) memory.x[at(name, i)] = memory.x[at(terminal, i)];
    }
  });
}

const ofTransistor = /^icv(.)(.)$/;

/** What an element sets itself: `ic` between its first two terminals, `icvds` between d and s. */
function ownVoltages({ definition, nodes, parameters }: Instance, x: Float64Array) {
  const { terminals } = definition;
  const at: TerminalVoltages = new Map();
  const set = (first: string, second: string, value: number): void => {
    const base = x[nodes[terminals.indexOf(second)]];
    at.set(first, base + value).set(second, base);
  };
  for (const [name, value] of parameters) {
    const match = ofTransistor.exec(name);
    if (match && name in definition.instance) set(match[1], match[2], value);
    if (name === 'ic') set(terminals[0], terminals[1], value);
  }
  return at;
}

/** Exchanges an element's charges for those at these voltages of its terminals. */
function replaceCharge(
  system: System,
  { group, index }: InstancePlace,
  at: TerminalVoltages,
): void {
  const { model, instances } = system.groups[group];
  const { beside = {} } = model.definition;
  const memory = system.memory.groups[group];
  const { x } = memory;
  const rows = model.unknowns.map((_, row) => memory.index[row * instances.length + index]);
  const before = rows.map((u) => x[u]);
  // Ground stays where it is: all others move instead.
  const grounded = model.unknowns.find(({ name }, row) => rows[row] === 0 && at.has(name));
  const shift = grounded ? at.get(grounded.name)! : 0;
  rows.forEach((u, row) => {
    const { name, kind } = model.unknowns[row];
    const value = at.get(kind === 'node' ? (beside[name] ?? name) : name);
    if (u === 0) return;
    if (value !== undefined) x[u] = value - shift;
    else if (kind === 'terminal' || kind === 'node') x[u] -= shift;
  });
  model.kernels.evaluateCharges(memory, index, index + 1);
  rows.forEach((u, k) => {
    x[u] = before[k];
  });
}
