import { type Diagnostic, error } from '../base/index.js';
import { call, type Expression, operation, parseExpression } from '../expression/index.js';
import type { Assignment, BehaviouralStatement, Definition, Item, Value, Word } from './ast.js';
import { readItems } from './card-items.js';
import { type Card, cardSpan } from './cards.js';
import { readDefinitions } from './definitions.js';
import { unwrapped, wordAt } from './parse-element.js';
import { expressionOf } from './scope.js';

/** Where a controlled source's card stops being linear: `poly(2)`, `value={…}`, `table {…}=…`. */
export interface ControlForm {
  readonly keyword: string;
  /** Of the keyword, in the card's text. */
  readonly start: number;
  readonly end: number;
}

const keywords = /[\s(](poly|value|table|laplace|freq|vol|cur)\s*[({=']/i;

/** The form of an E, F, G or H element; undefined if it is linear. */
export function controlForm(card: Card, from: number): ControlForm | undefined {
  const found = keywords.exec(card.text.slice(from));
  if (!found) return undefined;
  const start = from + found.index + 1;
  return { keyword: found[1].toLowerCase(), start, end: start + found[1].length };
}

/**
 * Reads E, F, G and H elements that are not linear, as the B elements that they mean:
 *
 *     E1 p n POLY(2) (a,b) (c,d) p0 p1 p2 …     F1 p n POLY(1) v1 p0 p1 …
 *     E1 p n VALUE={expression}                 also vol=, cur=, without '=' before a brace
 *     E1 p n TABLE {expression} = (x,y) (x,y) …
 *
 * Undefined after an error.
 */
export function parseControlledSource(
  card: Card,
  name: Word,
  form: ControlForm,
  diagnostics: Diagnostic[],
): BehaviouralStatement | undefined {
  const nodes = nodesBefore(card, name, form, diagnostics);
  if (!nodes) return undefined;
  const read = readers[form.keyword];
  if (!read) {
    later(card, form, diagnostics);
    return undefined;
  }
  const content = read(card, form, diagnostics);
  if (!content) return undefined;
  const drives = 'eh'.includes(card.text[0].toLowerCase()) ? 'voltage' : 'current';
  return { kind: 'behavioural', name, nodes, drives, ...content, span: cardSpan(card) };
}

type Content = Pick<BehaviouralStatement, 'expression' | 'parameters'>;
type Reader = (card: Card, form: ControlForm, diagnostics: Diagnostic[]) => Content | undefined;

const readers: Readonly<Record<string, Reader | undefined>> = {
  poly: readPolynomial,
  table: readTable,
  value: readValue,
  vol: readValue,
  cur: readValue,
};

function later(card: Card, { keyword, start, end }: ControlForm, diagnostics: Diagnostic[]): void {
  const span = cardSpan(card, start, end);
  const isLaplace = keyword === 'laplace';
  const label = isLaplace
    ? 'a transfer function in s has no equation over time here'
    : 'a table over frequency has no response over time here';
  const help = [
    'build the filter of R, L and C, or of ddt() and idt() in a B element',
    "for '.ac' alone an expression may read 'hertz': 'E1 out 0 VALUE={v(in)/(1+hertz/1k)}'",
  ];
  diagnostics.push(error('N501', `'${keyword}' is not supported yet`, span, { label, help }));
}

function nodesBefore(
  card: Card,
  name: Word,
  form: ControlForm,
  diagnostics: Diagnostic[],
): Word[] | undefined {
  const after = name.text.length;
  const nodes = [...card.text.slice(after, form.start).matchAll(/[^\s,()]+/g)].map(
    ({ index, 0: text }) => wordAt(card, after + index, after + index + text.length),
  );
  if (nodes.length === 2) return nodes;
  diagnostics.push(formProblem(card, form, `two nodes stand before '${form.keyword}'`));
  return undefined;
}

function formProblem(card: Card, { keyword, start }: ControlForm, message: string): Diagnostic {
  const forms: Readonly<Record<string, string>> = {
    poly: 'E1 out 0 POLY(2) a 0 b 0 p0 p1 p2',
    table: 'E1 out 0 TABLE {v(a)} = (0,0) (1,5)',
  };
  const help = [`such as '${forms[keyword] ?? 'E1 out 0 VALUE={2*v(a)}'}'`];
  return error('N405', message, cardSpan(card, start), { help });
}

// VALUE

/** `value={…} m=2`; the equals sign may be missing before a brace. */
function readValue(card: Card, form: ControlForm, diagnostics: Diagnostic[]): Content | undefined {
  const before = diagnostics.length;
  const definitions = readDefinitions(withEquals(card, form), form.start, diagnostics);
  if (diagnostics.length > before) return undefined;
  const [drive, ...parameters] = definitions;
  return { expression: drive.expression, parameters };
}

/** Writes the equals sign that may be left out: over a blank, or over the keyword's last letter. */
function withEquals(card: Card, { end }: ControlForm): Card {
  if (/^\s*=/.test(card.text.slice(end))) return card;
  const at = /\s/.test(card.text[end]) ? end : end - 1;
  return { ...card, text: `${card.text.slice(0, at)}=${card.text.slice(at + 1)}` };
}

// TABLE

/** The expression in braces, quotes or parentheses, or bare before an equals sign. */
const tableExpression = /^\s*=?\s*(\{[^}]*\}|'[^']*'|[^={']+(?==))\s*=?/;

function readTable(card: Card, form: ControlForm, diagnostics: Diagnostic[]): Content | undefined {
  const found = tableExpression.exec(card.text.slice(form.end));
  if (!found) {
    diagnostics.push(formProblem(card, form, "an expression in braces stands behind 'table'"));
    return undefined;
  }
  const rest = form.end + found[0].length;
  const items = itemsFrom(card, rest, diagnostics);
  const at = card.start + card.text.indexOf(found[1], form.end);
  const argument = parseExpression(card.source, at, found[1], card.dialect);
  if (!argument.expression) diagnostics.push(argument.diagnostic);
  if (!items || !argument.expression) return undefined;
  const { values, parameters } = partsOf(items);
  const file = /^[\s(=]*(?:tablefile|file)?[\s(=]*("[^"]*")/i.exec(card.text.slice(rest));
  if (file) {
    const start = rest + file[0].length - file[1].length;
    const help = ["write the points here: 'table {v(a)} = (x1,y1) (x2,y2)'"];
    const span = cardSpan(card, start, start + file[1].length);
    diagnostics.push(error('E501', 'tables in files are not supported yet', span, { help }));
    return undefined;
  }
  if (values.length < 2 || values.length % 2 !== 0) {
    diagnostics.push(formProblem(card, form, 'a table is made of pairs (x,y)'));
    return undefined;
  }
  const points = values.map(expressionOf);
  const expression = call('table', [argument.expression, ...points], cardSpan(card, form.start));
  return { expression, parameters };
}

// POLY

function readPolynomial(
  card: Card,
  form: ControlForm,
  diagnostics: Diagnostic[],
): Content | undefined {
  const items = itemsFrom(card, form.end, diagnostics);
  if (!items) return undefined;
  const { values, parameters } = partsOf(items);
  const [count, ...rest] = values;
  const dimension = count?.kind === 'word' ? Number(count.text) : NaN;
  if (!Number.isInteger(dimension) || dimension < 1) {
    diagnostics.push(formProblem(card, form, "the number of controls stands behind 'poly'"));
    return undefined;
  }
  const byVoltage = 'eg'.includes(card.text[0].toLowerCase());
  const size = byVoltage ? 2 : 1;
  const controls = rest.slice(0, size * dimension).filter((each) => each.kind === 'word');
  const coefficients = rest.slice(size * dimension).map(expressionOf);
  if (controls.length < size * dimension || coefficients.length === 0) {
    const what = byVoltage ? 'pairs of nodes' : 'sources';
    const message = `this 'poly' has ${dimension} ${what}, and coefficients behind them`;
    diagnostics.push(formProblem(card, form, message));
    return undefined;
  }
  const variables = Array.from({ length: dimension }, (_, k): Expression => {
    const names = controls.slice(size * k, size * (k + 1)).map(({ text }) => text);
    const span = controls[size * k].span;
    return { kind: 'access', quantity: byVoltage ? 'v' : 'i', names, span };
  });
  return { expression: polynomial(variables, coefficients), parameters };
}

/**
 * Terms by degree, and within a degree in the order of their variables: 1, a, b, a², ab, b², a³ …
 * (ngspice 39 manual, appendix B). One coefficient alone is the constant, also of one variable: so
 * ngspice 39, other than SPICE2.
 */
function polynomial(
  variables: readonly Expression[],
  coefficients: readonly Expression[],
): Expression {
  let [sum] = coefficients;
  let used = 1;
  let terms: readonly { readonly product: Expression | undefined; readonly last: number }[] = [
    { product: undefined, last: 0 },
  ];
  while (used < coefficients.length) {
    terms = terms.flatMap(({ product, last }) =>
      variables.slice(last).map((variable, k) => ({
        product: product ? operation('*', product, variable, variable.span) : variable,
        last: last + k,
      })),
    );
    for (const { product } of terms.slice(0, coefficients.length - used)) {
      const factor = coefficients[used++];
      if (product) sum = plusTerm(sum, factor, product);
    }
  }
  return sum;
}

function plusTerm(sum: Expression, factor: Expression, product: Expression): Expression {
  if (factor.kind === 'number' && factor.value === 0) return sum;
  const term = operation('*', factor, product, factor.span);
  if (sum.kind === 'number' && sum.value === 0) return term;
  return operation('+', sum, term, factor.span);
}

// Parts

function itemsFrom(
  card: Card,
  from: number,
  diagnostics: Diagnostic[],
): readonly Item[] | undefined {
  const items = readItems(card, from, diagnostics);
  return items && unwrapped(items);
}

/** Values, and what is assigned; `ic=` of a polynomial means nothing here, as in ngspice. */
function partsOf(items: readonly Item[]): {
  readonly values: readonly Value[];
  readonly parameters: readonly Definition[];
} {
  const values = items.filter((item) => item.kind === 'word' || item.kind === 'braced');
  const assignments = items.filter((item): item is Assignment => item.kind === 'assignment');
  const parameters = assignments
    .filter(({ name }) => name.text !== 'ic')
    .map(({ name, values: [value], span }) => ({ name, expression: expressionOf(value), span }));
  return { values, parameters };
}
