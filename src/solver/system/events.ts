/** Events of all instances in one fixed order: group, event, instance. */
import type { Diagnostic } from '../../base/index.js';
import type { CompiledEvent } from '../../devices/language/compiled.js';
import { EventWarnings } from './event-warnings.js';
import type { System } from './system.js';
import { drawAnew } from './values.js';

export interface Event {
  readonly kind: CompiledEvent['kind'];
  readonly direction: number;
  /** False if it only marks where something jumps. */
  readonly acts: boolean;
  readonly group: number;
  readonly event: number;
  readonly instance: number;
  /** In the group's `instance` array. */
  readonly position: number;
}

/** Stands for a zero that was reached from one side. */
const tiny = Number.MIN_VALUE;

export class Events {
  readonly list: readonly Event[];
  /**
   * [events] values at the last accepted point; part of a checkpoint. A value of exactly zero stands
   * as the smallest number on the side that it came from, as zero itself only at the beginning.
   */
  readonly last: Float64Array;
  readonly #system: System;
  readonly #warnings: EventWarnings;

  /** `tell` takes what models warn of. */
  constructor(system: System, tell: (diagnostic: Diagnostic) => void) {
    this.#system = system;
    this.#warnings = new EventWarnings(system, tell);
    this.list = system.groups.flatMap(({ model, instances }, group) =>
      model.events.flatMap((compiled, event) =>
        instances.map((_, instance) => ({
          kind: compiled.kind,
          direction: compiled.direction,
          acts: compiled.acts,
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
    for (let k = 0; k < this.list.length; k++) {
      const value = this.value(this.list[k]);
      this.last[k] = value === 0 ? Math.min(Math.max(this.last[k], -tiny), tiny) : value;
    }
  }

  /** Forgets on which side of zero anything was. */
  forget(): void {
    this.last.fill(0);
  }

  /** Runs an event's handler; true if a held variable changed. */
  fire({ group, event, instance }: Event): boolean {
    const { model, instances } = this.#system.groups[group];
    const memory = this.#system.memory.groups[group];
    drawAnew(model.events[event], instances[instance], memory, instance, this.#system.options);
    this.#warnings.look(group, instance);
    const changed = model.kernels.fire?.(memory, event, instance) ?? false;
    if (changed) this.#warnings.compare(group, instance);
    return changed;
  }

  /** Fires every event of which `due` says so, in order; true if a held variable changed. */
  fireAll(due: (k: number) => boolean): boolean {
    let changed = false;
    for (let k = 0; k < this.list.length; k++)
      if (due(k)) changed = this.fire(this.list[k]) || changed;
    return changed;
  }

  /** Fires what starts before the first operating point. */
  fireInitial(): boolean {
    this.#warnings.clear();
    return this.fireAll((k) => this.list[k].kind === 'initial');
  }

  /** Fires every `above` whose value is positive, after an operating point. */
  firePositive(): boolean {
    this.evaluate();
    return this.fireAll((k) => this.list[k].kind === 'above' && this.value(this.list[k]) > 0);
  }

  /**
   * Whether an event's value crossed zero since the accepted point. Reaching zero is a crossing;
   * going on to the other side then is none, turning back is one the other way.
   */
  crossed(k: number): boolean {
    const { kind, direction } = this.list[k];
    const before = this.last[k];
    const now = this.value(this.list[k]);
    if (kind === 'above') return before <= tiny && now > 0;
    if (kind !== 'cross') return false;
    return (direction >= 0 && rises(before, now)) || (direction <= 0 && rises(-before, -now));
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

/** Up to zero or beyond; from zero up if that was not reached from below. */
function rises(before: number, now: number): boolean {
  return before < -tiny ? now >= 0 : before !== -tiny && before <= tiny && now > 0;
}
