import type { Circuit } from '../netlist/circuit.js';
import type { SolverOptions } from './options.js';
import type { ModelCompiler } from './system/grouping.js';
import { System, type SystemEnvironment } from './system/system.js';

/**
 * A system that is compiled once and filled anew for each circuit of its topology that follows: the
 * steps of a deck, the runs of a Monte Carlo. What comes of a circuit has the bits of a new system.
 */
export class ReusableSystem {
  #system: System | undefined;

  /**
   * The system of a circuit, as it begins; the one given before is of no use from now on.
   *
   * @throws DiagnosticError where the circuit refers to what is not there
   */
  of(
    circuit: Circuit,
    options: SolverOptions,
    compile: ModelCompiler,
    environment: SystemEnvironment = {},
  ): System {
    const known = this.#system;
    if (known && equalButDraws(known.options, options) && known.beginAnew(circuit, options))
      return known;
    this.end();
    this.#system = new System(circuit, options, compile, environment);
    return this.#system;
  }

  /** Lets threads end that evaluate its devices. */
  end(): void {
    this.#system?.end();
  }
}

/** Whether code for some options serves others: seed and run are not in it. */
function equalButDraws(a: SolverOptions, b: SolverOptions): boolean {
  const { seed, run } = a;
  return Object.entries({ ...b, seed, run }).every(([name, value]) =>
    Object.is(value, a[name as keyof SolverOptions]),
  );
}
