import { closest, type Diagnostic, error, type Span, spanText } from '../base/index.js';
import {
  CallBudget,
  constants,
  evaluate,
  type EvaluationScope,
  type Expression,
  numberProblem,
  temperatureNames,
  type UserFunction,
} from '../expression/index.js';
import { parseQuantity } from '../base/index.js';
import type { Value } from './ast.js';
import type { Draws } from './draws.js';

interface Entry {
  readonly expression: Expression;
  readonly span: Span;
  /** Absent until it is asked for. */
  value?: number | Diagnostic;
}

/**
 * The parameters of the top level or of one subcircuit instance.
 *
 * They may depend on each other in any order: a value is computed when it is first asked for. What
 * a scope does not have, it looks up where the subcircuit is used (not where it is defined), as
 * ngspice 39 does.
 */
export class Scope implements EvaluationScope {
  readonly #outer: Scope | undefined;
  readonly #entries = new Map<string, Entry>();
  readonly #given = new Map<string, number>();
  #functions: Map<string, UserFunction> | undefined;
  readonly budget: CallBudget;
  /** Hierarchical name of the subcircuit instance; empty at the top. */
  readonly path: string;
  /** Random draws, in a run of a Monte Carlo. */
  draws: Draws | undefined;
  /** Of the outermost scope: tells the temperature [°C]. */
  temperatureOf: (() => number | undefined) | undefined;
  /** Of the outermost scope: whether a value has depended on the temperature. */
  readsTemperature = false;
  /** Names whose values are being computed, in the order in which they were asked for. */
  readonly #pending: string[] = [];

  constructor(outer?: Scope, path = '') {
    this.#outer = outer;
    this.path = path;
    this.draws = outer?.draws;
    this.budget = outer?.budget ?? new CallBudget();
  }

  /** Adds `name = expression`; a later definition replaces an earlier one. */
  define(name: string, expression: Expression, span: Span): void {
    this.#entries.set(name, { expression, span });
  }

  /** Sets a value that counts whatever the definitions say. */
  give(name: string, value: number): void {
    this.#given.set(name, value);
  }

  /** Adds a function; as with parameters, inner scopes see those of outer ones. */
  defineFunction(definition: UserFunction): void {
    this.#functions ??= new Map();
    this.#functions.set(definition.name, definition);
  }

  /** The temperature of the circuit [°C]; an expansion for another one has other values. */
  temperature(): number | undefined {
    if (this.#outer) return this.#outer.temperature();
    const value = this.temperatureOf?.();
    if (value !== undefined) this.readsTemperature = true;
    return value;
  }

  /** Computes what the temperature itself is made of: it cannot depend on the temperature. */
  withoutTemperature<T>(compute: () => T): T {
    if (this.#outer) return this.#outer.withoutTemperature(compute);
    const { temperatureOf } = this;
    this.temperatureOf = undefined;
    const result = compute();
    this.temperatureOf = temperatureOf;
    return result;
  }

  get draw(): EvaluationScope['draw'] {
    return this.draws?.draw;
  }

  functionOf(name: string): UserFunction | undefined {
    return this.#functions?.get(name) ?? this.#outer?.functionOf(name);
  }

  *functionNames(): Iterable<string> {
    if (this.#functions) yield* this.#functions.keys();
    if (this.#outer) yield* this.#outer.functionNames();
  }

  /** Computes again what is asked for again: definitions have changed. */
  forget(): void {
    for (const entry of this.#entries.values()) delete entry.value;
  }

  lookup(name: string): number | Diagnostic | undefined {
    const given = this.#given.get(name);
    if (given !== undefined) return given;
    const entry = this.#entries.get(name);
    if (!entry) return this.#outer?.lookup(name);
    entry.value ??= this.#compute(name, entry);
    return entry.value;
  }

  /** What a parameter is defined by; undefined where a value has been given instead. */
  definitionOf(name: string): Expression | undefined {
    if (this.#given.has(name)) return undefined;
    return this.#entries.get(name)?.expression ?? this.#outer?.definitionOf(name);
  }

  *names(): Iterable<string> {
    yield* this.#given.keys();
    yield* this.#entries.keys();
    if (this.#outer) yield* this.#outer.names();
  }

  /** Whether a definition of this scope has the name; a given value alone is none. */
  defines(name: string): boolean {
    return this.#entries.has(name);
  }

  /** Names that this scope itself has, in their order. */
  own(): readonly string[] {
    return [...new Set([...this.#entries.keys(), ...this.#given.keys()])];
  }

  #compute(name: string, entry: Entry): number | Diagnostic {
    const circle = this.#pending.indexOf(name);
    if (circle >= 0) {
      const chain = [...this.#pending.slice(circle), name];
      return error('N301', `the parameter '${name}' depends on itself`, entry.span, {
        notes: [chain.join(' → ')],
      });
    }
    if (this.#pending.length > 500) {
      return error('N302', 'parameters depend on each other in too long a chain', entry.span);
    }
    this.#pending.push(name);
    const compute = (): number | Diagnostic => evaluate(entry.expression, this);
    const value = this.draws ? this.draws.definition(this.path, name, compute) : compute();
    this.#pending.pop();
    return value;
  }
}

/** The number that a value stands for: a quantity, a parameter's name, or an expression. */
export function valueOf(value: Value, scope: EvaluationScope): number | Diagnostic {
  if (value.kind === 'braced') return evaluate(value.expression, scope);
  const { text, span } = value;
  return (
    finiteQuantity(text) ??
    scope.lookup(text) ??
    constants[text] ??
    (temperatureNames.has(text) ? scope.temperature?.() : undefined) ??
    noNumber(text, span, scope)
  );
}

/** A value as an expression that is evaluated later. */
export function expressionOf(value: Value): Expression {
  if (value.kind === 'braced') return value.expression;
  const { text, span } = value;
  const number = parseQuantity(text);
  if (number !== undefined) return { kind: 'number', value: number, span };
  return { kind: 'name', name: text, span };
}

/** The number that a word is, or the parameter that it names; undefined for any other word. */
export function tryValue(value: Value, scope: EvaluationScope): number | Diagnostic | undefined {
  if (value.kind === 'braced') return evaluate(value.expression, scope);
  const { text, span } = value;
  const number = finiteQuantity(text) ?? scope.lookup(text);
  return number ?? (parseQuantity(text) === undefined ? undefined : noNumber(text, span, scope));
}

/** A quantity that a double can hold: `1e999` is none. */
function finiteQuantity(text: string): number | undefined {
  const value = parseQuantity(text);
  return Number.isFinite(value) ? value : undefined;
}

/** What is wrong with a word where a number should stand. */
export function noNumber(text: string, span: Span, scope: EvaluationScope): Diagnostic {
  if (/[-+*/^?<>]/.test(text.slice(1))) {
    return error('N303', `'${text}' is not a number`, span, {
      help: [`write an expression in braces: '{${text}}'`],
    });
  }
  if (/^[+-]?\.?\d/.test(text)) {
    return { ...numberProblem(spanText(span), span), code: 'N103' };
  }
  const meant = closest(text, scope.names());
  return error('N204', `'${text}' is neither a number nor a parameter`, span, {
    help: [meant ? `did you mean '${meant}'?` : `define it with '.param ${text}=…'`],
  });
}
