/** What stands in the slots of cards and instances before set-up kernels run. */
import { gaussian, uniform, zeroCelsius, type ParameterTable } from '../../base/index.js';
import type { CompiledEvent, KernelMemory, Slot } from '../../devices/language/compiled.js';
import type { Instance } from '../../netlist/circuit.js';
import type { SolverOptions } from '../options.js';
import type { Group } from './grouping.js';

type Values = ReadonlyMap<string, number>;

/** Defaults of the parameters that every instance has. */
const implicitDefaults: Readonly<Record<string, number>> = { m: 1, temp: NaN, dtemp: 0 };

/** Writes parameters and draws; the values of inputs are the analyses' to set. */
export function fillParameters(group: Group, memory: KernelMemory, options: SolverOptions): void {
  const { model, cards, instances } = group;
  const { definition } = model;
  model.modelSlots.forEach((slot, s) => {
    if (slot.kind !== 'parameter') return;
    for (let c = 0; c < memory.cards; c++)
      memory.model[s * memory.cards + c] =
        cards[c].get(slot.name) ?? cardDefault(definition.parameters, slot.name, options);
  });
  model.instanceSlots.forEach((slot, s) => {
    for (let i = 0; i < memory.count; i++) {
      const instance = instances[i];
      if (slot.kind === 'parameter')
        memory.instance[s * memory.count + i] = instanceValue(instance, slot.name, options);
      else if (slot.kind === 'draw')
        memory.instance[s * memory.count + i] = drawnNumber(instance, slot, options, 0);
    }
  });
}

/** A card without a nominal temperature has that of `.options tnom`. */
function cardDefault(table: ParameterTable, name: string, options: SolverOptions): number {
  const entry = table[name];
  if (entry === undefined) return implicitDefaults[name] ?? NaN;
  if (name === 'tnom') return entry.unit === 'K' ? options.tnom : options.tnom - zeroCelsius;
  return entry.default;
}

function instanceValue(instance: Instance, name: string, options: SolverOptions): number {
  const given = instance.parameters.get(name);
  if (given !== undefined) return given;
  const { definition } = instance;
  const entry = definition.instance[name];
  if (entry) return entry.default;
  if (name in implicitDefaults) return implicitDefaults[name];
  return instance.card?.parameters.get(name) ?? cardDefault(definition.parameters, name, options);
}

/**
 * Fills what the handler of an event draws, before it runs: keyed by how often the instance drew
 * this before, so that a draw depends neither on steps nor on other instances.
 */
export function drawAnew(
  event: CompiledEvent,
  instance: Instance,
  memory: KernelMemory,
  position: number,
  options: SolverOptions,
): void {
  for (const redraw of event.redraws) {
    const ordinal = ++memory.instance[redraw.ordinalSlot * memory.count + position];
    memory.instance[redraw.slot * memory.count + position] = drawnNumber(
      instance,
      redraw,
      options,
      ordinal,
    );
  }
}

/** The number that an instance draws; `event` counts what is drawn anew, from 1. */
export function drawnNumber(
  instance: Instance,
  slot: Pick<Slot, 'name' | 'distribution'>,
  options: SolverOptions,
  event: number,
): number {
  const key = {
    seed: options.seed,
    run: options.run,
    instance: instance.name,
    draw: slot.name,
    event,
  };
  return slot.distribution === 'uniform' ? uniform(key) : gaussian(key);
}

/** Puts states and held variables at their initial values. */
export function fillInitialValues(
  group: Group,
  memory: KernelMemory,
  options: SolverOptions,
): void {
  const { model, instances, cards, cardOf } = group;
  model.instanceSlots.forEach(({ initial }, s) => {
    if (initial === undefined) return;
    for (let i = 0; i < memory.count; i++)
      memory.instance[s * memory.count + i] = initialValue(
        initial,
        instances[i],
        cards[cardOf[i]],
        options,
      );
  });
}

/**
 * Puts those states and held variables at their initial values whose initial values differ from
 * those in `before`, a group of the same shape.
 */
export function refillInitialValues(
  before: Group,
  group: Group,
  memory: KernelMemory,
  options: SolverOptions,
): void {
  const initialOf = (of: Group, initial: string, i: number): number =>
    initialValue(initial, of.instances[i], of.cards[of.cardOf[i]], options);
  group.model.instanceSlots.forEach(({ initial }, s) => {
    if (typeof initial !== 'string') return;
    for (let i = 0; i < memory.count; i++) {
      const value = initialOf(group, initial, i);
      if (value !== initialOf(before, initial, i)) memory.instance[s * memory.count + i] = value;
    }
  });
}

/** The same for one instance, one of whose parameters has another value than the group says. */
export function refillInstance(
  group: Group,
  memory: KernelMemory,
  index: number,
  changed: readonly [name: string, value: number],
  options: SolverOptions,
): void {
  const card = new Map([...group.cards[group.cardOf[index]], changed]);
  group.model.instanceSlots.forEach(({ initial }, s) => {
    if (typeof initial !== 'string' || !initial.split('/').includes(changed[0])) return;
    const value = initialValue(initial, group.instances[index], card, options);
    memory.instance[s * memory.count + index] = value;
  });
}

function initialValue(
  initial: string | number,
  instance: Instance,
  card: Values,
  options: SolverOptions,
): number {
  if (typeof initial === 'number') return initial;
  const value = (name: string): number => card.get(name) ?? instanceValue(instance, name, options);
  const [dividend, divisor] = initial.split('/');
  return divisor === undefined ? value(dividend) : value(dividend) / value(divisor);
}
