import {
  branchName,
  type AnalogProgram,
  type Delay,
  type Demand,
  type EventHandler,
  type Limit,
  type NoiseSource,
  type Output,
} from './analog-program.js';
import { carriedEquations, type CarriedEquations, type ChargeTerm } from './carry.js';
import { environment, type LocalUnknown } from './compiled.js';
import { Differentiator } from './differentiate.js';
import { type Graph, type Node } from './ir.js';
import type { ModelDefinition, StateDeclaration } from './model.js';
import { dependence, Dependence } from './partition.js';
import { ModelFault } from './program-builder.js';
import { binary, select, substitute, unary } from './simplify.js';

/**
 * The rows of a model: f + d/dt q = 0, one for each local unknown, and their derivatives.
 *
 * A time derivative that enters a row linearly becomes part of the row's q. One that does not
 * (Meyer's C(v)·dv/dt) is zero where nothing moves, and counts in small signals by its factor there.
 * One inside another gets an unknown u of its own with the row u − d/dt e = 0.
 *
 * In time (`transient`) every d/dt e is what the integration formula makes of it, a0·e + history: one
 * row and one derivative, in which what two nodes exchange is the same number with both signs.
 */
export interface Equations {
  readonly graph: Graph;
  readonly unknowns: readonly LocalUnknown[];
  readonly rows: readonly Row[];
  readonly staticEntries: readonly Entry[];
  readonly dynamicEntries: readonly Entry[];
  readonly limits: readonly Limit[];
  readonly events: readonly EventHandler[];
  readonly outputs: readonly Output[];
  readonly noise: readonly NoiseSource[];
  /** What an operating point holds: states and integrals, with their initial values. */
  readonly holds: readonly Hold[];
  readonly transient: TransientEquations;
  /** Time derivatives that are not that of a charge: row += coefficient · d/dt charges[charge]. */
  readonly rateTerms: readonly RateTerm[];
  readonly delays: readonly Delay[];
  readonly demands: readonly Demand[];
  /** The equations in time of who has hardly moved since; undefined where that does not pay. */
  readonly carried?: CarriedEquations;
}

/** The same rows with the integration formula in them. */
export interface TransientEquations {
  readonly rows: readonly Row[];
  readonly entries: readonly Entry[];
  readonly limits: readonly Limit[];
  readonly charges: readonly Charge[];
}

/** Something whose time derivative counts. */
export interface Charge {
  /** What error control makes of it: a charge (or flux), a state, or neither. */
  readonly kind: 'charge' | 'state' | 'rate';
  readonly value: Node;
  /** The value where nothing is limited. */
  readonly plain: Node;
  /** Slopes by probes and unknowns. */
  readonly gradient: readonly Slope[];
  /** The charge carried along Newton's last update, its rate, and the sum of its slopes' magnitudes. */
  readonly finished: { readonly value: Node; readonly rate: Node; readonly size: Node };
}

export interface Slope {
  readonly variable: Node;
  readonly slope: Node;
  /** True if it changes with the bias, so that it is kept until the iteration is over. */
  readonly kept: boolean;
}

/** Name of the slot that keeps slope `j` of charge `k`. */
export function gradientName(k: number, j: number): string {
  return `${String(k)} ${String(j)}`;
}

export interface RateTerm {
  readonly row: number;
  readonly charge: number;
  readonly coefficient: Node;
}

export interface Row {
  readonly row: number;
  readonly f?: Node;
  readonly q?: Node;
  /** Terms whose magnitudes the residual is judged against. */
  readonly scales: readonly Node[];
}

export interface Entry {
  readonly row: number;
  readonly column: number;
  readonly value: Node;
}

export interface Hold {
  readonly name: string;
  /** Parameter or number for a state; a node for an integral. */
  readonly initial: string | number | Node;
}

interface OpenRow {
  readonly row: number;
  f: Node;
  q: Node;
  scales: Node[];
  /** What stands in the row in time besides f: the charge whose derivative, and its sign. */
  dynamic?: { readonly charge: number; readonly sign: 1 | -1 };
}

interface OpenCharge {
  kind: Charge['kind'];
  argument: Node;
}

interface OpenTransient {
  readonly rows: readonly OpenRow[];
  readonly limits: Limit[];
}

export function assemble(definition: ModelDefinition, program: AnalogProgram): Equations {
  return new Assembler(definition, program).run();
}

/** Of outputs in these units, devices in parallel give the sum, as in ngspice. */
const extensiveUnits = new Set(['A', 'S', 'F', 'W', 'C']);

class Assembler {
  private readonly definition: ModelDefinition;
  private readonly program: AnalogProgram;
  private readonly graph: Graph;
  private readonly differentiator: Differentiator;
  private readonly unknowns: LocalUnknown[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly rows: OpenRow[] = [];
  private readonly holds: Hold[] = [];
  private limits: Limit[];
  private events: EventHandler[];
  private outputs: Output[];
  private noise: NoiseSource[];
  private derivatives: Node[];
  /** Time derivatives by ordinal, then states and integrals. */
  private readonly charges: OpenCharge[];
  private rateTerms: RateTerm[] = [];
  private readonly chargeTerms: ChargeTerm[] = [];

  constructor(definition: ModelDefinition, program: AnalogProgram) {
    this.definition = definition;
    this.program = program;
    this.graph = program.graph;
    this.differentiator = new Differentiator(program.graph);
    this.limits = [...program.limits];
    this.events = [...program.events];
    this.outputs = program.outputs.map((o) =>
      extensiveUnits.has(o.unit) ? { ...o, value: this.times(o.value) } : o,
    );
    this.noise = program.noise.map((n) => ({ ...n, density: this.times(n.density) }));
    this.derivatives = [...program.derivatives];
    this.charges = program.derivatives.map((argument) => ({ kind: 'rate', argument }));
  }

  run(): Equations {
    this.addNodes();
    this.addBranches();
    this.addCurrents();
    this.addStates();
    this.addIntegrals();
    this.addDelays();
    this.addReferences();
    this.resolveNested();
    const transient = this.transientEquations();
    this.resolveDerivatives();
    return this.differentiate(transient);
  }

  // --- rows ---

  private addUnknown(unknown: LocalUnknown, hasRow = true): OpenRow {
    const row = this.unknowns.length;
    this.unknowns.push(unknown);
    this.numbers.set(unknown.name, row);
    const open = { row, f: this.graph.zero, q: this.graph.zero, scales: [] };
    if (hasRow) this.rows.push(open);
    return open;
  }

  private addNodes(): void {
    this.program.nodes.forEach((name, i) => {
      const kind = i < this.definition.terminals.length ? 'terminal' : 'node';
      this.addUnknown({ name, kind, quantity: 'voltage' });
    });
  }

  /** V(a) − V(b) − Σ values = 0, and the branch's current in the rows of its nodes. */
  private addBranches(): void {
    const { graph, program } = this;
    const label = (n: number): string => (n < 0 ? '0' : program.nodes[n]);
    for (const { from, to, value } of program.voltages) {
      const name = branchName(label(from), label(to));
      const known = this.numbers.get(name);
      let row: OpenRow;
      if (known === undefined) {
        row = this.addUnknown({ name, kind: 'branch', quantity: 'current' });
        row.f = from === to ? graph.zero : graph.leaf('probe', `${String(from)},${String(to)}`);
        row.scales.push(row.f);
        // The unknown is the current of all devices in parallel.
        this.addToNodes(from, to, graph.leaf('unknown', name));
      } else row = this.rows.find((r) => r.row === known)!;
      row.f = binary(graph, 'sub', row.f, value);
      row.scales.push(value);
    }
  }

  private addCurrents(): void {
    for (const { from, to, value } of this.program.currents) this.addCurrent(from, to, value);
  }

  private addCurrent(from: number, to: number, value: Node): void {
    this.addToNodes(from, to, this.times(value));
  }

  /** A quantity that devices in parallel add up. */
  private times(value: Node): Node {
    const { multiplicity } = this.program;
    return multiplicity ? binary(this.graph, 'mul', multiplicity, value) : value;
  }

  private addToNodes(from: number, to: number, current: Node): void {
    const { graph } = this;
    if (from >= 0) this.rows[from].f = binary(graph, 'add', this.rows[from].f, current);
    if (to >= 0) this.rows[to].f = binary(graph, 'sub', this.rows[to].f, current);
  }

  /** Unknowns of other instances; a voltage added there stands in their rows, V − … − value = 0. */
  private addReferences(): void {
    for (const name of this.definition.references) {
      const added = this.program.addedVoltages.get(name);
      const unknown: LocalUnknown = { name, kind: 'reference', quantity: 'current' };
      const row = this.addUnknown(unknown, added !== undefined);
      if (!added) continue;
      row.f = unary(this.graph, 'neg', added);
      row.scales = [added];
    }
  }

  private holding(): Node {
    const hold = this.graph.leaf('environment', environment.hold);
    return binary(this.graph, 'ne', hold, this.graph.zero);
  }

  private addStates(): void {
    const { graph, program } = this;
    for (const [name, declaration] of Object.entries(this.definition.states)) {
      const row = this.addUnknown({
        name,
        kind: 'state',
        quantity: 'state',
        abstol: declaration.abstol,
        reltol: declaration.reltol ?? 1e-6,
        ...(declaration.bounds ? { bounds: declaration.bounds } : {}),
        settles: declaration.settles ?? false,
      });
      this.holds.push({ name, initial: declaration.initial });
      const s = graph.leaf('unknown', name);
      const rate = gated(graph, s, program.rates.get(name)!, declaration);
      const moving = unary(graph, 'neg', rate);
      const still = binary(graph, 'sub', s, graph.leaf('stateHold', name));
      row.f = declaration.settles ? moving : select(graph, this.holding(), still, moving);
      row.q = s;
      row.dynamic = { charge: this.addCharge(s), sign: 1 };
      row.scales = [declaration.settles ? rate : select(graph, this.holding(), s, rate)];
    }
  }

  private addIntegrals(): void {
    const { graph } = this;
    for (const { name, argument, initial } of this.program.integrals) {
      const row = this.addUnknown({ name, kind: 'integral', quantity: 'rate' });
      const u = graph.leaf('unknown', name);
      this.holds.push({ name, initial });
      const still = binary(graph, 'sub', u, graph.leaf('stateHold', name));
      row.f = select(graph, this.holding(), still, unary(graph, 'neg', argument));
      row.q = u;
      row.dynamic = { charge: this.addCharge(u), sign: 1 };
      row.scales = [select(graph, this.holding(), u, argument)];
    }
  }

  private addCharge(argument: Node): number {
    return this.charges.push({ kind: 'state', argument }) - 1;
  }

  /** What is delayed is an unknown: its values at accepted points are the memory of the delay. */
  private addDelays(): void {
    for (const { name, argument } of this.program.delays) {
      const row = this.addUnknown({ name, kind: 'delay', quantity: 'voltage' });
      row.f = binary(this.graph, 'sub', this.graph.leaf('unknown', name), argument);
      row.scales = [argument];
    }
  }

  // --- time derivatives ---

  /** Derivatives inside of derivatives become unknowns. */
  private resolveNested(): void {
    const { graph } = this;
    const replacement = new Map<Node, Node>();
    const inside = this.derivatives.map((node) => this.differentiator.variables(node));
    this.derivatives.forEach((_, k) => {
      const leaf = graph.leaf('ddt', k);
      if (!inside.some((variables) => variables.has(leaf))) return;
      const name = `ddt#${String(k)}`;
      const row = this.addUnknown({ name, kind: 'derivative', quantity: 'rate' });
      row.f = graph.leaf('unknown', name);
      row.dynamic = { charge: k, sign: -1 };
      row.scales = [row.f];
      replacement.set(leaf, row.f);
    });
    if (replacement.size === 0) return;
    this.replaceEverywhere((node) => replacement.get(node));
    for (const row of this.rows)
      if (row.dynamic?.sign === -1)
        row.q = unary(graph, 'neg', this.derivatives[row.dynamic.charge]);
    this.derivatives.forEach((argument, k) => {
      this.charges[k].argument = argument;
    });
  }

  /** Without what is left of time: rows for operating points and small signals. */
  private resolveDerivatives(): void {
    const { graph } = this;
    const still = new Map<Node, Node>();
    this.derivatives.forEach((argument, k) => {
      const terms = this.termsOf(k);
      const linear = this.isLinear(k, terms);
      if (linear) {
        if (!isVariable(argument)) this.charges[k].kind = 'charge';
        for (const { row, coefficient } of terms) {
          row.q = binary(graph, 'add', row.q, binary(graph, 'mul', coefficient, argument));
          this.chargeTerms.push({ row: row.row, charge: k, coefficient });
        }
      } else {
        for (const { row, coefficient } of terms)
          this.rateTerms.push({ row: row.row, charge: k, coefficient });
      }
      still.set(graph.leaf('ddt', k), graph.zero);
    });
    this.outputs = this.outputs.map((o) => ({ ...o, value: this.withRates(o.value) }));
    this.noise = this.noise.map((n) => ({
      ...n,
      density: this.withRates(n.density),
      exponent: this.withRates(n.exponent),
    }));
    this.events = this.events.map((e) => ({
      ...e,
      value: this.withRates(e.value),
      sets: new Map([...e.sets].map(([name, node]) => [name, this.withRates(node)])),
    }));
    this.replaceEverywhere((node) => still.get(node));
    const on = (node: Node): Node => substitute(graph, [node], (leaf) => still.get(leaf))[0];
    this.rateTerms = this.rateTerms
      .map((term) => ({ ...term, coefficient: on(term.coefficient) }))
      .filter(({ coefficient }) => coefficient !== graph.zero);
  }

  /** Events and outputs read the rates that the accepted point has. */
  private withRates(node: Node): Node {
    const read = (leaf: Node): Node | undefined =>
      leaf.op === 'ddt' ? this.graph.leaf('chargeRate', leaf.payload) : undefined;
    return substitute(this.graph, [node], read)[0];
  }

  private termsOf(k: number): { row: OpenRow; coefficient: Node }[] {
    const leaf = this.graph.leaf('ddt', k);
    return this.rows
      .map((row) => ({ row, coefficient: this.differentiator.derivative(row.f, leaf) }))
      .filter(({ coefficient }) => coefficient !== this.graph.zero);
  }

  /** Whether ddt number k enters rows only, with coefficients that no bias changes. */
  private isLinear(k: number, terms: readonly { coefficient: Node }[]): boolean {
    const leaf = this.graph.leaf('ddt', k);
    const uses = (node: Node): boolean => this.differentiator.variables(node).has(leaf);
    if (this.limits.some((l) => uses(l.value) || uses(l.limited))) return false;
    if (!this.rows.every((row) => isAffineIn(row.f, leaf, uses))) return false;
    return terms.every(
      ({ coefficient }) =>
        this.differentiator.variables(coefficient).size === 0 &&
        dependence(coefficient) <= Dependence.instance,
    );
  }

  /** Rows in which the integration formula stands for every time derivative. */
  private transientEquations(): OpenTransient {
    const { graph } = this;
    const a0 = graph.leaf('environment', environment.a0);
    const rateOf = (charge: number): Node => {
      const value = binary(graph, 'mul', a0, this.charges[charge].argument);
      return binary(graph, 'add', value, graph.leaf('chargeHistory', charge));
    };
    const inTime = (leaf: Node): Node | undefined => {
      if (leaf.op === 'ddt') return rateOf(Number(leaf.payload));
      const holds = leaf.op === 'environment' && leaf.payload === environment.hold;
      return holds ? graph.zero : undefined;
    };
    const on = (node: Node): Node => substitute(graph, [node], inTime)[0];
    const rows = this.rows.map(({ row, f, scales, dynamic }) => {
      const open = { row, f: on(f), q: graph.zero, scales: scales.map(on) };
      if (!dynamic) return open;
      const rate = rateOf(dynamic.charge);
      open.f = binary(graph, dynamic.sign > 0 ? 'add' : 'sub', open.f, rate);
      open.scales.push(rate);
      return open;
    });
    const limits = this.limits.map((l) => ({ ...l, value: on(l.value), limited: on(l.limited) }));
    return { rows, limits };
  }

  private replaceEverywhere(replacement: (node: Node) => Node | undefined): void {
    const on = (node: Node): Node => substitute(this.graph, [node], replacement)[0];
    for (const row of this.rows) {
      row.f = on(row.f);
      row.q = on(row.q);
      row.scales = row.scales.map(on);
    }
    this.derivatives = this.derivatives.map(on);
    this.limits = this.limits.map((l) => ({ ...l, value: on(l.value), limited: on(l.limited) }));
    this.events = this.events.map((e) => ({
      ...e,
      value: on(e.value),
      sets: new Map([...e.sets].map(([name, node]) => [name, on(node)])),
    }));
    this.outputs = this.outputs.map((o) => ({ ...o, value: on(o.value) }));
    this.noise = this.noise.map((n) => ({
      ...n,
      density: on(n.density),
      exponent: on(n.exponent),
    }));
  }

  // --- derivatives and limiting ---

  private differentiate(open: OpenTransient): Equations {
    const staticEntries: Entry[] = [];
    const dynamicEntries: Entry[] = [];
    const rows: Row[] = [];
    for (const each of this.rows) {
      staticEntries.push(...this.entries(each.row, [[each.f]]));
      const rates = this.rateTerms
        .filter(({ row }) => row === each.row)
        .map(({ charge, coefficient }) => [this.charges[charge].argument, coefficient] as const);
      dynamicEntries.push(...this.entries(each.row, [[each.q], ...rates]));
      rows.push(this.finishedRow(each));
    }
    const transient = this.finishedTransient(open);
    const { graph, unknowns, holds, rateTerms } = this;
    const { limits, events, outputs, noise } = this.unlimited();
    const equations = {
      graph,
      unknowns,
      rows,
      staticEntries,
      dynamicEntries,
      limits,
      events,
      outputs,
      noise,
      holds,
      transient,
      rateTerms,
      delays: this.program.delays,
      demands: this.program.demands,
    };
    const carried = carriedEquations(equations, this.chargeTerms);
    return carried ? { ...equations, carried } : equations;
  }

  private finishedRow({ row, f: openF, q: openQ, scales }: OpenRow): Row {
    const f = this.corrected(openF);
    const q = this.corrected(openQ);
    const isNode = row < this.program.nodes.length;
    return {
      row,
      ...(f === this.graph.zero ? {} : { f }),
      ...(q === this.graph.zero ? {} : { q }),
      scales: isNode ? (f === this.graph.zero ? [] : [f]) : scales,
    };
  }

  private finishedTransient({ rows, limits }: OpenTransient): TransientEquations {
    const resting = this.limits;
    this.limits = limits;
    const finished = {
      rows: rows.map((row) => this.finishedRow(row)),
      entries: rows.flatMap(({ row, f }) => this.entries(row, [[f]])),
      limits,
      charges: this.charges.map(({ kind, argument }, k) => {
        const gradient = this.gradient(argument);
        return {
          kind,
          value: this.corrected(argument),
          plain: this.unlimitedValue(argument),
          gradient,
          finished: this.finishedCharge(k, gradient),
        };
      }),
    };
    this.limits = resting;
    return finished;
  }

  private gradient(argument: Node): Slope[] {
    return this.baseVariables(argument)
      .map((variable) => ({ variable, slope: this.total(argument, variable) }))
      .filter(({ slope }) => slope !== this.graph.zero)
      .map(({ variable, slope }) => ({
        variable,
        slope,
        kept: dependence(slope) === Dependence.bias,
      }));
  }

  private finishedCharge(k: number, gradient: readonly Slope[]): Charge['finished'] {
    const { graph } = this;
    const mul = (x: Node, y: Node): Node => binary(graph, 'mul', x, y);
    let value = graph.leaf('charge', k);
    let size = graph.zero;
    gradient.forEach(({ variable, slope, kept }, j) => {
      const factor = kept ? graph.leaf('gradient', gradientName(k, j)) : slope;
      const move = variable.op === 'probe' ? 'probeMove' : 'unknownMove';
      value = binary(graph, 'add', value, mul(factor, graph.leaf(move, variable.payload)));
      size = binary(graph, 'add', size, unary(graph, 'abs', factor));
    });
    const a0 = graph.leaf('environment', environment.a0);
    const rate = binary(graph, 'add', mul(a0, value), graph.leaf('chargeHistory', k));
    return { value, rate, size };
  }

  /** f(v̂) + ∂f/∂v̂·(v − v̂): what Newton's line through the limited point gives at v. */
  private corrected(node: Node): Node {
    let sum = node;
    for (const { leaf, value } of this.limits) {
      const slope = this.differentiator.derivative(node, leaf);
      if (slope === this.graph.zero) continue;
      const distance = binary(this.graph, 'sub', this.unlimitedValue(value), leaf);
      sum = binary(this.graph, 'add', sum, binary(this.graph, 'mul', slope, distance));
    }
    return sum;
  }

  /** Derivatives of a sum of terms, each with an optional factor. */
  private entries(row: number, terms: readonly (readonly [Node, Node?])[]): Entry[] {
    const columns = new Map<number, Node>();
    const add = (column: number, value: Node): void => {
      if (column < 0) return;
      columns.set(column, binary(this.graph, 'add', columns.get(column) ?? this.graph.zero, value));
    };
    for (const [node, factor] of terms)
      for (const variable of this.baseVariables(node)) {
        const total = this.total(node, variable);
        const slope = factor ? binary(this.graph, 'mul', factor, total) : total;
        if (variable.op === 'probe') {
          const [a, b] = String(variable.payload).split(',').map(Number);
          add(a, slope);
          add(b, unary(this.graph, 'neg', slope));
        } else add(this.numberOf(variable), slope);
      }
    return [...columns]
      .sort((a, b) => a[0] - b[0])
      .filter(([, value]) => value !== this.graph.zero)
      .map(([column, value]) => ({ row, column, value }));
  }

  private numberOf(variable: Node): number {
    const number = this.numbers.get(String(variable.payload));
    if (number === undefined) {
      throw new ModelFault('M124', `'${String(variable.payload)}' is read but nothing defines it`);
    }
    return number;
  }

  /** Probes and unknowns, also those behind limited values; sorted, so that code is stable. */
  private baseVariables(node: Node): Node[] {
    const base = new Set<Node>();
    const visit = (n: Node): void => {
      for (const variable of this.differentiator.variables(n)) {
        if (variable.op === 'limited') visit(this.limitOf(variable).value);
        else base.add(variable);
      }
    };
    visit(node);
    return [...base].sort((a, b) => a.id - b.id);
  }

  private limitOf(leaf: Node): Limit {
    return this.limits.find((l) => l.leaf === leaf)!;
  }

  /** Derivative by a probe or unknown, through limited values. */
  private total(node: Node, by: Node): Node {
    let sum = this.differentiator.derivative(node, by);
    for (const { leaf, value } of this.limits) {
      const slope = this.differentiator.derivative(node, leaf);
      if (slope === this.graph.zero) continue;
      sum = binary(this.graph, 'add', sum, binary(this.graph, 'mul', slope, this.total(value, by)));
    }
    return sum;
  }

  /** A node with every limited value replaced by what it limits. */
  private unlimitedValue(node: Node): Node {
    const see = (leaf: Node): Node | undefined =>
      leaf.op === 'limited' ? this.unlimitedValue(this.limitOf(leaf).value) : undefined;
    return substitute(this.graph, [node], see)[0];
  }

  /** Events, outputs and noise see values as they are, without limits. */
  private unlimited(): Pick<Equations, 'limits' | 'events' | 'outputs' | 'noise'> {
    const on = (node: Node): Node => this.unlimitedValue(node);
    return {
      limits: this.limits,
      events: this.events.map((e) => ({
        ...e,
        value: on(e.value),
        sets: new Map([...e.sets].map(([name, node]) => [name, on(node)])),
      })),
      outputs: this.outputs.map((o) => ({ ...o, value: on(o.value) })),
      noise: this.noise.map((n) => ({ ...n, density: on(n.density), exponent: on(n.exponent) })),
    };
  }
}

/**
 * A state's rate with its gates: towards a bound it fades over the last part of the range, away
 * from the bound it is untouched, so that the state never sticks. With z the distance to the bound
 * ahead in widths of the gate, the factor is 1 beyond z = 1, z·(2 − z) before, and 2·z (which pulls
 * back) behind the bound: once differentiable, with an equilibrium at the bound. That lies inside by
 * the state's absolute tolerance, so that what Newton leaves over stays within the bounds.
 */
function gated(graph: Graph, s: Node, rate: Node, declaration: StateDeclaration): Node {
  const bounds = gateBounds(declaration);
  if (!bounds) return rate;
  const [low, high] = bounds;
  const width = graph.constant(gateWidth(declaration));
  const factor = (distance: Node): Node => {
    const z = binary(graph, 'div', distance, width);
    const two = graph.constant(2);
    const fading = binary(graph, 'mul', z, binary(graph, 'sub', two, z));
    const behind = binary(graph, 'mul', two, z);
    const near = select(graph, binary(graph, 'gt', z, graph.zero), fading, behind);
    return select(graph, binary(graph, 'ge', z, graph.one), graph.one, near);
  };
  const upwards = factor(binary(graph, 'sub', graph.constant(high), s));
  const downwards = factor(binary(graph, 'sub', s, graph.constant(low)));
  const rising = binary(graph, 'gt', rate, graph.zero);
  return binary(graph, 'mul', rate, select(graph, rising, upwards, downwards));
}

/** Width of a gate as a fraction of the state's range. */
const defaultGate = 1e-4;

/** Where a state comes to rest: its bounds, less its absolute tolerance. */
export function gateBounds({ bounds, abstol }: StateDeclaration): [number, number] | undefined {
  return bounds && [bounds[0] + abstol, bounds[1] - abstol];
}

export function gateWidth({ bounds, gate }: StateDeclaration): number {
  const [low, high] = bounds!;
  return (gate ?? defaultGate) * (high - low);
}

/**
 * Whether a time derivative is of a voltage or current itself, as in c·ddt(V(p, n)): volts are not
 * to be measured by the tolerance of charges, and the voltage has a test of its own.
 */
function isVariable({ op, args }: Node): boolean {
  return op === 'probe' || op === 'unknown' || (op === 'neg' && isVariable(args[0]));
}

/** Whether a leaf enters by sums and factors only: a condition on it has no slope to tell of it. */
function isAffineIn(node: Node, leaf: Node, uses: (node: Node) => boolean): boolean {
  const seen = new Set<Node>();
  const through = (n: Node): boolean => {
    if (n === leaf || seen.has(n) || !uses(n)) return true;
    seen.add(n);
    const [a, b, c] = n.args;
    if (n.op === 'neg') return through(a);
    if (n.op === 'add' || n.op === 'sub') return through(a) && through(b);
    if (n.op === 'mul') return !(uses(a) && uses(b)) && through(a) && through(b);
    if (n.op === 'div') return !uses(b) && through(a);
    return n.op === 'select' && !uses(a) && through(b) && through(c);
  };
  return through(node);
}

/** The factor of `gated` on numbers, for the reference implementation. */
export function gateFactor(distance: number, width: number): number {
  const z = distance / width;
  if (z >= 1) return 1;
  return z > 0 ? z * (2 - z) : 2 * z;
}
