import { constant } from '../formula.js';
import { f64, i32, i64 } from '../opcodes.js';
import type { Definition } from './definition.js';
import { unary } from './definition.js';

/** Math.round: halves go up, and zeros keep the sign of what was rounded. */
export const round = unary((body, x) => {
  const below = body.let(x.apply(f64.floor));
  const up = x.minus(below).is('ge', 0.5);
  body.return(below.plus(1).where(up, below).signOf(x));
});

export const sign = unary((body, x) => {
  const one = constant('f64', 1).signOf(x);
  body.return(one.where(x.abs().is('gt', 0), x));
});

const fraction = (1n << 52n) - 1n;

/**
 * JavaScript's `%`, exact: with x = X 2^a and y = Y 2^b the remainder of X 2^(a − b) by Y, by 11 bits
 * of the quotient at a time, since a remainder has 53.
 */
export const mod: Definition = {
  arity: 2,
  write: (body, [x, y]) => {
    const bitsX = body.let(x.abs().bits());
    const bitsY = body.let(y.abs().bits());
    const undefinedHere = y.is('eq', 0).with(y.is('ne', y), i32.or);
    body.if(undefinedHere.with(x.abs().is('lt', Infinity).not(), i32.or), () => {
      body.return(constant('f64', NaN));
    });
    body.if(bitsX.is('lt', bitsY), () => {
      body.return(x);
    });
    const exponentX = body.let(bitsX.shr(52));
    const exponentY = body.let(bitsY.shr(52));
    const implicit = (exponent: typeof exponentX) =>
      constant('i64', 1n << 52n).where(exponent.is('gt', 0), 0);
    const divisor = body.let(bitsY.and(fraction).or(implicit(exponentY)));
    const rest = body.let(bitsX.and(fraction).or(implicit(exponentX)));
    const one = constant('i64', 1);
    body.assign(exponentY, exponentY.where(exponentY.is('gt', 0), one));
    body.assign(exponentX, exponentX.where(exponentX.is('gt', 0), one));
    body.assign(rest, rest.with(divisor, i64.remUnsigned));
    const distance = body.let(exponentX.minus(exponentY));
    body.while(distance.is('gt', 0), () => {
      const step = body.let(distance.where(distance.is('lt', 11), 11));
      body.assign(rest, rest.shl(step).with(divisor, i64.remUnsigned));
      body.assign(distance, distance.minus(step));
    });
    const unit = exponentY.shl(52).asDouble();
    const scaled = rest.apply(f64.fromI64, 'f64').times(2 ** -52);
    body.return(scaled.times(unit).signOf(x));
  },
};
