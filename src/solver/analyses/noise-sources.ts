/** The noise sources that the models of a circuit declare, at its operating point. */
import type { System } from '../system/system.js';

/** One source of one instance: a noise current from one unknown's row to another's. */
export interface NoiseSource {
  readonly instance: string;
  /** As in ngspice, whose readers know flicker noise as `1overf`. */
  readonly name: string;
  /** Unknowns between which the current flows; 0 is ground. */
  readonly from: number;
  readonly to: number;
  /** Density [A²/Hz], of flicker noise at 1 Hz. */
  readonly density: number;
  /** The density falls with this power of the frequency; 0 for white noise. */
  readonly exponent: number;
}

/** All sources, those of one instance together. Evaluates their densities at x. */
export function noiseSources(system: System): NoiseSource[] {
  return system.groups.flatMap(({ model, instances }, k) => {
    if (model.noise.length === 0) return [];
    const memory = system.memory.groups[k];
    model.kernels.evaluateNoise?.(memory);
    const { count, index, instance: values } = memory;
    const unknown = (local: number, i: number): number =>
      local < 0 ? 0 : index[local * count + i];
    return instances.flatMap(({ name: instance }, i) =>
      model.noise.map(({ name, from, to, densitySlot, exponentSlot }) => ({
        instance,
        name: name === 'flicker' ? '1overf' : name,
        from: unknown(from, i),
        to: unknown(to, i),
        density: values[densitySlot * count + i],
        exponent: exponentSlot < 0 ? 0 : values[exponentSlot * count + i],
      })),
    );
  });
}

/** Density at a frequency [A²/Hz]. */
export function densityAt({ density, exponent }: NoiseSource, frequency: number): number {
  return density === 0 || exponent === 0 ? density : density / frequency ** exponent;
}
