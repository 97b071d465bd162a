import { type Diagnostic, error, spanPlace, type Span } from '../base/index.js';
import type { Call, Expression } from './ast.js';
import { mapChildren } from './walk.js';

/** `.func name(parameters) {body}`. */
export interface UserFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: Expression;
  readonly span: Span;
}

/**
 * Limits what calls inside calls may cost: a function that doubles its argument's text, called
 * inside itself thirty times, is a thousand million operations.
 */
export class CallBudget {
  #depth = 0;
  #spent = 0;

  /** Begins a call; a diagnostic if it goes too far. `leave` ends it. */
  enter(call: Call): Diagnostic | undefined {
    if (this.#depth === 0) this.#spent = 0;
    this.#depth++;
    this.#spent++;
    if (this.#depth > deepest) {
      return error('E304', `the function '${call.name}' calls itself`, call.span, {
        label: `${deepest} calls deep here`,
      });
    }
    return this.#spent > mostCalls
      ? error('E304', 'functions call each other too often', call.span)
      : undefined;
  }

  leave(): void {
    this.#depth--;
  }
}

const deepest = 100;
const mostCalls = 20_000;

/** Why a call does not fit its function's parameters. */
export function argumentProblem(call: Call, { parameters, span }: UserFunction) {
  const [wanted, given] = [parameters.length, call.arguments.length];
  if (wanted === given) return undefined;
  const plural = wanted === 1 ? '' : 's';
  const message = `'${call.name}' takes ${wanted} argument${plural}, not ${given}`;
  return error('E203', message, call.span, { notes: [`it is defined at ${spanPlace(span)}`] });
}

/** The body with arguments put in place of parameters. */
export function inlined(call: Call, { parameters, body }: UserFunction): Expression {
  const values = new Map(parameters.map((name, i) => [name, call.arguments[i]]));
  const replace = (expression: Expression): Expression =>
    (expression.kind === 'name' ? values.get(expression.name) : undefined) ??
    mapChildren(expression, replace);
  return replace(body);
}
