import { philoxInto } from '../../base/index.js';

/** What numbers of a device are for: the last word of their counter. */
export const purpose = {
  parameters: 0x57520001,
  white: 0x57520002,
  telegraph: 0x57520003,
  start: 0x57520004,
  amplitude: 0x57520005,
} as const;

/** Random words of devices: four at a time, keyed by device, block and purpose. */
export class DeviceWords {
  /** The words of the last `draw`. */
  readonly words = new Uint32Array(4);
  readonly #seed: number;
  readonly #run: number;

  constructor(seed: number, run: number) {
    this.#seed = seed;
    this.#run = run;
  }

  draw(device: number, block: number, what: number): void {
    philoxInto(this.words, device, block, 0, what, this.#seed, this.#run);
  }
}

/** A word as a number in (0, 1). */
export function unit(word: number): number {
  return (word + 0.5) * 2.3283064365386963e-10;
}
