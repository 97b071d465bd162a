/**
 * Elementary functions of doubles in fixed point with 1400 bits after the point, by plain series:
 * slow, and with nothing in common with what is tested. Results of 2⁻¹⁰⁷⁴ still have 300 digits.
 */
const bits = 1400n;
const one = 1n << bits;

/** The value of a finite double, exactly. */
export function fixed(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const word = view.getBigUint64(0);
  const field = (word >> 52n) & 0x7ffn;
  const mantissa = (word & ((1n << 52n) - 1n)) | (field > 0n ? 1n << 52n : 0n);
  const value = mantissa << ((field > 0n ? field : 1n) - 1075n + bits);
  return x < 0 ? -value : value;
}

const times = (a: bigint, b: bigint): bigint => (a * b) >> bits;
const over = (a: bigint, b: bigint): bigint => (a << bits) / b;
const absolute = (a: bigint): bigint => (a < 0n ? -a : a);

function root(a: bigint): bigint {
  if (a <= 0n) return 0n;
  const square = a << bits;
  let x = 1n << BigInt((square.toString(2).length + 2) >> 1);
  for (;;) {
    const next = (x + square / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** Σ ±xⁿ/n over odd n for small x. */
function odd(x: bigint, alternating: boolean): bigint {
  const square = times(x, x);
  let power = x;
  let sum = 0n;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += alternating && (n & 2n) !== 0n ? -power / n : power / n;
    power = times(power, square);
  }
  return sum;
}

/** Machin: π/4 = 4 atan(1/5) − atan(1/239). */
export const pi = 16n * odd(one / 5n, true) - 4n * odd(one / 239n, true);
/** ln 2 = 2 artanh(1/3). */
const ln2 = 2n * odd(one / 3n, false);

function exp(x: bigint): bigint {
  const k = (2n * x + ln2) / (2n * ln2) - (x < 0n ? 1n : 0n);
  const r = (x - k * ln2) >> 12n;
  let term = one;
  let sum = one;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = times(term, r) / n;
    sum += term;
  }
  for (let i = 0; i < 12; i++) sum = times(sum, sum);
  return k >= 0n ? sum << k : sum >> -k;
}

/** x = 2^k z, and ln z = 2 artanh of (z − 1)/(z + 1) after four square roots. */
function log(x: bigint): bigint {
  const k = BigInt(x.toString(2).length) - 1n - bits;
  let z = k >= 0n ? x >> k : x << -k;
  for (let i = 0; i < 6; i++) z = root(z);
  return k * ln2 + 128n * odd(over(z - one, z + one), false);
}

/** sin and cos modulo π/2. */
function circle(x: bigint): { sin: bigint; cos: bigint } {
  const n = (4n * absolute(x) + pi) / (2n * pi);
  const y = absolute(x) - (n * pi) / 2n;
  const sums = [0n, 0n, 0n, 0n];
  let term = one;
  for (let i = 0; term !== 0n && term !== -1n; i++) {
    sums[i & 3] += term;
    term = times(term, y) / BigInt(i + 1);
  }
  const [s, c] = [sums[1] - sums[3], sums[0] - sums[2]];
  const turned = [s, c, -s, -c];
  const sin = turned[Number(n & 3n)];
  return { sin: x < 0n ? -sin : sin, cos: turned[Number((n + 1n) & 3n)] };
}

/** atan x = 2 atan(x/(1 + √(1 + x²))), five times. */
function atan(x: bigint): bigint {
  let t = x;
  for (let i = 0; i < 5; i++) t = over(t, one + root(one + times(t, t)));
  return 32n * odd(t, true);
}

function atan2(y: bigint, x: bigint): bigint {
  if (absolute(y) > absolute(x)) return (y < 0n ? -pi / 2n : pi / 2n) - atan(over(x, y));
  const main = atan(over(y, x));
  return x > 0n ? main : main + (y < 0n ? -pi : pi);
}

const complement = (x: bigint): bigint => root(one - times(x, x));

export const exactFunctions: Readonly<Record<string, (x: bigint, y: bigint) => bigint>> = {
  exp,
  expm1: (x) => exp(x) - one,
  log,
  log1p: (x) => log(one + x),
  log10: (x) => over(log(x), log(10n * one)),
  pow: (x, y) => exp(times(y, log(x))),
  sin: (x) => circle(x).sin,
  cos: (x) => circle(x).cos,
  tan: (x) => over(circle(x).sin, circle(x).cos),
  asin: (x) => atan2(x, complement(x)),
  acos: (x) => atan2(complement(x), x),
  atan: (x) => atan2(x, one),
  atan2,
  sinh: (x) => (exp(x) - exp(-x)) / 2n,
  cosh: (x) => (exp(x) + exp(-x)) / 2n,
  tanh: (x) => over(exp(2n * x) - one, exp(2n * x) + one),
  asinh: (x) => (x < 0n ? -1n : 1n) * log(absolute(x) + root(times(x, x) + one)),
  acosh: (x) => log(x + root(times(x, x) - one)),
  atanh: (x) => log(over(one + x, one - x)) / 2n,
};

/** Distance of a double from an exact value, in units of the last place of the latter. */
export function ulps(value: number, exact: bigint): number {
  const exponent = BigInt(absolute(exact).toString(2).length) - 1n - bits;
  const last = (exponent < -1022n ? -1022n : exponent) - 52n + bits;
  return Number((absolute(fixed(value) - exact) * 1000n) >> last) / 1000;
}
