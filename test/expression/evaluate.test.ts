import { describe, expect, it } from 'vitest';
import {
  emptyScope,
  evaluate,
  type EvaluationScope,
  functions,
  parseExpressionText,
} from '../../src/expression/index.js';

function value(text: string, scope: EvaluationScope = emptyScope): number | string {
  const parsed = parseExpressionText(text);
  if (!parsed.expression) return parsed.diagnostic.code;
  const result = evaluate(parsed.expression, scope);
  return typeof result === 'number' ? result : result.code;
}

describe('values as ngspice 39 has them', () => {
  // Each was run as `r1 1 0 {…}` with `print @r1[resistance]`.
  it.each<[string, number]>([
    ['-2**2', -4],
    ['2**3**2', 64],
    ['2^3^2', 64],
    ['2**-1', 0.5],
    ['(-2)**3', 8],
    ['pow(-2,3)', -8],
    ['pwr(-2,3)', 8],
    ['0**0', 1],
    ['log(100)', Math.log(100)],
    ['ln(100)', Math.log(100)],
    ['1?2:3', 2],
    ['2+1?5:6', 5],
    ['int(-2.7)', -2],
    ['nint(2.5)', 2],
    ['nint(3.5)', 4],
    ['floor(-2.5)', -3],
    ['ceil(2.1)', 3],
    ['sgn(-3)', -1],
    ['2<>1', 1],
    ['3!=2', 1],
    ['7%4', 3],
    ['-7%4', -3],
    ['7\\2', 3],
    ['-7\\2', -3],
    ['!0+5', 6],
    ['-!0', -1],
    ['1||0&&0', 1],
    ['2--1', 3],
    ['2*-3', -6],
    ['1-2-3', -4],
    ['8/4/2', 1],
    ['5V', 5],
    ['10kohm', 1e4],
    ['sqr(3)', 9],
    ['arctan(1)', Math.PI / 4],
    ['asinh(1)', Math.asinh(1)],
    ['cosh(1)', Math.cosh(1)],
    ['ternary_fcn(1,2,3)', 2],
  ])('%s', (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, 12);
  });
});

describe('values by definition', () => {
  it.each<[string, number]>([
    ['1mil', 25.4e-6],
    ['2.2MEG', 2.2e6],
    ['1u', 1e-6],
    ['.5e1', 5],
    ['pi', Math.PI],
    ['min(1,2)+max(1,2)', 3],
    ['limit(5,1,3)', 3],
    ['limit(-5,3,1)', 1],
    ['if(0,1,2)', 2],
    ['log10(1000)', 3],
    ['atan2(1,-1)', (3 * Math.PI) / 4],
    ['table(0.5, 0,0, 1,10)', 5],
    ['table(7, 0,0, 1,10)', 10],
    ['u(1)+stp(-1)', 1],
    ['uramp(-2)+uramp(3)', 3],
    ['1 == 1 && 2 >= 3', 0],
    ["{2}*'3'", 6],
  ])('%s', (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, 12);
  });
});

describe('mistakes', () => {
  it.each<[string, string]>([
    ['1/0', 'E301'],
    ['1%0', 'E301'],
    ['sqrt(-1)', 'E302'],
    ['exp(1000)', 'E302'],
    ['ln(0)', 'E302'],
    ['nothing', 'E201'],
    ['nothing(1)', 'E202'],
    ['constructor(1)', 'E202'],
    ['sin()', 'E203'],
    ['min(1,2,3)', 'E203'],
    ['v(a)', 'E401'],
    ['time', 'E401'],
    ['ddt(1)', 'E401'],
    ['1k2', 'E103'],
    ['', 'E102'],
    ['1+', 'E104'],
    ['(1', 'E104'],
    ['1 2', 'E104'],
    ['§', 'E101'],
  ])('%s is %s', (text, code) => {
    expect(value(text)).toBe(code);
  });

  it('suggests the closest name', () => {
    const scope: EvaluationScope = { lookup: () => undefined, names: () => ['width'] };
    const { expression } = parseExpressionText('widht+widt');
    const result = expression && evaluate(expression, scope);
    expect(result).toMatchObject({ code: 'E201' });
    const other = parseExpressionText('widt').expression;
    expect(other && evaluate(other, scope)).toMatchObject({ help: ["did you mean 'width'?"] });
  });
});

it('parameters hide constants and are looked up by lower case', () => {
  const known: Record<string, number> = { pi: 3, width: 2 };
  const scope: EvaluationScope = { lookup: (name) => known[name], names: () => ['pi', 'width'] };
  expect(value('PI*Width', scope)).toBe(6);
});

it('every function has a description and an arity', () => {
  for (const [name, entry] of Object.entries(functions)) {
    expect(entry.doc, name).not.toBe('');
    expect(entry.arity[0], name).toBeLessThanOrEqual(entry.arity[1]);
  }
});
