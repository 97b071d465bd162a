import type { Span } from '../base/index.js';
import { type Call, choice, functions, literal, operation } from '../expression/index.js';
import { lowerSpline, lowerTable } from './lower-table.js';
import { finite, type Lowered, type LoweringSteps } from './lowering-steps.js';
import { writeOut, writtenOut } from './written-out.js';

type Rewrite = (e: Call, steps: LoweringSteps) => Lowered;

const named =
  (name: string): Rewrite =>
  (e, steps) =>
    plainCall(name, e, steps);

const powerOf: Rewrite = (e, steps) => {
  const [base, exponent] = e.arguments.map((argument) => steps.lower(argument));
  return power(base, exponent, e.span, steps);
};

const draws = [
  ...['agauss', 'gauss', 'aunif', 'unif', 'mc', 'flat'],
  ...['lognormal', 'exponential', 'sgauss', 'sunif', 'rand', 'random'],
];

/** Functions of expressions that are written with others, so that kernels know few. */
export const rewritten: Readonly<Record<string, Rewrite>> = {
  log: named('ln'),
  arctan: named('atan'),
  arccos: named('acos'),
  arcsin: named('asin'),
  sdt: named('idt'),
  m: named('abs'),
  par: (e, steps) => steps.lower(e.arguments[0]),
  if: ifElse,
  ternary_fcn: ifElse,
  u: unitStep,
  stp: unitStep,
  sqr: (e, steps) => power(steps.lower(e.arguments[0]), 2, e.span, steps),
  pow: powerOf,
  apow: powerOf,
  pwr: signedPower,
  pwrs: signedPower,
  rpow: (e, steps) => realPower(e, (exponent) => exponent, steps),
  ipow: (e, steps) => realPower(e, Math.trunc, steps),
  table: lowerTable,
  pwl: lowerTable,
  tbl: lowerTable,
  fasttable: lowerTable,
  akima: (e, steps) => lowerSpline('akima', e, steps),
  spline: (e, steps) => lowerSpline('akima', e, steps),
  cubic: (e, steps) => lowerSpline('natural', e, steps),
  limit: (e, steps) =>
    e.arguments.length === 2 ? nominal(e, steps) : plainCall('limit', e, steps),
  ...Object.fromEntries(
    Object.keys(writtenOut).map((name): [string, Rewrite] => [
      name,
      (e, steps) => steps.lower(writeOut(e)),
    ]),
  ),
  ...Object.fromEntries(draws.map((name) => [name, nominal])),
};

/** A call that stays one, unless all its arguments are numbers. */
export function plainCall(name: string, e: Call, steps: LoweringSteps): Lowered {
  const lowered = e.arguments.map((argument) => steps.lower(argument));
  const { value } = functions[name];
  if (value && lowered.every((each) => typeof each === 'number')) {
    return finite(value(...lowered), e.span);
  }
  const nodes = lowered.map((each, i) => steps.node(each, e.arguments[i].span));
  return { ...e, name, arguments: nodes };
}

/** |left|^right: kernels take the magnitude of a base. */
export function power(left: Lowered, right: Lowered, span: Span, steps: LoweringSteps): Lowered {
  if (typeof left === 'number' && typeof right === 'number') {
    return finite(Math.abs(left) ** right, span);
  }
  const whole = typeof right === 'number' && Number.isInteger(right);
  const exponent = whole ? literal(right, span) : steps.node(right, span);
  return operation('**', steps.node(left, span), exponent, span);
}

/** A power as in C: whole exponents keep the sign of their base, others take its magnitude. */
function realPower(e: Call, change: (exponent: number) => number, steps: LoweringSteps): Lowered {
  const { span } = e;
  const [left, written] = e.arguments.map((argument) => steps.lower(argument));
  const right = typeof written === 'number' ? change(written) : written;
  if (typeof left === 'number' && typeof right === 'number') return finite(left ** right, span);
  if (isOdd(right)) return oddPower(left, right, span, steps);
  return power(left, right, span, steps);
}

/** sgn(x)·|x|^y; x = 0 is no edge of it, so that no comparison may mark one. */
function signedPower(e: Call, steps: LoweringSteps): Lowered {
  const { span } = e;
  const [base, exponent] = e.arguments.map((argument) => steps.lower(argument));
  if (typeof base === 'number' && typeof exponent === 'number') {
    return finite(Math.sign(base) * Math.abs(base) ** exponent, span);
  }
  if (isOdd(exponent)) return oddPower(base, exponent, span, steps);
  const node = steps.node(base, span);
  const size = steps.node(power(node, exponent, span, steps), span);
  const minus = { kind: 'unary', operator: '-', operand: size, span } as const;
  return choice(operation('<', node, literal(0, span), span), minus, size, span);
}

function isOdd(exponent: Lowered): exponent is number {
  return typeof exponent === 'number' && Math.abs(exponent % 2) === 1;
}

/** x^n = x·x^(n−1), which is smooth at 0 for a positive n. */
function oddPower(base: Lowered, exponent: number, span: Span, steps: LoweringSteps): Lowered {
  const node = steps.node(base, span);
  if (exponent === 1) return node;
  const even = steps.node(power(node, exponent - 1, span, steps), span);
  return operation('*', node, even, span);
}

function ifElse(e: Call, steps: LoweringSteps): Lowered {
  const [test, whenTrue, whenFalse] = e.arguments;
  return steps.lower({ kind: 'conditional', test, whenTrue, whenFalse, span: e.span });
}

/** 0 below, 1 above and ½ at zero, as ngspice 39 has it. */
function unitStep(e: Call, steps: LoweringSteps): Lowered {
  const x = steps.lower(e.arguments[0]);
  if (typeof x === 'number') return x > 0 ? 1 : x < 0 ? 0 : 0.5;
  const { span } = e;
  const [zero, half, one] = [0, 0.5, 1].map((value) => literal(value, span));
  const notBelow = choice(operation('>', x, zero, span), one, half, span);
  return choice(operation('<', x, zero, span), zero, notBelow, span);
}

/** A random draw has its nominal value here, unless a Monte Carlo draws. */
function nominal(e: Call, steps: LoweringSteps): Lowered {
  const { scope } = steps;
  const values = e.arguments.map((argument) => steps.lower(argument));
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === values.length && scope.draw) return scope.draw(e, numbers);
  if (values.length > 1 || e.name === 'exponential') return values[0];
  return functions[e.name].value?.(0) ?? NaN;
}
