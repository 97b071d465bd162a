/**
 * A circuit as equations f(x, t) + d/dt q(x) = 0: unknowns, the pattern of the Jacobian, and one
 * memory that the compiled kernels of all devices work on. Knows nothing of analyses.
 */
import type { Diagnostic } from '../../base/index.js';
import { DiagnosticError } from '../../base/index.js';
import { environment } from '../../devices/language/compiled.js';
import type { Circuit, Instance } from '../../netlist/circuit.js';
import type { SparsePattern } from '../linear/pattern.js';
import type { SolverOptions } from '../options.js';
import { ScriptEvaluation, type Evaluation } from './evaluation.js';
import { shareBytes } from './share-memory.js';
import { divide, evaluationWork } from './shares.js';
import { ThreadedEvaluation, type ThreadSource } from './threaded-evaluation.js';
import { WasmEvaluation } from './wasm-evaluation.js';
import { BorrowedValues } from './borrowed-values.js';
import { carriedDistance, withCarried } from './carried-groups.js';
import { unmetDemands } from './demands.js';
import { groupInstances, type Group, type ModelCompiler } from './grouping.js';
import { linkGroups, type Linkage } from './link.js';
import { allocateMemory, type SystemMemory } from './memory.js';
import { numberUnknowns, type Numbering } from './numbering.js';
import { SlotTable } from './slot-table.js';
import type { Unknown } from './unknown.js';
import {
  fillInitialValues,
  fillParameters,
  refillInitialValues,
  refillInstance,
} from './values.js';

/** What the outside world provides. */
export interface SystemEnvironment {
  /** Memory that threads can share; where `threads` are made use of, it is so anyway. */
  readonly shared?: boolean;
  /** Threads for `.options threads`; without them there is but this one. */
  readonly threads?: ThreadSource;
  /** Operations of an evaluation from which on threads pay. */
  readonly leastWork?: number;
}

export class System {
  #circuit: Circuit;
  #options: SolverOptions;
  /** [n + 1], ground first. */
  readonly unknowns: readonly Unknown[];
  /** Number of unknowns without ground. */
  readonly n: number;
  readonly pattern: SparsePattern;
  readonly linkage: Linkage;
  readonly numbering: Numbering;
  #groups: readonly Group[];
  readonly #compile: ModelCompiler;
  readonly memory: SystemMemory;
  readonly evaluation: Evaluation;
  readonly slots: SlotTable;
  readonly #borrowed: BorrowedValues;
  /** True if all equations are linear with constant coefficients: one iteration solves them. */
  readonly linear: boolean;
  /** True if nothing jumps: what an iterate evaluates holds for its neighbours too. */
  readonly smooth: boolean;
  /** Number of evaluations of all devices. */
  evaluations = 0;

  /** @throws DiagnosticError where the circuit refers to what is not there. */
  constructor(
    circuit: Circuit,
    options: SolverOptions,
    compile: ModelCompiler,
    more: SystemEnvironment = {},
  ) {
    this.#circuit = circuit;
    this.#options = options;
    this.#compile = compile;
    this.#groups = groupInstances(circuit, compile);
    const diagnostics: Diagnostic[] = [];
    this.numbering = numberUnknowns(circuit, this.groups, options, diagnostics);
    if (diagnostics.length > 0) throw new DiagnosticError(diagnostics);
    this.unknowns = this.numbering.unknowns;
    this.n = this.unknowns.length - 1;
    this.#groups = withCarried(this.#groups, this.n, options);
    this.linkage = linkGroups(this.groups, this.numbering);
    this.pattern = this.linkage.pattern;
    const nonzeros = this.pattern.rowIndices.length;
    const wasm = options.wasm !== 0;
    const threads = threadsFor(this.groups, options, more);
    const shares = threads
      ? divide(circuit, this.groups, this.linkage, sharesPerThread * threads.threads)
      : undefined;
    this.memory = allocateMemory(this.groups, this.n, nonzeros, {
      wasm,
      shared: more.shared === true || shares !== undefined,
      ...(shares ? { behind: shareBytes(shares, this.n) } : {}),
    });
    const models = this.groups.map(({ model }) => model);
    const { engine } = this.memory;
    if (!engine) this.evaluation = new ScriptEvaluation(models, this.memory);
    else if (!threads || !shares) this.evaluation = new WasmEvaluation(models, this.memory, engine);
    else this.evaluation = new ThreadedEvaluation(models, this.memory, engine, shares, threads);
    this.linkage.indices.forEach((table, k) => {
      this.memory.groups[k].index.set(table);
    });
    this.slots = new SlotTable(this.groups, this.memory.groups);
    this.#borrowed = new BorrowedValues(this.groups, this.memory.groups, this.slots);
    this.smooth = this.groups.every(({ model }) => model.events.length === 0);
    this.linear = this.smooth && this.groups.every(({ model }) => model.linear);
    this.#fillEnvironment();
    this.setup();
    this.resetInitialValues();
  }

  get circuit(): Circuit {
    return this.#circuit;
  }

  get options(): SolverOptions {
    return this.#options;
  }

  get groups(): readonly Group[] {
    return this.#groups;
  }

  get x(): Float64Array {
    return this.memory.x;
  }

  get temperature(): number {
    return this.memory.environment[environment.temperature];
  }

  /** Sets the circuit's temperature [K]; `setup` must follow. */
  set temperature(value: number) {
    this.memory.environment[environment.temperature] = value;
  }

  /** Writes all parameters and derives what depends on them and the temperature; throws as `derive`. */
  setup(): void {
    this.groups.forEach((group, k) => {
      fillParameters(group, this.memory.groups[k], this.options);
    });
    this.derive();
  }

  /**
   * Derives again after slots or the temperature were changed in place.
   *
   * @throws DiagnosticError where parameters come to something that a model cannot have.
   */
  derive(): void {
    this.groups.forEach((_, k) => {
      this.#deriveGroup(k);
    });
    for (const k of this.#borrowed.lend()) this.#deriveGroup(k);
    this.evaluation.invalidate();
    const unmet = unmetDemands(this.groups, this.memory.groups);
    if (unmet.length > 0) throw new DiagnosticError(unmet);
  }

  #deriveGroup(k: number): void {
    const { kernels } = this.groups[k].model;
    kernels.setupModel(this.memory.groups[k]);
    kernels.setupInstance(this.memory.groups[k]);
  }

  /**
   * Takes the values of a circuit of the same topology; false, and nothing changes, where another
   * structure needs other code or other unknowns: then a new system must be made. States keep their
   * values, apart from those whose initial values have changed.
   */
  updateParameters(circuit: Circuit): boolean {
    const before = this.#groups;
    if (!this.#take(circuit)) return false;
    this.setup();
    this.#groups.forEach((group, k) => {
      refillInitialValues(before[k], group, this.memory.groups[k], this.#options);
    });
    this.copyHeldStates();
    return true;
  }

  /**
   * Becomes what a new system of this circuit would be, without compiling; false, and nothing
   * changes, where that takes another structure. Options may differ in seed and run only.
   */
  beginAnew(circuit: Circuit, options: SolverOptions): boolean {
    if (!this.#take(circuit)) return false;
    this.#options = options;
    this.memory.values.fill(0);
    this.#fillEnvironment();
    this.setup();
    this.resetInitialValues();
    return true;
  }

  #take(circuit: Circuit): boolean {
    const groups = withCarried(groupInstances(circuit, this.#compile), this.n, this.#options);
    if (!sameShape(this.#groups, groups) || !sameNodes(circuit, this.#circuit)) return false;
    this.#groups = groups;
    this.#circuit = circuit;
    return true;
  }

  /**
   * Sets a parameter of one instance in place [SI, temperatures as on the netlist's surface]; false
   * where the value asks for another structure, or where the instance shares the parameter's card.
   */
  setParameter(instanceName: string, name: string, value: number): boolean {
    const place = this.slots.instance(instanceName);
    if (!place) return false;
    const { model, instances, cardOf } = this.#groups[place.group];
    const instance = instances[place.index];
    const parameters = new Map([...instance.parameters, [name, value]]);
    const card = instance.card?.parameters ?? new Map<string, number>();
    if (this.#compile(instance.definition, card, parameters) !== model) return false;
    const memory = this.memory.groups[place.group];
    const own = model.instanceSlots.findIndex((s) => s.kind === 'parameter' && s.name === name);
    if (own >= 0) memory.instance[own * memory.count + place.index] = value;
    const shared = model.modelSlots.findIndex((s) => s.kind === 'parameter' && s.name === name);
    if (shared >= 0) {
      if (!instance.parameters.has(name)) return false;
      memory.model[shared * memory.cards + cardOf[place.index]] = value;
    }
    this.derive();
    return own >= 0 || shared >= 0;
  }

  /** Puts states of an instance to where one of its parameters starts them with this value. */
  restartStates(instanceName: string, name: string, value: number): void {
    const place = this.slots.instance(instanceName);
    if (!place) return;
    const group = this.#groups[place.group];
    const memory = this.memory.groups[place.group];
    refillInstance(group, memory, place.index, [name, value], this.#options);
    this.copyHeldStates();
  }

  /** Puts states and held variables back to where the deck starts them. */
  resetInitialValues(): void {
    this.groups.forEach((group, k) => {
      fillInitialValues(group, this.memory.groups[k], this.options);
    });
    this.memory.x.fill(0);
    this.copyHeldStates();
  }

  /** x of every state takes the value that an operating point holds it at. */
  copyHeldStates(): void {
    for (const { unknown, memory, position } of this.slots.stateHolds)
      this.memory.x[unknown] = memory.instance[position];
  }

  /** f and ∂f/∂x at x. Returns the number of limits that veto convergence. */
  evaluateStatic(): number {
    this.evaluations++;
    return this.evaluation.evaluateStatic();
  }

  /** f, q, ∂f/∂x and ∂q/∂x at x. Returns the number of limits that veto convergence. */
  evaluate(): number {
    this.evaluations++;
    return this.evaluation.evaluate();
  }

  /** r and J of a time point, with the integration formula in them. Returns the vetoes. */
  evaluateTransient(): number {
    this.evaluations++;
    return this.evaluation.evaluateTransient();
  }

  evaluateEvents(): void {
    const { groups } = this.memory;
    for (let k = 0; k < groups.length; k++)
      this.groups[k].model.kernels.evaluateEvents?.(groups[k]);
  }

  /** Outputs at x, of the groups of these numbers. */
  evaluateOutputs(groups: readonly number[]): void {
    for (const k of groups) this.groups[k].model.kernels.evaluateOutputs?.(this.memory.groups[k]);
  }

  /** Lets threads end that this system has started. It can be used on, in this thread. */
  end(): void {
    this.evaluation.end();
  }

  /** Number of an unknown by its name (`v(out)`, `i(v1)`, `@n1[s]`), or undefined. */
  unknown(name: string): number | undefined {
    this.#index ??= new Map(this.unknowns.map((unknown, u) => [unknown.name, u]));
    return this.#index.get(name);
  }

  #index: Map<string, number> | undefined;

  #fillEnvironment(): void {
    const e = this.memory.environment;
    e[environment.temperature] = this.options.temp;
    e[environment.gmin] = this.options.gmin;
    e[environment.time] = 0;
    e[environment.sourceFactor] = 1;
    e[environment.hold] = 1;
    e[environment.initializing] = 0;
    e[environment.reltol] = this.options.reltol;
    e[environment.vntol] = this.options.vntol;
    e[environment.carried] = carriedDistance(this.options);
  }
}

/** More shares than threads: who begins late, or is held up, takes fewer of them. */
const sharesPerThread = 4;

/** Operations (of all branches) below which waking a thread costs more than it does: some 0.1 ms. */
const leastWork = 1e6;

/** More threads than this gain little: what is not evaluation stays with one. */
const mostByDefault = 4;

function threadsFor(
  groups: readonly Group[],
  options: SolverOptions,
  more: SystemEnvironment,
): { readonly threads: number; readonly source: ThreadSource } | undefined {
  const { threads: source } = more;
  if (!source || options.wasm === 0 || !('SharedArrayBuffer' in globalThis)) return undefined;
  const threads = options.threads || Math.min(source.processors, mostByDefault);
  if (threads < 2 || evaluationWork(groups) < (more.leastWork ?? leastWork)) return undefined;
  return { threads, source };
}

function sameShape(before: readonly Group[], after: readonly Group[]): boolean {
  if (before.length !== after.length) return false;
  return before.every((group, k) => {
    const other = after[k];
    return (
      group.model === other.model &&
      group.cards.length === other.cards.length &&
      group.cardOf.every((card, i) => other.cardOf[i] === card) &&
      group.instances.length === other.instances.length &&
      group.instances.every((instance, i) => sameInstance(instance, other.instances[i]))
    );
  });
}

function sameNodes({ nodes }: Circuit, { nodes: others }: Circuit): boolean {
  return nodes.length === others.length && nodes.every((name, k) => name === others[k]);
}

function sameInstance(a: Instance, b: Instance): boolean {
  return (
    a.name === b.name &&
    a.nodes.every((node, t) => node === b.nodes[t]) &&
    a.references.every((name, r) => name === b.references[r])
  );
}
