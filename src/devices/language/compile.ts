import { DiagnosticError, error } from '../../base/index.js';
import { assemble, type Equations } from './assemble.js';
import { refuseIllPosed } from './check-model.js';
import { environment, type CompiledModel } from './compiled.js';
import { emitKernel, kernelNames, type KernelName } from './emit.js';
import { KernelPlans } from './kernel-plan.js';
import type { Node } from './ir.js';
import { Layout } from './layout.js';
import { linkLazily } from './link.js';
import { lower } from './lower.js';
import type { ModelDefinition } from './model.js';
import { type CompilerOutput, type ModelFacts, ModelRecord } from './model-record.js';
import { ModelFault } from './program-builder.js';
import { Dependence, dependence, partition } from './partition.js';
import { isAffine } from './affine.js';
import type { Structure } from './structure.js';

export { structureOf, type Structure } from './structure.js';

const compiled = new WeakMap<ModelDefinition, Map<string, CompiledModel>>();
const numbers = new WeakMap<ModelDefinition, number>();
let definitions = 0;

/**
 * Compiles a model for one structure:
 * read → lower → assemble (differentiate) → partition → schedule → emit → link.
 *
 * @param kept gives what an earlier run made of it, and takes what this one adds
 * @throws DiagnosticError if the model breaks the language's rules; its frames point into the model
 */
export function compileModel(
  definition: ModelDefinition,
  structure: Structure,
  kept?: KeptModel,
): CompiledModel {
  const table = compiled.get(definition) ?? new Map<string, CompiledModel>();
  compiled.set(definition, table);
  let model = table.get(structure.key);
  if (!model) table.set(structure.key, (model = compileNew(definition, structure, kept)));
  return model;
}

/** The rows and derivatives of a model for one structure, for `--emit equations` and tests. */
export function equationsOf(definition: ModelDefinition, structure: Structure): Equations {
  return assemble(definition, lower(definition, structure));
}

/** Where the text of a model is kept between runs. */
export interface KeptModel {
  readonly read: () => string | undefined;
  readonly keep: (record: ModelRecord) => void;
}

function compileNew(
  definition: ModelDefinition,
  structure: Structure,
  kept: KeptModel | undefined,
): CompiledModel {
  const compile = (): CompilerOutput => carryOut(definition, structure);
  if (!kept) return link(definition, structure, compile());
  const record = new ModelRecord(kept.read(), compile);
  kept.keep(record);
  return link(definition, structure, record);
}

function carryOut(definition: ModelDefinition, structure: Structure): CompilerOutput {
  refuseIllPosed(definition);
  try {
    return build(definition, structure);
  } catch (fault) {
    if (!(fault instanceof ModelFault)) throw fault;
    const message = `model '${definition.name}': ${fault.message}`;
    throw new DiagnosticError([
      error(fault.code, message, undefined, fault.help ? { help: [fault.help] } : {}),
    ]);
  }
}

function build(definition: ModelDefinition, structure: Structure): CompilerOutput {
  const program = lower(definition, structure);
  const equations = assemble(definition, program);
  const parts = partition(equations);
  const layout = new Layout(definition, program, equations, parts);
  const names = kernelNames(equations);
  const plans = new KernelPlans(equations, layout);
  const write = (name: KernelName): string => emitKernel(name, equations, parts, plans);
  const entries = [...equations.staticEntries, ...equations.dynamicEntries];
  const facts: ModelFacts = {
    unknowns: equations.unknowns,
    staticEntries: equations.staticEntries.map(({ row, column }) => ({ row, column })),
    dynamicEntries: equations.dynamicEntries.map(({ row, column }) => ({ row, column })),
    transientEntries: equations.transient.entries.map(({ row, column }) => ({ row, column })),
    charges: equations.transient.charges.map(({ kind }) => ({ kind })),
    staticRows: equations.rows.filter((r) => r.f).map((r) => r.row),
    dynamicRows: equations.rows.filter((r) => r.q).map((r) => r.row),
    modelSlots: layout.modelSlots,
    instanceSlots: layout.instanceSlots,
    indexCount: layout.indexCount,
    keptCount: equations.carried?.kept.length ?? 0,
    events: equations.events.map(({ kind, direction, sets, redraws }, k) => ({
      kind,
      direction,
      acts: sets.size > 0,
      slot: layout.slotNumber('event', String(k)),
      redraws: [...redraws].map((name) => ({
        name,
        distribution: program.redraws.get(name)!,
        slot: layout.slotNumber('redraw', name),
        ordinalSlot: layout.slotNumber('ordinal', name),
      })),
    })),
    outputs: equations.outputs.map(({ name, unit, doc }) => ({
      name,
      unit,
      doc,
      slot: layout.slotNumber('output', name),
    })),
    noise: equations.noise.map(({ name, kind, from, to }, k) => ({
      name,
      kind,
      from,
      to,
      densitySlot: layout.slotNumber('noise', `density ${String(k)}`),
      exponentSlot: kind !== 'white' ? layout.slotNumber('noise', `exponent ${String(k)}`) : -1,
    })),
    demands: equations.demands.map(({ unit, doc }, k) => ({
      unit,
      doc,
      slot: layout.slotNumber('demand', String(k)),
    })),
    linear:
      equations.rateTerms.length === 0 &&
      equations.limits.length === 0 &&
      entries.every((entry) => isSteady(entry.value)) &&
      equations.rows.every(({ f, q }) => (!f || isAffine(f)) && (!q || isAffine(q))),
  };
  return { facts, names, plans, write };
}

function link(
  definition: ModelDefinition,
  structure: Structure,
  { facts, names, plans, write }: CompilerOutput,
): CompiledModel {
  return {
    ...facts,
    definition,
    key: `${definition.name}#${String(numberOf(definition))}:${structure.key}`,
    plans,
    kernels: linkLazily(names, write, definition.name),
    get source() {
      return names.map(write).join('\n\n');
    },
  };
}

/** Whether nothing changes a value while one point is solved for: `hold` changes between points. */
function isSteady(node: Node): boolean {
  if (dependence(node) <= Dependence.instance) return true;
  if (node.op === 'environment')
    return node.payload === environment.hold || node.payload === environment.smallSignal;
  return node.args.length > 0 && node.args.every(isSteady);
}

/** Definitions are told apart by order of first use: two of one name may differ. */
function numberOf(definition: ModelDefinition): number {
  let number = numbers.get(definition);
  if (number === undefined) numbers.set(definition, (number = definitions++));
  return number;
}
