/** Evaluating all devices of a circuit: by kernels in JavaScript, or by one module in WebAssembly. */
import type { CompiledModel, KernelMemory, Kernels } from '../../devices/language/compiled.js';
import type { SystemMemory } from './memory.js';

/** Each returns the number of limits that veto convergence, and writes what its name says. */
export interface Evaluation {
  /** f and ∂f/∂x at x. */
  evaluateStatic(): number;
  /** f, q, ∂f/∂x and ∂q/∂x at x. */
  evaluate(): number;
  /** r and J of a time point, with the integration formula in them; charges. */
  evaluateTransient(): number;
  /** The charges at x. */
  evaluateCharges(): void;
  /** Carries charges along Newton's last update; their rates. */
  finishCharges(): void;
  /** Parameters, the temperature or what set-up kernels derive have changed, or time begins anew. */
  invalidate(): void;
  /** Memory is that of another point, what devices keep from evaluations included. */
  restored(): void;
  /** The last call but for those that evaluate in this thread: lets other threads end. */
  end(): void;
}

type GroupKernel =
  'evaluateStatic' | 'evaluate' | 'evaluateTransient' | 'evaluateCharges' | 'finishCharges';

/** By the readable kernels, group after group. */
export class ScriptEvaluation implements Evaluation {
  readonly #kernels: readonly Kernels[];
  readonly #memory: SystemMemory;
  readonly #groups: readonly KernelMemory[];

  constructor(models: readonly CompiledModel[], memory: SystemMemory) {
    this.#kernels = models.map(({ kernels }) => kernels);
    this.#memory = memory;
    this.#groups = memory.groups;
  }

  evaluateStatic(): number {
    this.#clear();
    return this.#run('evaluateStatic');
  }

  evaluate(): number {
    this.#clear();
    this.#memory.q.fill(0);
    this.#memory.jq.fill(0);
    return this.#run('evaluate');
  }

  evaluateTransient(): number {
    this.#clear();
    return this.#run('evaluateTransient');
  }

  evaluateCharges(): void {
    this.#run('evaluateCharges');
  }

  finishCharges(): void {
    this.#run('finishCharges');
  }

  invalidate(): void {
    // Nothing is kept.
  }

  restored(): void {
    // Nothing is kept.
  }

  end(): void {
    // There is nothing to end.
  }

  #clear(): void {
    const { f, jf, fScale } = this.#memory;
    f.fill(0);
    fScale.fill(0);
    jf.fill(0);
  }

  #run(kernel: GroupKernel): number {
    let vetoes = 0;
    for (let k = 0; k < this.#groups.length; k++) {
      const group = this.#groups[k];
      vetoes += this.#kernels[k][kernel](group, 0, group.count) as number;
    }
    return vetoes;
  }
}
