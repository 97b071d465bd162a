import { evaluate } from '../expression/index.js';
import type { Branch, Statement } from './ast.js';
import { type Declarations, declarationsOf, sorted } from './declarations.js';
import type { Report } from './report.js';
import type { Scope } from './scope.js';

/**
 * The declarations of one level, with the branches of its `.if`s that count.
 *
 * Conditions see all parameters of the level, and those of the branches chosen before them, as in
 * ngspice 39. `scope` must have the values that are given from outside already.
 */
export function openDeclarations(
  statements: readonly Statement[],
  scope: Scope,
  report: Report,
): Declarations {
  const all = declarationsOf(statements);
  if (!all.conditional) return all;
  declareParameters(all, scope);
  const chosen = open(statements, scope, report);
  scope.forget();
  return sorted(chosen);
}

/** Puts parameters and functions into the scope. */
export function declareParameters({ parameters, functions }: Declarations, scope: Scope): void {
  for (const { definitions } of parameters) {
    for (const { name, expression } of definitions) {
      scope.define(name.text, expression, name.span);
    }
  }
  for (const { name, parameters: names, body, span } of functions) {
    const texts = names.map(({ text }) => text);
    scope.defineFunction({ name: name.text, parameters: texts, body, span });
  }
}

function open(statements: readonly Statement[], scope: Scope, report: Report): Statement[] {
  return statements.flatMap((statement): readonly Statement[] => {
    if (statement.kind === 'include') return open(statement.statements, scope, report);
    if (statement.kind !== 'if') return [statement];
    const branch = chooseBranch(statement.branches, scope, report);
    if (!branch) return [];
    const direct = branch.statements.filter(({ kind }) => kind !== 'if');
    declareParameters(sorted(direct), scope);
    scope.forget();
    return open(branch.statements, scope, report);
  });
}

function chooseBranch(
  branches: readonly Branch[],
  scope: Scope,
  report: Report,
): Branch | undefined {
  for (const branch of branches) {
    if (!branch.condition) return branch;
    const value = report.number(evaluate(branch.condition, scope));
    if (value === undefined) return undefined;
    if (value !== 0) return branch;
  }
  return undefined;
}
