/** Events of all instances in one fixed order: group, event, instance. */
import type { CompiledEvent } from '../../devices/language/compiled.js';
import type { System } from './system.js';

export interface Event {
  readonly kind: CompiledEvent['kind'];
  readonly direction: number;
  readonly group: number;
  readonly event: number;
  readonly instance: number;
  /** In the group's `instance` array. */
  readonly position: number;
}

export class Events {
  readonly list: readonly Event[];
  /** [events] values at the last accepted point; part of a checkpoint. */
  readonly last: Float64Array;
  readonly #system: System;

  constructor(system: System) {
    this.#system = system;
    this.list = system.groups.flatMap(({ model, instances }, group) =>
      model.events.flatMap((compiled, event) =>
        instances.map((_, instance) => ({
          kind: compiled.kind,
          direction: compiled.direction,
          group,
          event,
          instance,
          position: compiled.slot * instances.length + instance,
        })),
      ),
    );
    this.last = new Float64Array(this.list.length);
  }

  /** Value of an event's expression, as `evaluate` left it. */
  value(event: Event): number {
    return this.#system.memory.groups[event.group].instance[event.position];
  }

  /** Evaluates the expressions at x. */
  evaluate(): void {
    if (this.list.length > 0) this.#system.evaluateEvents();
  }

  /** Remembers the values at an accepted point. */
  remember(): void {
    for (let k = 0; k < this.list.length; k++) this.last[k] = this.value(this.list[k]);
  }

  /** Runs an event's handler; true if a held variable changed. */
  fire({ group, event, instance }: Event): boolean {
    const { kernels } = this.#system.groups[group].model;
    return kernels.fire?.(this.#system.memory.groups[group], event, instance) ?? false;
  }

  /** Fires what starts before the first operating point. */
  fireInitial(): boolean {
    let changed = false;
    for (const event of this.list)
      if (event.kind === 'initial') changed = this.fire(event) || changed;
    return changed;
  }

  /** Fires every `above` whose value is positive, after an operating point. */
  firePositive(): boolean {
    this.evaluate();
    let changed = false;
    for (const event of this.list)
      if (event.kind === 'above' && this.value(event) > 0) changed = this.fire(event) || changed;
    return changed;
  }

  /** Whether an event's value crossed zero since the accepted point. */
  crossed(k: number): boolean {
    const { kind, direction } = this.list[k];
    const before = this.last[k];
    const now = this.value(this.list[k]);
    if (kind === 'above') return before <= 0 && now > 0;
    if (kind !== 'cross') return false;
    const up = before < 0 && now >= 0;
    const down = before > 0 && now <= 0;
    return (direction >= 0 && up) || (direction <= 0 && down);
  }

  /** The first time after `time` at which a timer fires. */
  nextTimer(time: number): number {
    let next = Infinity;
    for (const event of this.list) {
      if (event.kind !== 'timer') continue;
      const at = this.value(event);
      if (at > time && at < next) next = at;
    }
    return next;
  }
}
