import { type Graph, type Node } from './ir.js';
import { binary, select, unary } from './simplify.js';

/**
 * Partial derivatives by rules, within the graph: common parts are shared with the value itself.
 *
 * The variables are probes, unknowns and limited values. A limited value is a variable of its own
 * here; the chain to what it limits is applied where the rows are assembled.
 */
export class Differentiator {
  /** By variable, by node: partial and total derivatives. */
  private readonly known = new Map<Node, Map<Node, Node>>();
  private readonly total = new Map<Node, Map<Node, Node>>();
  private readonly ways = new Map<Node, ReadonlySet<Node>>();
  private marked = 0;
  private readonly support = new Map<Node, ReadonlySet<Node>>();
  private readonly graph: Graph;

  constructor(graph: Graph) {
    this.graph = graph;
  }

  /** Variables that a node depends on. */
  variables(node: Node): ReadonlySet<Node> {
    const known = this.support.get(node);
    if (known) return known;
    const set = new Set<Node>();
    if (isVariable(node)) set.add(node);
    for (const arg of node.args) for (const variable of this.variables(arg)) set.add(variable);
    this.support.set(node, set);
    return set;
  }

  /** Of a node by a variable or an intermediate value: the sum over all ways through others. */
  derivative(node: Node, by: Node): Node {
    const { graph } = this;
    if (this.marked !== graph.intermediates.size) this.forget();
    if (node === by) return graph.one;
    if (!this.reaches(node, by)) return graph.zero;
    const known = this.total.get(by)?.get(node);
    if (known) return known;
    let sum = this.partial(node, by);
    for (const middle of this.nearest(node)) {
      if (middle === by || !this.reaches(middle, by)) continue;
      const way = binary(graph, 'mul', this.partial(node, middle), this.derivative(middle, by));
      sum = binary(graph, 'add', sum, way);
    }
    remember(this.total, by, node, sum);
    return sum;
  }

  /** A value that has become an intermediate one cuts ways that were open before. */
  private forget(): void {
    this.marked = this.graph.intermediates.size;
    this.known.clear();
    this.total.clear();
    this.ways.clear();
  }

  /** Whether a variable or an intermediate value is among what a node is computed from. */
  private reaches(node: Node, by: Node): boolean {
    if (node === by) return true;
    if (isVariable(by)) return this.variables(node).has(by);
    const nearest = this.nearest(node);
    return nearest.has(by) || [...nearest].some((middle) => this.reaches(middle, by));
  }

  /** Intermediate values that a node is computed from, with no other between. */
  private nearest(node: Node): ReadonlySet<Node> {
    const known = this.ways.get(node);
    if (known) return known;
    const { intermediates } = this.graph;
    const set = new Set<Node>();
    if (intermediates.size > 0 && this.variables(node).size > 0) {
      for (const arg of node.args) {
        if (intermediates.has(arg)) set.add(arg);
        else for (const middle of this.nearest(arg)) set.add(middle);
      }
    }
    this.ways.set(node, set);
    return set;
  }

  /** Derivative while all other intermediate values keep still. */
  private partial(node: Node, by: Node): Node {
    if (node === by) return this.graph.one;
    if (!this.reaches(node, by)) return this.graph.zero;
    const known = this.known.get(by)?.get(node);
    if (known) return known;
    const result = this.rule(node, by);
    remember(this.known, by, node, result);
    return result;
  }

  private rule(node: Node, by: Node): Node {
    const { graph } = this;
    const [a, b, c] = node.args;
    const still = (x: Node): boolean => x !== by && graph.intermediates.has(x);
    const d = (x: Node): Node => (still(x) ? graph.zero : this.partial(x, by));
    const mul = (x: Node, y: Node): Node => binary(graph, 'mul', x, y);
    const div = (x: Node, y: Node): Node => binary(graph, 'div', x, y);
    const add = (x: Node, y: Node): Node => binary(graph, 'add', x, y);
    const sub = (x: Node, y: Node): Node => binary(graph, 'sub', x, y);
    const constant = (x: number): Node => graph.constant(x);
    const inverse = (x: Node): Node => binary(graph, 'div', graph.one, x);
    const square = (x: Node): Node => mul(x, x);
    const minus = (x: Node): Node => unary(graph, 'neg', x);
    switch (node.op) {
      case 'neg':
        return minus(d(a));
      case 'add':
        return add(d(a), d(b));
      case 'sub':
        return sub(d(a), d(b));
      case 'mul':
        return a === b ? mul(mul(constant(2), a), d(a)) : add(mul(d(a), b), mul(a, d(b)));
      case 'div': // (da − (a/b)·db)·(1/b): all derivatives share the quotient and the reciprocal
        return mul(sub(d(a), mul(node, d(b))), inverse(b));
      case 'mod':
        return sub(d(a), mul(unary(graph, 'trunc', div(a, b)), d(b)));
      case 'pow':
        return this.powerRule(node, a, b, d);
      case 'select':
        return select(graph, a, d(b), d(c));
      case 'min':
        return select(graph, binary(graph, 'le', a, b), d(a), d(b));
      case 'max':
        return select(graph, binary(graph, 'ge', a, b), d(a), d(b));
      case 'abs':
        return select(graph, binary(graph, 'ge', a, graph.zero), d(a), minus(d(a)));
      case 'exp':
        return mul(node, d(a));
      case 'expm1':
        return mul(add(node, graph.one), d(a));
      case 'log':
        return mul(d(a), inverse(a));
      case 'log1p':
        return mul(d(a), inverse(add(a, graph.one)));
      case 'log10':
        return mul(d(a), inverse(mul(a, constant(Math.LN10))));
      case 'sqrt':
        return mul(d(a), div(constant(0.5), node));
      case 'sin':
        return mul(unary(graph, 'cos', a), d(a));
      case 'cos':
        return minus(mul(unary(graph, 'sin', a), d(a)));
      case 'tan':
        return mul(add(graph.one, square(node)), d(a));
      case 'asin':
        return mul(d(a), inverse(unary(graph, 'sqrt', sub(graph.one, square(a)))));
      case 'acos':
        return minus(mul(d(a), inverse(unary(graph, 'sqrt', sub(graph.one, square(a))))));
      case 'atan':
        return mul(d(a), inverse(add(graph.one, square(a))));
      case 'atan2':
        return mul(sub(mul(b, d(a)), mul(a, d(b))), inverse(add(square(a), square(b))));
      case 'sinh':
        return mul(unary(graph, 'cosh', a), d(a));
      case 'cosh':
        return mul(unary(graph, 'sinh', a), d(a));
      case 'tanh':
        return mul(sub(graph.one, square(node)), d(a));
      case 'asinh':
        return mul(d(a), inverse(unary(graph, 'sqrt', add(square(a), graph.one))));
      case 'acosh':
        return mul(d(a), inverse(unary(graph, 'sqrt', sub(square(a), graph.one))));
      case 'atanh':
        return mul(d(a), inverse(sub(graph.one, square(a))));
      // Steps: their derivative is zero wherever it exists.
      case 'sign':
      case 'floor':
      case 'ceil':
      case 'round':
      case 'trunc':
        return graph.zero;
      default:
        throw new Error(`no derivative rule for '${node.op}'`);
    }
  }

  /** d(aᵇ) = b·aᵇ⁻¹·da + aᵇ·ln a·db; at a = 0 the second part is zero, not NaN. */
  private powerRule(node: Node, a: Node, b: Node, d: (x: Node) => Node): Node {
    const { graph } = this;
    const mul = (x: Node, y: Node): Node => binary(graph, 'mul', x, y);
    const lower = binary(graph, 'pow', a, binary(graph, 'sub', b, graph.one));
    const byBase = mul(mul(b, lower), d(a));
    const exponent = d(b);
    if (exponent === graph.zero) return byBase;
    const growth = select(
      graph,
      binary(graph, 'gt', a, graph.zero),
      mul(node, unary(graph, 'log', a)),
      graph.zero,
    );
    return binary(graph, 'add', byBase, mul(growth, exponent));
  }
}

function remember(
  tables: Map<Node, Map<Node, Node>>,
  by: Node,
  node: Node,
  derivative: Node,
): void {
  const table = tables.get(by);
  if (table) table.set(node, derivative);
  else tables.set(by, new Map([[node, derivative]]));
}

export function isVariable(node: Node): boolean {
  return node.op === 'probe' || node.op === 'unknown' || node.op === 'limited' || node.op === 'ddt';
}
