import { parse, type AnyNode, type Function as AcornFunction, type Program } from 'acorn';
import { DiagnosticError, error, type Diagnostic, type Source } from '../../base/index.js';
import type { AnyFunction } from './model.js';

export type FunctionNode = AcornFunction;
export type { AnyNode } from 'acorn';

/** A function of the modelling language as a syntax tree, with the text that its places refer to. */
export interface FunctionSource {
  readonly source: Source;
  readonly node: FunctionNode;
  /** What acorn's offsets are ahead of the text by. */
  readonly shift: number;
}

const readBefore = new WeakMap<AnyFunction, FunctionSource>();

/**
 * Reads a function from its own source text.
 *
 * Function expressions, arrows and methods are understood, as build tools leave them.
 */
export function readFunction(fn: AnyFunction, name: string): FunctionSource {
  const known = readBefore.get(fn);
  if (known) return known;
  const source: Source = { name, text: fn.toString() };
  const result = parseAs(source, '(', ')') ?? parseAs(source, '({', '})');
  if (!result) {
    throw new DiagnosticError([
      error('M100', `the source of ${name} cannot be read as a function`, undefined, {
        help: [
          'write `analog` as a plain function or arrow; bound and native functions have no text',
        ],
      }),
    ]);
  }
  readBefore.set(fn, result);
  return result;
}

function parseAs(source: Source, before: string, after: string): FunctionSource | undefined {
  let program: Program;
  try {
    program = parse(before + source.text + after, { ecmaVersion: 2023 });
  } catch {
    return undefined;
  }
  const statement = program.body[0];
  if (statement?.type !== 'ExpressionStatement') return undefined;
  let node: AnyNode = statement.expression;
  if (node.type === 'ObjectExpression') {
    const property = node.properties[0];
    if (property?.type !== 'Property') return undefined;
    node = property.value;
  }
  node = unwrapNamed(node, () => false);
  if (node.type !== 'FunctionExpression' && node.type !== 'ArrowFunctionExpression')
    return undefined;
  return { source, node, shift: before.length };
}

/**
 * Sees through `__name(fn, "name")`, which build tools wrap around functions to keep their names. A
 * minifier renames the wrapper too, so its form counts: a function and its name.
 *
 * @param isBound whether an identifier belongs to the model itself
 */
export function unwrapNamed(node: AnyNode, isBound: (name: string) => boolean): AnyNode {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return node;
  const [wrapped, name] = node.arguments;
  const isFunction =
    wrapped?.type === 'ArrowFunctionExpression' || wrapped?.type === 'FunctionExpression';
  const isName = name?.type === 'Literal' && typeof name.value === 'string';
  return isFunction && isName && !isBound(node.callee.name) ? wrapped : node;
}

/** A diagnostic that points at a node of the function's text. */
export function problemAt(
  text: FunctionSource,
  node: { start: number; end: number },
  code: string,
  message: string,
  help?: string,
): Diagnostic {
  const span = {
    source: text.source,
    start: node.start - text.shift,
    end: node.end - text.shift,
  };
  return error(code, message, span, help ? { help: [help] } : {});
}

/** Names that a destructuring parameter gives to properties: property → local name. */
export function destructured(text: FunctionSource, position: number): Map<string, string> {
  const names = new Map<string, string>();
  const pattern = text.node.params[position];
  if (!pattern) return names;
  if (pattern.type !== 'ObjectPattern') {
    throw new DiagnosticError([
      problemAt(
        text,
        pattern,
        'M101',
        'the parameters of a model function are destructured',
        '{ V, I }',
      ),
    ]);
  }
  for (const property of pattern.properties) {
    if (
      property.type !== 'Property' ||
      property.key.type !== 'Identifier' ||
      property.value.type !== 'Identifier'
    ) {
      throw new DiagnosticError([
        problemAt(
          text,
          property,
          'M101',
          'only plain names are destructured here',
          '{ V, I: current }',
        ),
      ]);
    }
    names.set(property.key.name, property.value.name);
  }
  return names;
}

/** Visits every node of a tree. */
export function walk(node: AnyNode, visit: (node: AnyNode) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, visit);
    }
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
