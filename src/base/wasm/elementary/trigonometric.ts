import { elementaryTables } from '../elementary-tables.js';
import type { Body, Term, Variable } from '../formula.js';
import { constant, polynomial } from '../formula.js';
import { f64, i32 } from '../opcodes.js';
import type { Definition } from './definition.js';
import { unary } from './definition.js';
import { roundingShift } from './exponential.js';

/**
 * sin and cos on |y| ≤ π/4: y + y³ S(y²) and 1 − y²/2 + y⁴ C(y²), with S and C the Chebyshev fits of
 * degree 5 over y² in [0, (π/4)²] (computed with 400 bits; the errors left are 2⁻⁵⁶ and 2⁻⁶⁰ of the
 * result). Arguments come as y + tail. Errors: sin and cos below 1 ulp, tan 2 ulp.
 */
const sinSeries = [
  -0.16666666666666666, 0.008333333333330943, -0.0001984126983674956, 2.755731609787775e-6,
  -2.5051130870968297e-8, 1.591805913698281e-10,
];
const cosSeries = [
  0.041666666666666664, -0.0013888888888887393, 2.4801587298760048e-5, -2.755731726880539e-7,
  2.0876145659059344e-9, -1.1382588535352522e-11,
];

interface Angle {
  readonly y: Variable;
  readonly tail: Variable;
}

function sinNearZero(body: Body, { y, tail }: Angle): Variable {
  const z = body.let(y.times(y));
  const cubic = y.times(z).times(polynomial(z, sinSeries));
  const correction = tail.times(constant('f64', 1).minus(z.times(0.5)));
  return body.let(y.plus(cubic.plus(correction)));
}

function cosNearZero(body: Body, { y, tail }: Angle): Variable {
  const z = body.let(y.times(y));
  const half = body.let(z.times(0.5));
  const main = body.let(constant('f64', 1).minus(half));
  const lost = constant('f64', 1).minus(main).minus(half);
  const rest = z.times(z).times(polynomial(z, cosSeries)).minus(y.times(tail));
  return body.let(main.plus(lost.plus(rest)));
}

/** π/2 = half1 + half2 + half3; the first two have 33 bits, so that products with n < 2²⁰ are exact. */
const half1 = 1.5707963267341256;
const half2 = 6.077100506303966e-11;
const half3 = 2.0222662487959506e-21;
/** π/2 as a double and a tail. */
const halfPi = Math.PI / 2;
const halfPiTail = 6.123233995736766e-17;

/**
 * x ↦ n, y, tail: x = n π/2 + y + tail modulo 2π, |y| ≤ π/4 (and a rounding error). Cody and Waite's
 * three parts of π/2 for |x| < 2²⁰, unless they cancel to below 2⁻²⁴; else `reduceLargeAngle`.
 */
export const reduceAngle: Definition = {
  arity: 1,
  results: ['i32', 'f64', 'f64'],
  write: (body, [x], use) => {
    const shifted = body.let(x.times(2 / Math.PI).plus(roundingShift));
    const n = body.let(shifted.minus(roundingShift));
    const first = body.let(x.minus(n.times(half1)));
    const second = body.let(n.times(half2));
    const difference = body.let(first.minus(second));
    // the rounding error of the difference, whichever is the larger (Knuth)
    const back = body.let(difference.plus(second));
    const lost = first.minus(back).minus(second.minus(back.minus(difference)));
    const rest = body.let(lost.minus(n.times(half3)));
    const y = body.let(difference.plus(rest));
    const exactEnough = y
      .abs()
      .is('gt', 2 ** -24)
      .with(n.is('eq', 0), i32.or);
    body.if(
      x
        .abs()
        .is('lt', 2 ** 20)
        .with(exactEnough, i32.and),
      () => {
        body.return(shifted.bits().low(), y, difference.minus(y).plus(rest));
      },
    );
    body.return(...body.call(use('reduceLargeAngle'), [x], ['i32', 'f64', 'f64']));
  },
};

const lowHalf = 0xffffffffn;

/**
 * Payne and Hanek (SIGNUM Newsletter 18(1), 1983): |x| = M 2^E with a 53-bit M; of the binary digits
 * of 2/π only those count that give neither multiples of 4 nor less than 2⁻¹³⁰. Seven words of 32 bits
 * are multiplied by M; the result modulo 4, with 126 bits after the point, is n and the fraction.
 */
export const reduceLargeAngle: Definition = {
  arity: 1,
  results: ['i32', 'f64', 'f64'],
  write: (body, [x]) => {
    body.if(x.abs().is('lt', Infinity).not(), () => {
      body.return(constant('i32', 0), constant('f64', NaN), constant('f64', 0));
    });
    const { upper, lower } = quartersOf(body, x.abs().bits());
    const n = body.let(upper.shrUnsigned(61).plus(1).shrUnsigned(1));
    const fraction = body.let(upper.minus(n.shl(62)));
    const { high, low } = pairFromFraction(body, fraction, lower);
    const { y, tail } = timesHalfPi(body, high, low);
    const one = body.let(constant('f64', 1).signOf(x));
    const count = n.low().times(one.apply(i32.truncF64, 'i32'));
    body.return(count, y.times(one), tail.times(one));
  },
};

/** |x| 2/π modulo 4 as 128 bits, of which the upper two are the integer part. */
function quartersOf(body: Body, bits: Term): { upper: Variable; lower: Variable } {
  const mantissa = body.let(bits.and((1n << 52n) - 1n).or(1n << 52n));
  const exponent = body.let(bits.shr(52).low().minus(1075));
  const firstWord = body.let(exponent.minus(2).shr(5));
  const address = body.let(firstWord.plus(2).shl(2));
  const shift = body.let(exponent.minus(firstWord.shl(5)).plus(30).apply(0xad, 'i64'));
  const digits = Array.from({ length: 7 }, (_, j) =>
    body.let(address.loadWord(elementaryTables.twoOverPi + 4 * j)),
  );
  const words = multiplyWords(body, mantissa, digits);
  const pair = (j: number): Variable => body.let(words[j].shl(32).or(words[j + 1]));
  const [middle, last] = [pair(1), pair(3)];
  const back = body.let(constant('i64', 64).minus(shift));
  const upper = body.let(words[0].shl(shift).or(middle.shrUnsigned(back)));
  return { upper, lower: body.let(middle.shl(shift).or(last.shrUnsigned(back))) };
}

/** The product of 53 bits with words (the first the most significant), as many words of it. */
function multiplyWords(body: Body, mantissa: Term, digits: readonly Term[]): Variable[] {
  const product: Variable[] = [];
  const m0 = body.let(mantissa.and(lowHalf));
  const m1 = body.let(mantissa.shrUnsigned(32));
  const sum = body.let(constant('i64', 0));
  for (let j = digits.length - 1; j >= 0; j--) {
    body.assign(sum, m0.times(digits[j]).plus(sum.shrUnsigned(32)));
    product[j] = body.let(sum.and(lowHalf));
  }
  body.assign(sum, constant('i64', 0));
  for (let j = digits.length - 1; j > 0; j--) {
    body.assign(
      sum,
      m1
        .times(digits[j])
        .plus(product[j - 1])
        .plus(sum.shrUnsigned(32)),
    );
    body.assign(product[j - 1], sum.and(lowHalf));
  }
  return product;
}

/** (fraction + lower 2⁻⁶⁴) 2⁻⁶² as an unevaluated sum. */
function pairFromFraction(
  body: Body,
  fraction: Term,
  lower: Term,
): { high: Variable; low: Variable } {
  const part = (bits: Term, exponent: number): Variable =>
    body.let(bits.apply(f64.fromI64, 'f64').times(2 ** exponent));
  const a = part(fraction.shr(32), -30);
  const b = part(fraction.and(lowHalf), -62);
  const c = part(lower.shrUnsigned(32), -94);
  const d = part(lower.and(lowHalf), -126);
  const first = body.let(a.plus(b));
  const rest = body.let(b.minus(first.minus(a)).plus(c.plus(d)));
  const high = body.let(first.plus(rest));
  return { high, low: body.let(first.minus(high).plus(rest)) };
}

/** A pair times π/2; the product of the first parts with its rounding error (Dekker). */
function timesHalfPi(body: Body, high: Term, low: Term): Angle {
  const top = (v: Term): Variable =>
    body.let(
      v
        .bits()
        .and(-(1n << 27n))
        .asDouble(),
    );
  const y = body.let(high.times(halfPi));
  const a = top(high);
  const b = body.let(high.minus(a));
  const p = top(constant('f64', halfPi));
  const q = body.let(constant('f64', halfPi).minus(p));
  const lost = a.times(p).minus(y).plus(a.times(q)).plus(b.times(p)).plus(b.times(q));
  return { y, tail: body.let(lost.plus(high.times(halfPiTail)).plus(low.times(halfPi))) };
}

/** sin of x + quarter · π/2. */
function circular(quarter: 0 | 1): Definition {
  return unary((body, x, use) => {
    body.if(x.abs().is('lt', 2 ** -27), () => {
      body.return(quarter === 0 ? x : constant('f64', 1));
    });
    const [n, y, tail] = body.call(use('reduceAngle'), [x], ['i32', 'f64', 'f64']);
    if (quarter === 1) body.assign(n, n.plus(1));
    const result = body.let(constant('f64', 0));
    body.if(
      n.and(1),
      () => {
        body.assign(result, cosNearZero(body, { y, tail }));
      },
      () => {
        body.assign(result, sinNearZero(body, { y, tail }));
      },
    );
    body.return(result.negated().where(n.and(2), result));
  });
}

export const sin = circular(0);
export const cos = circular(1);

export const tan = unary((body, x, use) => {
  body.if(x.abs().is('lt', 2 ** -27), () => {
    body.return(x);
  });
  const [n, y, tail] = body.call(use('reduceAngle'), [x], ['i32', 'f64', 'f64']);
  const sine = sinNearZero(body, { y, tail });
  const cosine = cosNearZero(body, { y, tail });
  body.if(n.and(1), () => {
    body.return(cosine.negated().over(sine));
  });
  body.return(sine.over(cosine));
});
