import { type Graph, type Node } from './ir.js';
import { binary, select, unary } from './simplify.js';

/**
 * Partial derivatives by rules, within the graph: common parts are shared with the value itself.
 *
 * The variables are probes, unknowns and limited values. A limited value is a variable of its own
 * here; the chain to what it limits is applied where the rows are assembled.
 */
export class Differentiator {
  private readonly known = new Map<Node, Map<Node, Node>>();
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

  derivative(node: Node, by: Node): Node {
    if (node === by) return this.graph.one;
    if (node.args.length === 0 || !this.variables(node).has(by)) return this.graph.zero;
    const table = this.known.get(by) ?? new Map<Node, Node>();
    this.known.set(by, table);
    const known = table.get(node);
    if (known) return known;
    const result = this.rule(node, by);
    table.set(node, result);
    return result;
  }

  private rule(node: Node, by: Node): Node {
    const { graph } = this;
    const [a, b, c] = node.args;
    const d = (x: Node): Node => this.derivative(x, by);
    const mul = (x: Node, y: Node): Node => binary(graph, 'mul', x, y);
    // One division serves the derivatives by all variables.
    const over = (x: Node, y: Node): Node => mul(x, binary(graph, 'div', graph.one, y));
    const div = (x: Node, y: Node): Node => binary(graph, 'div', x, y);
    const add = (x: Node, y: Node): Node => binary(graph, 'add', x, y);
    const sub = (x: Node, y: Node): Node => binary(graph, 'sub', x, y);
    const constant = (x: number): Node => graph.constant(x);
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
      case 'div': // (da − (a/b)·db) / b reuses the quotient
        return over(sub(d(a), mul(node, d(b))), b);
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
        return over(d(a), a);
      case 'log1p':
        return over(d(a), add(a, graph.one));
      case 'log10':
        return over(d(a), mul(a, constant(Math.LN10)));
      case 'sqrt':
        return over(d(a), mul(constant(2), node));
      case 'sin':
        return mul(unary(graph, 'cos', a), d(a));
      case 'cos':
        return minus(mul(unary(graph, 'sin', a), d(a)));
      case 'tan':
        return mul(add(graph.one, square(node)), d(a));
      case 'asin':
        return over(d(a), unary(graph, 'sqrt', sub(graph.one, square(a))));
      case 'acos':
        return minus(over(d(a), unary(graph, 'sqrt', sub(graph.one, square(a)))));
      case 'atan':
        return over(d(a), add(graph.one, square(a)));
      case 'atan2':
        return over(sub(mul(b, d(a)), mul(a, d(b))), add(square(a), square(b)));
      case 'sinh':
        return mul(unary(graph, 'cosh', a), d(a));
      case 'cosh':
        return mul(unary(graph, 'sinh', a), d(a));
      case 'tanh':
        return mul(sub(graph.one, square(node)), d(a));
      case 'asinh':
        return over(d(a), unary(graph, 'sqrt', add(square(a), graph.one)));
      case 'acosh':
        return over(d(a), unary(graph, 'sqrt', sub(square(a), graph.one)));
      case 'atanh':
        return over(d(a), sub(graph.one, square(a)));
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

export function isVariable(node: Node): boolean {
  return node.op === 'probe' || node.op === 'unknown' || node.op === 'limited' || node.op === 'ddt';
}
