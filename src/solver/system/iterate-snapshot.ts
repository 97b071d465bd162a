import type { System } from './system.js';

/**
 * A copy of x and of the limit slots: where an iteration stood, so that a failed attempt leaves no
 * trace. Preallocated; `save` and `restore` copy only.
 */
export class IterateSnapshot {
  readonly x: Float64Array;
  readonly #system: System;
  readonly #limits: Float64Array;
  /** Where limits stand, as values of their own: this is done at every point. */
  readonly #places: readonly {
    readonly instance: Float64Array;
    readonly start: number;
    readonly count: number;
  }[];

  /** @param limits [limits] where they are kept, if not in an array of its own */
  constructor(system: System, limits?: Float64Array) {
    this.#system = system;
    this.x = new Float64Array(system.n + 1);
    this.#places = system.slots.limits.map(({ memory: { instance, count }, start }) => ({
      instance,
      start,
      count,
    }));
    const all = this.#places.reduce((sum, { count }) => sum + count, 0);
    this.#limits = limits ?? new Float64Array(all);
  }

  save(): void {
    this.x.set(this.#system.memory.x);
    this.saveLimits();
  }

  restore(): void {
    this.#system.memory.x.set(this.x);
    this.restoreLimits();
  }

  saveLimits(): void {
    let at = 0;
    for (let k = 0; k < this.#places.length; k++) {
      const { instance, start, count } = this.#places[k];
      for (let i = 0; i < count; i++) this.#limits[at++] = instance[start + i];
    }
  }

  restoreLimits(): void {
    let at = 0;
    for (let k = 0; k < this.#places.length; k++) {
      const { instance, start, count } = this.#places[k];
      for (let i = 0; i < count; i++) instance[start + i] = this.#limits[at++];
    }
  }
}
