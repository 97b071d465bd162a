/** Independent sources: their values go to the input slots of their instances. */
import type { SourceWaveform, TimeScale } from '../../devices/sources/source-waveform.js';
import type { Circuit } from '../../netlist/circuit.js';
import type { SlotPlace } from './slot-table.js';
import type { System } from './system.js';

export interface DrivenSource {
  readonly name: string;
  readonly place: SlotPlace;
  waveform: SourceWaveform;
  /** Set from outside: overrides dc value and function of time. */
  fixed: number | undefined;
}

export class Sources {
  readonly list: readonly DrivenSource[];
  readonly #byName: ReadonlyMap<string, DrivenSource>;

  constructor(system: System) {
    this.list = system.circuit.instances.flatMap((instance) => {
      const place = instance.source && system.slots.find(instance.name, 'input');
      if (!place) return [];
      return [{ name: instance.name, place, waveform: instance.source, fixed: undefined }];
    });
    this.#byName = new Map(this.list.map((source) => [source.name, source]));
  }

  get(name: string): DrivenSource | undefined {
    return this.#byName.get(name);
  }

  /** Takes the sources of a circuit of the same topology. */
  update(circuit: Circuit): void {
    for (const { name, source } of circuit.instances) {
      const driven = this.#byName.get(name);
      if (!driven || !source) continue;
      driven.waveform = source;
      driven.place.memory.instance[driven.place.position] = source.dc;
    }
  }

  /** Values of operating points and dc sweeps. */
  applyDc(): void {
    for (const { place, waveform, fixed } of this.list)
      place.memory.instance[place.position] = fixed ?? waveform.dc;
  }

  /** Values at a time of a transient analysis. */
  applyTime(time: number, scale: TimeScale): void {
    for (const { place, waveform, fixed } of this.list)
      place.memory.instance[place.position] =
        fixed ?? waveform.transient?.value(time, scale) ?? waveform.dc;
  }

  /** Whether one changes with time by itself. */
  get driven(): boolean {
    return this.list.some(
      ({ waveform, fixed }) => fixed === undefined && waveform.transient !== undefined,
    );
  }

  /** The first corner of any source after `time`, Infinity if there is none. */
  nextBreakpoint(time: number, scale: TimeScale): number {
    let next = Infinity;
    for (const { waveform, fixed } of this.list) {
      if (fixed !== undefined || !waveform.transient) continue;
      next = Math.min(next, waveform.transient.nextBreakpoint(time, scale));
    }
    return next;
  }
}
