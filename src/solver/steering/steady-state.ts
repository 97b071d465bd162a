/**
 * A circuit at rest that a program steers: it sets sources, parameters and states, and solves for the
 * operating point from the one before. States of devices are held, and say how fast they would move:
 * what settles at once beside slow states is integrated by a few of these instead of a transient.
 */
import type { Diagnostic } from '../../base/index.js';
import { environment } from '../../devices/language/compiled.js';
import type { AnalysisContext } from '../analyses/analysis.js';
import type { PivotOrder } from '../linear/factors.js';
import { findOperatingPoint } from '../newton/operating-point.js';
import { SteeredCircuit } from './steered-circuit.js';

/** Where a steady state stands: plain data. */
export interface SteadyStateCheckpoint {
  readonly memory: Float64Array;
  readonly fixedSources: readonly (number | undefined)[];
  readonly events: Float64Array;
  readonly pivots: PivotOrder | undefined;
  /** Temperature [K]. */
  readonly temperature: number;
}

export class SteadyState extends SteeredCircuit {
  readonly #context: AnalysisContext;

  /** For `OpenCircuit.steadyState`, which also begins it. */
  constructor(context: AnalysisContext) {
    super(context);
    this.#context = context;
  }

  /** Finds the operating point that the deck describes. Returns why there is none. */
  begin(): Diagnostic | undefined {
    this.#context.reset();
    return this.#context.checkTopology() ?? this.#find(false);
  }

  /** Finds the operating point of what was set. Returns why there is none. */
  solve(): Diagnostic | undefined {
    const { newton, equations, events, sources, system } = this.#context;
    sources.applyDc();
    // The way that nearly always leads there; whatever has switches takes the longer one.
    if (events.list.length === 0) {
      system.memory.environment[environment.hold] = 1;
      equations.a0 = 0;
      const maxIterations = system.options.itl1;
      if (newton.solve({ maxIterations }).converged) return undefined;
    }
    return this.#find(true);
  }

  #find(continues: boolean): Diagnostic | undefined {
    const { newton, events } = this.#context;
    const found = findOperatingPoint(newton, events, { continues });
    return found.converged ? undefined : found.diagnostic;
  }

  /** All that a continuation needs; `restore` takes it in any steady state of the same circuit. */
  checkpoint(): SteadyStateCheckpoint {
    const { system, sources, events, equations } = this.#context;
    return {
      memory: system.memory.values.slice(),
      fixedSources: sources.list.map(({ fixed }) => fixed),
      events: events.last.slice(),
      pivots: equations.solver.checkpoint(),
      temperature: system.temperature,
    };
  }

  /** Goes on from there, with the same bits. */
  restore(checkpoint: SteadyStateCheckpoint): void {
    const { system, sources, events, equations } = this.#context;
    system.temperature = checkpoint.temperature;
    system.memory.values.set(checkpoint.memory);
    system.evaluation.restored();
    sources.list.forEach((source, k) => {
      source.fixed = checkpoint.fixedSources[k];
    });
    events.last.set(checkpoint.events);
    equations.solver.restore(checkpoint.pivots);
  }

  /**
   * Speeds of states [their unit / s] at the operating point that was found last: what a transient
   * would begin with. `names` are pairs of device and state.
   *
   * @throws DiagnosticError where there is no such state
   */
  rates(names: readonly (readonly [string, string])[]): () => Float64Array {
    const unknowns = names.map(([element, state]) => this.stateHold(element, state).unknown);
    const speeds = new Float64Array(unknowns.length);
    const { system } = this.#context;
    const { memory } = system;
    return () => {
      // A state's row is ds/dt − rate = 0, and holds only the rate where nothing is integrated.
      memory.environment[environment.hold] = 0;
      system.evaluateStatic();
      memory.environment[environment.hold] = 1;
      for (let k = 0; k < unknowns.length; k++) speeds[k] = -memory.f[unknowns[k]];
      return speeds;
    };
  }

  /** Every solution is found from what is set; nothing is kept that would have to start anew. */
  protected override disturbed(): void {
    // Sources are applied, and states read, by `solve`.
  }
}
