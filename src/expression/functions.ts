import { splineValue } from './spline.js';

/**
 * Every function of the expression language, one line each.
 *
 * `value` is what it means for numbers, in `.param` and `{…}`; functions without it need the
 * circuit's time. Where ngspice means something else in a B element, `inCircuit` says what
 * (lowering replaces it): `pow` and `pwr` swap their treatment of negative bases there, as runs of
 * ngspice 39 show.
 */
export interface ExpressionFunction {
  /** Smallest and largest number of arguments. */
  readonly arity: readonly [number, number];
  readonly value?: (...values: number[]) => number;
  /** False where a B element cannot use it. */
  readonly inCircuit?: boolean;
  /** Whether it draws a random number in a Monte Carlo; `value` is its nominal value. */
  readonly random?: boolean;
  /** Set where the function is known and comes later. */
  readonly later?: string;
  readonly doc: string;
}

const one = [1, 1] as const;
const two = [2, 2] as const;
const three = [3, 3] as const;
const any = [0, Infinity] as const;
const nominal = (value: number): number => value;
const nominalOfSeveral = (...values: number[]): number => (values.length > 1 ? values[0] : 0);
const inFile = 'write its points here: table(x, x1,y1, x2,y2 …)';
const interpolation = 'only straight lines and cubic splines are there';

export const functions: Readonly<Record<string, ExpressionFunction>> = {
  sin: { arity: one, value: Math.sin, doc: 'sine of an angle in radians' },
  cos: { arity: one, value: Math.cos, doc: 'cosine' },
  tan: { arity: one, value: Math.tan, doc: 'tangent' },
  asin: { arity: one, value: Math.asin, doc: 'inverse sine' },
  acos: { arity: one, value: Math.acos, doc: 'inverse cosine' },
  atan: { arity: one, value: Math.atan, doc: 'inverse tangent' },
  arctan: { arity: one, value: Math.atan, doc: 'inverse tangent' },
  atan2: { arity: two, value: Math.atan2, doc: 'angle of the point (x, y), from atan2(y, x)' },
  sinh: { arity: one, value: Math.sinh, doc: 'hyperbolic sine' },
  cosh: { arity: one, value: Math.cosh, doc: 'hyperbolic cosine' },
  tanh: { arity: one, value: Math.tanh, doc: 'hyperbolic tangent' },
  asinh: { arity: one, value: Math.asinh, doc: 'inverse hyperbolic sine' },
  acosh: { arity: one, value: Math.acosh, doc: 'inverse hyperbolic cosine' },
  atanh: { arity: one, value: Math.atanh, doc: 'inverse hyperbolic tangent' },
  exp: { arity: one, value: Math.exp, doc: 'exponential' },
  ln: { arity: one, value: Math.log, doc: 'natural logarithm' },
  log: { arity: one, value: Math.log, doc: 'natural logarithm, as in ngspice' },
  log10: { arity: one, value: Math.log10, doc: 'logarithm to base 10' },
  sqrt: { arity: one, value: Math.sqrt, doc: 'square root' },
  sqr: { arity: one, value: (x) => x * x, doc: 'square' },
  pow: { arity: two, value: (x, y) => x ** y, doc: 'x to the power y; |x| to it in a B element' },
  pwr: {
    arity: two,
    value: (x, y) => Math.abs(x) ** y,
    doc: '|x| to the power y; with the sign of x in a B element',
  },
  min: { arity: two, value: Math.min, doc: 'the smaller one' },
  max: { arity: two, value: Math.max, doc: 'the larger one' },
  limit: {
    arity: [2, 3],
    value: (x, a, b = NaN) =>
      Number.isNaN(b) ? x : Math.min(Math.max(x, Math.min(a, b)), Math.max(a, b)),
    doc: 'x held between two bounds; with two arguments a random draw at x ± a (nominal: x)',
  },
  abs: { arity: one, value: Math.abs, doc: 'absolute value' },
  sgn: { arity: one, value: Math.sign, doc: '-1, 0 or 1' },
  int: { arity: one, value: Math.trunc, doc: 'whole part, towards zero' },
  floor: { arity: one, value: Math.floor, doc: 'the next whole number below' },
  ceil: { arity: one, value: Math.ceil, doc: 'the next whole number above' },
  nint: {
    arity: one,
    value: roundHalfEven,
    doc: 'the nearest whole number, halves to the even one',
  },
  if: { arity: three, value: choose, doc: 'the second if the first is not 0, else the third' },
  ternary_fcn: { arity: three, value: choose, doc: 'as if' },
  table: {
    arity: [3, Infinity],
    value: interpolate,
    doc: 'table(x, x1,y1, x2,y2 …): straight lines with sharp corners, constant outside',
  },
  u: { arity: one, value: (x) => (x > 0 ? 1 : 0), doc: 'unit step' },
  stp: { arity: one, value: (x) => (x > 0 ? 1 : 0), doc: 'unit step' },
  u2: { arity: one, value: (x) => Math.min(Math.max(x, 0), 1), doc: 'x held between 0 and 1' },
  uramp: { arity: one, value: (x) => Math.max(x, 0), doc: 'x where it is positive, else 0' },
  ddt: { arity: one, doc: 'derivative by time' },
  idt: { arity: [1, 2], doc: 'integral over time from an initial value' },
  sdt: { arity: [1, 2], doc: 'integral over time from an initial value' },
  pwrs: {
    arity: two,
    value: (x, y) => Math.sign(x) * Math.abs(x) ** y,
    doc: '|x| to the power y, with the sign of x',
  },
  apow: { arity: two, value: (x, y) => Math.abs(x) ** y, doc: '|x| to the power y' },
  rpow: { arity: two, value: (x, y) => x ** y, doc: "x to the power y: other dialects' `**`" },
  ipow: { arity: two, value: (x, y) => x ** Math.trunc(y), doc: 'x to the whole part of y' },
  sign: { arity: two, value: (x, y) => Math.sign(y) * Math.abs(x), doc: '|x| with the sign of y' },
  fmod: { arity: two, value: (x, y) => x % y, doc: 'remainder of x/y' },
  hypot: { arity: two, value: Math.hypot, doc: 'square root of x² + y²' },
  cbrt: { arity: one, value: Math.cbrt, doc: 'cube root' },
  m: { arity: one, value: Math.abs, doc: 'absolute value' },
  par: { arity: one, value: (x) => x, doc: 'its argument (HSPICE)' },
  arccos: { arity: one, value: Math.acos, doc: 'inverse cosine' },
  arcsin: { arity: one, value: Math.asin, doc: 'inverse sine' },
  buf: { arity: one, value: (x) => (x > 0.5 ? 1 : 0), doc: '1 above one half, else 0' },
  inv: { arity: one, value: (x) => (x > 0.5 ? 0 : 1), doc: '0 above one half, else 1' },
  eq0: { arity: one, value: (x) => (x === 0 ? 1 : 0), doc: 'whether x is 0' },
  ne0: { arity: one, value: (x) => (x !== 0 ? 1 : 0), doc: 'whether x is not 0' },
  gt0: { arity: one, value: (x) => (x > 0 ? 1 : 0), doc: 'whether x is above 0' },
  lt0: { arity: one, value: (x) => (x < 0 ? 1 : 0), doc: 'whether x is below 0' },
  ge0: { arity: one, value: (x) => (x >= 0 ? 1 : 0), doc: 'whether x is 0 or above' },
  le0: { arity: one, value: (x) => (x <= 0 ? 1 : 0), doc: 'whether x is 0 or below' },
  pwl: {
    arity: [3, Infinity],
    value: extrapolate,
    doc: 'straight lines as table; the first and the last one go on, as in ngspice',
  },
  tbl: { arity: [3, Infinity], value: interpolate, doc: 'as table' },
  fasttable: { arity: [3, Infinity], value: interpolate, doc: 'as table' },
  akima: {
    arity: [5, Infinity],
    value: (x, ...points) => splineValue('akima', x, points),
    doc: 'Akima spline through points x1,y1, x2,y2 …; its end pieces go on',
  },
  spline: {
    arity: [5, Infinity],
    value: (x, ...points) => splineValue('akima', x, points),
    doc: 'as akima (Xyce)',
  },
  cubic: {
    arity: [5, Infinity],
    value: (x, ...points) => splineValue('natural', x, points),
    doc: 'natural cubic spline through points x1,y1, x2,y2 …; its end pieces go on',
  },
  agauss: { ...draw(nominal), arity: [2, 4], doc: 'normal: nominal value, deviation, sigmas' },
  gauss: {
    ...draw(nominalOfSeveral),
    arity: [1, 4],
    doc: 'normal: nominal value, relative deviation, sigmas; alone: deviation from 0 (LTspice)',
  },
  aunif: { ...draw(nominal), arity: [2, 3], doc: 'uniform: nominal value, deviation' },
  unif: { ...draw(nominal), arity: [2, 3], doc: 'uniform: nominal value, relative deviation' },
  lognormal: {
    ...draw(nominal),
    arity: [2, 3],
    doc: 'log-normal: median, deviation of the logarithm, sigmas',
  },
  exponential: { ...draw(nominal), arity: one, doc: 'exponential: mean (nominal: the mean)' },
  mc: { ...draw(nominal), arity: two, doc: 'uniform: nominal value, relative deviation (LTspice)' },
  flat: { ...draw(() => 0), arity: one, doc: 'uniform between -x and x (LTspice)' },
  random: { ...draw(() => 0.5), arity: one, doc: 'uniform between 0 and 1 (LTspice)' },
  sgauss: { ...draw(() => 0), arity: [0, 1], doc: 'normal around 0' },
  sunif: { ...draw(() => 0), arity: [0, 1], doc: 'uniform around 0' },
  rand: { ...draw(() => 0.5), arity: [0, 1], doc: 'uniform between 0 and 1' },
  poly: { arity: any, later: 'write the polynomial out', doc: 'polynomial' },
  wodicka: { arity: any, later: interpolation, doc: 'Wodicka spline' },
  bli: { arity: any, later: interpolation, doc: 'barycentric interpolation' },
  tablefile: { arity: any, later: inFile, doc: 'table in a file' },
  ddx: { arity: any, later: 'write the derivative out', doc: 'partial derivative' },
  delay: { arity: any, later: 'delays come with transmission lines', doc: 'x some time ago' },
  absdelay: { arity: any, later: 'delays come with transmission lines', doc: 'x some time ago' },
  spice_pulse: { arity: any, later: 'use a source of its own', doc: 'pulse' },
  spice_sin: { arity: any, later: 'use a source of its own', doc: 'sine' },
  spice_exp: { arity: any, later: 'use a source of its own', doc: 'exponential pulse' },
  spice_sffm: { arity: any, later: 'use a source of its own', doc: 'frequency modulation' },
};

/** Constants that a parameter of the same name hides. */
export const constants: Readonly<Record<string, number>> = {
  pi: Math.PI,
  true: 1,
  false: 0,
};

/** What changes during an analysis, and needs a B element. */
export const analysisVariables: Readonly<Record<string, string>> = {
  time: 'time of the transient analysis [s]',
  temper: 'temperature of the circuit [°C]',
  hertz: 'frequency of the AC analysis [Hz]',
};

/** The entry of a function that draws. */
function draw(value: (...values: number[]) => number): { value: typeof value; random: true } {
  return { value, random: true };
}

/** As the C library's `nearbyint`, which ngspice uses: nint(2.5) is 2. */
function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const fraction = x - below;
  if (fraction !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}

function choose(test: number, whenTrue: number, whenFalse: number): number {
  return test !== 0 ? whenTrue : whenFalse;
}

/** Straight lines between the points, constant outside them. */
function interpolate(x: number, ...points: number[]): number {
  if (points.length % 2 !== 0) return NaN;
  let [x0, y0] = points;
  if (x <= x0) return y0;
  for (let i = 2; i < points.length; i += 2) {
    const [x1, y1] = [points[i], points[i + 1]];
    if (x <= x1) return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
    [x0, y0] = [x1, y1];
  }
  return y0;
}

/** Straight lines through the points; the first and the last one go on. */
function extrapolate(x: number, ...points: number[]): number {
  const last = points.length - 2;
  if (points.length % 2 !== 0 || last < 2) return interpolate(x, ...points);
  let i = 0;
  while (i < last - 2 && x > points[i + 2]) i += 2;
  const [x0, y0, x1, y1] = points.slice(i, i + 4);
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
