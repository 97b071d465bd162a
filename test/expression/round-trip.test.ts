import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Span } from '../../src/base/index.js';
import {
  type BinaryOperator,
  type Expression,
  parseExpression,
  parseExpressionText,
  printExpression,
} from '../../src/expression/index.js';
import { withoutSpans } from '../without-spans.js';

const span: Span = { source: { name: '', text: '' }, start: 0, end: 0 };
const operators: readonly BinaryOperator[] = [
  ...(['+', '-', '*', '/', '%', '**', '==', '!=', '<', '<=', '>', '>=', '&&', '||'] as const),
];
const word = fc.constantFrom('a', 'b', 'vin', 'temper', 'x_1', 'i', 'v');
const node = fc.constantFrom('a', '0', 'x1.out', 'net-3', 'b[2]', '1');

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc
      .double({ min: 0, noNaN: true, noDefaultInfinity: true })
      .map((value): Expression => ({ kind: 'number', value: value + 0, span })),
    word.map((name): Expression => ({ kind: 'name', name, span })),
    fc
      .tuple(fc.constantFrom('v', 'vm', 'vdb'), fc.array(node, { minLength: 1, maxLength: 2 }))
      .map(([quantity, names]): Expression => ({ kind: 'access', quantity, names, span })),
    node.map((name): Expression => ({
      kind: 'access',
      quantity: '@',
      names: ['m1', name.replace(/\W/g, '')],
      span,
    })),
    fc
      .tuple(fc.constantFrom('sin', 'max', 'f'), fc.array(tie('expression'), { maxLength: 3 }))
      .map(([name, values]): Expression => ({ kind: 'call', name, arguments: values, span })),
    fc
      .tuple(fc.constantFrom('-', '+', '!'), tie('expression'))
      .map(([operator, operand]): Expression => ({ kind: 'unary', operator, operand, span })),
    fc
      .tuple(fc.constantFrom(...operators), tie('expression'), tie('expression'))
      .map(([operator, left, right]): Expression => ({
        kind: 'binary',
        operator,
        left,
        right,
        span,
      })),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([test, whenTrue, whenFalse]): Expression => ({
        kind: 'conditional',
        test,
        whenTrue,
        whenFalse,
        span,
      })),
  ),
}));

describe('printed expressions', () => {
  it('parse to the same tree', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const text = printExpression(tree);
        const { expression: back, diagnostic } = parseExpressionText(text);
        expect(diagnostic?.message, text).toBeUndefined();
        expect(withoutSpans(back), text).toEqual(withoutSpans(tree));
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, string]>([
    ['(a+b)*c', '(a+b)*c'],
    ['a+(b*c)', 'a+b*c'],
    ['a-(b-c)', 'a-(b-c)'],
    ['2**(3**2)', '2**(3**2)'],
    ['(-a)**2', '(-a)**2'],
    ['V( Out , IN )', 'v(out,in)'],
    ['@M1[GM]', '@m1[gm]'],
    ['{a}?1k:2k', 'a?1000:2000'],
  ])('%s is printed as %s', (text, printed) => {
    const { expression: tree } = parseExpressionText(text);
    expect(tree && printExpression(tree)).toBe(printed);
  });
});

describe('spans', () => {
  it('count in the source that holds the expression', () => {
    const source = { name: 'deck', text: 'r1 a 0 {foo + bar*2}' };
    const { expression: tree } = parseExpression(source, 8, 'foo + bar*2');
    if (tree?.kind !== 'binary') throw new Error('a sum is expected');
    const shown = ({ start, end }: Span): string => source.text.slice(start, end);
    expect(shown(tree.span)).toBe('foo + bar*2');
    expect(shown(tree.left.span)).toBe('foo');
    expect(shown(tree.right.span)).toBe('bar*2');
  });
});

describe('any text', () => {
  const fragment = fc.constantFrom(
    ...[
      '(',
      ')',
      '{',
      '}',
      "'",
      '**',
      '-',
      '!',
      '?',
      ':',
      ',',
      'v(',
      'a',
      '1k',
      '1k2',
      '@',
      '[',
      ']',
    ],
  );
  it('gives an expression or a diagnostic, quickly', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fragment).map((parts) => parts.join('')),
        ),
        (text) => {
          const { expression: tree, diagnostic } = parseExpressionText(text);
          expect(tree === undefined).toBe(diagnostic !== undefined);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['parentheses', '('.repeat(1e5)],
    ['signs', `${'-'.repeat(1e5)}1`],
    ['conditions', `${'1?'.repeat(1e5)}1`],
    ['a long sum', `1${'+1'.repeat(1e5)}`],
    ['calls', 'sin('.repeat(1e5)],
  ])('too much of %s is refused', (_, text) => {
    expect(parseExpressionText(text).diagnostic?.code).toBe('E105');
  });
});
