/**
 * Instances that share a kernel form a group: equal definition, equal structure. Within a group,
 * model cards are numbered; an instance that overrides a parameter of its card gets a card of its
 * own, so that the parameter can be changed later without touching other instances.
 */
import type { CompiledModel } from '../../devices/language/compiled.js';
import type { ModelDefinition } from '../../devices/language/model.js';
import type { Circuit, Instance, ModelCard } from '../../netlist/circuit.js';

type Values = ReadonlyMap<string, number>;

/** Makes a kernel for a structure; equal structures give the same object. */
export type ModelCompiler = (
  definition: ModelDefinition,
  card: Values,
  instance: Values,
) => CompiledModel;

export interface Group {
  readonly model: CompiledModel;
  readonly instances: readonly Instance[];
  /** [cards] values given for the parameters of the card. */
  readonly cards: readonly Values[];
  /** [instances] */
  readonly cardOf: readonly number[];
  /** Whether instances are evaluated only where they have moved (`carried-groups.ts`). */
  readonly carried?: boolean;
}

interface GrowingGroup {
  readonly model: CompiledModel;
  readonly instances: Instance[];
  readonly cards: Values[];
  readonly cardOf: number[];
  readonly numbers: Map<ModelCard | undefined, number>;
}

const nothing: Values = new Map();

/** Groups in the order in which the circuit first mentions them, instances in the circuit's order. */
export function groupInstances(circuit: Circuit, compile: ModelCompiler): Group[] {
  const groups = new Map<CompiledModel, GrowingGroup>();
  for (const instance of circuit.instances) {
    const given = instance.card?.parameters ?? nothing;
    const model = compile(instance.definition, given, instance.parameters);
    let group = groups.get(model);
    if (!group) {
      group = { model, instances: [], cards: [], cardOf: [], numbers: new Map() };
      groups.set(model, group);
    }
    group.cardOf.push(cardNumber(group, instance));
    group.instances.push(instance);
  }
  return [...groups.values()];
}

function cardNumber(group: GrowingGroup, instance: Instance): number {
  const own = [...instance.parameters.keys()].some((name) => overridesCard(instance, name));
  const shared = own ? undefined : group.numbers.get(instance.card);
  if (shared !== undefined) return shared;
  const number = group.cards.length;
  if (!own) group.numbers.set(instance.card, number);
  group.cards.push(cardValues(instance));
  return number;
}

/** What is written to an instance's card slots: the card's values, overridden by the instance's. */
export function cardValues(instance: Instance): Values {
  const own = [...instance.parameters].filter(([name]) => overridesCard(instance, name));
  const given = instance.card?.parameters ?? nothing;
  return own.length === 0 ? given : new Map([...given, ...own]);
}

/** Whether a parameter of an instance is one of its card. */
export function overridesCard({ definition }: Instance, name: string): boolean {
  return name in definition.parameters && !(name in definition.instance);
}
