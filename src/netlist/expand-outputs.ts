import { closest, error, type Span } from '../base/index.js';
import {
  type Access,
  analysisVariables,
  argumentProblem,
  type Call,
  callProblem,
  childrenOf,
  constants,
  type Expression,
  inlined,
  mapChildren,
  type NameReference,
  type UserFunction,
} from '../expression/index.js';
import { isPartFunction } from '../waveform/calculator/index.js';
import type { OutputEntry, OutputStatement } from './ast.js';
import type { OutputItem, OutputRequest } from './circuit.js';
import type { Expansion } from './expansion.js';
import { resultNamesIn, withResultNames } from './result-names.js';
import type { Scope } from './scope.js';

/** Resolves the names in `.save` and `.print` once the circuit is known. */
export function expandOutput(
  statement: OutputStatement,
  scope: Scope,
  expansion: Expansion,
): OutputRequest {
  const { analysis, span } = statement;
  const items = statement.items.flatMap(
    (item) => resolveItem(item, scope, expansion, analysis?.text) ?? [],
  );
  return { ...(analysis ? { analysis: analysis.text } : {}), items, span };
}

/** One quantity; undefined after an error. */
export function resolveItem(
  item: OutputEntry,
  scope: Scope,
  expansion: Expansion,
  analysis?: string,
): OutputItem | undefined {
  if (item.expression === 'all') return { ...item, expression: 'all' };
  const before = expansion.report.errors;
  const written = withResultNames(item.expression, analysis);
  const others = { later: resultNamesIn(written, analysis), valuesFirst: false };
  const expression = numberedNode(written, expansion) ?? resolve(written, scope, expansion, others);
  return expansion.report.errors > before ? undefined : { ...item, expression };
}

/** `.save 3` means the voltage of the node named `3`. */
function numberedNode(expression: Expression, expansion: Expansion): Access | undefined {
  if (expression.kind !== 'number') return undefined;
  const { start, end, source } = expression.span;
  const text = source.text.slice(start, end).toLowerCase();
  if (expansion.nodes.find(text) === undefined) return undefined;
  return { kind: 'access', quantity: 'v', names: [text], span: expression.span };
}

/** What a bare name may mean beside a node, a branch or a parameter. */
export interface OtherNames {
  /** Names that get their values later: those of measures. */
  readonly later: ReadonlySet<string>;
  /** Whether a parameter or a later value is meant where a node has the same name. */
  readonly valuesFirst: boolean;
}

const noOthers: OtherNames = { later: new Set(), valuesFirst: false };

/** Names become nodes, currents or numbers; what there is not is reported. */
export function resolve(
  expression: Expression,
  scope: Scope,
  expansion: Expansion,
  others: OtherNames = noOthers,
): Expression {
  switch (expression.kind) {
    case 'name':
      if (isLater(expression.name, scope, expansion, others)) return expression;
      return resolveName(expression, scope, expansion, others);
    case 'access':
      return resolveAccess(expression, expansion);
    case 'call': {
      // HSPICE writes `par('…')` round an expression.
      if (expression.name === 'par' && expression.arguments.length === 1) {
        return resolve(expression.arguments[0], scope, expansion, others);
      }
      const own = scope.functionOf(expression.name);
      if (own) return resolveOwn(expression, own, scope, expansion, others);
      const problem = isPartFunction(expression)
        ? undefined
        : callProblem(expression, scope.functionNames());
      if (problem) expansion.report.add(problem);
      break;
    }
    default:
  }
  return mapChildren(expression, (child) => resolve(child, scope, expansion, others));
}

/** A function of the deck is written out. */
function resolveOwn(
  call: Call,
  own: UserFunction,
  scope: Scope,
  expansion: Expansion,
  others: OtherNames,
): Expression {
  const misfit = argumentProblem(call, own);
  const problem = misfit ?? scope.budget.enter(call);
  if (problem) expansion.report.add(problem);
  const resolved = problem ? call : resolve(inlined(call, own), scope, expansion, others);
  if (!misfit) scope.budget.leave();
  return resolved;
}

const branchSuffix = '#branch';

/** Whether a bare name is a node, a branch, a parameter or a variable of the analysis. */
export function isKnownName(name: string, scope: Scope, { nodes }: Expansion): boolean {
  return nodes.find(name) !== undefined || isKnownValue(name, scope);
}

function isKnownValue(name: string, scope: Scope): boolean {
  return (
    name.endsWith(branchSuffix) ||
    scope.lookup(name) !== undefined ||
    Object.hasOwn(analysisVariables, name) ||
    Object.hasOwn(constants, name) ||
    name === 'frequency'
  );
}

function isLater(name: string, scope: Scope, expansion: Expansion, others: OtherNames): boolean {
  if (!others.later.has(name)) return false;
  return !(others.valuesFirst ? isKnownValue(name, scope) : isKnownName(name, scope, expansion));
}

function resolveName(
  expression: NameReference,
  scope: Scope,
  expansion: Expansion,
  others: OtherNames,
): Expression {
  const { name, span } = expression;
  const parameter = scope.lookup(name);
  const isValue = others.valuesFirst && parameter !== undefined;
  if (!isValue && expansion.nodes.find(name) !== undefined) {
    return resolveAccess({ kind: 'access', quantity: 'v', names: [name], span }, expansion);
  }
  if (name.endsWith(branchSuffix)) {
    const names = [name.slice(0, -branchSuffix.length)];
    return resolveAccess({ kind: 'access', quantity: 'i', names, span }, expansion);
  }
  if (parameter !== undefined) {
    const value = expansion.report.number(parameter) ?? NaN;
    if (expansion.swept.has(name)) return { ...expression, value };
    const definition = Number.isNaN(value) ? undefined : scope.definitionOf(name);
    if (definition && reads(definition, scope, expansion.swept)) {
      return resolve(definition, scope, expansion, others);
    }
    return { kind: 'number', value, span };
  }
  if (!(name in analysisVariables) && !(name in constants) && name !== 'frequency') {
    const names = [...others.later, ...expansion.nodes.connectedNames(), ...scope.names()];
    expansion.report.add(unknown('node or parameter', name, span, names));
  }
  return expression;
}

/** Whether an expression depends on one of `names`, through other parameters and functions too. */
function reads(
  expression: Expression,
  scope: Scope,
  names: ReadonlySet<string>,
  seen = new Set<Expression>(),
): boolean {
  if (names.size === 0) return false;
  if (expression.kind === 'name' && names.has(expression.name)) return true;
  const definition = writtenBehind(expression, scope);
  // What many parameters are made of is looked at once.
  const isNew = definition !== undefined && !seen.has(definition);
  if (isNew) seen.add(definition);
  return [...(isNew ? [definition] : []), ...childrenOf(expression)].some((each) =>
    reads(each, scope, names, seen),
  );
}

/** What the deck defines a parameter or a function by. */
function writtenBehind(expression: Expression, scope: Scope): Expression | undefined {
  if (expression.kind === 'name') return scope.definitionOf(expression.name);
  return expression.kind === 'call' ? scope.functionOf(expression.name)?.body : undefined;
}

function resolveAccess(access: Access, expansion: Expansion): Access {
  const { quantity, names, span } = access;
  if (quantity.startsWith('v')) {
    const found = names.map((name) => nodeName(name, span, expansion));
    return { ...access, names: found };
  }
  const found = elementName(names[0], expansion);
  if (found === undefined) {
    expansion.report.add(unknown('element', names[0], span, expansion.byName.keys()));
    return access;
  }
  return { ...access, names: [found, ...names.slice(1)] };
}

/** `x1.v2` is also ngspice's `v.x1.v2` and Xyce's `x1:v2`; undefined if there is none of them. */
export function elementName(
  name: string,
  { byName }: Pick<Expansion, 'byName'>,
): string | undefined {
  if (byName.has(name)) return name;
  const dotted = name.replaceAll(':', '.');
  if (byName.has(dotted)) return dotted;
  const [letter, ...path] = dotted.split('.');
  const own = path.join('.');
  return path.at(-1)?.startsWith(letter) && byName.has(own) ? own : undefined;
}

function nodeName(name: string, span: Span, expansion: Expansion): string {
  const { nodes, report } = expansion;
  const index = nodes.find(name);
  if (index !== undefined) return nodes.names[index];
  report.add(unknown('node', name, span, nodes.connectedNames()));
  return name;
}

/** Long lists of candidates are not searched for each mistake. */
const mostCandidates = 20_000;

export function unknown(what: string, name: string, span: Span, candidates: Iterable<string>) {
  const list: string[] = [];
  for (const candidate of candidates) {
    if (list.push(candidate) >= mostCandidates) break;
  }
  const meant = closest(name, list);
  return error('N211', `there is no ${what} '${name}'`, span, {
    ...(meant ? { help: [`did you mean '${meant}'?`] } : {}),
  });
}
