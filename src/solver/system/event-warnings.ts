/** What models warn of when an event raises a held variable: excursions that no data cover. */
import { type Diagnostic, formatQuantity, warning } from '../../base/index.js';
import { environment } from '../../devices/language/compiled.js';
import type { HeldWarning } from '../../devices/language/model.js';
import type { System } from './system.js';

/** Devices that are told of in an analysis; then one word for all others. */
const mostTold = 5;

interface Watched {
  readonly name: string;
  readonly slot: number;
  readonly warns: HeldWarning;
}

const nothing: readonly Watched[] = [];

export class EventWarnings {
  readonly #system: System;
  readonly #tell: (diagnostic: Diagnostic) => void;
  /** [groups] */
  readonly #watched: readonly (readonly Watched[])[];
  readonly #told = new Set<string>();
  /** Values before an event, by the place in its group's list. */
  readonly #before: number[] = [];

  constructor(system: System, tell: (diagnostic: Diagnostic) => void) {
    this.#system = system;
    this.#tell = tell;
    this.#watched = system.groups.map(({ model: { definition, instanceSlots } }) => {
      const found = Object.entries(definition.held).flatMap(([name, { warns }]) => {
        const slot = instanceSlots.findIndex((s) => s.kind === 'held' && s.name === name);
        return warns && slot >= 0 ? [{ name, slot, warns }] : [];
      });
      return found.length > 0 ? found : nothing;
    });
  }

  /** An analysis begins. */
  clear(): void {
    this.#told.clear();
  }

  /** Before an event of an instance. */
  look(group: number, instance: number): void {
    const watched = this.#watched[group];
    for (let k = 0; k < watched.length; k++)
      this.#before[k] = this.#value(group, instance, watched[k]);
  }

  /** Behind it: each device is told of once for each of its variables. */
  compare(group: number, instance: number): void {
    const watched = this.#watched[group];
    for (let k = 0; k < watched.length; k++)
      if (this.#value(group, instance, watched[k]) > this.#before[k])
        this.#warn(group, instance, watched[k]);
  }

  #value(group: number, instance: number, { slot }: Watched): number {
    const memory = this.#system.memory.groups[group];
    return memory.instance[slot * memory.count + instance];
  }

  #warn(group: number, instance: number, { name, warns }: Watched): void {
    const { name: device, span } = this.#system.groups[group].instances[instance];
    const key = `${name} ${device}`;
    if (this.#told.has(key) || this.#told.size > mostTold) return;
    this.#told.add(key);
    const more = this.#told.size > mostTold;
    const time = this.#system.memory.environment[environment.time];
    const what = more ? 'further devices have such warnings' : `'${device}' ${warns.what}`;
    const message = `${what} at t = ${formatQuantity(time, 's').trim()}`;
    this.#tell(warning('S411', message, more ? undefined : span, { help: [warns.help] }));
  }
}
