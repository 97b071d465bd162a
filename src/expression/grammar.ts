import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import type { Source, Span } from '../base/index.js';
import { parseQuantity } from '../base/index.js';
import type { BinaryOperator, Expression, Unary } from './ast.js';
import { call } from './build.js';
import { type Dialect, ngspice, translatedName, translatedNumber } from './dialect.js';
import * as t from './tokens.js';

const operators: Readonly<Record<string, BinaryOperator>> = {
  '^': '**',
  '<>': '!=',
  '&': '&&',
  '|': '||',
};

/**
 * The grammar of expressions, from weak to strong:
 *
 *     ? :    ||    ^ (exclusive or)    &&    == !=    < <= > >=    + -    * / % \    - + ! (prefix)    ** ^
 *
 * As in ngspice 39 (run to see), `-2**2` is −4, `2**-1` is 0.5 and `2**3**2` is 64: powers group
 * from the left. `a\b` is a division without its remainder.
 */
class ExpressionGrammar extends EmbeddedActionsParser {
  #source: Source = { name: '', text: '' };
  #offset = 0;
  #dialect = ngspice;

  constructor() {
    super(t.expressionTokens, { maxLookahead: 1, skipValidations: true });
    this.performSelfAnalysis();
  }

  /** Prepares for tokens whose positions count from `offset` of `source`. */
  begin(source: Source, offset: number, tokens: IToken[], dialect: Dialect): void {
    this.#source = source;
    this.#offset = offset;
    this.#dialect = dialect;
    this.input = tokens;
  }

  readonly expression = this.RULE('expression', (): Expression => {
    const test = this.SUBRULE(this.disjunction);
    let result = test;
    this.OPTION(() => {
      this.CONSUME(t.question);
      const whenTrue = this.SUBRULE1(this.expression);
      this.CONSUME(t.colon);
      const whenFalse = this.SUBRULE2(this.expression);
      this.ACTION(() => {
        const span = cover(test.span, whenFalse.span);
        result = { kind: 'conditional', test, whenTrue, whenFalse, span };
      });
    });
    return result;
  });

  readonly disjunction = this.RULE('disjunction', (): Expression => {
    let left = this.SUBRULE(this.exclusion);
    this.MANY(() => {
      const operator = this.CONSUME(t.or);
      left = this.#binary(operator, left, this.SUBRULE2(this.exclusion));
    });
    return left;
  });

  readonly exclusion = this.RULE('exclusion', (): Expression => {
    let left = this.SUBRULE(this.conjunction);
    this.MANY(() => {
      this.CONSUME(t.exclusive);
      const right = this.SUBRULE2(this.conjunction);
      const one = left;
      left = this.ACTION(() => differ(one, right));
    });
    return left;
  });

  readonly conjunction = this.RULE('conjunction', (): Expression => {
    let left = this.SUBRULE(this.equalities);
    this.MANY(() => {
      const operator = this.CONSUME(t.and);
      left = this.#binary(operator, left, this.SUBRULE2(this.equalities));
    });
    return left;
  });

  readonly equalities = this.RULE('equalities', (): Expression => {
    let left = this.SUBRULE(this.comparison);
    this.MANY(() => {
      const operator = this.CONSUME(t.equality);
      left = this.#binary(operator, left, this.SUBRULE2(this.comparison));
    });
    return left;
  });

  readonly comparison = this.RULE('comparison', (): Expression => {
    let left = this.SUBRULE(this.sum);
    this.MANY(() => {
      const operator = this.CONSUME(t.compare);
      left = this.#binary(operator, left, this.SUBRULE2(this.sum));
    });
    return left;
  });

  readonly sum = this.RULE('sum', (): Expression => {
    let left = this.SUBRULE(this.product);
    this.MANY(() => {
      const operator = this.CONSUME(t.add);
      left = this.#binary(operator, left, this.SUBRULE2(this.product));
    });
    return left;
  });

  readonly product = this.RULE('product', (): Expression => {
    let left = this.SUBRULE(this.signed);
    this.MANY(() => {
      const operator = this.CONSUME(t.multiply);
      left = this.#binary(operator, left, this.SUBRULE2(this.signed));
    });
    return left;
  });

  readonly signed = this.RULE('signed', (): Expression => {
    const signs = this.SUBRULE(this.signs);
    const operand = this.SUBRULE(this.powers);
    return this.ACTION(() => this.#prefix(signs, operand));
  });

  readonly powers = this.RULE('powers', (): Expression => {
    let left = this.SUBRULE(this.primary);
    this.MANY(() => {
      const operator = this.CONSUME(t.power);
      const signs = this.SUBRULE(this.signs);
      const operand = this.SUBRULE2(this.primary);
      const right = this.ACTION(() => this.#prefix(signs, operand));
      left = this.#binary(operator, left, right);
    });
    return left;
  });

  readonly signs = this.RULE('signs', (): IToken[] => {
    const signs: IToken[] = [];
    this.MANY(() => {
      const sign = this.OR([
        { ALT: () => this.CONSUME(t.add) },
        { ALT: () => this.CONSUME(t.not) },
      ]);
      this.ACTION(() => signs.push(sign));
    });
    return signs;
  });

  readonly primary = this.RULE('primary', (): Expression => {
    return this.OR([
      { ALT: () => this.#number(this.CONSUME(t.number)) },
      { ALT: () => this.#access(this.CONSUME(t.access)) },
      { ALT: () => this.#deviceQuantity(this.CONSUME(t.deviceQuantity)) },
      { ALT: () => this.SUBRULE(this.nameOrCall) },
      { ALT: () => this.SUBRULE(this.group) },
    ]);
  });

  readonly group = this.RULE('group', (): Expression => {
    return this.OR([
      {
        ALT: () => {
          this.CONSUME(t.open);
          const inner = this.SUBRULE1(this.expression);
          this.CONSUME(t.close);
          return inner;
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.openBrace);
          const inner = this.SUBRULE2(this.expression);
          this.CONSUME(t.closeBrace);
          return inner;
        },
      },
      {
        ALT: () => {
          this.CONSUME1(t.quote);
          const inner = this.SUBRULE3(this.expression);
          this.CONSUME2(t.quote);
          return inner;
        },
      },
    ]);
  });

  readonly nameOrCall = this.RULE('nameOrCall', (): Expression => {
    const word = this.CONSUME(t.name);
    let result: Expression = this.ACTION(() => ({
      kind: 'name',
      name: word.image.toLowerCase(),
      span: this.#span(word),
    }));
    this.OPTION(() => {
      this.CONSUME(t.open);
      const parameters: Expression[] = [];
      this.MANY_SEP({
        SEP: t.comma,
        DEF: () => {
          const argument = this.SUBRULE(this.expression);
          this.ACTION(() => parameters.push(argument));
        },
      });
      const last = this.CONSUME(t.close);
      this.ACTION(() => {
        const span = cover(this.#span(word), this.#span(last));
        result = call(translatedName(word.image.toLowerCase(), this.#dialect), parameters, span);
      });
    });
    return result;
  });

  #span(token: IToken): Span {
    const start = this.#offset + token.startOffset;
    return { source: this.#source, start, end: start + token.image.length };
  }

  #number(token: IToken): Expression {
    return this.ACTION(() => {
      const value = parseQuantity(translatedNumber(token.image, this.#dialect)) ?? NaN;
      return { kind: 'number', value, span: this.#span(token) };
    });
  }

  #access(token: IToken): Expression {
    return this.ACTION(() => {
      const [quantity, rest] = token.image.toLowerCase().split('(');
      const names = rest
        .replace(')', '')
        .split(/[\s,]+/)
        .filter((part) => part !== '');
      return { kind: 'access', quantity: quantity.trim(), names, span: this.#span(token) };
    });
  }

  #deviceQuantity(token: IToken): Expression {
    return this.ACTION(() => {
      const names = token.image
        .toLowerCase()
        .slice(1, -1)
        .split('[')
        .map((part) => part.trim());
      return { kind: 'access', quantity: '@', names, span: this.#span(token) };
    });
  }

  #binary(token: IToken, left: Expression, right: Expression): Expression {
    return this.ACTION(() => {
      const span = cover(left.span, right.span);
      const operator = operators[token.image] ?? (token.image as BinaryOperator);
      if (operator === '**' && this.#dialect.power === 'real') {
        return call('rpow', [left, right], span);
      }
      if (token.image !== '\\') return { kind: 'binary', operator, left, right, span };
      const quotient: Expression = { kind: 'binary', operator: '/', left, right, span };
      return { kind: 'call', name: 'int', arguments: [quotient], span };
    });
  }

  #prefix(signs: readonly IToken[], operand: Expression): Expression {
    let result = operand;
    for (let i = signs.length - 1; i >= 0; i--) {
      const operator = (signs[i].image === '~' ? '!' : signs[i].image) as Unary['operator'];
      const span = cover(this.#span(signs[i]), operand.span);
      result = { kind: 'unary', operator, operand: result, span };
    }
    return result;
  }
}

/** Exclusive or: whether exactly one of the two is not zero. */
function differ(left: Expression, right: Expression): Expression {
  const isZero = (operand: Expression): Expression => ({
    kind: 'unary',
    operator: '!',
    operand,
    span: operand.span,
  });
  const span = cover(left.span, right.span);
  return { kind: 'binary', operator: '!=', left: isZero(left), right: isZero(right), span };
}

function cover(first: Span, last: Span): Span {
  return { source: first.source, start: first.start, end: last.end };
}

let shared: ExpressionGrammar | undefined;

/** The one instance: building it costs milliseconds, using it again costs nothing. */
export function expressionGrammar(): ExpressionGrammar {
  shared ??= new ExpressionGrammar();
  return shared;
}
