/**
 * Eight binary devices that make one weight (Parmar and Suri, section III-A). The paper does not say in
 * which code. Weights here are in two's complement, w = -128·b7 + 64·b6 + … + b0, as in the column of
 * `circuits/oxram-network/synapse.lib` (which stores b7 inverted: that changes no count). What the same
 * weights would switch as sign and magnitude is counted beside it.
 */

/** Smallest and largest code. */
export const codeRange = { least: -128, most: 127 } as const;

/** Devices b0 … b7 of a code as the bits of a byte, set where a device is on. */
export interface Coding {
  /** Of a whole number from -128 to 127. */
  devices(code: number): number;
  /** The code that they make. */
  code(devices: number): number;
}

export const twosComplement: Coding = {
  devices: (code) => code & 0xff,
  code: (devices) => (devices << 24) >> 24,
};

/** b7 is the sign. There is no -128: it is stored as -127. */
export const signMagnitude: Coding = {
  devices: (code) => (code < 0 ? 0x80 | Math.min(127, -code) : code),
  code: (devices) => (devices & 0x80 ? -(devices & 0x7f) : devices),
};

/** How often each device of many codes has changed, while codes move by single steps. */
export class DeviceFlips {
  /** Eight in a row for each code, b0 first. */
  readonly counts: Uint32Array;
  /** Devices that differ between a code and the next one, from -128 on. */
  readonly #changes: Uint8Array;

  constructor(codes: number, coding: Coding) {
    this.counts = new Uint32Array(8 * codes);
    const { least, most } = codeRange;
    this.#changes = Uint8Array.from(
      { length: most - least },
      (_, k) => coding.devices(least + k) ^ coding.devices(least + k + 1),
    );
  }

  /** Code number k moved between `lower` and the next one. */
  count(k: number, lower: number): void {
    for (let bits = this.#changes[lower - codeRange.least]; bits !== 0; bits &= bits - 1)
      this.counts[8 * k + 31 - Math.clz32(bits & -bits)]++;
  }
}
