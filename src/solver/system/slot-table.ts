/** Where the slots of instances are that the solver reads or writes itself, found by name. */
import type { KernelMemory, SlotKind } from '../../devices/language/compiled.js';
import type { Instance } from '../../netlist/circuit.js';
import type { Group } from './grouping.js';

/** One number of one instance. */
export interface SlotPlace {
  readonly instance: Instance;
  readonly name: string;
  readonly memory: KernelMemory;
  /** In `memory.instance`. */
  readonly position: number;
}

export interface StateHold extends SlotPlace {
  /** The unknown that is held. */
  readonly unknown: number;
}

/** Slots of a value that is delayed. */
export interface DelaySlots {
  /** The value now. */
  readonly unknown: number;
  readonly past: SlotPlace;
  readonly time: SlotPlace;
  readonly start: SlotPlace;
  /** Of a filter. */
  readonly response?: {
    readonly name: string;
    readonly weight: SlotPlace;
    readonly second: SlotPlace;
  };
}

export interface InstancePlace {
  readonly group: number;
  readonly index: number;
}

export class SlotTable {
  readonly #groups: readonly Group[];
  readonly #memories: readonly KernelMemory[];
  readonly #instances = new Map<string, InstancePlace>();
  readonly stateHolds: readonly StateHold[];
  readonly borrowed: readonly SlotPlace[];
  readonly delays: readonly DelaySlots[];
  /** Ranges [start, end) of limit slots in each group's `instance` array. */
  readonly limits: readonly { readonly memory: KernelMemory; readonly start: number }[];

  constructor(groups: readonly Group[], memories: readonly KernelMemory[]) {
    this.#groups = groups;
    this.#memories = memories;
    groups.forEach((group, k) => {
      group.instances.forEach((instance, i) =>
        this.#instances.set(instance.name, { group: k, index: i }),
      );
    });
    this.stateHolds = this.#all('stateHold').map((place) => ({
      ...place,
      unknown: this.#unknownOf(place),
    }));
    this.borrowed = this.#all('borrowed');
    this.delays = this.#all('delayed').map((past) => ({
      unknown: this.#unknownOf(past),
      past,
      time: this.find(past.instance.name, 'delayTime', past.name)!,
      start: this.find(past.instance.name, 'delayStart', past.name)!,
      ...this.#responseOf(past),
    }));
    this.limits = groups.flatMap(({ model }, k) =>
      model.instanceSlots.flatMap((slot, s) =>
        slot.kind === 'limit' ? [{ memory: memories[k], start: s * memories[k].count }] : [],
      ),
    );
  }

  /** Group and position of an instance by its name. */
  instance(name: string): InstancePlace | undefined {
    return this.#instances.get(name);
  }

  /** The slot of a kind and name of one instance; any slot of the kind if the name is left out. */
  find(instance: string, kind: SlotKind, name?: string): SlotPlace | undefined {
    const place = this.#instances.get(instance);
    if (!place) return undefined;
    const group = this.#groups[place.group];
    const memory = this.#memories[place.group];
    const slot = group.model.instanceSlots.findIndex(
      (s) => s.kind === kind && (name === undefined || s.name === name),
    );
    if (slot < 0) return undefined;
    return {
      instance: group.instances[place.index],
      name: group.model.instanceSlots[slot].name,
      memory,
      position: slot * memory.count + place.index,
    };
  }

  #all(kind: SlotKind): SlotPlace[] {
    return this.#groups.flatMap(({ model, instances }, k) =>
      model.instanceSlots.flatMap((slot, s) =>
        slot.kind !== kind
          ? []
          : instances.map((instance, i) => ({
              instance,
              name: slot.name,
              memory: this.#memories[k],
              position: s * instances.length + i,
            })),
      ),
    );
  }

  #responseOf({ instance, name }: SlotPlace): Pick<DelaySlots, 'response'> {
    const { model } = this.#groups[this.#instances.get(instance.name)!.group];
    const slot = model.instanceSlots.find((s) => s.kind === 'delayWeight' && s.name === name);
    if (slot?.response === undefined) return {};
    return {
      response: {
        name: slot.response,
        weight: this.find(instance.name, 'delayWeight', name)!,
        second: this.find(instance.name, 'responseSecond', name)!,
      },
    };
  }

  #unknownOf({ instance, name }: SlotPlace): number {
    const place = this.#instances.get(instance.name)!;
    const { model, instances } = this.#groups[place.group];
    const row = model.unknowns.findIndex(
      (local) => local.name === name && ['state', 'integral', 'delay'].includes(local.kind),
    );
    if (row < 0) throw new Error(`state '${name}' of '${model.definition.name}' has no unknown`);
    return this.#memories[place.group].index[row * instances.length + place.index];
  }
}
