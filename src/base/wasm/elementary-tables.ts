/**
 * Tables of the elementary functions, at the beginning of the linear memory:
 *
 * - `exponentials`: for j = 0 … 127 the tail of 2^(j/128) relative to its double, and the double's
 *   bits less j·2⁴⁵, so that adding k·2⁴⁵ for an index k ≡ j (mod 128) gives 2^(k/128);
 * - `logarithms`: for each of 128 intervals of z the reciprocal m/1024 of about its middle, and
 *   −ln(m/1024) as a multiple of 2⁻⁴² with a tail (32 bytes each, the last 8 unused);
 * - `arctangents`: atan(k/16), k = 0 … 16, as a double and a tail;
 * - `twoOverPi`: two words of zeros, then the binary digits of 2/π in words of 32 bits.
 *
 * They are computed in fixed point with 160 bits after the point (`fractionBits`), so that each
 * entry is its exact value rounded once.
 */
export const elementaryTables = {
  exponentials: 0,
  logarithms: 2048,
  arctangents: 6144,
  twoOverPi: 6416,
} as const;

/** Bytes from address 0 that belong to the tables. */
export const elementaryTableBytes = 6592;

/** The first interval of the logarithm begins here; interval 76 has 1 in its middle. */
export const logarithmOffset = 0x3ff0000000000000n - 76n * (1n << 45n) - (1n << 44n);

const fractionBits = 160;
const one = 1n << 160n;

/** 2^(1/128) with 160 bits after the point; a test raises it to the 128th power. */
const root = 0x10163da9fb33356d84a66ae336dcdfa4003ec04c3n;

/** 2/π, its first 1184 bits after the point: 37 words (a test compares with π by Machin's formula). */
const twoOverPi =
  'a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921c' +
  'fe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980f' +
  'ef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d08' +
  '56033046';

/** Rounded to the nearest double: conversion of a BigInt rounds to even. */
const toNumber = (fixed: bigint): number => Number(fixed) * 2 ** -fractionBits;
const toFixed = (x: number): bigint => BigInt(x * 2 ** 80) << 80n;

/** Σ ± tⁿ/n over odd n: the arctangent (alternating) or the inverse hyperbolic tangent of p/q. */
function inverseTangent(p: bigint, q: bigint, alternating: boolean): bigint {
  const numerator = p * p;
  const denominator = q * q;
  let power = (p << 160n) / q;
  let sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += alternating && (n & 2n) !== 0n ? -(power / n) : power / n;
    power = (power * numerator) / denominator;
  }
  return sum;
}

function writeExponentials(view: DataView): void {
  let value = one;
  for (let j = 0; j < 128; j++) {
    const rounded = toNumber(value);
    const address = elementaryTables.exponentials + 16 * j;
    view.setFloat64(address, toNumber(value - toFixed(rounded)) / rounded, true);
    view.setFloat64(address + 8, rounded, true);
    const bits = view.getBigUint64(address + 8, true);
    view.setBigUint64(address + 8, bits - (BigInt(j) << 45n), true);
    value = (value * root) >> 160n;
  }
}

/** 1024 times the rounded reciprocal of the middle of each interval; it falls with the interval. */
function reciprocals(): number[] {
  const middle = (i: number): number => (i < 76 ? 1 - (76 - i) / 256 : 1 + (i - 76) / 128);
  return Array.from({ length: 128 }, (_, i) => Math.round(1024 / middle(i)));
}

/** From the middle to both sides, ln(m/n) = 2 artanh((m − n)/(m + n)) from one entry to the next. */
function writeLogarithms(view: DataView): void {
  const m = reciprocals();
  const write = (i: number, value: bigint): void => {
    const high = (value >> 118n) << 118n;
    const address = elementaryTables.logarithms + 32 * i;
    view.setFloat64(address, m[i] / 1024, true);
    view.setFloat64(address + 8, toNumber(high), true);
    view.setFloat64(address + 16, toNumber(value - high), true);
  };
  write(76, 0n);
  for (const step of [-1, 1]) {
    let value = 0n;
    for (let i = 76 + step; i >= 0 && i < 128; i += step) {
      const [previous, next] = [m[i - step], m[i]];
      value += 2n * inverseTangent(BigInt(previous - next), BigInt(previous + next), false);
      write(i, value);
    }
  }
}

/** atan(k/16) − atan((k − 1)/16) = atan(16/(256 + k (k − 1))). */
function writeArctangents(view: DataView): void {
  let value = 0n;
  for (let k = 0; k <= 16; k++) {
    if (k > 0) value += inverseTangent(16n, BigInt(256 + k * (k - 1)), true);
    const high = toNumber(value);
    const address = elementaryTables.arctangents + 16 * k;
    view.setFloat64(address, high, true);
    view.setFloat64(address + 8, toNumber(value - toFixed(high)), true);
  }
}

function writeTwoOverPi(view: DataView): void {
  for (let i = 0; i < 37; i++) {
    const digits = twoOverPi.slice(8 * i, 8 * i + 8);
    view.setUint32(elementaryTables.twoOverPi + 8 + 4 * i, Number.parseInt(digits, 16), true);
  }
}

let tables: Uint8Array | undefined;

function computeTables(): Uint8Array {
  const view = new DataView(new ArrayBuffer(elementaryTableBytes));
  writeExponentials(view);
  writeLogarithms(view);
  writeArctangents(view);
  writeTwoOverPi(view);
  return new Uint8Array(view.buffer);
}

/** Writes the tables into the first `elementaryTableBytes` of a memory; they are computed once. */
export function writeElementaryTables(memory: ArrayBufferLike): void {
  tables ??= computeTables();
  new Uint8Array(memory, 0, elementaryTableBytes).set(tables);
}
