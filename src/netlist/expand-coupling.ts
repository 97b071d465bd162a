import { error } from '../base/index.js';
import type { ModelDefinition } from '../devices/index.js';
import type { Assignment, ElementStatement, Value, Word } from './ast.js';
import { groupProblem } from './element-messages.js';
import type { Expansion } from './expansion.js';
import type { Level } from './level.js';
import { assign, inBounds, instanceLookup, type ParameterValues } from './parameter-values.js';
import { valueOf } from './scope.js';

/** What a K element's card says. */
interface Coupling {
  readonly inductors: readonly Word[];
  readonly factor: number;
}

/**
 * Makes the instances of a K element, one for each pair of its inductors; errors are reported and
 * leave it out. ngspice takes two inductors, HSPICE and LTspice any number.
 */
export function expandCoupling(
  statement: ElementStatement,
  level: Level,
  expansion: Expansion,
): void {
  const { name, span } = statement;
  const definition = expansion.catalog.ofLetter('k')?.definition;
  if (!definition) {
    const message = 'coupled inductors are not supported yet';
    expansion.report.add(error('N502', message, name.span));
    return;
  }
  const coupling = readCoupling(statement, definition, level, expansion);
  if (!coupling) return;
  const names = coupling.inductors.map((word) => expansion.referInductor(word, level));
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b]));
  // Of subcircuits in parallel, each one couples its own inductors only.
  const parameters = new Map([['k', coupling.factor / level.multiplier]]);
  for (const references of pairs) {
    const own = level.prefix + name.text;
    const full = pairs.length > 1 ? `${own}#${references.join('#')}` : own;
    expansion.add({ name: full, definition, nodes: [], parameters, references, span }, name.span);
  }
}

function readCoupling(
  { items, span }: ElementStatement,
  definition: ModelDefinition,
  level: Level,
  { report }: Expansion,
): Coupling | undefined {
  const before = report.errors;
  const words: Value[] = [];
  const assignments: Assignment[] = [];
  for (const item of items) {
    if (item.kind === 'group') report.add(groupProblem(item));
    else if (item.kind === 'assignment') assignments.push(item);
    else words.push(item);
  }
  const parameters: ParameterValues = new Map();
  const lookup = instanceLookup(definition);
  for (const each of assignments) assign(each, lookup, level.scope, parameters, report, 'error');
  const last = parameters.has('k') ? undefined : words.pop();
  const factor = last ? report.number(valueOf(last, level.scope)) : parameters.get('k');
  if (last && factor !== undefined) inBounds('k', definition.instance.k, factor, last.span, report);
  if (report.errors > before) return undefined;
  const inductors = words.filter((word) => word.kind === 'word');
  if (factor !== undefined && inductors.length > 1 && inductors.length === words.length)
    return { inductors, factor };
  const message = 'a K element has two inductors or more, and a coupling factor';
  report.add(error('N407', message, span, { help: ["such as 'K1 L1 L2 0.9'"] }));
  return undefined;
}
