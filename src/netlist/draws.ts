import { type Diagnostic, gaussian, uniform } from '../base/index.js';
import { type Call, drawValue, type RandomSource } from '../expression/index.js';

/** Which run of a Monte Carlo is expanded. */
export interface RunKey {
  readonly seed: number;
  /** From 1; 0 is the circuit without draws. */
  readonly run: number;
}

/** What is being computed while a draw is asked for. */
interface Subject {
  /** Hierarchical name of the element, the model card or the subcircuit instance. */
  readonly instance: string;
  /** The parameter; empty for a value without a name. */
  readonly parameter: string;
  readonly label: string;
  /** How many numbers have been drawn for it. */
  drawn: number;
}

/**
 * The random draws of one run's expansion. A draw is keyed by the hierarchical name of what it is
 * for, its parameter, and which of that parameter's draws it is: it does not depend on what else the
 * deck has, nor on the order in which it is read.
 */
export class Draws {
  readonly #key: RunKey;
  readonly #replaced: ReadonlySet<string>;
  #subject: Subject = subject('', '', 'deck');
  /** Every value that depends on a draw of its own, by its label: `rx`, `@x1.r1[r]`, `dmod(is)`. */
  readonly values = new Map<string, number>();

  /** `replaced` are parameters of model cards that a step sets, as `card(parameter)`. */
  constructor(key: RunKey, replaced: ReadonlySet<string> = new Set()) {
    this.#key = key;
    this.#replaced = replaced;
  }

  /** Whether a step sets a parameter of a model card: its tolerance is then not drawn. */
  isReplaced(card: string, parameter: string): boolean {
    return this.#replaced.has(`${card}(${parameter})`);
  }

  /** A call of `agauss` and its kin; bound, so that scopes can hand it out. */
  readonly draw = (call: Call, values: readonly number[]): number => {
    const { instance, parameter, label } = this.#subject;
    const value = drawValue(call.name, values, this.#source(instance, `{${parameter}}`));
    if (parameter === '') {
      const place = String(this.#subject.drawn);
      const own = label.includes('?') ? label.replace('?', place) : `${label}#${place}`;
      this.values.set(own, value);
    }
    return value;
  };

  /** A deviation of its own, apart from those in expressions: a tolerance. Counts from 0. */
  deviation(instance: string, name: string, distribution: 'uniform' | 'gauss'): number {
    const key = { ...this.#key, instance, draw: name };
    if (distribution === 'uniform') return 2 * uniform({ ...key, event: 0 }) - 1;
    for (let event = 0; ; event++) {
      const value = gaussian({ ...key, event });
      if (Math.abs(value) <= mostSigmas) return value;
    }
  }

  /** Computes with all draws for an element, a model card or a subcircuit instance. */
  about<T>(instance: string, label: string, compute: () => T): T {
    return this.#within(subject(instance, '', label), compute);
  }

  /** Computes a parameter of what `about` names; what it comes to is recorded if it drew. */
  parameter<T extends number | Diagnostic | undefined>(name: string, compute: () => T): T {
    const { instance, label } = this.#subject;
    return this.#recorded(subject(instance, name, label.replace('?', name)), compute);
  }

  /** Computes a `.param` of a subcircuit instance, or of the deck where the path is empty. */
  definition<T extends number | Diagnostic | undefined>(
    path: string,
    name: string,
    compute: () => T,
  ): T {
    return this.#recorded(subject(path, name, path === '' ? name : `${path}.${name}`), compute);
  }

  #recorded<T extends number | Diagnostic | undefined>(of: Subject, compute: () => T): T {
    const value = this.#within(of, compute);
    if (of.drawn > 0 && typeof value === 'number') this.values.set(of.label, value);
    return value;
  }

  #within<T>(next: Subject, compute: () => T): T {
    const outer = this.#subject;
    this.#subject = next;
    try {
      return compute();
    } finally {
      this.#subject = outer;
    }
  }

  #source(instance: string, draw: string): RandomSource {
    const key = (): Parameters<typeof uniform>[0] => ({
      ...this.#key,
      instance,
      draw,
      event: this.#subject.drawn++,
    });
    return { normal: () => gaussian(key()), uniform: () => uniform(key()) };
  }
}

/** PSpice cuts the normal distribution of a tolerance here. */
const mostSigmas = 4;

function subject(instance: string, parameter: string, label: string): Subject {
  return { instance, parameter, label, drawn: 0 };
}
