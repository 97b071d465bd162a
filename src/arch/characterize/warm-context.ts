import { type Diagnostic, DiagnosticError, hasErrors, zeroCelsius } from '../../base/index.js';
import type { AnalysisCard, Circuit, StepValue } from '../../netlist/index.js';
import { AnalysisContext } from '../../solver/analyses/analysis.js';
import { findOperatingPoint } from '../../solver/newton/operating-point.js';
import { bindOptions } from '../../solver/options.js';
import { ReusableSystem } from '../../solver/reusable-system.js';
import { compileInstance } from '../../solver/simulate.js';
import { newStatistics } from '../../solver/statistics.js';

/** Operating points one after the other: a compiled system that takes the values of many circuits. */
export class WarmContext {
  readonly #system = new ReusableSystem();
  #settled = false;
  #context: AnalysisContext | undefined;

  get context(): AnalysisContext {
    if (!this.#context) throw new Error('there is no circuit yet');
    return this.#context;
  }

  /** Takes a circuit, cold; false, with diagnostics, if it has no equations that can be solved. */
  begin(circuit: Circuit, diagnostics: Diagnostic[]): boolean {
    this.#settled = false;
    const options = bindOptions(circuit.options, diagnostics);
    if (!options || hasErrors(diagnostics)) return false;
    try {
      const system = this.#system.of(circuit, options, compileInstance);
      const [celsius] = circuit.temperatures;
      system.temperature = celsius === undefined ? options.temp : celsius + zeroCelsius;
      system.derive();
      this.#context = new AnalysisContext(system, newStatistics(), diagnostics);
    } catch (problem) {
      if (!(problem instanceof DiagnosticError)) throw problem;
      diagnostics.push(...problem.diagnostics);
      return false;
    }
    const problem = this.context.checkTopology();
    if (problem) diagnostics.push(problem);
    this.restart();
    return !problem;
  }

  /** The next operating point is found from nothing. */
  restart(): void {
    this.#settled = false;
    this.context.reset();
  }

  /** Sets a value of an element in place; false where that takes a circuit of its own. */
  setElement({ target, value }: StepValue): boolean {
    if (target.kind !== 'instance' || target.parameter === undefined) return false;
    return this.context.system.setParameter(target.name, target.parameter, value);
  }

  /** Sets the dc value of an independent source. */
  setSource(name: string, value: number): void {
    const source = this.context.sources.get(name);
    if (!source) throw new Error(`there is no source '${name}'`);
    source.place.memory.instance[source.place.position] = value;
  }

  /** Goes from the operating point before (or from nothing) to that of the sources as they are. */
  settle(card: AnalysisCard): Diagnostic | undefined {
    const { newton, events, system } = this.context;
    const { itl2 } = system.options;
    const result = findOperatingPoint(newton, events, {
      ...(this.#settled
        ? { continues: true, maxIterations: itl2 }
        : { nodesets: this.context.nodesets() }),
      span: card.span,
    });
    this.#settled = result.converged;
    return result.converged ? undefined : result.diagnostic;
  }
}

/** Stands for the card of an analysis that no card asks for. */
export function cardFor(name: string, { instances }: Circuit): AnalysisCard {
  return { name, arguments: [], span: instances[0].span };
}
