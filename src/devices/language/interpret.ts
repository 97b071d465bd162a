import { gateBounds, gateFactor, gateWidth } from './assemble.js';
import { branchName } from './analog-program.js';
import type { EventExpression, Language, ModelDefinition } from './model.js';

/** Numbers that the equations are run on. */
export interface Bindings {
  /** Values of all parameters of card and instance, defaults included; NaN where there is none. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly given: ReadonlySet<string>;
  /** Voltages of terminals and internal nodes [V]; collapsed nodes as the nodes they are. */
  readonly voltages: Readonly<Record<string, number>>;
  /** Branch currents by `i(a,b)`, references, states and integrals by name. */
  readonly unknowns: Readonly<Record<string, number>>;
  readonly inputs?: Readonly<Record<string, number>>;
  readonly held?: Readonly<Record<string, number>>;
  readonly draws?: Readonly<Record<string, number>>;
  readonly borrowed?: Readonly<Record<string, number>>;
  /** What delayed values were, by the name of their unknown. */
  readonly delayed?: Readonly<Record<string, number>>;
  /** What a time derivative is; its ordinal counts calls. */
  readonly ddt: (value: number) => number;
  readonly temperature: number;
  readonly time?: number;
  readonly gmin: number;
  readonly sourceFactor?: number;
}

export interface Interpretation {
  /** Sum of currents leaving each node into the device, without `m`; by node name. */
  readonly currents: ReadonlyMap<string, number>;
  /** V(a) − V(b) − Σ values, by branch name. */
  readonly branches: ReadonlyMap<string, number>;
  /** Rates of states with their gates applied. */
  readonly rates: ReadonlyMap<string, number>;
  /** Values that are delayed, as they are now, by the name of their unknown. */
  readonly delays: ReadonlyMap<string, number>;
  readonly outputs: ReadonlyMap<string, number>;
  readonly noise: ReadonlyMap<string, number>;
  readonly collapsed: ReadonlyMap<string, string>;
  readonly events: readonly { event: EventExpression; handler: () => void }[];
  /** Held variables after handlers ran. */
  readonly held: ReadonlyMap<string, number>;
}

/**
 * Runs a model's function as it is, on plain numbers: the reference that compiled code is tested
 * against. `limit` returns its value, `ddx` returns NaN (differences of two runs serve instead).
 */
export function interpret(definition: ModelDefinition, bindings: Bindings): Interpretation {
  const { equations } = definition;
  if (equations.kind !== 'analog') {
    throw new Error(`'${definition.name}' has an expression, not a function`);
  }
  const run = new Run(definition, bindings);
  equations.analog({ ...run.language(), ...equations.uses }, bindings.parameters);
  run.finish();
  return run;
}

class Run implements Interpretation {
  readonly currents = new Map<string, number>();
  readonly branches = new Map<string, number>();
  readonly rates = new Map<string, number>();
  readonly delays = new Map<string, number>();
  readonly outputs = new Map<string, number>();
  readonly noise = new Map<string, number>();
  readonly collapsed = new Map<string, string>();
  readonly events: { event: EventExpression; handler: () => void }[] = [];
  readonly held: Map<string, number>;
  private readonly definition: ModelDefinition;
  private readonly bindings: Bindings;
  private integrals = 0;

  constructor(definition: ModelDefinition, bindings: Bindings) {
    this.definition = definition;
    this.bindings = bindings;
    this.held = new Map(Object.entries(bindings.held ?? {}));
  }

  language(): Language {
    const { bindings } = this;
    return {
      V: this.voltage.bind(this) as Language['V'],
      I: this.current.bind(this) as Language['I'],
      collapse: (internal, node) => void this.collapsed.set(internal, node),
      ddt: bindings.ddt,
      idt: () => bindings.unknowns[`idt#${String(this.integrals++)}`],
      absdelay: (value, time) => this.absdelay(value, time),
      respond: (value) => this.respond(value),
      holding: false,
      smallSignal: false,
      state: (name) => bindings.unknowns[name],
      rate: (name, value) => {
        this.rate(name, value);
      },
      held: (name) => this.held.get(name)!,
      set: (name, value) => void this.held.set(name, value),
      on: (event, handler) => void this.events.push({ event, handler }),
      cross: (value, direction) => ({ kind: 'cross', value, direction }),
      above: (value) => ({ kind: 'above', value, direction: 1 }),
      timer: (value) => ({ kind: 'timer', value, direction: 0 }),
      initial: () => ({ kind: 'initial', value: 0, direction: 0 }),
      limit: (_, value) => value,
      previous: () => 0,
      initializing: false,
      given: (name) => bindings.given.has(name),
      input: (name) => bindings.inputs?.[name] ?? 0,
      reference: (name) => bindings.unknowns[name],
      addVoltage: (name, value) => {
        this.branches.set(name, (this.branches.get(name) ?? 0) - value);
      },
      temperature: bindings.temperature,
      circuitTemperature: bindings.temperature,
      time: bindings.time ?? 0,
      gmin: bindings.gmin / (bindings.given.has('m') ? bindings.parameters.m : 1),
      wholeGmin: bindings.gmin,
      multiplicity: bindings.given.has('m') ? bindings.parameters.m : 1,
      sourceFactor: bindings.sourceFactor ?? 1,
      intermediate: (value) => value,
      ddx: () => NaN,
      whiteNoise: (_a, _b, density, name) => void this.noise.set(name, density),
      flickerNoise: (_a, _b, density, _exponent, name) => void this.noise.set(name, density),
      positive: () => undefined,
      inducedNoise: () => undefined,
      output: (name, value) => void this.outputs.set(name, value),
      borrow: (name, quantity) => bindings.borrowed?.[`${name}.${quantity}`] ?? 0,
      draw: (name) => bindings.draws?.[name] ?? 0,
    };
  }

  private nodeVoltage(name: string): number {
    return name === '0' ? 0 : this.bindings.voltages[name];
  }

  private resolve(name: string): string {
    const target = this.collapsed.get(name);
    return target === undefined ? name : this.resolve(target);
  }

  private voltage(a: string, b = '0', value?: number): number | undefined {
    const difference = this.nodeVoltage(a) - this.nodeVoltage(b);
    if (value === undefined) return difference;
    const { name, sign } = this.branch(a, b);
    if (!this.branches.has(name)) {
      this.branches.set(name, sign * difference);
      this.leave(a, b, sign * this.bindings.unknowns[name]);
    }
    this.branches.set(name, this.branches.get(name)! - sign * value);
    return undefined;
  }

  private current(a: string, b: string, value?: number): number | undefined {
    if (value === undefined) {
      const { name, sign } = this.branch(a, b);
      return sign * this.bindings.unknowns[name];
    }
    this.leave(a, b, value);
    return undefined;
  }

  private leave(a: string, b: string, value: number): void {
    const [from, to] = [this.resolve(a), this.resolve(b)];
    if (from === to) return;
    this.currents.set(from, (this.currents.get(from) ?? 0) + value);
    this.currents.set(to, (this.currents.get(to) ?? 0) - value);
  }

  /** The branch between two nodes, counted from the node that is declared first. */
  private branch(a: string, b: string): { name: string; sign: 1 | -1 } {
    const order = [...this.definition.terminals, ...this.definition.internal, '0'];
    const reversed = order.indexOf(a) > order.indexOf(b);
    return { name: reversed ? branchName(b, a) : branchName(a, b), sign: reversed ? -1 : 1 };
  }

  private absdelay(value: number, time: number): number {
    const name = `delay#${String(this.delays.size)}`;
    this.delays.set(name, value);
    return time > 0 ? (this.bindings.delayed?.[name] ?? 0) : this.bindings.unknowns[name];
  }

  /** Where the weight of the value now is zero. */
  private respond(value: number): number {
    const name = `delay#${String(this.delays.size)}`;
    this.delays.set(name, value);
    return this.bindings.delayed?.[name] ?? 0;
  }

  private rate(name: string, value: number): void {
    this.rates.set(name, (this.rates.get(name) ?? 0) + value);
  }

  /** Applies the gates, to the whole rate of each state. */
  finish(): void {
    for (const [name, rate] of this.rates) {
      const declaration = this.definition.states[name];
      const bounds = gateBounds(declaration);
      if (!bounds) continue;
      const s = this.bindings.unknowns[name];
      const distance = rate > 0 ? bounds[1] - s : s - bounds[0];
      this.rates.set(name, rate * gateFactor(distance, gateWidth(declaration)));
    }
  }
}
