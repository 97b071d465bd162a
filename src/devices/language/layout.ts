import type { AnalogProgram } from './analog-program.js';
import { gradientName, type Equations } from './assemble.js';
import { environment, type Slot, type SlotKind } from './compiled.js';
import { isSetUp, type Node } from './ir.js';
import type { ModelDefinition } from './model.js';
import type { Partition } from './partition.js';
import { implicitParameters } from './structure.js';

/** Slots and local unknowns by their names. */
export class KernelLayout {
  /** First row of the entries in the index table; the card's row stands before. */
  readonly staticStart: number;
  readonly unknownCount: number;
  readonly #unknowns: ReadonlyMap<string, number>;
  readonly #model: ReadonlyMap<string, number>;
  readonly #instance: ReadonlyMap<string, number>;

  constructor(
    unknowns: readonly { readonly name: string }[],
    modelSlots: readonly Slot[],
    instanceSlots: readonly Slot[],
  ) {
    this.staticStart = unknowns.length + 1;
    this.unknownCount = unknowns.length;
    this.#unknowns = new Map(unknowns.map(({ name }, i) => [name, i]));
    this.#model = new Map(modelSlots.map(({ kind, name }, i) => [`${kind} ${name}`, i]));
    this.#instance = new Map(instanceSlots.map(({ kind, name }, i) => [`${kind} ${name}`, i]));
  }

  unknownNumber(name: string): number {
    const number = this.#unknowns.get(name);
    if (number === undefined) throw new Error(`no unknown '${name}'`);
    return number;
  }

  slotNumber(kind: SlotKind, name: string): number {
    const number = this.#instance.get(`${kind} ${name}`);
    if (number === undefined) throw new Error(`no slot for ${kind} '${name}'`);
    return number;
  }

  modelParameterNumber(name: string): number {
    return this.#model.get(`parameter ${name}`)!;
  }

  /** Slot of what a set-up kernel derives, of the card or the instance. */
  derivedNumber(node: Node): number {
    if (!isSetUp(node)) throw new Error(`no slot for '${node.op}'`);
    return node.payload as number;
  }
}

/** Where a kernel finds things in `KernelMemory`, as the text of generated code. */
export class Layout extends KernelLayout {
  readonly modelSlots: readonly Slot[];
  readonly instanceSlots: readonly Slot[];
  readonly indexCount: number;
  /** Declarations at the head of every kernel. */
  readonly prologue = [
    'const n = M.count, nc = M.cards, x = M.x, f = M.f, q = M.q, jf = M.jf, jq = M.jq;',
    'const w = M.fScale, E = M.environment, C = M.model, P = M.instance, K = M.index;',
    'const d = M.delta, Q = M.charge, H = M.chargeHistory, R = M.chargeRate, S = M.chargeSlope;',
  ].join('\n');
  readonly vntol = `E[${String(environment.vntol)}]`;
  readonly reltol = `E[${String(environment.reltol)}]`;
  readonly cardIndex: string;

  private readonly derivedNumbers = new Map<Node, number>();
  /** First rows of the other kinds of entries in the index table. */
  readonly dynamicStart: number;
  readonly transientStart: number;

  constructor(
    definition: ModelDefinition,
    program: AnalogProgram,
    equations: Equations,
    parts: Partition,
  ) {
    const model = Object.keys(definition.parameters).map(parameterSlot);
    const instance = instanceSlots(definition, program, equations);
    const modelSlots = [...model, ...parts.model.map(derivedSlot)];
    const slots = [...instance, ...parts.instance.map(derivedSlot)];
    super(equations.unknowns, modelSlots, slots);
    this.modelSlots = modelSlots;
    this.instanceSlots = slots;
    parts.model.forEach((node, i) => this.derivedNumbers.set(node, model.length + i));
    parts.instance.forEach((node, i) => this.derivedNumbers.set(node, instance.length + i));
    this.cardIndex = row(equations.unknowns.length);
    this.dynamicStart = this.staticStart + equations.staticEntries.length;
    this.transientStart = this.dynamicStart + equations.dynamicEntries.length;
    this.indexCount = this.transientStart + equations.transient.entries.length;
  }

  slot(kind: SlotKind, name: string): string {
    return this.instanceSlot(this.slotNumber(kind, name));
  }

  override derivedNumber(node: Node): number {
    return this.derivedNumbers.get(node)!;
  }

  modelParameter(name: string): string {
    return `C[${times(this.modelParameterNumber(name), 'nc')} + c]`;
  }

  modelDerived(node: Node): string {
    return `C[${times(this.derivedNumber(node), 'nc')} + c]`;
  }

  instanceDerived(node: Node): string {
    return this.instanceSlot(this.derivedNumber(node));
  }

  unknownIndex(local: number): string {
    return row(local);
  }

  /** An entry of the Jacobian by its row of the index table. */
  entryIndex(index: number): string {
    return `K[${row(index)}]`;
  }

  instanceSlot(slot: number): string {
    return `P[${times(slot, 'n')} + i]`;
  }

  /** A place of a charge in one of the arrays Q, H, R and S. */
  charge(array: 'Q' | 'H' | 'R' | 'S', charge: number): string {
    return `${array}[${row(charge)}]`;
  }
}

function times(slot: number, stride: string): string {
  return slot === 0 ? '0' : `${String(slot)} * ${stride}`;
}

function row(index: number): string {
  return `${times(index, 'n')} + i`;
}

function parameterSlot(name: string): Slot {
  return { kind: 'parameter', name };
}

function derivedSlot(node: Node): Slot {
  return { kind: 'derived', name: `t${String(node.id)}` };
}

function instanceSlots(
  definition: ModelDefinition,
  program: AnalogProgram,
  equations: Equations,
): Slot[] {
  const named = (kind: SlotKind, names: Iterable<string>): Slot[] =>
    [...names].map((name) => ({ kind, name }));
  return [
    ...named('parameter', [...Object.keys(definition.instance), ...implicitParameters]),
    ...named('input', Object.keys(definition.inputs)),
    ...equations.holds.map(({ name, initial }) => ({
      kind: 'stateHold' as const,
      name,
      initial: initialOf(initial),
    })),
    ...Object.entries(definition.held).map(([name, { initial }]) => ({
      kind: 'held' as const,
      name,
      initial,
    })),
    ...[...program.draws].map(([name, distribution]) => ({
      kind: 'draw' as const,
      name,
      distribution,
    })),
    ...named('redraw', program.redraws.keys()),
    ...[...program.redraws.keys()].map((name) => ({ kind: 'ordinal' as const, name, initial: 0 })),
    ...named('borrowed', program.borrowed),
    ...program.delays.flatMap(({ name, response }) => [
      ...named('delayed', [name]),
      ...named('delayTime', [name]),
      ...named('delayStart', [name]),
      ...(response ? responseSlots(name, response.name) : []),
    ]),
    ...named(
      'demand',
      program.demands.map((_, k) => String(k)),
    ),
    ...named(
      'limit',
      equations.limits.map((l) => l.name),
    ),
    ...named(
      'event',
      equations.events.map((_, k) => String(k)),
    ),
    ...named(
      'output',
      equations.outputs.map((o) => o.name),
    ),
    ...equations.noise.flatMap((noise, k) => [
      ...named('noise', [`density ${String(k)}`]),
      ...(noise.kind !== 'white' ? named('noise', [`exponent ${String(k)}`]) : []),
    ]),
    ...equations.transient.charges.flatMap(({ gradient }, k) =>
      named(
        'gradient',
        gradient.flatMap(({ kept }, j) => (kept ? [gradientName(k, j)] : [])),
      ),
    ),
  ];
}

function responseSlots(name: string, response: string): Slot[] {
  return [
    { kind: 'delayWeight', name, response },
    { kind: 'responseSecond', name },
  ];
}

/** Initial values are numbers or parameters; an integral names its own through a node. */
function initialOf(initial: string | number | Node): string | number {
  return typeof initial === 'object' ? initial.payload : initial;
}
