import { type Diagnostic, error, type Span } from '../base/index.js';
import type { EvaluationScope, Expression } from '../expression/index.js';

/** What an expression becomes: a number where it is constant. */
export type Lowered = number | Expression;

/** What the rewriting of a function may ask of the expression that it stands in. */
export interface LoweringSteps {
  readonly scope: EvaluationScope;
  lower(expression: Expression): Lowered;
  /** As an operand of what is not constant. */
  operand(expression: Expression): Expression;
  node(lowered: Lowered, span: Span): Expression;
}

/** Carries a diagnostic out of the recursion, as far as `lowerBehavioural`. */
export class Refusal extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

export function refuse(diagnostic: Diagnostic): never {
  throw new Refusal(diagnostic);
}

export function finite(value: number, span: Span): number {
  if (Number.isFinite(value)) return value;
  const what = Number.isNaN(value) ? 'no real value' : 'an infinite value';
  return refuse(error('E302', `this expression has ${what}`, span));
}
