/**
 * Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers:
 * as easy as 1, 2, 3", SC11). There is no state: a draw is a function of the key and the counter, so
 * that it does not depend on how many workers there are or what else was drawn.
 */
const m0 = 0xd2511f53;
const m1 = 0xcd9e8d57;
const w0 = 0x9e3779b9;
const w1 = 0xbb67ae85;

/** The high word of a 32 × 32 bit product, from products of halves: none of the sums overflows. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const cross1 = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const cross2 = (Math.imul(aLow, bHigh) + (cross1 & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (cross1 >>> 16) + (cross2 >>> 16)) | 0;
}

/**
 * Four 32-bit words from a 128-bit counter and a 64-bit key, written to the beginning of `words`:
 * the form for inner loops, which must not allocate.
 */
export function philoxInto(
  words: Uint32Array,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): void {
  let c0 = counter0 | 0;
  let c1 = counter1 | 0;
  let c2 = counter2 | 0;
  let c3 = counter3 | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(m0, c0);
    const low0 = Math.imul(m0, c0);
    const high1 = multiplyHigh(m1, c2);
    const low1 = Math.imul(m1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + w0) | 0;
    k1 = (k1 + w1) | 0;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

const four = new Uint32Array(4);

/** Four 32-bit words from a 128-bit counter and a 64-bit key. */
export function philox(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): [number, number, number, number] {
  philoxInto(four, counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
  return [four[0], four[1], four[2], four[3]];
}

/** 64-bit FNV-1a of a name as two words; stable across runs and machines. */
export function hashName(name: string): [number, number] {
  let a = 0x811c9dc5;
  let b = 0xcbf29ce4;
  for (let i = 0; i < name.length; i++) {
    const c = name.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193) >>> 0;
    b = Math.imul(b ^ (c + i), 0x01000193) >>> 0;
  }
  return [a, b];
}

/** What one draw is keyed by. */
export interface DrawKey {
  readonly seed: number;
  /** Number of the run in a Monte Carlo. */
  readonly run: number;
  /** Hierarchical name of the instance, such as `x1.n3`. */
  readonly instance: string;
  /** Name of the draw within the model. */
  readonly draw: string;
  /** Ordinal of the event that asks for the draw; 0 for what is drawn once. */
  readonly event: number;
}

/** Two independent numbers uniform in (0, 1). */
export function uniformPair(key: DrawKey): [number, number] {
  const [a, b] = hashName(`${key.instance}\u0000${key.draw}`);
  const words = philox([a, b, key.run >>> 0, key.event >>> 0], [key.seed >>> 0, 0]);
  const to = (high: number, low: number): number =>
    ((high >>> 5) * 67108864 + (low >>> 6) + 0.5) / 9007199254740992;
  return [to(words[0], words[1]), to(words[2], words[3])];
}

/** A number uniform in (0, 1). */
export function uniform(key: DrawKey): number {
  return uniformPair(key)[0];
}

/** A standard normal number (Box and Muller). */
export function gaussian(key: DrawKey): number {
  const [u, v] = uniformPair(key);
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}
