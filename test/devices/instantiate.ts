import { compileModel, structureOf } from '../../src/devices/language/compile.js';
import {
  environment,
  type CompiledModel,
  type KernelMemory,
} from '../../src/devices/language/compiled.js';
import type { ModelDefinition } from '../../src/devices/language/model.js';

/** One compiled instance with memory of its own, for tests: unknowns by name, dense Jacobians. */
export interface TestInstance {
  readonly compiled: CompiledModel;
  readonly memory: KernelMemory;
  /** Sets an unknown. */
  set(name: string, value: number): void;
  /** Global position of an unknown: terminals first, ground is 0. */
  at(name: string): number;
  /** Position of an instance slot's value. */
  slot(kind: string, name: string): number;
  setup(): void;
  /** Evaluates from zero; returns vetoes. */
  evaluate(dynamic?: boolean): number;
  /** Evaluates f and J with d/dt e = a0·e + history; the matrix is read by `df`. */
  evaluateTransient(a0: number, history: number): number;
  f(name: string): number;
  q(name: string): number;
  /** ∂f_row/∂x_column and ∂q_row/∂x_column. */
  df(row: string, column: string): number;
  dq(row: string, column: string): number;
}

export function instantiate(
  definition: ModelDefinition,
  card: Record<string, number> = {},
  instance: Record<string, number> = {},
): TestInstance {
  const given = [new Map(Object.entries(card)), new Map(Object.entries(instance))] as const;
  const compiled = compileModel(definition, structureOf(definition, ...given));
  const n = compiled.unknowns.length;
  const entries = new Map<string, number>();
  const slotOf = (row: number, column: number): number => {
    const key = `${String(row)},${String(column)}`;
    if (!entries.has(key)) entries.set(key, entries.size + 1);
    return entries.get(key)!;
  };
  const index = Int32Array.from([
    ...compiled.unknowns.map((_, i) => i + 1),
    0,
    ...compiled.staticEntries.map((e) => slotOf(e.row, e.column)),
    ...compiled.dynamicEntries.map((e) => slotOf(e.row, e.column)),
    ...compiled.transientEntries.map((e) => slotOf(e.row, e.column)),
  ]);
  const memory: KernelMemory = {
    count: 1,
    cards: 1,
    x: new Float64Array(n + 1),
    f: new Float64Array(n + 1),
    q: new Float64Array(n + 1),
    jf: new Float64Array(entries.size + 1),
    jq: new Float64Array(entries.size + 1),
    fScale: new Float64Array(n + 1),
    delta: new Float64Array(n + 1),
    charge: new Float64Array(compiled.charges.length),
    chargeHistory: new Float64Array(compiled.charges.length),
    chargeRate: new Float64Array(compiled.charges.length),
    chargeSlope: new Float64Array(compiled.charges.length),
    environment: new Float64Array(environment.size),
    model: new Float64Array(compiled.modelSlots.length),
    instance: new Float64Array(compiled.instanceSlots.length),
    index,
  };
  memory.environment[environment.temperature] = 300.15;
  memory.environment[environment.gmin] = 1e-12;
  memory.environment[environment.sourceFactor] = 1;
  memory.environment[environment.reltol] = 1e-3;
  memory.environment[environment.vntol] = 1e-6;
  const value = (name: string): number =>
    instance[name] ??
    card[name] ??
    definition.parameters[name]?.default ??
    definition.instance[name]?.default ??
    NaN;
  compiled.modelSlots.forEach((s, i) => {
    if (s.kind === 'parameter') memory.model[i] = value(s.name);
  });
  compiled.instanceSlots.forEach((s, i) => {
    if (s.kind === 'parameter') memory.instance[i] = value(s.name);
    if (s.initial !== undefined) {
      memory.instance[i] = typeof s.initial === 'number' ? s.initial : value(s.initial);
    }
  });
  const at = (name: string): number => {
    const i = compiled.unknowns.findIndex((u) => u.name === name);
    if (i < 0) throw new Error(`no unknown '${name}'`);
    return i + 1;
  };
  const entry = (row: string, column: string): number =>
    entries.get(`${String(at(row) - 1)},${String(at(column) - 1)}`) ?? 0;
  const test: TestInstance = {
    compiled,
    memory,
    at,
    set: (name, v) => {
      memory.x[at(name)] = v;
    },
    slot: (kind, name) => {
      const i = compiled.instanceSlots.findIndex((s) => s.kind === kind && s.name === name);
      if (i < 0) throw new Error(`no slot ${kind} '${name}'`);
      return i;
    },
    setup: () => {
      compiled.kernels.setupModel(memory);
      compiled.kernels.setupInstance(memory);
    },
    evaluate: (dynamic = true) => {
      for (const array of [memory.f, memory.q, memory.jf, memory.jq, memory.fScale]) array.fill(0);
      const { kernels } = compiled;
      return dynamic ? kernels.evaluate(memory, 0, 1) : kernels.evaluateStatic(memory, 0, 1);
    },
    evaluateTransient: (a0, history) => {
      for (const array of [memory.f, memory.jf, memory.fScale]) array.fill(0);
      memory.chargeHistory.fill(history);
      memory.environment[environment.a0] = a0;
      return compiled.kernels.evaluateTransient(memory, 0, 1);
    },
    f: (name) => memory.f[at(name)],
    q: (name) => memory.q[at(name)],
    df: (row, column) => (entry(row, column) ? memory.jf[entry(row, column)] : 0),
    dq: (row, column) => (entry(row, column) ? memory.jq[entry(row, column)] : 0),
  };
  test.setup();
  return test;
}
