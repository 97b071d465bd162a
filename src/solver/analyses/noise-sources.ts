/** The noise sources that the models of a circuit declare, at its operating point. */
import type { CompiledNoise } from '../../devices/language/compiled.js';
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
  /** What the same source induces elsewhere. */
  readonly induced: readonly InducedNoise[];
}

/** A quarter of a period ahead of its source, or behind with a negative density. */
export interface InducedNoise {
  readonly from: number;
  readonly to: number;
  /** [A²/Hz] where the frequency is high. */
  readonly density: number;
  /** [s] */
  readonly time: number;
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
    const place = ({ from, to, densitySlot }: CompiledNoise, i: number) => ({
      from: unknown(from, i),
      to: unknown(to, i),
      density: values[densitySlot * count + i],
    });
    const second = ({ exponentSlot }: CompiledNoise, i: number): number =>
      exponentSlot < 0 ? 0 : values[exponentSlot * count + i];
    const induced = model.noise.filter(({ kind }) => kind === 'induced');
    return instances.flatMap(({ name: instance }, i) =>
      model.noise
        .filter(({ kind }) => kind !== 'induced')
        .map((noise) => ({
          instance,
          name: noise.name === 'flicker' ? '1overf' : noise.name,
          ...place(noise, i),
          exponent: second(noise, i),
          induced: induced
            .filter(({ name }) => name === noise.name)
            .map((each) => ({ ...place(each, i), time: second(each, i) })),
        })),
    );
  });
}

/** Density at a frequency [A²/Hz]. */
function densityAt({ density, exponent }: NoiseSource, frequency: number): number {
  return density === 0 || exponent === 0 ? density : density / frequency ** exponent;
}

/**
 * What a source makes at the output, at a frequency [V²/Hz].
 *
 * @param real, imaginary parts of how a current into an unknown's row shows there [Ω]
 */
export function outputDensity(
  source: NoiseSource,
  frequency: number,
  real: (unknown: number) => number,
  imaginary: (unknown: number) => number,
): number {
  let re = real(source.from) - real(source.to);
  let im = imaginary(source.from) - imaginary(source.to);
  const own = densityAt(source, frequency);
  if (source.induced.length === 0) return (re * re + im * im) * own;
  re *= Math.sqrt(own);
  im *= Math.sqrt(own);
  for (const { from, to, density, time } of source.induced) {
    const turned = 2 * Math.PI * frequency * time;
    const size = Math.sqrt(Math.abs(density)) * Math.sign(density);
    const ahead = size * (turned / Math.sqrt(1 + turned * turned));
    re -= ahead * (imaginary(from) - imaginary(to));
    im += ahead * (real(from) - real(to));
  }
  return re * re + im * im;
}
