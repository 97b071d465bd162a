import { philoxInto } from '../../base/index.js';

const words = new Uint32Array(4);

/**
 * A random order of 0 … count−1 (Fisher and Yates), a function of seed, stream and round only: the
 * order of an epoch does not depend on what was drawn before.
 */
export function shuffled(count: number, seed: number, stream: number, round = 0): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  for (let k = count - 1; k > 0; k--) {
    philoxInto(words, k, round, stream, 0x5fff1e, seed, 0);
    // 53 bits, so that no index is preferred noticeably.
    const uniform = ((words[0] >>> 5) * 67108864 + (words[1] >>> 6)) / 9007199254740992;
    const other = Math.floor(uniform * (k + 1));
    [order[k], order[other]] = [order[other], order[k]];
  }
  return order;
}
