import { createToken, Lexer } from 'chevrotain';

/**
 * Tokens of expressions. Node names may hold nearly any character, so that `v(net-3,0)` is one
 * token: the grammar never looks inside it.
 */
export const blank = createToken({ name: 'blank', pattern: /\s+/, group: Lexer.SKIPPED });

/**
 * `v(a)`, `v(a,b)`, `i(vx)` and their AC forms: `m`agnitude, `db`, `p`hase, `r`eal, `i`maginary,
 * `g`roup delay.
 */
export const access = createToken({
  name: 'access',
  pattern: /[vi](?:m|db|p|r|i|g)?\s*\(\s*[^\s(),]+\s*(?:(?:,|\s)\s*[^\s(),]+\s*)?\)/i,
});

/** `@m1[gm]`: an operating-point quantity of an instance. */
export const deviceQuantity = createToken({
  name: 'deviceQuantity',
  pattern: /@[^\s[\]]+\[\s*[^\s[\]]+\s*\]/,
});

/**
 * A SPICE quantity. The pattern takes every letter and digit that follows, so that `1k2` is one
 * malformed number and not two numbers side by side.
 */
export const number = createToken({
  name: 'number',
  pattern: /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[A-Za-z0-9_.µμΩω°]*/,
});

export const name = createToken({ name: 'name', pattern: /[A-Za-z_][A-Za-z0-9_.#$]*/ });

export const power = createToken({ name: 'power', pattern: /\*\*|\^/ });
export const multiply = createToken({ name: 'multiply', pattern: /[*/%\\]/ });
export const add = createToken({ name: 'add', pattern: /[+-]/ });
export const equality = createToken({ name: 'equality', pattern: /==|!=|<>/ });
export const compare = createToken({ name: 'compare', pattern: /<=|>=|<|>/ });
export const and = createToken({ name: 'and', pattern: /&&?/ });
export const or = createToken({ name: 'or', pattern: /\|\|?/ });
/** `^` of the dialects that mean exclusive or; the lexer itself makes `power` of it. */
export const exclusive = createToken({ name: 'exclusive', pattern: Lexer.NA });
export const not = createToken({ name: 'not', pattern: /[!~]/ });
export const question = createToken({ name: 'question', pattern: '?' });
export const colon = createToken({ name: 'colon', pattern: ':' });
export const open = createToken({ name: 'open', pattern: '(' });
export const close = createToken({ name: 'close', pattern: ')' });
export const comma = createToken({ name: 'comma', pattern: ',' });
/** Braces and quotes inside an expression group as parentheses do: `v=2*{gain}`. */
export const openBrace = createToken({ name: 'openBrace', pattern: '{' });
export const closeBrace = createToken({ name: 'closeBrace', pattern: '}' });
export const quote = createToken({ name: 'quote', pattern: "'" });

/** In the order in which they are tried. */
export const expressionTokens = [
  blank,
  access,
  deviceQuantity,
  number,
  name,
  power,
  multiply,
  add,
  equality,
  compare,
  and,
  or,
  exclusive,
  not,
  question,
  colon,
  open,
  close,
  comma,
  openBrace,
  closeBrace,
  quote,
];
