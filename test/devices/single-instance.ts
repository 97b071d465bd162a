import { environment, type KernelMemory } from '../../src/devices/language/compiled.js';
import { compileModel, structureOf } from '../../src/devices/language/compile.js';
import type { ModelDefinition } from '../../src/devices/language/model.js';

type Values = Readonly<Record<string, number>>;

export interface Conditions {
  readonly card?: Values;
  readonly instance?: Values;
  /** Circuit temperature [K]. */
  readonly temperature?: number;
  readonly gmin?: number;
  /** Value of everything that is borrowed. */
  readonly borrowed?: number;
  /** Value that everything delayed had. */
  readonly delayed?: number;
}

/**
 * One instance of a compiled model with a memory of its own: local unknown k is unknown k + 1, and
 * each entry of the Jacobian has its own slot, in order.
 */
export class SingleInstance {
  readonly model;
  readonly memory: KernelMemory;
  /** Values of all parameters, defaults included. */
  readonly parameters: Values;
  readonly given: ReadonlySet<string>;
  private readonly borrowed: number;
  private readonly delayed: number;

  constructor(definition: ModelDefinition, conditions: Conditions = {}) {
    const { card = {}, instance = {} } = conditions;
    const own = Object.fromEntries(
      Object.entries(instance).filter(([name]) => !(name in definition.parameters)),
    );
    const shared = { ...card, ...instance };
    this.given = new Set(Object.keys(shared));
    this.model = compileModel(
      definition,
      structureOf(definition, new Map(Object.entries(card)), new Map(Object.entries(instance))),
    );
    const tables = { ...definition.parameters, ...definition.instance };
    const defaults = Object.entries(tables).map(([name, p]) => [name, p.default]);
    this.parameters = { ...Object.fromEntries(defaults), ...shared } as Values;

    const { model } = this;
    const unknowns = model.unknowns.length;
    const entries = Math.max(
      model.staticEntries.length,
      model.dynamicEntries.length,
      model.transientEntries.length,
    );
    const vector = (length: number): Float64Array => new Float64Array(length);
    this.memory = {
      count: 1,
      cards: 1,
      x: vector(unknowns + 1),
      f: vector(unknowns + 1),
      q: vector(unknowns + 1),
      jf: vector(entries + 1),
      jq: vector(entries + 1),
      fScale: vector(unknowns + 1),
      delta: vector(unknowns + 1),
      charge: vector(model.charges.length),
      chargeHistory: vector(model.charges.length),
      chargeRate: vector(model.charges.length),
      chargeSlope: vector(model.charges.length),
      environment: vector(environment.size),
      model: vector(model.modelSlots.length),
      instance: vector(model.instanceSlots.length),
      index: new Int32Array(model.indexCount),
    };
    const e = this.memory.environment;
    e[environment.temperature] = conditions.temperature ?? 300.15;
    e[environment.gmin] = conditions.gmin ?? 1e-12;
    e[environment.sourceFactor] = 1;
    e[environment.reltol] = 1e-3;
    e[environment.vntol] = 1e-6;
    this.borrowed = conditions.borrowed ?? 1;
    this.delayed = conditions.delayed ?? 1;
    this.fillSlots({ m: 1, temp: NaN, dtemp: 0, ...this.parameters, ...own });
    this.fillIndex(unknowns);
    model.kernels.setupModel(this.memory);
    model.kernels.setupInstance(this.memory);
  }

  private fillSlots(values: Values): void {
    const { model, memory } = this;
    model.modelSlots.forEach((slot, i) => {
      if (slot.kind === 'parameter') memory.model[i] = this.parameters[slot.name];
    });
    model.instanceSlots.forEach((slot, i) => {
      if (slot.kind === 'parameter') memory.instance[i] = values[slot.name];
      if (slot.kind === 'borrowed') memory.instance[i] = this.borrowed;
      if (slot.kind === 'delayed') memory.instance[i] = this.delayed;
      if (slot.kind === 'stateHold' || slot.kind === 'held') {
        const initial = slot.initial ?? 0;
        memory.instance[i] = typeof initial === 'string' ? quotient(initial, values) : initial;
      }
    });
  }

  private fillIndex(unknowns: number): void {
    const { model, memory } = this;
    for (let i = 0; i < unknowns; i++) memory.index[i] = i + 1;
    const statics = unknowns + 1;
    const dynamics = statics + model.staticEntries.length;
    model.staticEntries.forEach((_, k) => (memory.index[statics + k] = k + 1));
    model.dynamicEntries.forEach((_, k) => (memory.index[dynamics + k] = k + 1));
    const transients = dynamics + model.dynamicEntries.length;
    model.transientEntries.forEach((_, k) => (memory.index[transients + k] = k + 1));
  }

  unknown(name: string): number {
    return this.model.unknowns.findIndex((unknown) => unknown.name === name);
  }

  /** Sets unknowns by name; those of collapsed nodes are passed over. */
  set(values: Values): void {
    this.model.unknowns.forEach(({ name }, i) => {
      if (name in values) this.memory.x[i + 1] = values[name];
    });
  }

  setInput(name: string, value: number): void {
    const slot = this.model.instanceSlots.findIndex((s) => s.kind === 'input' && s.name === name);
    this.memory.instance[slot] = value;
  }

  /** Evaluates f, q and their derivatives once; returns the number of vetoes of limiting. */
  evaluate(): number {
    const { f, q, jf, jq, fScale } = this.memory;
    for (const array of [f, q, jf, jq, fScale]) array.fill(0);
    return this.model.kernels.evaluate(this.memory, 0, 1);
  }

  /** Evaluates f and J with d/dt e = a0·e + history, with one history for all charges or one each. */
  evaluateTransient(a0: number, history: number | Float64Array): number {
    const { f, jf, fScale, chargeHistory, environment: e } = this.memory;
    for (const array of [f, jf, fScale]) array.fill(0);
    if (typeof history === 'number') chargeHistory.fill(history);
    else chargeHistory.set(history);
    e[environment.a0] = a0;
    const vetoes = this.model.kernels.evaluateTransient(this.memory, 0, 1);
    e[environment.a0] = 0;
    return vetoes;
  }

  /** Evaluates until limiting has reached the voltages that are set. */
  settle(): void {
    for (let i = 0; i < 1000; i++) {
      if (this.evaluate() > 0) continue;
      // Limiting is content a little before it arrives.
      this.evaluate();
      return;
    }
    throw new Error('limiting does not reach the voltages');
  }

  f(local: number): number {
    return this.memory.f[local + 1];
  }

  q(local: number): number {
    return this.memory.q[local + 1];
  }

  outputs(): Map<string, number> {
    this.model.kernels.evaluateOutputs?.(this.memory);
    return new Map(this.model.outputs.map(({ name, slot }) => [name, this.memory.instance[slot]]));
  }

  /** Densities of noise currents [A²/Hz; at 1 Hz for flicker noise], by name; the first of each name. */
  noise(): Map<string, number> {
    this.model.kernels.evaluateNoise?.(this.memory);
    const densities = new Map<string, number>();
    for (const { name, densitySlot } of this.model.noise)
      if (!densities.has(name)) densities.set(name, this.memory.instance[densitySlot]);
    return densities;
  }
}

/** An initial value as states declare it: a parameter, or one over another. */
function quotient(text: string, values: Values): number {
  const [dividend, divisor] = text.split('/');
  return divisor === undefined ? values[dividend] : values[dividend] / values[divisor];
}
