import { closest, DiagnosticError, error } from '../../base/index.js';
import type { AnalysisContext } from '../analyses/analysis.js';
import type { Statistics } from '../statistics.js';
import type { Readable } from '../system/access.js';
import type { StateHold } from '../system/slot-table.js';
import type { DrivenSource } from '../system/sources.js';
import { named } from './recording.js';

/** What is read from a circuit and set in it by name, whether it moves in time or rests. */
export abstract class SteeredCircuit {
  readonly #context: AnalysisContext;

  constructor(context: AnalysisContext) {
    this.#context = context;
  }

  /** Points, rejections, iterations and factorizations so far. */
  get statistics(): Statistics {
    return this.#context.statistics;
  }

  /** Something was set. */
  protected abstract disturbed(): void;

  /** A value at the present point, by its name. Throws a `DiagnosticError` where there is none. */
  read(name: string): number {
    return this.#value(named(this.#context.system, name));
  }

  /** Reads one value again and again, without looking for its name each time. */
  probe(name: string): () => number {
    const found = named(this.#context.system, name);
    return () => this.#value(found);
  }

  #value({ unknown, output }: Readable): number {
    const { system } = this.#context;
    if (!output) return system.memory.x[unknown];
    system.evaluateOutputs(system.memory.groups.map((_, k) => k));
    return output.values[output.position];
  }

  /**
   * Sets a source to a value [V or A], whatever its card says; undefined gives it back to its card.
   *
   * @throws DiagnosticError where there is no such source
   */
  setSource(name: string, value: number | undefined): void {
    const source = this.source(name);
    if (source.fixed === value) return;
    source.fixed = value;
    this.disturbed();
  }

  protected source(name: string): DrivenSource {
    const source = this.#context.sources.get(name.toLowerCase());
    if (source) return source;
    const all = this.#context.sources.list.map((each) => each.name);
    throw nothing('source', name, all);
  }

  /**
   * Sets a parameter of an element (`r1`, `r` for its resistance).
   *
   * @throws DiagnosticError where there is no such parameter, or where it needs other equations
   */
  setParameter(element: string, parameter: string, value: number): void {
    const { system } = this.#context;
    const name = element.toLowerCase();
    if (!system.slots.instance(name)) {
      const all = system.circuit.instances.map((each) => each.name);
      throw nothing('element', element, all);
    }
    if (!system.setParameter(name, parameter.toLowerCase(), value)) {
      throw new DiagnosticError([
        error('S132', `'${parameter}' of '${element}' cannot be set to ${value} now`, undefined, {
          help: ['give it on the element, and a value that asks for no other equations'],
        }),
      ]);
    }
    this.disturbed();
  }

  /**
   * Sets a state of a device, such as `s` of a memristor, in its own unit.
   *
   * @throws DiagnosticError where there is no such state
   */
  setState(element: string, state: string, value: number): void {
    this.#setState(this.stateHold(element, state), value);
  }

  /** Reads and sets one state again and again, without looking for its name each time. */
  stateProbe(element: string, state: string): { get: () => number; set: (value: number) => void } {
    const hold = this.stateHold(element, state);
    const { x } = this.#context.system.memory;
    return {
      get: () => x[hold.unknown],
      set: (value) => {
        this.#setState(hold, value);
      },
    };
  }

  #setState(hold: StateHold, value: number): void {
    hold.memory.instance[hold.position] = value;
    this.#context.system.memory.x[hold.unknown] = value;
    this.disturbed();
  }

  protected stateHold(element: string, state: string): StateHold {
    const name = element.toLowerCase();
    const holds = this.#context.system.slots.stateHolds;
    const hold = holds.find((each) => each.instance.name === name && each.name === state);
    if (hold) return hold;
    const all = holds.map((each) => `@${each.instance.name}[${each.name}]`);
    throw nothing('state', `@${element}[${state}]`, all);
  }
}

function nothing(what: string, name: string, names: readonly string[]): DiagnosticError {
  const near = closest(name.toLowerCase(), names);
  return new DiagnosticError([
    error('S131', `there is no ${what} '${name}' to set`, undefined, {
      help: [
        near === undefined
          ? `there are ${names.slice(0, 12).join(', ')}`
          : `did you mean '${near}'?`,
      ],
    }),
  ]);
}
