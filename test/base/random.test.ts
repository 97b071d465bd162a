import { describe, expect, it } from 'vitest';
import { philox, philoxInto } from '../../src/base/index.js';

/** Known answers of Philox4x32-10 as its authors publish them with Random123 (kat_vectors). */
const known: readonly [counter: number[], key: number[], words: number[]][] = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];

describe('Philox4x32-10', () => {
  it.each(known)('%j with key %j', (counter, key, words) => {
    const [a, b, c, d] = counter;
    expect(philox([a, b, c, d], [key[0], key[1]])).toEqual(words);
    const into = new Uint32Array(4);
    philoxInto(into, a, b, c, d, key[0], key[1]);
    expect([...into]).toEqual(words);
  });

  /** The rounds in BigInt, as the paper writes them. */
  it('agrees with arithmetic of any length', () => {
    const mask = 0xffffffffn;
    for (let n = 0; n < 200; n++) {
      const [s0, s1, s2, s3] = philox([n, 7, 0, 0], [1, 2]);
      let [c0, c1, c2, c3] = [s0, s1, s2, s3].map(BigInt);
      let [k0, k1] = [BigInt(s3), BigInt(s0)];
      for (let round = 0; round < 10; round++) {
        const p0 = 0xd2511f53n * c0;
        const p1 = 0xcd9e8d57n * c2;
        [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & mask, (p0 >> 32n) ^ c3 ^ k1, p0 & mask];
        k0 = (k0 + 0x9e3779b9n) & mask;
        k1 = (k1 + 0xbb67ae85n) & mask;
      }
      expect(philox([s0, s1, s2, s3], [s3, s0])).toEqual([c0, c1, c2, c3].map(Number));
    }
  });
});
