/**
 * Complex arithmetic of the calculator. Loaded only when an expression combines complex values:
 * mathjs takes longer to start than most decks take to simulate.
 */
import {
  acosDependencies,
  acoshDependencies,
  addDependencies,
  asinDependencies,
  asinhDependencies,
  atanDependencies,
  atanhDependencies,
  type Complex,
  complexDependencies,
  cosDependencies,
  coshDependencies,
  create,
  divideDependencies,
  expDependencies,
  log10Dependencies,
  logDependencies,
  multiplyDependencies,
  powDependencies,
  sinDependencies,
  sinhDependencies,
  sqrtDependencies,
  squareDependencies,
  subtractDependencies,
  tanDependencies,
  tanhDependencies,
} from 'mathjs';

const math = create({
  acosDependencies,
  acoshDependencies,
  addDependencies,
  asinDependencies,
  asinhDependencies,
  atanDependencies,
  atanhDependencies,
  complexDependencies,
  cosDependencies,
  coshDependencies,
  divideDependencies,
  expDependencies,
  log10Dependencies,
  logDependencies,
  multiplyDependencies,
  powDependencies,
  sinDependencies,
  sinhDependencies,
  sqrtDependencies,
  squareDependencies,
  subtractDependencies,
  tanDependencies,
  tanhDependencies,
});

export type { Complex };
export type ComplexFunction = (...values: Complex[]) => unknown;

export function complexNumber(real: number, imaginary: number): Complex {
  return math.complex(real, imaginary);
}

/** Real and imaginary part of what a complex function returned. */
export function partsOf(value: unknown): readonly [number, number] {
  if (typeof value === 'number') return [value, 0];
  const { re, im } = value as Complex;
  return [re, im];
}

/** Operators and functions of the expression language that have a complex meaning. */
export const complexFunctions: Readonly<Record<string, ComplexFunction>> = {
  '+': (a, b) => math.add(a, b),
  '-': (a, b) => math.subtract(a, b),
  '*': (a, b) => math.multiply(a, b),
  '/': (a, b) => math.divide(a, b),
  '**': (a, b) => math.pow(a, b),
  pow: (a, b) => math.pow(a, b),
  sqr: (a) => math.square(a),
  sqrt: (a) => math.sqrt(a),
  exp: (a) => math.exp(a),
  ln: (a) => math.log(a),
  log: (a) => math.log(a),
  log10: (a) => math.log10(a),
  sin: (a) => math.sin(a),
  cos: (a) => math.cos(a),
  tan: (a) => math.tan(a),
  asin: (a) => math.asin(a),
  acos: (a) => math.acos(a),
  atan: (a) => math.atan(a),
  arctan: (a) => math.atan(a),
  sinh: (a) => math.sinh(a),
  cosh: (a) => math.cosh(a),
  tanh: (a) => math.tanh(a),
  asinh: (a) => math.asinh(a),
  acosh: (a) => math.acosh(a),
  atanh: (a) => math.atanh(a),
};
