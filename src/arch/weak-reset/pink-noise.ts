import { kasdinTap } from '../../devices/memristive/kasdin-tap.js';
import { type DeviceWords, purpose, unit } from './device-words.js';

/**
 * White numbers of a device lie in a ring of 20, number k at k mod 20: five blocks of four, as they
 * are drawn. Up to 16 lie in the past, up to 3 in the future.
 */
export const ringLength = 20;
export const blocksInRing = 5;

/** Number of the white number that belongs to the state before the first pulse. */
export const firstNumber = 16;

/** Writes block `block` of a device's white numbers to its place in the ring that begins at `at`. */
export type DrawWhite = (
  device: number,
  block: number,
  words: DeviceWords,
  into: Float32Array,
  at: number,
) => void;

/** Standard normal numbers, by Box and Muller. */
export const normalWhite: DrawWhite = (device, block, words, into, at) => {
  words.draw(device, block, purpose.white);
  const drawn = words.words;
  const k = at + 4 * (block % blocksInRing);
  const first = Math.sqrt(-2 * Math.log(unit(drawn[0])));
  const angle = 2 * Math.PI * unit(drawn[1]);
  into[k] = first * Math.cos(angle);
  into[k + 1] = first * Math.sin(angle);
  const second = Math.sqrt(-2 * Math.log(unit(drawn[2])));
  const turn = 2 * Math.PI * unit(drawn[3]);
  into[k + 2] = second * Math.cos(turn);
  into[k + 3] = second * Math.sin(turn);
};

/** Numbers uniform in (0, 1), as the authors' program draws them. */
export const uniformWhite: DrawWhite = (device, block, words, into, at) => {
  words.draw(device, block, purpose.white);
  const k = at + 4 * (block % blocksInRing);
  for (let j = 0; j < 4; j++) into[k + j] = unit(words.words[j]);
};

/**
 * [20 × 20] for each place of the newest number (row) the coefficient of each place of the ring, so
 * that pink noise is a scalar product over the whole ring: α·h_r at the number r pulses old.
 */
export function ringCoefficients(alpha: number, taps: number): Float64Array {
  const rows = new Float64Array(ringLength * ringLength);
  for (let newest = 0; newest < ringLength; newest++)
    for (let r = 0; r < taps; r++)
      rows[newest * ringLength + ((newest - r + ringLength) % ringLength)] = alpha * kasdinTap(r);
  return rows;
}
