import type { Charge, Entry, Equations, Row } from './assemble.js';
import { gradientName } from './assemble.js';
import { environment } from './compiled.js';
import { reachable, type Graph, type Node } from './ir.js';
import { Dependence, dependence } from './partition.js';
import { binary, unary } from './simplify.js';

/**
 * The equations in time of an instance whose voltages are still close to where it was evaluated
 * last, at x̂: carried along the slopes that were found there,
 *
 *     f ≈ f(x̂) + ∂f/∂x·(x − x̂)       q ≈ q(x̂) + ∂q/∂x·(x − x̂)       ∂f/∂x, ∂q/∂x of x̂
 *
 * What this leaves out is of second order in x − x̂. The integration formula is that of the present
 * step: what is kept of x̂ (`kept`) depends neither on time nor on the size of a step.
 */
export interface CarriedEquations {
  /** What an evaluation keeps, by the ordinals of `kept` leaves. */
  readonly kept: readonly Node[];
  /** In the order of the rows, entries and charges in time. */
  readonly rows: readonly Row[];
  readonly entries: readonly Entry[];
  readonly charges: readonly Node[];
}

/** row += coefficient · d/dt charges[charge]; no bias changes the coefficient. */
export interface ChargeTerm {
  readonly row: number;
  readonly charge: number;
  readonly coefficient: Node;
}

/** Nodes of an evaluation below which carrying would cost as much. */
const fewestNodes = 600;

/** Leaves besides voltages and parameters that an evaluation may depend on: fixed in a transient. */
const fixedEnvironment = new Set<string | number>([
  environment.temperature,
  environment.gmin,
  environment.initializing,
  environment.reltol,
  environment.vntol,
]);
const changing = new Set(['input', 'stateHold', 'held', 'redraw', 'delayed', 'delayWeight', 'ddt']);

/** Undefined for models that depend on more than voltages, or are evaluated as quickly. */
export function carriedEquations(
  equations: Equations,
  terms: readonly ChargeTerm[],
): CarriedEquations | undefined {
  return isFit(equations) ? new Carrier(equations, terms).run() : undefined;
}

function isFit(equations: Equations): boolean {
  const { unknowns, events, delays, rateTerms, transient } = equations;
  if (events.length + delays.length + rateTerms.length > 0) return false;
  if (!unknowns.every(({ kind }) => kind === 'terminal' || kind === 'node')) return false;
  if (transient.charges.some(({ kind }) => kind === 'state')) return false;
  const nodes = reachable(keptRoots(equations));
  return nodes.length >= fewestNodes && !nodes.some(isChanging);
}

function keptRoots({ rows, staticEntries, transient, limits }: Equations): Node[] {
  return [
    ...rows.flatMap(({ f }) => (f ? [f] : [])),
    ...staticEntries.map(({ value }) => value),
    ...limits.flatMap(({ value, limited }) => [value, limited]),
    ...transient.charges.flatMap(({ value, gradient }) => [value, ...gradient.map((g) => g.slope)]),
  ];
}

function isChanging({ op, payload }: Node): boolean {
  return op === 'environment' ? !fixedEnvironment.has(payload) : changing.has(op);
}

class Carrier {
  readonly #equations: Equations;
  readonly #terms: readonly ChargeTerm[];
  readonly #graph: Graph;
  readonly #kept = new Map<Node, number>();
  readonly #a0: Node;

  constructor(equations: Equations, terms: readonly ChargeTerm[]) {
    this.#equations = equations;
    this.#terms = terms;
    this.#graph = equations.graph;
    this.#a0 = this.#graph.leaf('environment', environment.a0);
  }

  run(): CarriedEquations {
    const { transient } = this.#equations;
    const charges = transient.charges.map((charge, k) => this.#charge(charge, k));
    const rows = transient.rows.map(({ row }) => this.#row(row, charges));
    const entries = transient.entries.map((entry) => this.#entry(entry));
    return { kept: [...this.#kept.keys()], rows, entries, charges };
  }

  /** What was found at the last evaluation; what no bias changes is known anyway. */
  #keep(node: Node): Node {
    if (dependence(node) < Dependence.bias) return node;
    if (node.op === 'neg') return unary(this.#graph, 'neg', this.#keep(node.args[0]));
    let ordinal = this.#kept.get(node);
    if (ordinal === undefined) this.#kept.set(node, (ordinal = this.#kept.size));
    return this.#graph.leaf('kept', ordinal);
  }

  #add(sum: Node, term: Node): Node {
    return binary(this.#graph, 'add', sum, term);
  }

  #times(a: Node, b: Node): Node {
    return binary(this.#graph, 'mul', a, b);
  }

  /** Way of an unknown since the last evaluation. */
  #move(local: number): Node {
    return local < 0 ? this.#graph.zero : this.#graph.leaf('keptMove', local);
  }

  #charge({ value, gradient }: Charge, k: number): Node {
    let sum = this.#keep(value);
    gradient.forEach(({ variable }, j) => {
      const [a, b] = ends(variable);
      const way = binary(this.#graph, 'sub', this.#move(a), this.#move(b));
      sum = this.#add(sum, this.#times(this.#slope(k, j), way));
    });
    return sum;
  }

  #slope(k: number, j: number): Node {
    const { slope, kept } = this.#equations.transient.charges[k].gradient[j];
    return kept ? this.#graph.leaf('gradient', gradientName(k, j)) : slope;
  }

  #row(row: number, charges: readonly Node[]): Row {
    const { rows, staticEntries } = this.#equations;
    const f = rows.find((each) => each.row === row)?.f;
    let sum = f ? this.#keep(f) : this.#graph.zero;
    for (const entry of staticEntries)
      if (entry.row === row)
        sum = this.#add(sum, this.#times(this.#keep(entry.value), this.#move(entry.column)));
    for (const { charge, coefficient, row: of } of this.#terms) {
      if (of !== row) continue;
      const history = this.#graph.leaf('chargeHistory', charge);
      const rate = this.#add(this.#times(this.#a0, charges[charge]), history);
      sum = this.#add(sum, this.#times(coefficient, rate));
    }
    return sum === this.#graph.zero ? { row, scales: [] } : { row, f: sum, scales: [sum] };
  }

  #entry({ row, column }: Entry): Entry {
    const known = this.#equations.staticEntries.find((e) => e.row === row && e.column === column);
    let value = known ? this.#keep(known.value) : this.#graph.zero;
    for (const { charge, coefficient, row: of } of this.#terms) {
      if (of !== row) continue;
      const factor = this.#times(this.#a0, coefficient);
      this.#equations.transient.charges[charge].gradient.forEach(({ variable }, j) => {
        const [a, b] = ends(variable);
        const slope = this.#times(factor, this.#slope(charge, j));
        if (a === column) value = this.#add(value, slope);
        if (b === column) value = binary(this.#graph, 'sub', value, slope);
      });
    }
    return { row, column, value };
  }
}

/** Local unknowns between which a probe measures; −1 is ground. */
function ends({ payload }: Node): readonly [number, number] {
  const [a, b] = String(payload).split(',').map(Number);
  return [a, b];
}
