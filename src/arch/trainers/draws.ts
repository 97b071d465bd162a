import { philoxInto } from '../../base/index.js';

const words = new Uint32Array(4);

/** Streams of random numbers: one for each use, so that none depends on how often another is asked. */
export const drawStreams = { initial: 3, inputNoise: 4, thermalNoise: 5 } as const;

/** A number uniform in (0, 1): a function of its arguments only. */
export function uniformDraw(seed: number, stream: number, i: number, j = 0): number {
  philoxInto(words, i, j, stream, 0x7a5e, seed, 0);
  return ((words[0] >>> 5) * 67108864 + (words[1] >>> 6) + 0.5) / 9007199254740992;
}

/** A standard normal number (Box and Muller). */
export function normalDraw(seed: number, stream: number, i: number, j = 0): number {
  philoxInto(words, i, j, stream, 0x7a5e, seed, 0);
  const u = ((words[0] >>> 5) * 67108864 + (words[1] >>> 6) + 0.5) / 9007199254740992;
  const v = ((words[2] >>> 5) * 67108864 + (words[3] >>> 6) + 0.5) / 9007199254740992;
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}
