import type { Node } from './ir.js';
import { binaryOperations, comparisons, unaryOperations } from './operations.js';

/**
 * Values of nodes on plain numbers, and the exact derivatives of a weighted sum of them by every
 * leaf, in one backward pass over the graph.
 *
 * The kernels have derivatives by voltages and currents only; parameters enter too many values for
 * code of their own, and sensitivities are asked for once. Griewank and Walther, "Evaluating
 * Derivatives", 2nd ed., SIAM, 2008, section 3.2.
 */
export class ReverseDerivative {
  /** Leaves that the roots depend on. */
  readonly leaves: readonly Node[];
  readonly #nodes: readonly Node[];
  readonly #positions = new Map<Node, number>();
  /** [nodes] positions of arguments; for an alias, of what it stands for. */
  readonly #arguments: readonly (readonly number[])[];
  readonly #aliases: ReadonlyMap<Node, Node>;
  readonly #values: Float64Array;
  readonly #adjoints: Float64Array;

  /** @param aliases leaves that stand for another node: a limited value for what it limits */
  constructor(roots: Iterable<Node>, aliases: ReadonlyMap<Node, Node> = new Map()) {
    this.#aliases = aliases;
    this.#nodes = ordered(roots, aliases);
    this.#nodes.forEach((node, k) => this.#positions.set(node, k));
    this.#arguments = this.#nodes.map((node) =>
      argumentsOf(node, aliases).map((argument) => this.#positions.get(argument)!),
    );
    this.leaves = this.#nodes.filter((node) => isLeaf(node) && !aliases.has(node));
    this.#values = new Float64Array(this.#nodes.length);
    this.#adjoints = new Float64Array(this.#nodes.length);
  }

  /** Computes all values; booleans are 1 and 0. */
  evaluate(leafValue: (leaf: Node) => number): void {
    this.#nodes.forEach((node, k) => {
      this.#values[k] = this.#valueOf(node, this.#arguments[k], leafValue);
    });
  }

  /** What a root or leaf was at the last `evaluate`. */
  value(node: Node): number {
    return this.#values[this.#positions.get(node)!];
  }

  /** Derivatives of Σ weight·root by all leaves, for `derivative` to tell. */
  sweep(roots: readonly Node[], weights: readonly number[]): void {
    const adjoints = this.#adjoints;
    adjoints.fill(0);
    roots.forEach((root, k) => {
      adjoints[this.#positions.get(root)!] += weights[k];
    });
    // What nothing asks for is left alone: it may not be finite in the arm not taken.
    for (let k = this.#nodes.length - 1; k >= 0; k--)
      if (adjoints[k] !== 0) this.#propagate(this.#nodes[k], k, adjoints[k]);
  }

  /** Of the last `sweep`, by one leaf; 0 if the roots do not depend on it. */
  derivative(leaf: Node): number {
    const position = this.#positions.get(leaf);
    return position === undefined ? 0 : this.#adjoints[position];
  }

  #valueOf(node: Node, args: readonly number[], leafValue: (leaf: Node) => number): number {
    const v = this.#values;
    const [a, b, c] = args;
    if (this.#aliases.has(node)) return v[a];
    switch (node.op) {
      case 'constant':
        return node.payload as number;
      case 'true':
        return 1;
      case 'false':
        return 0;
      case 'select':
        return v[a] !== 0 ? v[b] : v[c];
      case 'not':
        return v[a] !== 0 ? 0 : 1;
      case 'and':
        return v[a] !== 0 && v[b] !== 0 ? 1 : 0;
      case 'or':
        return v[a] !== 0 || v[b] !== 0 ? 1 : 0;
      default:
    }
    if (args.length === 0) return leafValue(node);
    const compare = comparisons[node.op as keyof typeof comparisons];
    if (compare) return compare(v[a], v[b]) ? 1 : 0;
    if (args.length === 1) return unaryOperations[node.op as keyof typeof unaryOperations](v[a]);
    return binaryOperations[node.op as keyof typeof binaryOperations](v[a], v[b]);
  }

  /** Adds what a node's adjoint gives to those of its arguments. */
  #propagate(node: Node, k: number, adjoint: number): void {
    const [a, b, c] = this.#arguments[k];
    if (a === undefined) return;
    const { op } = node;
    if (this.#aliases.has(node)) this.#adjoints[a] += adjoint;
    else if (op === 'select') this.#adjoints[this.#values[a] !== 0 ? b : c] += adjoint;
    else if (node.type === 'boolean') return;
    else if (b === undefined) this.#adjoints[a] += adjoint * this.#slope(node, k, a);
    else this.#propagateBinary(node, k, adjoint, [a, b]);
  }

  #propagateBinary(node: Node, k: number, adjoint: number, [a, b]: [number, number]): void {
    const d = this.#adjoints;
    const [x, y, value] = [this.#values[a], this.#values[b], this.#values[k]];
    switch (node.op) {
      case 'add':
        d[a] += adjoint;
        d[b] += adjoint;
        break;
      case 'sub':
        d[a] += adjoint;
        d[b] -= adjoint;
        break;
      case 'mul':
        d[a] += adjoint * y;
        d[b] += adjoint * x;
        break;
      case 'div':
        d[a] += adjoint / y;
        d[b] -= (adjoint * value) / y;
        break;
      case 'mod':
        d[a] += adjoint;
        d[b] -= adjoint * Math.trunc(x / y);
        break;
      case 'pow':
        d[a] += y === 0 ? 0 : adjoint * y * x ** (y - 1);
        d[b] += x > 0 ? adjoint * value * Math.log(x) : 0;
        break;
      case 'min':
        d[x <= y ? a : b] += adjoint;
        break;
      case 'max':
        d[x >= y ? a : b] += adjoint;
        break;
      case 'atan2':
        d[a] += (adjoint * y) / (x * x + y * y);
        d[b] -= (adjoint * x) / (x * x + y * y);
        break;
      default:
        throw new Error(`no derivative rule for '${node.op}'`);
    }
  }

  #slope({ op }: Node, k: number, argument: number): number {
    const x = this.#values[argument];
    const value = this.#values[k];
    switch (op) {
      case 'neg':
        return -1;
      case 'abs':
        return x >= 0 ? 1 : -1;
      case 'exp':
        return value;
      case 'expm1':
        return value + 1;
      case 'log':
        return 1 / x;
      case 'log1p':
        return 1 / (1 + x);
      case 'log10':
        return 1 / (x * Math.LN10);
      case 'sqrt':
        return 1 / (2 * value);
      case 'sin':
        return Math.cos(x);
      case 'cos':
        return -Math.sin(x);
      case 'tan':
        return 1 + value * value;
      case 'asin':
        return 1 / Math.sqrt(1 - x * x);
      case 'acos':
        return -1 / Math.sqrt(1 - x * x);
      case 'atan':
        return 1 / (1 + x * x);
      case 'sinh':
        return Math.cosh(x);
      case 'cosh':
        return Math.sinh(x);
      case 'tanh':
        return 1 - value * value;
      case 'asinh':
        return 1 / Math.sqrt(x * x + 1);
      case 'acosh':
        return 1 / Math.sqrt(x * x - 1);
      case 'atanh':
        return 1 / (1 - x * x);
      case 'sign':
      case 'floor':
      case 'ceil':
      case 'round':
      case 'trunc':
        return 0;
      default:
        throw new Error(`no derivative rule for '${op}'`);
    }
  }
}

const constants: ReadonlySet<string> = new Set(['constant', 'true', 'false']);

function isLeaf(node: Node): boolean {
  return node.args.length === 0 && !constants.has(node.op);
}

function argumentsOf(node: Node, aliases: ReadonlyMap<Node, Node>): readonly Node[] {
  const target = aliases.get(node);
  return target ? [target] : node.args;
}

/** All that the roots need, arguments before users. */
function ordered(roots: Iterable<Node>, aliases: ReadonlyMap<Node, Node>): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  const stack: { node: Node; entered: boolean }[] = [...roots].map((node) => ({
    node,
    entered: false,
  }));
  while (stack.length > 0) {
    const { node, entered } = stack.pop()!;
    if (entered) order.push(node);
    else if (!seen.has(node)) {
      seen.add(node);
      stack.push({ node, entered: true });
      for (const argument of argumentsOf(node, aliases))
        stack.push({ node: argument, entered: false });
    }
  }
  return order;
}
