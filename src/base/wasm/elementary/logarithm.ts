import { elementaryTables, logarithmOffset } from '../elementary-tables.js';
import type { Body, Term, Variable } from '../formula.js';
import { constant, polynomial } from '../formula.js';
import { f64, i64 } from '../opcodes.js';
import { callUnary, unary } from './definition.js';

/**
 * ln x with a table of reciprocals. x = 2^k z with z in [0.701, 1.402); the interval that z lies in
 * gives c = m/1024 ≈ 1/z, and ln x = k ln 2 − ln c + ln(1 + r) with r = z c − 1, |r| < 2⁻⁷·⁸.
 *
 * What keeps it exact: z is rounded to 21 bits, which leaves a rest z₂, so that r = a + b with a = z₁ c − 1 (a
 * multiple of 2⁻³¹) and b = z₂ c is exact; ln 2 and ln c have first parts that are multiples of
 * 2⁻⁴². So k ln 2 − ln c + a is exact, and a² is, too. Around 1 the interval has c = 1 and ln c = 0,
 * and |b| is below |a| or a is 0, so that no other formula is needed there. Taylor's polynomial: the term left out is r⁸/8, below
 * 2⁻⁵⁸ of the result.
 *
 * Error: log below 0.76 ulp; the pair of `logarithmPair` has a relative error of about 2⁻⁶⁶.
 */
const ln2High = 0.6931471805598903;
const ln2Low = 5.497923018708371e-14;

/** Keeps the sign, the exponent and 20 bits. */
const upperHalf = -(1n << 32n);
/** Keeps 26 significant bits, so that a product of two is exact. */
const upper26 = -(1n << 27n);

export const upperPart = (x: Term): Term => x.bits().and(upper26).asDouble();

interface ReducedLogarithm {
  /** k ln 2 − ln c + a, exact. */
  readonly main: Variable;
  readonly a: Variable;
  readonly b: Variable;
  /** The tails of k ln 2 − ln c. */
  readonly tail: Variable;
}

/** `bits` are those of a normal number, their exponent possibly below the normal ones. */
function reduceLogarithm(body: Body, bits: Term): ReducedLogarithm {
  const offset = body.let(bits.minus(logarithmOffset));
  const address = body.let(
    offset
      .shr(40)
      .low()
      .and(127 << 5),
  );
  const k = body.let(offset.shr(52).low().apply(f64.fromI32, 'f64'));
  const z = body.let(bits.minus(offset.and(-(1n << 52n))).asDouble());
  const upper = body.let(
    z
      .bits()
      .plus(1n << 31n)
      .and(upperHalf)
      .asDouble(),
  );
  const reciprocal = body.let(address.loadF64(elementaryTables.logarithms));
  const a = body.let(upper.times(reciprocal).minus(1));
  const b = body.let(z.minus(upper).times(reciprocal));
  const high = address.loadF64(elementaryTables.logarithms + 8);
  const low = address.loadF64(elementaryTables.logarithms + 16);
  const main = body.let(k.times(ln2High).plus(high).plus(a));
  return { main, a, b, tail: body.let(k.times(ln2Low).plus(low)) };
}

/** The bits of x > 0; returns from the function where x is 0, negative, infinite or NaN. */
function positiveBits(body: Body, x: Term): Variable {
  const bits = body.let(x.bits());
  body.if(isNormal(bits).not(), () => {
    body.if(x.is('eq', 0), () => {
      body.return(constant('f64', -Infinity));
    });
    body.if(x.is('lt', 0), () => {
      body.return(constant('f64', NaN));
    });
    body.if(x.is('lt', Infinity).not(), () => {
      body.return(x);
    });
    body.assign(bits, subnormalBits(x));
  });
  return bits;
}

/** Whether the bits are those of a positive, normal, finite number. */
export const isNormal = (bits: Term): Term =>
  bits.minus(1n << 52n).with(0x7fe0000000000000n, i64.ltUnsigned, 'i32');

/** Bits of a subnormal number as if the exponent went on downwards. */
export const subnormalBits = (x: Term): Term =>
  x
    .times(2 ** 52)
    .bits()
    .minus(52n << 52n);

export const log = unary((body, x) => {
  const bits = positiveBits(body, x);
  const { main, a, b, tail } = reduceLogarithm(body, bits);
  const r = body.let(a.plus(b));
  const square = body.let(r.times(r));
  const pairs = r.times(1 / 3).plus(-1 / 2);
  const inner = r.times(1 / 5).plus(-1 / 4);
  const innermost = r.times(1 / 7).plus(-1 / 6);
  const series = pairs.plus(square.times(inner.plus(square.times(innermost))));
  body.return(main.plus(b.plus(tail.plus(square.times(series)))));
});

/** ln x as an unevaluated sum of two numbers, for `pow` and `log10`. */
export function logarithmPair(body: Body, bits: Term): { high: Variable; low: Variable } {
  const { main, a, b, tail } = reduceLogarithm(body, bits);
  const first = body.let(main.plus(b));
  const halfSquare = body.let(a.times(a).times(0.5));
  const high = body.let(first.minus(halfSquare));
  const lost = body.let(main.minus(first).plus(b).plus(first.minus(high).minus(halfSquare)));
  const r = body.let(a.plus(b));
  const cube = r.times(r).times(r);
  const series = cube.times(polynomial(r, [1 / 3, -1 / 4, 1 / 5, -1 / 6, 1 / 7, -1 / 8]));
  const restOfSquare = b.times(a.plus(b.times(0.5)));
  const low = body.let(lost.plus(tail.plus(series.minus(restOfSquare))));
  return { high, low };
}

/** 1/ln 10, its first 27 bits, and the rest. */
const perLn10 = 0.4342944819032518;
const perLn10High = 0.4342944771051407;
const perLn10Low = 4.798111141615973e-9;

/** From the pair, so that powers of ten have exact logarithms. Error: 0.51 ulp. */
export const log10 = unary((body, x) => {
  const bits = positiveBits(body, x);
  const { high, low } = logarithmPair(body, bits);
  const upper = body.let(upperPart(high));
  const rest = high.minus(upper).plus(low);
  const tail = upper.times(perLn10Low).plus(rest.times(perLn10));
  body.return(upper.times(perLn10High).plus(tail));
});

/** ln u + c/u, where u + c = 1 + x and u is a double. Error: 1.5 ulp. */
export const log1p = unary((body, x, use) => {
  body.if(x.abs().is('lt', 2 ** -54), () => {
    body.return(x);
  });
  const u = body.let(x.plus(1));
  const logarithm = callUnary(body, use('log'), u);
  body.if(
    x
      .is('gt', -1)
      .with(x.is('lt', 2 ** 53), 0x71)
      .not(),
    () => {
      body.return(logarithm);
    },
  );
  const whenLarge = constant('f64', 1).minus(u.minus(x));
  const lost = whenLarge.where(x.is('ge', 1), x.minus(u.minus(1)));
  body.return(logarithm.plus(lost.over(u)));
});
