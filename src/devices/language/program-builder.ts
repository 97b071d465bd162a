import type {
  AnalogProgram,
  Contribution,
  Delay,
  Demand,
  Distribution,
  EventHandler,
  Integral,
  Limit,
  NoiseSource,
  Output,
} from './analog-program.js';
import { environment } from './compiled.js';
import { lineResponses } from './line-responses.js';
import { Differentiator } from './differentiate.js';
import { branchName } from './analog-program.js';
import { Graph, isConstant, valueOf, type Node, type Op } from './ir.js';
import type { ModelDefinition } from './model.js';
import { dependence, Dependence } from './partition.js';
import { binary, select, unary } from './simplify.js';
import { implicitParameters, type Structure } from './structure.js';

/** A fault in a model that the front end turns into a diagnostic with a place. */
export class ModelFault extends Error {
  readonly code: string;
  readonly help: string | undefined;
  constructor(code: string, message: string, help?: string) {
    super(message);
    this.name = 'ModelFault';
    this.code = code;
    this.help = help;
  }
}

const ground = -1;
const responseNames = new Set<string>(Object.keys(lineResponses));
const implicit = new Set<string>(implicitParameters);
const fixed = new Set<Op>(['constant', 'modelParameter', 'instanceParameter']);

/**
 * The operations of the modelling language on nodes of a graph.
 *
 * `path` is the condition under which the front end stands at the moment: contributions are
 * guarded by it.
 */
export class ProgramBuilder {
  readonly graph = new Graph();
  path: Node = this.graph.yes;
  /** Internal nodes that collapse after they were used: another pass must know it beforehand. */
  readonly collapsedLate = new Map<string, string>();

  private readonly definition: ModelDefinition;
  private readonly structure: Structure;
  private readonly nodes: string[];
  private readonly nodeNumbers = new Map<string, number>();
  private readonly currents: Contribution[] = [];
  private readonly voltages: Contribution[] = [];
  private readonly addedVoltages = new Map<string, Node>();
  private readonly rates = new Map<string, Node>();
  private readonly limits: Limit[] = [];
  private readonly derivatives: Node[] = [];
  private readonly integrals: Integral[] = [];
  private readonly delays: Delay[] = [];
  private readonly demands: Demand[] = [];
  private readonly events: EventHandler[] = [];
  private readonly outputs = new Map<string, Output>();
  private readonly noise: NoiseSource[] = [];
  private readonly draws = new Map<string, Distribution>();
  private readonly redraws = new Map<string, Distribution>();
  private readonly borrowed = new Set<string>();
  private readonly branchesRead = new Set<string>();
  private readonly limited = new Set<string>();
  private readonly previousRead = new Set<string>();
  private readonly differentiator = new Differentiator(this.graph);
  private sets: Map<string, Node> | undefined;
  /** Draws of the handler that is being read. */
  private drawn = new Set<string>();

  constructor(
    definition: ModelDefinition,
    structure: Structure,
    aliases: ReadonlyMap<string, string>,
  ) {
    this.definition = definition;
    this.structure = structure;
    this.nodes = [...definition.terminals];
    this.nodes.forEach((name, i) => this.nodeNumbers.set(name, i));
    for (const name of aliases.keys()) {
      let target = name;
      while (aliases.has(target)) target = aliases.get(target)!;
      this.nodeNumbers.set(name, this.node(target));
    }
  }

  /** Number of a node; internal nodes are numbered in the order in which they are used. */
  node(name: string): number {
    if (name === '0') return ground;
    const known = this.nodeNumbers.get(name);
    if (known !== undefined) return known;
    const { terminals, internal } = this.definition;
    if (!internal.includes(name)) {
      throw new ModelFault(
        'M110',
        `the model has no node '${name}'`,
        `its nodes are ${[...terminals, ...internal].join(', ')}`,
      );
    }
    const number = this.nodes.push(name) - 1;
    this.nodeNumbers.set(name, number);
    return number;
  }

  // --- values ---

  parameter(name: string): Node {
    const { graph, structure } = this;
    const folded = structure.values.get(name);
    if (folded !== undefined) return graph.constant(folded);
    if (structure.signs.get(name) === 0) return graph.zero;
    return graph.leaf(
      name in this.definition.instance ? 'instanceParameter' : 'modelParameter',
      name,
    );
  }

  given(name: string): Node {
    const { parameters, instance } = this.definition;
    if (!(name in parameters) && !(name in instance) && !implicit.has(name)) {
      throw new ModelFault('M111', `the model has no parameter '${name}'`);
    }
    if (!this.structure.asked.has(name)) {
      throw new ModelFault(
        'M111',
        `given() takes a name in quotes, to be found before the equations`,
      );
    }
    return this.structure.given.has(name) ? this.graph.yes : this.graph.no;
  }

  /** A comparison; the sign of a parameter may settle it. */
  compare(op: 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne', a: Node, b: Node): Node {
    const signA = this.signOf(a);
    if (signA !== undefined && isConstant(b) && valueOf(b) === 0) {
      return binary(this.graph, op, this.graph.constant(signA), b);
    }
    const signB = this.signOf(b);
    if (signB !== undefined && isConstant(a) && valueOf(a) === 0) {
      return binary(this.graph, op, a, this.graph.constant(signB));
    }
    return binary(this.graph, op, a, b);
  }

  private signOf(node: Node): number | undefined {
    if (node.op !== 'modelParameter' && node.op !== 'instanceParameter') return undefined;
    return this.structure.signs.get(node.payload as string);
  }

  environment(name: Exclude<keyof typeof environment, 'size'>): Node {
    return this.graph.leaf('environment', environment[name]);
  }

  /** Temperature of the instance [K]. */
  temperature(): Node {
    const { graph, structure } = this;
    if (structure.given.has('temp')) {
      const celsius = graph.leaf('instanceParameter', 'temp');
      return binary(graph, 'add', celsius, graph.constant(273.15));
    }
    const circuit = this.environment('temperature');
    if (!structure.given.has('dtemp')) return circuit;
    return binary(graph, 'add', circuit, graph.leaf('instanceParameter', 'dtemp'));
  }

  /** gmin is a property of the instance: `m` devices in parallel share it, as in ngspice [S]. */
  gmin(): Node {
    const whole = this.environment('gmin');
    const multiplicity = this.multiplicity();
    return multiplicity ? binary(this.graph, 'div', whole, multiplicity) : whole;
  }

  probe(a: string, b: string): Node {
    const [first, second] = [this.node(a), this.node(b)];
    const { graph } = this;
    if (first === second) return graph.zero;
    const forward = second === ground || (first !== ground && first < second);
    if (forward) return graph.leaf('probe', `${String(first)},${String(second)}`);
    return unary(graph, 'neg', graph.leaf('probe', `${String(second)},${String(first)}`));
  }

  branchCurrent(a: string, b: string): Node {
    const { name, reversed } = this.branch(a, b);
    this.branchesRead.add(name);
    const all = this.graph.leaf('unknown', name);
    const multiplicity = this.multiplicity();
    const leaf = multiplicity ? binary(this.graph, 'div', all, multiplicity) : all;
    return reversed ? unary(this.graph, 'neg', leaf) : leaf;
  }

  private branch(a: string, b: string): { name: string; reversed: boolean } {
    const [first, second] = [this.node(a), this.node(b)];
    const label = (n: number): string => (n === ground ? '0' : this.nodes[n]);
    // Counted from the node that is declared first; ground comes last.
    const order = [...this.definition.terminals, ...this.definition.internal, '0'];
    const reversed = order.indexOf(label(first)) > order.indexOf(label(second));
    const name = reversed
      ? branchName(label(second), label(first))
      : branchName(label(first), label(second));
    return { name, reversed };
  }

  state(name: string): Node {
    this.demand(name, this.definition.states, 'state');
    return this.graph.leaf('unknown', name);
  }

  held(name: string): Node {
    this.demand(name, this.definition.held, 'held variable');
    return this.sets?.get(name) ?? this.graph.leaf('held', name);
  }

  input(name: string): Node {
    this.demand(name, this.definition.inputs, 'input');
    return this.graph.leaf('input', name);
  }

  reference(name: string): Node {
    if (!this.definition.references.includes(name)) {
      throw new ModelFault('M112', `the model declares no reference '${name}'`);
    }
    return this.graph.leaf('unknown', name);
  }

  /** An output of a referenced instance. */
  borrow(reference: string, quantity: string): Node {
    this.reference(reference);
    const name = `${reference}.${quantity}`;
    this.borrowed.add(name);
    return this.graph.leaf('borrowed', name);
  }

  draw(name: string, distribution: string): Node {
    if (distribution !== 'normal' && distribution !== 'uniform') {
      throw new ModelFault('M113', `a draw is 'normal' or 'uniform', not '${distribution}'`);
    }
    const [own, other] = this.sets ? [this.redraws, this.draws] : [this.draws, this.redraws];
    if (other.has(name) || (own.get(name) ?? distribution) !== distribution) {
      throw new ModelFault(
        'M128',
        `draw '${name}' stands for two things: in the equations it never changes, in a handler it is new at each event`,
        'keep what a handler draws in a held variable, and read that',
      );
    }
    own.set(name, distribution);
    if (!this.sets) return this.graph.leaf('draw', name);
    this.drawn.add(name);
    return this.graph.leaf('redraw', name);
  }

  private demand(name: string, table: Readonly<Record<string, unknown>>, what: string): void {
    if (name in table) return;
    const names = Object.keys(table);
    throw new ModelFault(
      'M112',
      `the model declares no ${what} '${name}'`,
      names.length > 0 ? `it declares ${names.join(', ')}` : undefined,
    );
  }

  ddt(argument: Node): Node {
    const known = this.derivatives.indexOf(argument);
    if (known >= 0) return this.graph.leaf('ddt', known);
    this.derivatives.push(argument);
    return this.graph.leaf('ddt', this.derivatives.length - 1);
  }

  idt(argument: Node, initial: Node): Node {
    if (!fixed.has(initial.op)) {
      throw new ModelFault('M126', 'the initial value of idt() is a number or a parameter');
    }
    const name = `idt#${String(this.integrals.length)}`;
    this.integrals.push({ name, argument, initial });
    return this.graph.leaf('unknown', name);
  }

  /** The value of `argument` a `time` ago; in an operating point, and for no time, the value itself. */
  absdelay(argument: Node, time: Node, start: Node): Node {
    const { graph } = this;
    if (dependence(time) > Dependence.instance || dependence(start) > Dependence.instance) {
      throw new ModelFault(
        'M127',
        'the time of absdelay(), and what was before, are made of parameters only',
      );
    }
    const name = `delay#${String(this.delays.length)}`;
    this.delays.push({ name, argument, time, start });
    const now = graph.leaf('unknown', name);
    const holding = binary(graph, 'ne', this.environment('hold'), graph.zero);
    const elapses = binary(graph, 'gt', time, graph.zero);
    const past = select(graph, elapses, graph.leaf('delayed', name), now);
    return select(graph, holding, now, past);
  }

  /** A value behind a filter: a weight of the value now, and what is left of earlier ones. */
  respond(argument: Node, response: string, first: Node, second: Node, start: Node): Node {
    const { graph } = this;
    if (!responseNames.has(response)) {
      const names = [...responseNames].join(', ');
      throw new ModelFault('M112', `there is no response '${response}'`, `there are ${names}`);
    }
    if ([first, second, start].some((node) => dependence(node) > Dependence.instance)) {
      throw new ModelFault('M127', 'the numbers of respond() are made of parameters only');
    }
    const name = `delay#${String(this.delays.length)}`;
    this.delays.push({ name, argument, time: first, start, response: { name: response, second } });
    const now = graph.leaf('unknown', name);
    const weight = graph.leaf('delayWeight', name);
    return binary(graph, 'add', binary(graph, 'mul', weight, now), graph.leaf('delayed', name));
  }

  limit(name: string, value: Node, limited: Node): Node {
    if (this.limited.has(name)) {
      throw new ModelFault('M114', `limit '${name}' is declared twice`);
    }
    this.limited.add(name);
    // A value that no bias changes needs no limit.
    if (this.differentiator.variables(value).size === 0) return value;
    const leaf = this.graph.leaf('limited', name);
    this.limits.push({ name, leaf, value, limited });
    return leaf;
  }

  previous(name: string): Node {
    this.previousRead.add(name);
    return this.graph.leaf('previous', name);
  }

  /** Marks a value as a variable on the way of derivatives. */
  intermediate(value: Node): Node {
    if (value.args.length > 0 && !this.isFree(value)) this.graph.intermediates.add(value);
    return value;
  }

  ddx(value: Node, by: Node): Node {
    const { intermediates } = this.graph;
    const variable = by.op === 'neg' && !intermediates.has(by) ? by.args[0] : by;
    const isVariable =
      variable.op === 'probe' || variable.op === 'unknown' || variable.op === 'limited';
    if (!isVariable && !intermediates.has(variable)) {
      if (isConstant(by)) return this.graph.zero;
      throw new ModelFault(
        'M115',
        'ddx differentiates by a voltage, current, state or limited value',
        'give it the very constant that holds V(…), I(…), state(…) or limit(…)',
      );
    }
    const derivative = this.differentiator.derivative(value, variable);
    return by === variable ? derivative : unary(this.graph, 'neg', derivative);
  }

  // --- contributions ---

  private guarded(value: Node): Node {
    return select(this.graph, this.path, value, this.graph.zero);
  }

  private outsideHandler(what: string): void {
    if (this.sets) throw new ModelFault('M116', `${what} has no place in an event's handler`);
  }

  contributeCurrent(a: string, b: string, value: Node): void {
    this.outsideHandler('a contribution');
    const contribution = { from: this.node(a), to: this.node(b), value: this.guarded(value) };
    if (contribution.from !== contribution.to) this.currents.push(contribution);
  }

  contributeVoltage(a: string, b: string, value: Node): void {
    this.outsideHandler('a contribution');
    if (this.path !== this.graph.yes) {
      throw new ModelFault(
        'M117',
        'a voltage contribution cannot depend on a condition that changes with the bias',
        'only given(), flags, integers and comparisons of a parameter with 0 are structural',
      );
    }
    const { reversed } = this.branch(a, b);
    const from = this.node(reversed ? b : a);
    const to = this.node(reversed ? a : b);
    this.voltages.push({ from, to, value: reversed ? unary(this.graph, 'neg', value) : value });
  }

  addVoltage(name: string, value: Node): void {
    this.outsideHandler('a contribution');
    this.reference(name);
    const sum = this.addedVoltages.get(name) ?? this.graph.zero;
    this.addedVoltages.set(name, binary(this.graph, 'add', sum, this.guarded(value)));
  }

  collapse(internal: string, node: string): void {
    if (this.path !== this.graph.yes) {
      throw new ModelFault(
        'M118',
        'nodes collapse under a structural condition only',
        'only given(), flags, integers and comparisons of a parameter with 0 are structural',
      );
    }
    if (!this.definition.internal.includes(internal)) {
      throw new ModelFault('M119', `'${internal}' is not an internal node and cannot collapse`);
    }
    const target = this.node(node);
    const number = this.nodeNumbers.get(internal);
    if (number === undefined) this.nodeNumbers.set(internal, target);
    else if (number !== target) this.collapsedLate.set(internal, node);
  }

  rate(name: string, value: Node): void {
    this.outsideHandler('a rate');
    this.demand(name, this.definition.states, 'state');
    const sum = this.rates.get(name) ?? this.graph.zero;
    this.rates.set(name, binary(this.graph, 'add', sum, this.guarded(value)));
  }

  event(kind: EventHandler['kind'], value: Node, direction: number, handler: () => void): void {
    this.outsideHandler('another event');
    if (this.path !== this.graph.yes) {
      throw new ModelFault('M120', 'an event cannot stand under a condition of the bias');
    }
    this.sets = new Map();
    this.drawn = new Set();
    handler();
    this.events.push({ kind, value, direction, sets: this.sets, redraws: this.drawn });
    this.sets = undefined;
  }

  /** Marks where a value passes zero as a place where something jumps: a step ends there. */
  watch(value: Node): void {
    if (isConstant(value) || this.events.some((e) => e.value === value)) return;
    const nothing = { sets: new Map(), redraws: new Set<string>() };
    this.events.push({ kind: 'cross', value, direction: 0, ...nothing });
  }

  /** Whether no unknown changes a node. */
  isFree(node: Node): boolean {
    return this.differentiator.variables(node).size === 0;
  }

  set(name: string, value: Node): void {
    if (!this.sets) {
      throw new ModelFault(
        'M121',
        'a held variable changes in an event only',
        "write on(cross(…), () => set('name', value))",
      );
    }
    const before = this.sets.get(name) ?? this.held(name);
    this.sets.set(name, select(this.graph, this.path, value, before));
  }

  output(name: string, value: Node, unit: string, doc: string): void {
    // Of two writings the later one counts where its condition holds.
    const before = this.outputs.get(name)?.value ?? this.graph.zero;
    this.outputs.set(name, {
      name,
      value: select(this.graph, this.path, value, before),
      unit,
      doc,
    });
  }

  /** A value that must be above zero where the program stands. */
  positive(value: Node, unit: string, doc: string): void {
    const demanded = select(this.graph, this.path, value, this.graph.constant(1));
    if (dependence(demanded) > Dependence.instance) {
      throw new ModelFault('M127', 'what positive() demands is made of parameters only');
    }
    this.demands.push({ value: demanded, unit, doc });
  }

  addNoise(
    kind: NoiseSource['kind'],
    a: string,
    b: string,
    density: Node,
    exponent: Node,
    name: string,
  ): void {
    const from = this.node(a);
    const to = this.node(b);
    if (from === to) return;
    this.noise.push({ name, kind, from, to, density: this.guarded(density), exponent });
  }

  finish(): AnalogProgram {
    this.checkBranches();
    for (const name of this.previousRead) {
      if (this.limited.has(name)) continue;
      throw new ModelFault(
        'M125',
        `previous('${name}') is read, but nothing is limited by this name`,
      );
    }
    for (const name of Object.keys(this.definition.states)) {
      if (!this.rates.has(name)) throw new ModelFault('M122', `state '${name}' has no rate`);
    }
    return {
      graph: this.graph,
      nodes: this.nodes,
      currents: this.currents,
      voltages: this.voltages,
      addedVoltages: this.addedVoltages,
      rates: this.rates,
      limits: this.limits,
      derivatives: this.derivatives,
      integrals: this.integrals,
      delays: this.delays,
      demands: this.demands,
      events: this.events,
      outputs: [...this.outputs.values()],
      noise: this.noise,
      draws: this.draws,
      redraws: this.redraws,
      borrowed: [...this.borrowed],
      multiplicity: this.multiplicity(),
    };
  }

  /** `m` of the instance, if it has one. */
  multiplicity(): Node | undefined {
    return this.structure.given.has('m') ? this.graph.leaf('instanceParameter', 'm') : undefined;
  }

  private checkBranches(): void {
    const label = (n: number): string => (n === ground ? '0' : this.nodes[n]);
    const defined = new Set(this.voltages.map((v) => branchName(label(v.from), label(v.to))));
    for (const name of this.branchesRead) {
      if (!defined.has(name)) {
        throw new ModelFault(
          'M123',
          `${name.replace('i', 'I')} reads the current of a branch that no voltage contribution defines`,
          'contribute a voltage there, V(a, b, …), or compute the current',
        );
      }
    }
  }
}
