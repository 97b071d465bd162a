/**
 * Evaluating the devices of a large circuit on several threads. Which thread evaluates what is a
 * matter of chance; what comes out is not (`shares.ts`): it has the bits of `WasmEvaluation`, which
 * does the work as long as no other thread is there.
 */
import {
  compileModule,
  instantiate,
  type CompiledModule,
  type WasmFunction,
  type WasmMemory,
} from '../../base/wasm/engine.js';
import { WasmModule } from '../../base/wasm/module-builder.js';
import type { CompiledModel } from '../../devices/language/compiled.js';
import type { SystemMemory } from './memory.js';
import { controlWords, placeShares } from './share-memory.js';
import type { Shares } from './shares.js';
import { emitThreadKernels, lost, type SharedPlan } from './thread-kernels.js';
import { memoryImport, WasmEvaluation } from './wasm-evaluation.js';

/** What a thread that evaluates devices is given. */
export interface EvaluationTask {
  /** Imports `env.memory` alone. */
  readonly module: CompiledModule;
  readonly memory: WasmMemory;
  /** The function without arguments that the thread is to call; it returns when all is over. */
  readonly entry: 'serve';
}

/** Where threads come from: the solver itself knows neither Node's nor a browser's. */
export interface ThreadSource {
  /** How many threads can run at the same time. */
  readonly processors: number;
  /**
   * Starts a thread that carries out a task, now or later: nobody waits for it. It must not keep the
   * process alive. In the thread stands, in effect,
   *
   *     new WebAssembly.Instance(module, { env: { memory } }).exports[entry]()
   */
  start(task: EvaluationTask): void;
}

export class ThreadedEvaluation extends WasmEvaluation {
  readonly #source: ThreadSource;
  readonly #threads: number;
  readonly #make: () => EvaluationTask;
  readonly #ready: Int32Array;
  #functions: Readonly<Record<string, WasmFunction>> | undefined;
  #ended = false;

  /** @param threads all of them, this one included */
  constructor(
    models: readonly CompiledModel[],
    memory: SystemMemory,
    engine: WasmMemory,
    shares: Shares,
    { threads, source }: { readonly threads: number; readonly source: ThreadSource },
  ) {
    super(models, memory, engine);
    this.#source = source;
    this.#threads = threads;
    const { addresses, tables } = placeShares(shares, memory);
    this.#ready = new Int32Array(memory.buffer, addresses.control + controlWords.ready, 1);
    this.#make = () => {
      const module = new WasmModule(memoryImport(engine));
      emitThreadKernels(module, { models, memory, addresses, tables, shares: shares.count });
      return { module: compileModule(module.build()), memory: engine, entry: 'serve' };
    };
  }

  override evaluateStatic(): number {
    return this.#helped() ? this.#run('evaluateStatic') : super.evaluateStatic();
  }

  override evaluateTransient(): number {
    if (!this.#helped()) return super.evaluateTransient();
    this.stampLinear();
    return this.#run('evaluateTransient');
  }

  override evaluateCharges(): void {
    if (this.#helped()) this.#run('evaluateCharges');
    else super.evaluateCharges();
  }

  override finishCharges(): void {
    if (this.#helped()) this.#run('finishCharges');
    else super.finishCharges();
  }

  /** Lets the threads end; this one goes on alone. */
  override end(): void {
    this.#ended = true;
    this.#functions?.end();
  }

  /** Threads beside this one that have begun to listen. */
  get helpers(): number {
    return this.#ended ? 0 : Atomics.load(this.#ready, 0);
  }

  /** Whether there is help. The first question has the threads started. */
  #helped(): boolean {
    if (!this.#functions && !this.#ended) {
      const task = this.#make();
      this.#functions = instantiate(task.module, task.memory);
      for (let k = 1; k < this.#threads; k++) this.#source.start(task);
    }
    return this.helpers > 0;
  }

  #run(plan: SharedPlan): number {
    const vetoes = this.#functions![plan]();
    if (vetoes === lost) throw new Error('a thread that evaluates devices has stopped');
    return vetoes;
  }
}
