import type { Body, Term, Variable } from '../formula.js';
import { constant } from '../formula.js';
import { f64, i32 } from '../opcodes.js';
import type { Definition } from './definition.js';
import { exponential } from './exponential.js';
import { isNormal, logarithmPair, subnormalBits, upperPart } from './logarithm.js';

/**
 * x^y = e^(y ln x) for the bits of x > 0 and finite y. ln x is known as a pair; the product of the
 * upper parts is exact, the rest goes to the exponential as a tail. Error: below 0.6 ulp for
 * moderate exponents, below 1 at the ends of the range.
 */
function positivePower(body: Body, bits: Term, y: Term): Variable {
  const { high, low } = logarithmPair(body, bits);
  const upper = body.let(upperPart(high));
  const upperY = body.let(upperPart(y));
  const rest = high.minus(upper).plus(low);
  const main = body.let(upperY.times(upper));
  const tail = body.let(y.minus(upperY).times(upper).plus(y.times(rest)));
  return exponential(body, main, tail);
}

const isInteger = (y: Term): Term => y.apply(f64.trunc).is('eq', y);

/** Above 2⁵³ every number is even. */
function isOdd(y: Term): Term {
  const half = y.times(0.5);
  return isInteger(y)
    .with(isInteger(half).not(), i32.and)
    .with(y.abs().is('lt', 2 ** 53), i32.and);
}

/** JavaScript's `**`: as C's pow, but NaN for (±1)^±∞ and 1^NaN. */
export const pow: Definition = {
  arity: 2,
  write: (body, [x, y], use) => {
    const bits = body.let(x.bits());
    body.if(isNormal(bits).with(y.abs().is('lt', 2 ** 200), i32.and), () => {
      body.return(positivePower(body, bits, y));
    });
    body.return(...body.call(use('powAtTheEnds'), [x, y], ['f64']));
  },
};

const infinity = constant('f64', Infinity);

function powerOfInfinite(body: Body, size: Term, y: Term): void {
  body.if(size.is('eq', 1), () => {
    body.return(constant('f64', NaN));
  });
  const grows = size.is('gt', 1).is('eq', y.is('gt', 0));
  body.return(infinity.where(grows, 0));
}

/** What `pow` does not do itself: x not positive, normal and finite, or a huge or NaN y. */
export const powAtTheEnds: Definition = {
  arity: 2,
  write: (body, [x, y], use) => {
    const size = body.let(x.abs());
    body.if(y.is('eq', 0), () => {
      body.return(constant('f64', 1));
    });
    body.if(x.is('ne', x).with(y.is('ne', y), i32.or), () => {
      body.return(x.plus(y));
    });
    body.if(y.abs().is('eq', Infinity), () => {
      powerOfInfinite(body, size, y);
    });
    const sign = body.let(x.where(isOdd(y), 1));
    body.if(size.is('eq', 0).with(size.is('eq', Infinity), i32.or), () => {
      const grows = size.is('eq', 0).is('eq', y.is('lt', 0));
      body.return(infinity.where(grows, 0).signOf(sign));
    });
    body.if(x.is('lt', 0).with(isInteger(y).not(), i32.and), () => {
      body.return(constant('f64', NaN));
    });
    // beyond 2²⁰⁰ any power of a double other than 1 is 0 or infinite
    const bounded = y.with(-(2 ** 199), f64.max).with(2 ** 199, f64.min);
    const exponent = body.let(bounded);
    body.if(size.is('lt', 2 ** -1022), () => {
      body.return(positivePower(body, subnormalBits(size), exponent).signOf(sign));
    });
    const [power] = body.call(use('pow'), [size, exponent], ['f64']);
    body.return(power.signOf(sign));
  },
};
