import type { System } from './system.js';

/**
 * A copy of x and of the limit slots: where an iteration stood, so that a failed attempt leaves no
 * trace. Preallocated; `save` and `restore` copy only.
 */
export class IterateSnapshot {
  readonly x: Float64Array;
  readonly #system: System;
  readonly #limits: Float64Array;

  constructor(system: System) {
    this.#system = system;
    this.x = new Float64Array(system.n + 1);
    let size = 0;
    for (const { memory } of system.slots.limits) size += memory.count;
    this.#limits = new Float64Array(size);
  }

  save(): void {
    this.x.set(this.#system.memory.x);
    let at = 0;
    for (const { memory, start } of this.#system.slots.limits)
      for (let i = 0; i < memory.count; i++) this.#limits[at++] = memory.instance[start + i];
  }

  restore(): void {
    this.#system.memory.x.set(this.x);
    let at = 0;
    for (const { memory, start } of this.#system.slots.limits)
      for (let i = 0; i < memory.count; i++) memory.instance[start + i] = this.#limits[at++];
  }
}
