import { type ILexingResult, type IRecognitionException, type IToken, Lexer } from 'chevrotain';
import { type Diagnostic, error, parseQuantity, type Source, type Span } from '../base/index.js';
import type { Expression } from './ast.js';
import { type Dialect, ngspice, translatedNumber } from './dialect.js';
import { expressionGrammar } from './grammar.js';
import * as t from './tokens.js';

/** Exactly one of the two is there. */
export type ParsedExpression =
  | { readonly expression: Expression; readonly diagnostic?: undefined }
  | { readonly diagnostic: Diagnostic; readonly expression?: undefined };

/** Bounds that keep every later walk over the tree well inside the stack. */
const deepestNesting = 200;
const mostOperators = 2000;

let lexer: Lexer | undefined;

/**
 * Parses the expression that stands at `start` of `source`.
 *
 * `text` is what stands there, with what is no part of it (continuation marks, comments) blanked:
 * its characters count as those of the source, so that spans need no translation. The tree means
 * what `dialect` means by the text.
 */
export function parseExpression(
  source: Source,
  start: number,
  text: string,
  dialect: Dialect = ngspice,
): ParsedExpression {
  lexer ??= new Lexer(t.expressionTokens, {
    positionTracking: 'onlyOffset',
    skipValidations: true,
  });
  const lexed = lexer.tokenize(text);
  const place = (from: number, length: number): Span => ({
    source,
    start: start + from,
    end: start + from + Math.max(length, 1),
  });
  const problem =
    lexicalProblem(lexed, text, place) ??
    emptyProblem(lexed.tokens, text, place) ??
    malformedNumber(lexed.tokens, dialect, place) ??
    sizeProblem(lexed.tokens, text, place);
  if (problem) return { diagnostic: problem };
  const grammar = expressionGrammar();
  grammar.begin(source, start, inDialect(lexed.tokens, dialect), dialect);
  const expression = grammar.expression();
  if (grammar.errors.length > 0) {
    return { diagnostic: syntaxProblem(grammar.errors[0], lexed.tokens, text, place) };
  }
  return { expression };
}

/** Parses a text that belongs to no deck, such as an argument of the command line. */
export function parseExpressionText(text: string, name = 'expression'): ParsedExpression {
  return parseExpression({ name, text }, 0, text);
}

/** `^` is another operator, of another rank, where it means exclusive or. */
function inDialect(tokens: IToken[], { caret }: Dialect): IToken[] {
  if (caret === 'power') return tokens;
  for (const token of tokens) {
    if (token.image !== '^') continue;
    token.tokenType = t.exclusive;
    token.tokenTypeIdx = t.exclusive.tokenTypeIdx ?? 0;
  }
  return tokens;
}

type Place = (from: number, length: number) => Span;

function lexicalProblem(lexed: ILexingResult, text: string, place: Place): Diagnostic | undefined {
  if (lexed.errors.length === 0) return undefined;
  const { offset, length } = lexed.errors[0];
  const quoted = /^"[^"]*"?/.exec(text.slice(offset))?.[0];
  if (quoted === undefined) {
    return error('E101', 'this character has no meaning in an expression', place(offset, length));
  }
  return error('E501', 'tables in files are not supported yet', place(offset, quoted.length), {
    help: [
      "write the points here: 'table(v(a), x1,y1, x2,y2)'",
      'a source reads a function of time from a file: \'v1 a 0 pwl(file="points.csv")\'',
    ],
  });
}

function emptyProblem(
  tokens: readonly IToken[],
  text: string,
  place: Place,
): Diagnostic | undefined {
  if (tokens.length > 0) return undefined;
  return error('E102', 'an expression is missing here', place(0, text.length));
}

function malformedNumber(
  tokens: readonly IToken[],
  dialect: Dialect,
  place: Place,
): Diagnostic | undefined {
  for (const token of tokens) {
    if (token.tokenType !== t.number) continue;
    if (Number.isFinite(parseQuantity(translatedNumber(token.image, dialect)))) continue;
    return numberProblem(token.image, place(token.startOffset, token.image.length));
  }
  return undefined;
}

/** What is wrong with a word that starts as a number and is none, or is an infinite one. */
export function numberProblem(image: string, span: Span): Diagnostic {
  if (parseQuantity(image) !== undefined) {
    return error('E103', `the number '${image}' is too large`, span);
  }
  const infix = /^([+-]?\d+)([tgkmunpfr])(\d+)$/i.exec(image);
  const help = infix
    ? [`write '${infix[1]}.${infix[3]}${infix[2].toLowerCase() === 'r' ? '' : infix[2]}'`]
    : ["a number is written as '1.5', '2e-3', '4.7k', '2.2MEG' or '10kohm'"];
  return error('E103', `malformed number '${image}'`, span, { help });
}

function sizeProblem(
  tokens: readonly IToken[],
  text: string,
  place: Place,
): Diagnostic | undefined {
  let depth = 0;
  let operators = 0;
  for (const { tokenType, startOffset } of tokens) {
    if (tokenType === t.open || tokenType === t.openBrace || tokenType === t.quote) depth++;
    else if (tokenType === t.close || tokenType === t.closeBrace) depth--;
    else if (tokenType === t.question) depth++;
    else if (tokenType !== t.number && tokenType !== t.comma) operators++;
    if (depth > deepestNesting) {
      return error('E105', 'this expression is nested too deeply', place(startOffset, 1), {
        help: [
          `parentheses and conditions may be ${deepestNesting} deep; use a '.param' for a part`,
        ],
      });
    }
  }
  if (operators <= mostOperators) return undefined;
  return error('E105', 'this expression is too long', place(0, text.length), {
    help: [`it may have ${mostOperators} names and operators; use a '.param' for a part`],
  });
}

function syntaxProblem(
  problem: IRecognitionException,
  tokens: readonly IToken[],
  text: string,
  place: Place,
): Diagnostic {
  const { token } = problem;
  if (Number.isNaN(token.startOffset) || token.image === '') {
    const end = text.trimEnd().length;
    return error('E104', 'this expression ends too early', place(Math.max(end - 1, 0), 1), {
      label: 'something must follow',
      help: ["values stand on both sides of an operator, and parentheses are closed: '2*(a+b)'"],
    });
  }
  const before = tokens[tokens.indexOf(token) - 1]?.tokenType;
  const complete = before && [t.number, t.name, t.access, t.close].includes(before);
  const span = place(token.startOffset, token.image.length);
  return error('E104', `unexpected '${token.image}' in an expression`, span, {
    label: complete ? 'an operator or the end is expected here' : 'a value is expected here',
    help: [wayForward(token)],
  });
}

function wayForward({ image, tokenType }: IToken): string {
  if (tokenType === t.close) return 'every closing parenthesis has an opening one before it';
  if (tokenType === t.comma) return "commas stand between the arguments of a function: 'max(a,b)'";
  if (image === ':') return "a choice is written as 'test ? value : other'";
  return "values and operators take turns: '2*a+b', 'a > 1 ? b : c', 'sqrt(a)'";
}
