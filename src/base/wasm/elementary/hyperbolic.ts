import { constant } from '../formula.js';
import { callUnary, unary } from './definition.js';
import { halfExponential } from './exponential.js';

/** Through t = e^|x| − 1, which keeps small results exact. Errors of the three: 2.5 ulp. */
export const sinh = unary((body, x, use) => {
  const size = body.let(x.abs());
  body.if(size.is('gt', 22), () => {
    body.return(halfExponential(body, size, use('exp')).signOf(x));
  });
  const t = callUnary(body, use('expm1'), size);
  const sum = t.plus(t.over(t.plus(1)));
  body.return(sum.times(0.5).signOf(x));
});

export const cosh = unary((body, x, use) => {
  const size = body.let(x.abs());
  const half = halfExponential(body, size, use('exp'));
  body.return(half.plus(constant('f64', 0.25).over(half)));
});

export const tanh = unary((body, x, use) => {
  const size = body.let(x.abs());
  body.if(size.is('gt', 22), () => {
    body.return(constant('f64', 1).signOf(x));
  });
  const t = callUnary(body, use('expm1'), size.times(2));
  body.if(size.is('gt', 0.5), () => {
    body.return(
      constant('f64', 1)
        .minus(constant('f64', 2).over(t.plus(2)))
        .signOf(x),
    );
  });
  body.return(t.over(t.plus(2)).signOf(x));
});

/** ln(|x| + √(x² + 1)); from 2²⁸ on it is ln |x| + ln 2. Errors of the three: 2 ulp. */
export const asinh = unary((body, x, use) => {
  const size = body.let(x.abs());
  body.if(size.is('gt', 2 ** 28), () => {
    body.return(callUnary(body, use('log'), size).plus(Math.LN2).signOf(x));
  });
  const square = body.let(size.times(size));
  const root = square.plus(1).sqrt();
  const small = callUnary(body, use('log1p'), size.plus(square.over(root.plus(1))));
  body.return(small.signOf(x));
});

export const acosh = unary((body, x, use) => {
  body.if(x.is('lt', 1), () => {
    body.return(constant('f64', NaN));
  });
  body.if(x.is('gt', 2 ** 28), () => {
    body.return(callUnary(body, use('log'), x).plus(Math.LN2));
  });
  const t = body.let(x.minus(1));
  const root = t.times(2).plus(t.times(t)).sqrt();
  body.return(callUnary(body, use('log1p'), t.plus(root)));
});

export const atanh = unary((body, x, use) => {
  const size = body.let(x.abs());
  const quotient = size.plus(size).over(constant('f64', 1).minus(size));
  const doubled = size.plus(size);
  const small = doubled.plus(doubled.times(size).over(constant('f64', 1).minus(size)));
  const argument = small.where(size.is('lt', 0.5), quotient);
  body.return(callUnary(body, use('log1p'), argument).times(0.5).signOf(x));
});
