import { elementaryTables } from '../elementary-tables.js';
import type { Body, Term, Variable } from '../formula.js';
import { constant } from '../formula.js';
import { callUnary, unary } from './definition.js';

/**
 * e^x by Tang's table-driven method (ACM TOMS 15(2), 1989): x = k ln 2/128 + r with |r| ≤ ln 2/256,
 * and e^x = 2^(k/128) (1 + p(r)). At that size the Taylor polynomial of degree 5 leaves r⁶/720, which
 * is below 2⁻⁶⁰ of the result. ln 2/128 has a first part of 35 bits, so that its product with k is
 * exact. Error: 0.51 ulp (up to 1 where the result is subnormal).
 */
const perLn2 = 184.6649652337873;
const ln2High = 0.005415212347998022;
const ln2Low = 1.2655086083325438e-13;

/** Adding it rounds to an integer, which then stands in the lowest bits. */
export const roundingShift = 6755399441055744;

interface ReducedExponential {
  /** Bits of 2^(k/128); they mean nothing where the exponent does not fit. */
  readonly scale: Variable;
  /** p(r), with the tail of 2^(k/128). */
  readonly excess: Variable;
}

/**
 * Splits e^(x + tail) into a scale and what it is multiplied by, less one; `fourth` is the factor
 * of r⁴ by r².
 */
function reduceExponential(
  body: Body,
  x: Term,
  tail?: Term,
  fourth: (square: Term) => Term = () => constant('f64', 1 / 24),
): ReducedExponential {
  const shifted = body.let(x.times(perLn2).plus(roundingShift));
  const k = body.let(shifted.minus(roundingShift));
  const reduced = x.minus(k.times(ln2High)).minus(k.times(ln2Low));
  const r = body.let(tail ? reduced.plus(tail) : reduced);
  const index = body.let(shifted.bits());
  const address = body.let(index.low().and(127).shl(4));
  const scale = body.let(address.loadI64(elementaryTables.exponentials + 8).plus(index.shl(45)));
  const square = body.let(r.times(r));
  const even = r.times(1 / 6).plus(0.5);
  const odd = r.times(1 / 120).plus(fourth(square));
  const series = r.plus(square.times(even.plus(square.times(odd))));
  const excess = body.let(address.loadF64(elementaryTables.exponentials).plus(series));
  return { scale, excess };
}

const scaled = (bits: Term, body: Body, excess: Term): Term => {
  const scale = body.let(bits.asDouble());
  return scale.plus(scale.times(excess));
};

/** e^(x + tail), where the tail is far smaller than x, in a new variable. */
export function exponential(body: Body, x: Term, tail?: Term): Variable {
  const { scale, excess } = reduceExponential(body, x, tail);
  const result = body.let(constant('f64', Infinity));
  body.if(
    x.abs().is('lt', 708),
    () => {
      body.assign(result, scaled(scale, body, excess));
    },
    () => {
      exponentialAtTheEnds(body, x, scale, excess, result);
    },
  );
  return result;
}

/** Above or near the largest exponent, subnormal or 0, or NaN; the result holds infinity. */
function exponentialAtTheEnds(
  body: Body,
  x: Term,
  scale: Term,
  excess: Term,
  result: Variable,
): void {
  const halved = scale.minus(1n << 52n);
  const raised = scale.plus(200n << 52n);
  body.if(
    x.is('gt', 0),
    () => {
      body.if(x.is('lt', 710), () => {
        body.assign(result, scaled(halved, body, excess).times(2));
      });
    },
    () => {
      const small = scaled(raised, body, excess).times(2 ** -200);
      body.assign(result, small);
      body.if(x.is('lt', -746), () => {
        body.assign(result, constant('f64', 0));
      });
    },
  );
}

export const exp = unary((body, x) => {
  body.return(exponential(body, x));
});

/**
 * s (1 + p) − 1 = (s − 1) + s p, with the rounding error of s − 1 added back; p has the term r⁶/720,
 * too, since near 0 the error counts relative to r. Below 2⁻⁵⁴ it is x
 * itself, below −40 it is −1. Error: 2 ulp (where r and s − 1 are about equal).
 */
export const expm1 = unary((body, x, use) => {
  const size = body.let(x.abs());
  body.if(size.is('lt', 2 ** -54), () => {
    body.return(x);
  });
  body.if(x.is('lt', -40), () => {
    body.return(constant('f64', -1));
  });
  body.if(x.is('lt', 40).not(), () => {
    body.return(callUnary(body, use('exp'), x).minus(1));
  });
  const withSixth = (square: Term): Term => square.times(1 / 720).plus(1 / 24);
  const { scale, excess } = reduceExponential(body, x, undefined, withSixth);
  const s = body.let(scale.asDouble());
  const d = body.let(s.minus(1));
  const whenLarge = constant('f64', -1).minus(d.minus(s));
  const lost = whenLarge.where(s.is('ge', 1), s.minus(d.plus(1)));
  body.return(d.plus(lost.plus(s.times(excess))));
});

/** e^x/2 for x ≥ 0, which overflows later than e^x does. */
export function halfExponential(body: Body, size: Variable, exponentialIndex: number): Variable {
  const result = body.let(constant('f64', 0));
  body.if(
    size.is('lt', 709),
    () => {
      body.assign(result, callUnary(body, exponentialIndex, size).times(0.5));
    },
    () => {
      // the square doubles the relative error, but only up here
      const half = callUnary(body, exponentialIndex, size.times(0.5));
      body.assign(result, half.times(0.5).times(half));
    },
  );
  return result;
}
