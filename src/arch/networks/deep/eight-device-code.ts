/**
 * Eight binary devices that make one weight (Parmar and Suri, arXiv:1801.02003, section III-A), in two's
 * complement: w = -128·b7 + 64·b6 + … + b0. `circuits/oxram-network/synapse.lib` has the circuit and
 * the reason: off currents cancel to that of one device, whatever the code.
 */

/** Smallest and largest code. */
export const codeRange = { least: -128, most: 127 } as const;

/**
 * States of the devices b0 … b7 that make a code, true where a device is on.
 * @throws RangeError for what is no whole number from -128 to 127
 */
export function encodeWeight(code: number): boolean[] {
  if (!Number.isInteger(code) || code < codeRange.least || code > codeRange.most)
    throw new RangeError(`${code} is no code of eight devices`);
  return Array.from({ length: 8 }, (_, bit) => ((code >> bit) & 1) === 1);
}

/**
 * The code that eight devices b0 … b7 make.
 * @throws RangeError for another number of devices
 */
export function decodeWeight(devices: readonly boolean[]): number {
  if (devices.length !== 8) throw new RangeError(`${devices.length} devices make no code`);
  return devices.reduce((sum, on, bit) => sum + (on ? (bit === 7 ? -1 : 1) * 2 ** bit : 0), 0);
}

/**
 * Current of a column at a voltage [V] over devices of two conductances [S], in units of the least
 * bit's mirror: that of a code is `read * ((on - off) * code - off)`.
 */
export function columnCurrent(
  devices: readonly boolean[],
  { on, off, read }: { readonly on: number; readonly off: number; readonly read: number },
): number {
  return devices.reduce(
    (sum, isOn, bit) => sum + (bit === 7 ? -1 : 1) * 2 ** bit * read * (isOn ? on : off),
    0,
  );
}
