/**
 * Derivatives of the equations by the parameters of all devices, exact: a backward pass over the
 * equations that the compiler made of each model, not a difference.
 *
 *     Σ_r w_r·∂f_r/∂p        and        Σ_rc w_rc·∂J_rc/∂p,   J an entry of ∂f/∂x or ∂q/∂x
 *
 * for all p and, of the second, by all unknowns as well. Parameters that are zero take no part: what
 * is zero is folded into the structure (and ngspice passes them over too).
 */
import type { ParameterTable } from '../../base/index.js';
import { equationsOf, structureOf } from '../../devices/language/compile.js';
import { environment } from '../../devices/language/compiled.js';
import type { Equations } from '../../devices/language/assemble.js';
import type { Node } from '../../devices/language/ir.js';
import { ReverseDerivative } from '../../devices/language/reverse-derivative.js';
import type { Instance } from '../../netlist/circuit.js';
import type { Group } from '../system/grouping.js';
import type { System } from '../system/system.js';

/** What a device is known by: its sensitivity has the name of the device alone, as in ngspice. */
const principals: Readonly<Record<string, string>> = {
  resistor: 'r',
  capacitor: 'c',
  inductor: 'l',
  coupling: 'k',
};

/** Parameters that cards may have but that belong to the instance: `d1_area`, not `d1:area`. */
const sizes: ReadonlySet<string> = new Set(['area', 'areab', 'areac', 'pj', 'l', 'w']);

/** A polarity is no number to vary. */
const polarity = 'type';

/** One column of results. */
export interface SensitiveParameter {
  /** `r1`, `m1_w`, `m1:vto`, `d1_temp`. */
  readonly name: string;
  readonly unit: string;
}

/** The equations of instances of one structure. */
interface Shape {
  readonly tape: ReverseDerivative;
  /** Rows with an f: local number, value. */
  readonly rows: readonly { readonly row: number; readonly f: Node }[];
  readonly entries: readonly ShapeEntry[];
  /** [entries], in the same order. */
  readonly entryValues: readonly Node[];
  readonly rowValues: readonly Node[];
  /** Values that other devices may have. */
  readonly outputs: ReadonlyMap<string, Node>;
  /** Leaves that are voltages or unknowns. */
  readonly unknowns: readonly {
    readonly leaf: Node;
    readonly plus: number;
    readonly minus: number;
  }[];
}

interface ShapeEntry {
  readonly row: number;
  readonly column: number;
  readonly dynamic: boolean;
}

/** An instance with the columns that its parameters have. */
interface Device {
  readonly instance: Instance;
  readonly shape: Shape;
  readonly group: number;
  readonly index: number;
  readonly leafValue: (leaf: Node) => number;
  readonly columns: readonly { readonly leaf: Node; readonly column: number }[];
  /** What it has of other devices: the inductances that a coupling works on. */
  readonly loans: Loan[];
}

/** A value of another device's, by that device's parameters. */
interface Loan {
  readonly leaf: Node;
  readonly lender: Device;
  readonly tape: ReverseDerivative;
  readonly output: Node;
}

export class SensitiveParameters {
  readonly list: SensitiveParameter[] = [];
  readonly #system: System;
  readonly #devices: readonly Device[];

  constructor(system: System) {
    this.#system = system;
    const shapes = new Map<string, Shape>();
    this.#devices = system.groups.flatMap((group, k) =>
      group.model.definition.equations.kind === 'behavioural'
        ? []
        : group.instances.map((instance, i) => this.#device(shapes, group, k, instance, i)),
    );
    this.#lend();
  }

  /** Connects what devices have of others. */
  #lend(): void {
    const byName = new Map(this.#devices.map((device) => [device.instance.name, device]));
    for (const { instance, shape, loans } of this.#devices)
      for (const leaf of shape.tape.leaves) {
        if (leaf.op !== 'borrowed') continue;
        const [reference, quantity] = String(leaf.payload).split('.');
        const name = instance.references[instance.definition.references.indexOf(reference)];
        const lender = byName.get(name);
        const output = lender?.shape.outputs.get(quantity);
        if (lender && output)
          loans.push({ leaf, lender, output, tape: new ReverseDerivative([output]) });
      }
  }

  /**
   * Adds Σ_r weight_r·∂f_r/∂p to the result of every p.
   *
   * @param weights [n] by row
   * @param result [parameters]
   */
  addResiduals(weights: Float64Array, result: Float64Array): void {
    for (const device of this.#devices) {
      const { shape, leafValue } = device;
      const global = this.#globals(device);
      const own = shape.rows.map(({ row }) => at(weights, global(row)));
      if (own.every((weight) => weight === 0)) continue;
      shape.tape.evaluate(leafValue);
      shape.tape.sweep(shape.rowValues, own);
      addByParameters(device, result);
    }
  }

  /**
   * Adds Σ_rc weight·∂J_rc/∂p to the results, and the same by the unknowns to `byUnknown`.
   *
   * @param weight of an entry, complex: by row, column and whether it is one of ∂q/∂x
   */
  addEntries(
    weight: (row: number, column: number, dynamic: boolean) => readonly [number, number],
    results: readonly [Float64Array, Float64Array],
    byUnknown: readonly [Float64Array, Float64Array],
  ): void {
    for (const device of this.#devices) {
      const { shape, leafValue } = device;
      const global = this.#globals(device);
      const weights = shape.entries.map(({ row, column, dynamic }) => {
        const [r, c] = [global(row), global(column)];
        return r === 0 || c === 0 ? ([0, 0] as const) : weight(r, c, dynamic);
      });
      shape.tape.evaluate(leafValue);
      for (const part of [0, 1] as const) {
        const own = weights.map((value) => value[part]);
        if (own.every((value) => value === 0)) continue;
        shape.tape.sweep(shape.entryValues, own);
        addByParameters(device, results[part]);
        for (const { leaf, plus, minus } of shape.unknowns) {
          const slope = shape.tape.derivative(leaf);
          add(byUnknown[part], global(plus), slope);
          add(byUnknown[part], minus < 0 ? 0 : global(minus), -slope);
        }
      }
    }
  }

  #globals({ group, index }: Device): (local: number) => number {
    const { index: table, count } = this.#system.memory.groups[group];
    return (local) => table[local * count + index];
  }

  #device(
    shapes: Map<string, Shape>,
    group: Group,
    k: number,
    instance: Instance,
    index: number,
  ): Device {
    const { definition } = instance;
    // With an m, so that its sensitivity is there; the slot of m is in every instance.
    const given = new Map([['m', 1], ...instance.parameters]);
    const structure = structureOf(definition, instance.card?.parameters ?? new Map(), given);
    const key = `${group.model.key} ${structure.key}`;
    let shape = shapes.get(key);
    if (!shape) {
      shapes.set(key, (shape = shapeOf(equationsOf(definition, structure))));
    }
    const leafValue = leafReader(this.#system, group, k, index, shape);
    const columns = shape.tape.leaves.flatMap((leaf) => {
      const parameter = describe(instance, leaf);
      const value = leafValue(leaf);
      const varies = parameter && (leaf.op === 'input' || (value !== 0 && Number.isFinite(value)));
      return varies ? [{ leaf, column: this.list.push(parameter) - 1 }] : [];
    });
    return { instance, shape, group: k, index, leafValue, columns, loans: [] };
  }
}

/** What the last sweep of a device tells of its parameters, and of those it has values of. */
function addByParameters({ shape, columns, loans }: Device, result: Float64Array): void {
  for (const { leaf, column } of columns) result[column] += shape.tape.derivative(leaf);
  for (const { leaf, lender, tape, output } of loans) {
    tape.evaluate(lender.leafValue);
    tape.sweep([output], [shape.tape.derivative(leaf)]);
    for (const own of lender.columns) result[own.column] += tape.derivative(own.leaf);
  }
}

function at(values: Float64Array, unknown: number): number {
  return unknown === 0 ? 0 : values[unknown - 1];
}

function add(values: Float64Array, unknown: number, value: number): void {
  if (unknown > 0) values[unknown - 1] += value;
}

function shapeOf(equations: Equations): Shape {
  const numbers = new Map(equations.unknowns.map(({ name }, row) => [name, row]));
  const aliases = new Map(equations.limits.map(({ leaf, value }) => [leaf, value]));
  const rows = equations.rows.flatMap(({ row, f }) => (f ? [{ row, f }] : []));
  const rowValues = rows.map(({ f }) => f);
  const { staticEntries, dynamicEntries } = equations;
  const entries = [
    ...staticEntries.map(({ row, column }) => ({ row, column, dynamic: false })),
    ...dynamicEntries.map(({ row, column }) => ({ row, column, dynamic: true })),
  ];
  const entryValues = [...staticEntries, ...dynamicEntries].map(({ value }) => value);
  const tape = new ReverseDerivative([...rowValues, ...entryValues], aliases);
  const unknowns = tape.leaves.flatMap((leaf) => {
    if (leaf.op === 'probe') {
      const [plus, minus] = String(leaf.payload).split(',').map(Number);
      return [{ leaf, plus, minus }];
    }
    if (leaf.op !== 'unknown') return [];
    return [{ leaf, plus: numbers.get(String(leaf.payload))!, minus: -1 }];
  });
  const outputs = new Map(equations.outputs.map(({ name, value }) => [name, value]));
  return { tape, rows, entries, entryValues, rowValues, unknowns, outputs };
}

/** What a kernel would load for a leaf. */
function leafReader(
  system: System,
  { model, cardOf }: Group,
  k: number,
  index: number,
  shape: Shape,
): (leaf: Node) => number {
  const memory = system.memory.groups[k];
  const unknowns = new Map(shape.unknowns.map((unknown) => [unknown.leaf, unknown]));
  const voltage = (local: number): number =>
    local < 0 ? 0 : memory.x[memory.index[local * memory.count + index]];
  const places = new Map<Node, { readonly values: Float64Array; readonly position: number }>();
  const find = (leaf: Node): void => {
    const onCard = leaf.op === 'modelParameter';
    const kind = onCard || leaf.op === 'instanceParameter' ? 'parameter' : leaf.op;
    const slot = (onCard ? model.modelSlots : model.instanceSlots).findIndex(
      (candidate) => candidate.kind === kind && candidate.name === String(leaf.payload),
    );
    // Without a slot are values of the iteration, such as what a limit returned before.
    const place = onCard
      ? { values: memory.model, position: slot * memory.cards + cardOf[index] }
      : { values: memory.instance, position: slot * memory.count + index };
    places.set(leaf, slot < 0 ? { values: nothing, position: 0 } : place);
  };
  return (leaf) => {
    const unknown = unknowns.get(leaf);
    if (unknown) return voltage(unknown.plus) - voltage(unknown.minus);
    if (leaf.op === 'environment') return memory.environment[leaf.payload as number];
    if (!places.has(leaf)) find(leaf);
    const { values, position } = places.get(leaf)!;
    return values[position];
  };
}

const nothing = Float64Array.of(0);

/** The column of a leaf; undefined if it is no parameter. */
function describe(instance: Instance, leaf: Node): SensitiveParameter | undefined {
  const { name: device, definition, parameters } = instance;
  const name = String(leaf.payload);
  switch (leaf.op) {
    case 'input':
      return { name: device, unit: definition.inputs[name]?.unit ?? '' };
    case 'environment':
      return leaf.payload === environment.temperature
        ? { name: `${device}_temp`, unit: 'K' }
        : undefined;
    case 'instanceParameter': {
      const unit = unitOf(definition.instance, name);
      if (unit === undefined) return undefined;
      return { name: principals[definition.name] === name ? device : `${device}_${name}`, unit };
    }
    case 'modelParameter': {
      const unit = name === polarity ? undefined : unitOf(definition.parameters, name);
      if (unit === undefined) return undefined;
      if (principals[definition.name] === name) return { name: device, unit };
      const own = parameters.has(name) || sizes.has(name) || !instance.card;
      return { name: `${device}${own ? '_' : ':'}${name}`, unit };
    }
    default:
      return undefined;
  }
}

const implicitUnits: Readonly<Record<string, string>> = { m: '', temp: '°C', dtemp: 'K' };

/** Of a parameter that takes all values; undefined for others. */
function unitOf(table: ParameterTable, name: string): string | undefined {
  const entry = table[name];
  if (!entry) return implicitUnits[name];
  return entry.kind === 'real' ? entry.unit : undefined;
}
