/**
 * Files of settings: JSON with comments, checked against a schema (zod). What is wrong is told at its
 * place in the text.
 */
import { findNodeAtLocation, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { z } from 'zod';
import { closest, type Diagnostic, error, type Source, type Span } from '../../base/index.js';
import { schemaNames } from './schema-names.js';

export interface Specification<T> {
  /** Absent where there are diagnostics. */
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a text of JSON (comments and trailing commas are allowed) that a schema describes. */
export function readSpecification<S extends z.ZodType>(
  source: Source,
  schema: S,
): Specification<z.output<S>> {
  const problems: ParseError[] = [];
  const tree = parseTree(source.text, problems, { allowTrailingComma: true });
  if (!tree || problems.length > 0) return { diagnostics: [syntaxProblem(source, problems)] };
  const value = valueOf(tree);
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, diagnostics: [] };
  const place: Place = { source, tree, value, schema, located: (path) => path };
  return { diagnostics: result.error.issues.flatMap((issue) => issueProblems(place, issue)) };
}

function syntaxProblem(source: Source, [first]: readonly ParseError[]): Diagnostic {
  const start = Math.min(first?.offset ?? 0, Math.max(0, source.text.length - 1));
  const span = { source, start, end: start + Math.max(1, first?.length ?? 1) };
  return error('A001', 'this is no JSON', span, {
    help: ['names and texts stand in double quotes, and commas between them'],
  });
}

function valueOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(valueOf);
  if (node.type !== 'object') return node.value as unknown;
  const entries = (node.children ?? []).map(({ children }) => children ?? []);
  return Object.fromEntries(
    entries.map(([key, value]) => [key.value as string, value ? valueOf(value) : null]),
  );
}

type Path = readonly PropertyKey[];

interface Place {
  readonly source: Source;
  readonly tree: Node;
  /** What the schema was given: of the tree, or of parts of it and of what stands elsewhere. */
  readonly value: unknown;
  readonly schema: z.ZodType;
  /** Where in the tree a path of the schema lies. */
  readonly located: (path: Path) => Path;
}

/** What a schema complained about, in a part of a text of JSON or in a mixture of its parts. */
export interface Complaints {
  readonly schema: z.ZodType;
  readonly issues: readonly z.core.$ZodIssue[];
  /** What the schema was given. */
  readonly value: unknown;
  /** Where in the text a setting of this name stands, or should stand. */
  readonly base: (name: PropertyKey) => readonly PropertyKey[];
}

/** Tells complaints at their places in the text. */
export function locateProblems(
  source: Source,
  { schema, issues, value, base }: Complaints,
): readonly Diagnostic[] {
  const tree = parseTree(source.text, [], { allowTrailingComma: true })!;
  const located = (path: Path): Path => [...base(path[0] ?? ''), ...path];
  return issues.flatMap((issue) => issueProblems({ source, tree, value, schema, located }, issue));
}

function issueProblems(place: Place, issue: z.core.$ZodIssue): Diagnostic[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(place, issue.path, key));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The alternative that came nearest: which knows the names, and whose complaint lies deepest.
    const nearest = [...issue.errors].sort(
      (a, b) => strangers(a) - strangers(b) || depthOf(b) - depthOf(a),
    )[0];
    if (depthOf(nearest) > 0)
      return nearest.flatMap((inner) =>
        issueProblems(place, { ...inner, path: [...issue.path, ...inner.path] }),
      );
  }
  const name = issue.path.length > 0 ? `'${nameOf(issue.path)}'` : 'this';
  // What a check found wrong may be a default.
  if (issue.code !== 'custom' && valueAt(place.value, issue.path) === undefined)
    return [missing(name, issue, spanOf(place, issue.path))];
  return [error('A002', `${name}: ${lowered(issue.message)}`, spanOf(place, issue.path))];
}

/** Says what belongs there, where the schema does. */
function missing(name: string, { message }: z.core.$ZodIssue, span: Span): Diagnostic {
  const wanted = /expected (.*?)(?:, received.*)?$/.exec(message)?.[1];
  const help =
    wanted === undefined ? [] : [`it is ${wanted.replaceAll('"', '').replaceAll('|', ', ')}`];
  return error('A002', `${name} is missing`, span, { help });
}

function strangers(issues: readonly z.core.$ZodIssue[]): number {
  return issues.filter(({ code }) => code === 'unrecognized_keys').length;
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}

function unknownKey(place: Place, path: Path, key: string): Diagnostic {
  const span = keySpan(place, path, key);
  const near = closest(key, schemaNames(place.schema, path));
  const help = near === undefined ? [] : [`did you mean '${near}'?`];
  return error('A003', `there is no setting '${key}' here`, span, { help });
}

function nameOf(path: Path): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return steps.join('').replace(/^\./, '');
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) => (inner as Partial<Record<PropertyKey, unknown>> | null | undefined)?.[step],
    value,
  );
}

/** The value at a path, or the nearest one that holds it. */
function spanOf({ source, tree, located }: Place, inner: Path): Span {
  const path = located(inner);
  for (let length = path.length; length >= 0; length--) {
    const node = nodeAt(tree, path.slice(0, length));
    if (node) return nodeSpan(source, length < path.length ? firstBrace(node) : node);
  }
  return nodeSpan(source, tree);
}

/** Where something is missing, the beginning of what should hold it is shown. */
function firstBrace(node: Node): Node {
  return node.type === 'object' ? { ...node, length: 1 } : node;
}

function keySpan(place: Place, path: Path, key: string): Span {
  const property = nodeAt(place.tree, place.located([...path, key]))?.parent?.children?.[0];
  return property ? nodeSpan(place.source, property) : spanOf(place, path);
}

function nodeAt(tree: Node, path: Path): Node | undefined {
  return findNodeAtLocation(
    tree,
    path.map((step) => (typeof step === 'number' ? step : String(step))),
  );
}

function nodeSpan(source: Source, { offset, length }: Node): Span {
  return { source, start: offset, end: offset + length };
}

function lowered(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
